-- Which places lie in a place, at any depth, and directly in which?
-- place: key of a province, region, country or area, e.g. veneto
with recursive within(id) as (
  select place
  from places_part_of
  where part_of = :place
  union
  select places_part_of.place
  from places_part_of
  join within on within.id = places_part_of.part_of
)
select
  places.id as inner_place,
  places.name,
  places.type,
  parts.part_of
from within
join places on places.id = within.id
join places_part_of as parts on parts.place = places.id
order by places.id, parts.part_of
