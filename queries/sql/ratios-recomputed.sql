-- Does a printed ratio, in percent, follow from the two printed numbers of the same subject and time?
-- ratio: key of the measure of the ratio, e.g. import-for-production-export-ratio
-- numerator: key of the measure that is divided, e.g. import-for-production-value
-- denominator: key of the measure that it is divided by, e.g. jewellery-exports-value
with numbers as (
  select cells.*
  from observations as cells
  left join observations_counterpart as counterparts
    on counterparts.table_id = cells.table_id
    and counterparts.observation = cells.position
  where cells.value is not null
    and counterparts.counterpart is null
),
recomputed as (
  select distinct
    ratios.subject,
    ratios.period_start,
    ratios.period_end,
    above.value as numerator_value,
    below.value as denominator_value,
    ratios.printed,
    ratios.value as ratio_value,
    cast(cast(round(1000.0 * above.value / below.value) / 10 as text) as numeric) as computed,
    ratios.table_id,
    ratios.position
  from numbers as ratios
  join numbers as above
    on above.subject = ratios.subject
    and above.period_start is ratios.period_start
    and above.period_end is ratios.period_end
  join numbers as below
    on below.subject = ratios.subject
    and below.period_start is ratios.period_start
    and below.period_end is ratios.period_end
  where ratios.indicator = :ratio
    and above.indicator = :numerator
    and below.indicator = :denominator
)
select
  subject,
  period_start,
  period_end,
  numerator_value,
  denominator_value,
  printed,
  computed,
  case when computed = ratio_value then 'yes' else 'no' end as follows,
  table_id as "table",
  position
from recomputed
order by subject, period_start, period_end, table_id, position, numerator_value, denominator_value
