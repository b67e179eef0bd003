-- Which works are cited for what is said about a record, and for which claims?
-- subject: key of a district, firm, concept or any other record, e.g. uno-a-erre
select
  cited.id as work,
  cited.issued,
  cited.title,
  cites.printed,
  cites.relation,
  claims.id as claim,
  claims.statement
from claims_about as about
join claims on claims.id = about.claim
join claims_cites as cites on cites.claim = claims.id
join works as cited on cited.id = cites.work
where about.about = :subject
order by cited.id, claims.id, cites.position
