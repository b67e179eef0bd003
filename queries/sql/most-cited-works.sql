-- Which works carry the most claims?
select
  works.id as work,
  works.issued,
  works.title,
  works.verification,
  count(distinct cites.claim) as claims
from claims_cites as cites
join works on works.id = cites.work
group by works.id
order by claims desc, works.id
