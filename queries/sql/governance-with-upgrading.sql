-- Which claims are about a type of governance and a type of upgrading at once?
select
  governance.id as governance,
  upgrading.id as upgrading,
  claims.id as claim,
  claims.statement
from claims
join claims_about as one on one.claim = claims.id
join concepts as governance on governance.id = one.about and governance.scheme = 'governance'
join claims_about as two on two.claim = claims.id
join concepts as upgrading on upgrading.id = two.about and upgrading.scheme = 'upgrading'
order by governance.id, upgrading.id, claims.id
