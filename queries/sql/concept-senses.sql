-- What does each work mean by a concept, and where does it show?
-- concept: key of the concept, e.g. lead-firm
select
  senses.work,
  senses.definition,
  evidence.document,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from concepts_senses as senses
left join concepts_senses_evidence as evidence
  on evidence.concept = senses.concept
  and evidence.sense = senses.position
where senses.concept = :concept
order by senses.position, evidence.position
