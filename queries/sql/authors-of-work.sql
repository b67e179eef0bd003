-- Who wrote a work, where did each author work, and how sure is that?
-- work: key of the work, e.g. de-marchi-lee-gereffi-2014
select
  written.position,
  authors.id as author,
  coalesce(authors.family || ', ' || authors.given, authors.literal, authors.family) as name,
  posts.organisation,
  posts.period_start,
  posts.period_end,
  posts.verification
from works_authors as written
join authors on authors.id = written.author
left join authors_affiliations as posts on posts.author = authors.id
where written.work = :work
order by written.position, posts.position
