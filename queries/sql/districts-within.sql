-- Which districts lie in a place, at any depth, and what do they make for whom?
-- place: key of a town, province, region, country or area, e.g. italy
with recursive within(id) as (
  select :place
  union
  select place
  from places_part_of
  join within on within.id = part_of
)
select
  districts.id as district,
  districts.name,
  places.name as smallest_place,
  districts.industry,
  districts.specialisation,
  districts.market_segment
from within
join places on places.id = within.id
join districts on districts.place = places.id
order by districts.id
