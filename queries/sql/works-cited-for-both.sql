-- Which works are cited for what is said about two records at once, such as a firm and its move abroad?
-- subject: key of the first record, e.g. uno-a-erre
-- other: key of the second record, e.g. delocalisation
select
  cites.work,
  cited.issued,
  cites.printed,
  claims.id as claim,
  claims.statement
from claims_about as one
join claims_about as two on two.claim = one.claim
join claims on claims.id = one.claim
join claims_cites as cites on cites.claim = claims.id
join works as cited on cited.id = cites.work
where one.about = :subject
  and two.about = :other
order by cites.work, claims.id, cites.position
