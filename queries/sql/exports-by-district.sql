-- What did each district export, and how did its exports change?
select
  districts.id as district,
  indicators.label as measure,
  cells.period_start,
  cells.period_end,
  cells.value,
  indicators.unit,
  cells.table_id as "table",
  cells.position
from observations as cells
join districts on districts.id = cells.subject
join indicators on indicators.id = cells.indicator
where cells.indicator in ('jewellery-exports-value', 'jewellery-exports-change')
order by districts.id, indicators.label desc, cells.period_start, cells.table_id, cells.position
