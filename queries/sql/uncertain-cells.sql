-- Which printed numbers are uncertain, and why?
select
  table_id as "table",
  position,
  subject,
  indicator,
  printed,
  note
from observations
where certain = 0
order by table_id, position
