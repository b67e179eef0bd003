-- Which institutions serve a district, and what are they said to do?
-- district: key of the district, e.g. vicenza
select
  id as institution,
  name,
  type,
  place,
  description
from institutions
where district = :district
order by id
