-- On what do the claims about each district rest, sort by sort?
select
  districts.id as district,
  claims.kind,
  claims.basis,
  count(*) as claims
from districts
join claims_about as about on about.about = districts.id
join claims on claims.id = about.claim
group by districts.id, claims.kind, claims.basis
order by districts.id, claims.kind, claims.basis
