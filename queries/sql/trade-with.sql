-- Which numbers link a district, firm or place with a country or area, such as a market or a source?
-- counterpart: key of the country or area on the other side, e.g. united-states
select
  cells.subject,
  indicators.label as measure,
  cells.period_start,
  cells.period_end,
  cells.value,
  coalesce(cells.unit, indicators.unit) as unit,
  cells.printed,
  case cells.certain when 0 then 'no' else 'yes' end as certain,
  cells.table_id as "table",
  cells.position
from observations_counterpart as counterparts
join observations as cells
  on cells.table_id = counterparts.table_id
  and cells.position = counterparts.observation
join indicators on indicators.id = cells.indicator
where counterparts.counterpart = :counterpart
order by cells.subject, cells.table_id, cells.position
