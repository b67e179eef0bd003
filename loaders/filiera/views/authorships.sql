-- Who wrote or edited which work, in the order of the title page.
select work, position, author, 'author' as role, coalesce(family || ', ' || given, literal, family) as name
from works_authors join authors on authors.id = author
union all
select work, position, editor, 'editor', coalesce(family || ', ' || given, literal, family)
from works_editors join authors on authors.id = editor
order by 1, 4, 2
