-- Which claims do works report of somebody else, and which work reports them?
-- holder: key of the author, work or institution that says so, e.g. giuliani-pietrobelli-rabellotti-2005
select
  claims.id as claim,
  claims.statement,
  claims.kind,
  claims.work as reported_by,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from claims_held_by as held
join claims on claims.id = held.claim
join claims_evidence as evidence on evidence.claim = claims.id
where held.held_by = :holder
order by claims.work, claims.id, evidence.position
