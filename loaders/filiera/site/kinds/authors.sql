-- works: what they wrote and edited, newest first
select work, 'author' as part, works.issued from works_authors join works on works.id = work where author = :key
union
select work, 'editor', works.issued from works_editors join works on works.id = work where editor = :key
order by works.issued desc, work
limit 300

-- holds: what others report them to say
select claims.id, claims.work
from claims_held_by as held join claims on claims.id = held.claim
where held.held_by = :key
order by claims.work, claims.id
limit 300
