-- By how much did the exports and imports of each district change in each crisis?
select distinct
  shocks.id as crisis,
  cells.indicator,
  districts.id as district,
  cells.period_start,
  cells.period_end,
  cells.value
from observations as cells
join districts on districts.id = cells.subject
join concepts as shocks
  on shocks.scheme = 'shock'
  and shocks.period_start >= cells.period_start
  and shocks.period_end <= cells.period_end
left join observations_counterpart as counterparts
  on counterparts.table_id = cells.table_id
  and counterparts.observation = cells.position
where counterparts.counterpart is null
  and cells.value is not null
  and cells.indicator in (
    'jewellery-exports-change',
    'jewellery-imports-change',
    'import-for-production-change',
    'import-for-production-export-ratio-change'
  )
order by shocks.period_start, shocks.id, cells.indicator, districts.id, cells.period_start, cells.period_end, cells.value
