-- Which works did a person or an organisation write or edit, and in which place on the title page?
-- author: key of the author, e.g. gereffi-gary
select
  works.id as work,
  works.issued,
  works.title,
  authorships.role,
  authorships.position
from authorships
join works on works.id = authorships.work
where authorships.author = :author
order by works.issued, works.id, authorships.role
