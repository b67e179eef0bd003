-- Which claims are about a concept, or about any narrower one?
-- concept: key of the concept, e.g. upgrading
with recursive narrower(id) as (
  select :concept
  union
  select concept
  from concepts_broader
  join narrower on narrower.id = broader
)
select
  about.about,
  claims.id as claim,
  claims.statement,
  claims.kind
from narrower
join concepts on concepts.id = narrower.id
join claims_about as about on about.about = concepts.id
join claims on claims.id = about.claim
order by about.about, claims.id
