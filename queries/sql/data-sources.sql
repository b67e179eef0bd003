-- From which sources do the printed tables take their numbers?
select
  tables.id as "table",
  tables.work,
  tables.label,
  sources.id as source,
  sources.title as source_title,
  sources.verification
from tables
join tables_data_from as credits on credits.table_id = tables.id
join works as sources on sources.id = credits.data_from
order by tables.id, sources.id
