-- Which numbers are printed about a record, and in which tables?
-- subject: key of a district, place, firm or any other record, e.g. arezzo
select
  indicators.label as measure,
  counterparts.counterpart,
  cells.period_start,
  cells.period_end,
  cells.value,
  coalesce(cells.unit, indicators.unit) as unit,
  cells.printed,
  case cells.certain when 0 then 'no' else 'yes' end as certain,
  cells.table_id as "table",
  cells.position
from observations as cells
join indicators on indicators.id = cells.indicator
left join observations_counterpart as counterparts
  on counterparts.table_id = cells.table_id
  and counterparts.observation = cells.position
where cells.subject = :subject
order by cells.table_id, cells.position, counterparts.counterpart
