-- Who wrote a work, and where is each author known to have worked?
-- work: key of the work, e.g. giuliani-pietrobelli-rabellotti-2005
select
  written.position,
  authors.id as author,
  coalesce(authors.family || ', ' || authors.given, authors.literal, authors.family) as name,
  posts.organisation,
  posts.period_start,
  posts.period_end
from works_authors as written
join authors on authors.id = written.author
left join authors_affiliations as posts on posts.author = authors.id
where written.work = :work
order by written.position, posts.position
