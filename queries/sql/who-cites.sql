-- Which works cite a work, as what, and in which words?
-- work: key of the cited work, e.g. nomisma-santanna-2006
select distinct
  citing.id as citing,
  citing.issued,
  citing.title,
  cites.relation,
  cites.printed
from claims_cites as cites
join claims on claims.id = cites.claim
join works as citing on citing.id = claims.work
where cites.work = :work
order by citing.issued, citing.id, cites.relation, cites.printed
