-- Which citations can mean more than one work, and which works can they mean?
select
  cited.cited_as,
  works.id as work,
  works.title,
  alternative.id as alternative,
  alternative.title as alternative_title
from works
join works_cited_as as cited on cited.work = works.id
left join works_alternatives as alternatives on alternatives.work = works.id
left join works as alternative on alternative.id = alternatives.alternative
where works.match = 'inferred-ambiguous'
order by cited.cited_as, works.id, alternative.id
