-- Which moves up and down are coded for which district, by whom, and with which outcome?
select
  districts.district,
  moves.type as upgrading,
  moves.direction,
  moves.actor,
  moves.outcome,
  moves.case_id,
  moves.position
from cases_upgrading as moves
join cases_districts as districts on districts.case_id = moves.case_id
order by districts.district, moves.case_id, moves.position
