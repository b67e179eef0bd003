-- Which claims stand against each other, who holds each and where, and who draws the relation?
-- relation: disputes, or qualifies where one only limits the other, e.g. disputes
select
  claims.id as claim,
  claims.statement,
  coalesce(held.held_by, iif(claims.reported, 'others, not named', claims.work)) as held_by,
  claims.work,
  place.document,
  place.section,
  place.passage_start,
  place.passage_end,
  other.id as other_claim,
  other.statement as other_statement,
  coalesce(other_held.held_by, iif(other.reported, 'others, not named', other.work)) as other_held_by,
  other.work as other_work,
  other_place.document as other_document,
  other_place.section as other_section,
  other_place.passage_start as other_passage_start,
  other_place.passage_end as other_passage_end,
  relations."by" as stated_by
from claims_relations as relations
join claims on claims.id = relations.claim
join claims as other on other.id = relations.other_claim
join claims_evidence as place on place.claim = claims.id
join claims_evidence as other_place on other_place.claim = other.id
left join claims_held_by as held on held.claim = claims.id
left join claims_held_by as other_held on other_held.claim = other.id
where relations.type = :relation
order by claims.id, other.id, held_by, other_held_by, place.position, other_place.position, relations.position
