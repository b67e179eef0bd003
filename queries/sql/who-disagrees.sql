-- Who disagrees with whom about a subject: which claims dispute which, and who holds each?
-- subject: key of a concept, district or any other record that one of the two claims is about, e.g. industrial-district
select distinct
  claims.id as claim,
  claims.statement,
  coalesce(held.held_by, iif(claims.reported, 'others, not named', claims.work)) as held_by,
  other.id as other_claim,
  other.statement as other_statement,
  coalesce(other_held.held_by, iif(other.reported, 'others, not named', other.work)) as other_held_by,
  relations."by" as stated_by
from claims_relations as relations
join claims on claims.id = relations.claim
join claims as other on other.id = relations.other_claim
join claims_about as about on about.claim in (claims.id, other.id)
left join claims_held_by as held on held.claim = claims.id
left join claims_held_by as other_held on other_held.claim = other.id
where relations.type = 'disputes'
  and about.about = :subject
order by claims.id, other.id, held_by, other_held_by
