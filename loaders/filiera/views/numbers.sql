-- Each observation with the names of what it measures: one row a printed cell or figure.
select
  observations.table_id,
  observations.position,
  observations.subject,
  subject.label as subject_label,
  observations.indicator,
  indicators.label as indicator_label,
  (
    select group_concat(counterpart, ', ')
    from (
      select counterpart from observations_counterpart as other
      where other.table_id = observations.table_id and other.observation = observations.position
      order by other.position
    )
  ) as counterparts,
  observations.period_start,
  observations.period_end,
  observations.value,
  coalesce(observations.unit, indicators.unit) as unit,
  observations.printed,
  observations.text,
  coalesce(observations.certain, 1) as certain,
  observations.note
from observations
join records as subject on subject.id = observations.subject
join indicators on indicators.id = observations.indicator
order by observations.table_id, observations.position
