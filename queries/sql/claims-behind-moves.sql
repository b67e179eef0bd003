-- Which claims stand behind the coded moves of one sort, and in which case?
-- upgrading: key of a concept of the upgrading scheme, e.g. functional-upgrading
select
  moves.case_id,
  moves.position,
  moves.direction,
  claims.id as claim,
  claims.statement
from cases_upgrading as moves
join cases_upgrading_claims as behind
  on behind.case_id = moves.case_id
  and behind.upgrading = moves.position
join claims on claims.id = behind.claim
where moves.type = :upgrading
order by moves.case_id, moves.position, claims.id
