-- Which numbers of a year or a period are printed in more than one place, and do they agree?
select
  one.subject,
  one.indicator,
  one.period_start,
  one.period_end,
  one.table_id as "table",
  one.position,
  one.value,
  two.table_id as other_table,
  two.position as other_position,
  two.value as other_value,
  case when one.value = two.value then 'yes' else 'no' end as agrees
from observations as one
join observations as two
  on two.subject = one.subject
  and two.indicator = one.indicator
  and two.period_start = one.period_start
  and two.period_end is one.period_end
  and two.table_id > one.table_id
where one.value is not null
  and two.value is not null
  and not exists (
    select 1
    from observations_counterpart as counterparts
    where counterparts.table_id = one.table_id
      and counterparts.observation = one.position
      and counterparts.counterpart not in (
        select counterpart
        from observations_counterpart
        where table_id = two.table_id
          and observation = two.position
      )
  )
  and not exists (
    select 1
    from observations_counterpart as counterparts
    where counterparts.table_id = two.table_id
      and counterparts.observation = two.position
      and counterparts.counterpart not in (
        select counterpart
        from observations_counterpart
        where table_id = one.table_id
          and observation = one.position
      )
  )
order by one.subject, one.indicator, one.table_id, one.position, two.table_id, two.position
