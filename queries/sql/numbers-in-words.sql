-- Which numbers are told in words in one place and printed as a number in another, for the same subject and period?
select
  words.subject,
  words.indicator,
  words.period_start,
  words.period_end,
  words.printed as words,
  words.table_id as "table",
  words.position,
  numbers.printed as number,
  numbers.table_id as other_table,
  numbers.position as other_position
from observations as words
join observations as numbers
  on numbers.subject = words.subject
  and numbers.indicator = words.indicator
  and numbers.period_start is words.period_start
  and numbers.period_end is words.period_end
where words.value is null
  and numbers.value is not null
order by words.subject, words.indicator, words.table_id, words.position, numbers.table_id, numbers.position
