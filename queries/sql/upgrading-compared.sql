-- How do the cases compare in upgrading and its direction, and for which cases is none told?
select
  cases.id as case_id,
  cases.title,
  moves.type as upgrading,
  moves.direction,
  moves.actor,
  moves.outcome,
  moves.position
from cases
left join cases_upgrading as moves on moves.case_id = cases.id
order by cases.id, moves.position
