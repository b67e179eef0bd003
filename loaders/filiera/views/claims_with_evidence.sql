-- Each claim with the place where it is said: one row a passage.
select
  claims.id as claim,
  claims.statement,
  claims.kind,
  claims.work,
  evidence.document,
  evidence.section,
  evidence."table",
  evidence.passage_start,
  evidence.passage_end,
  evidence.start_offset,
  evidence.end_offset,
  evidence.verdict
from claims
left join claims_evidence as evidence on evidence.claim = claims.id
order by claims.work, evidence.start_offset, claims.id
