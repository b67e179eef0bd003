-- Which claims rest on a cited work, and what is it cited for?
-- work: key of the cited work, e.g. gaggio-2006
select
  claims.work as citing,
  claims.id as claim,
  claims.statement,
  cites.relation,
  cites.printed
from claims_cites as cites
join claims on claims.id = cites.claim
where cites.work = :work
order by claims.work, claims.id, cites.position
