-- Which works are cited but not identified, in which words, and for how many claims?
select
  works.id as work,
  cited.cited_as,
  works.issued,
  count(distinct cites.claim) as claims
from works
join works_cited_as as cited on cited.work = works.id
left join claims_cites as cites
  on cites.work = works.id
  and cites.printed = cited.cited_as
where works.verification = 'unresolved'
group by works.id, cited.cited_as
order by works.id, cited.cited_as
