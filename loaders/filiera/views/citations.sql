-- Each citation of a work for a claim: who cites whom, as printed, for which statement.
select
  claims.work as citing,
  cites.work as cited,
  cited.title as cited_title,
  cited.issued as cited_issued,
  cited.verification,
  cites.printed,
  cites.relation,
  claims.id as claim,
  claims.statement
from claims_cites as cites
join claims on claims.id = cites.claim
join works as cited on cited.id = cites.work
order by cites.work, claims.id, cites.position
