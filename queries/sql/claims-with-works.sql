-- What is claimed about a record, in which passages, and on which works does it rest?
-- subject: key of a district, firm, concept or any other record, e.g. vicenza
select
  claims.id as claim,
  claims.statement,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end,
  cites.work as rests_on,
  cites.printed
from claims_about as about
join claims on claims.id = about.claim
join claims_evidence as evidence on evidence.claim = claims.id
left join claims_cites as cites on cites.claim = claims.id
where about.about = :subject
order by evidence.document, evidence.start_offset, claims.id, evidence.position, cites.position
