-- What is measured, in which unit, and how many numbers are there?
select
  indicators.id as indicator,
  indicators.definition,
  indicators.unit,
  count(cells.position) as numbers
from indicators
left join observations as cells on cells.indicator = indicators.id
group by indicators.id
order by indicators.id
