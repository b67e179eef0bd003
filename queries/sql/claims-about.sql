-- Which claims are made about a record, and where do they stand?
-- subject: key of a district, firm, concept or any other record, e.g. vicenza
select
  claims.id as claim,
  claims.statement,
  claims.kind,
  evidence.document,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from claims_about as about
join claims on claims.id = about.claim
join claims_evidence as evidence on evidence.claim = claims.id
where about.about = :subject
order by evidence.document, evidence.start_offset, claims.id, evidence.position
