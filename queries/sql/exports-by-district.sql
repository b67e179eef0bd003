-- What did each district export to all markets together, and how did that change?
select
  districts.id as district,
  indicators.label as measure,
  cells.period_start,
  cells.period_end,
  cells.value,
  indicators.unit,
  case cells.certain when 0 then 'no' else 'yes' end as certain,
  cells.table_id as "table",
  cells.position
from observations as cells
join districts on districts.id = cells.subject
join indicators on indicators.id = cells.indicator
left join observations_counterpart as markets
  on markets.table_id = cells.table_id
  and markets.observation = cells.position
where cells.indicator in ('jewellery-exports-value', 'jewellery-exports-change')
  and markets.counterpart is null
order by districts.id, indicators.label desc, cells.period_start, cells.table_id, cells.position
