-- How did a measure change in each district over a period that takes in a crisis?
-- indicator: key of a measure of change, e.g. jewellery-exports-change
select
  shocks.id as crisis,
  shocks.period_start as crisis_start,
  shocks.period_end as crisis_end,
  districts.id as district,
  counterparts.counterpart,
  cells.value,
  cells.period_start,
  cells.period_end,
  case cells.certain when 0 then 'no' else 'yes' end as certain,
  cells.table_id as "table",
  cells.position
from observations as cells
join districts on districts.id = cells.subject
join concepts as shocks
  on shocks.scheme = 'shock'
  and shocks.period_start >= cells.period_start
  and shocks.period_end <= cells.period_end
left join observations_counterpart as counterparts
  on counterparts.table_id = cells.table_id
  and counterparts.observation = cells.position
where cells.indicator = :indicator
order by shocks.period_start, shocks.id, districts.id, counterparts.counterpart, cells.table_id, cells.position
