-- Which numbers does a table print, cell by cell?
-- table: key of the table, or of the numbers of a section's running text, e.g. dlg14-numbers-4
select
  cells.position,
  cells.subject,
  cells.indicator,
  counterparts.counterpart,
  cells.period_start,
  cells.period_end,
  cells.value,
  coalesce(cells.unit, indicators.unit) as unit,
  cells.printed,
  case cells.certain when 0 then 'no' else 'yes' end as certain
from observations as cells
join indicators on indicators.id = cells.indicator
left join observations_counterpart as counterparts
  on counterparts.table_id = cells.table_id
  and counterparts.observation = cells.position
where cells.table_id = :table
order by cells.position, counterparts.counterpart
