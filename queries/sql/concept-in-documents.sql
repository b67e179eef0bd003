-- What does each document say about a concept, in its definitions and in its claims?
-- concept: key of the concept, e.g. globalisation
select
  evidence.document,
  evidence.section,
  'definition' as part,
  null as claim,
  senses.definition as text,
  evidence.start_offset,
  evidence.position
from concepts_senses as senses
join concepts_senses_evidence as evidence
  on evidence.concept = senses.concept
  and evidence.sense = senses.position
where senses.concept = :concept
union all
select
  evidence.document,
  evidence.section,
  'claim' as part,
  claims.id as claim,
  claims.statement as text,
  evidence.start_offset,
  evidence.position
from claims_about as about
join concepts on concepts.id = about.about
join claims on claims.id = about.claim
join claims_evidence as evidence on evidence.claim = claims.id
where about.about = :concept
order by 1, 6, 3 desc, 4, 5, 7
