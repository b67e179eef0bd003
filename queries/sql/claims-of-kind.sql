-- Which claims of one kind does a work make, such as those that it gives as conjectures?
-- work: key of the work, e.g. sabel-2003-world-in-a-bottle
-- kind: finding, theory, method, interpretation, question, conjecture, recommendation or praise, e.g. conjecture
select
  claims.id as claim,
  claims.statement,
  claims.basis,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from claims
join claims_evidence as evidence on evidence.claim = claims.id
where claims.work = :work
  and claims.kind = :kind
order by evidence.document, evidence.start_offset, claims.id, evidence.position
