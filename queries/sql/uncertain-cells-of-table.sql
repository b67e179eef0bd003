-- Which cells of a table are uncertain, and why?
-- table: key of the table, or of the numbers of a section's running text, e.g. dlg14-table-7
select
  cells.position,
  cells.subject,
  cells.indicator,
  counterparts.counterpart,
  cells.period_start,
  cells.period_end,
  cells.printed,
  cells.note
from observations as cells
left join observations_counterpart as counterparts
  on counterparts.table_id = cells.table_id
  and counterparts.observation = cells.position
where cells.table_id = :table
  and cells.certain = 0
order by cells.position, counterparts.counterpart
