-- Which numbers do two districts have of the same measure and period, counterparts apart?
-- district: key of a district or of any other subject, e.g. arezzo
-- other_district: key of the one that it is compared with, e.g. vicenza
select
  indicators.label as measure,
  one.period_start,
  one.period_end,
  one.printed,
  two.printed as other_printed,
  one.table_id as "table",
  one.position,
  two.table_id as other_table,
  two.position as other_position
from observations as one
join observations as two
  on two.indicator = one.indicator
  and two.period_start is one.period_start
  and two.period_end is one.period_end
join indicators on indicators.id = one.indicator
where one.subject = :district
  and two.subject = :other_district
  and not exists (
    select 1
    from observations_counterpart as markets
    where (markets.table_id = one.table_id and markets.observation = one.position)
      or (markets.table_id = two.table_id and markets.observation = two.position)
  )
order by indicators.label, one.period_start, one.period_end, one.table_id, one.position, two.table_id, two.position
