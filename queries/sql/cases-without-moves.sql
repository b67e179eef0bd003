-- Which cases have no move up or down: are the works silent, or were they not asked?
select
  cases.id as case_id,
  cases.title,
  coalesce(cases.upgrading_status, 'not-looked-for') as upgrading
from cases
where not exists (select 1 from cases_upgrading as moves where moves.case_id = cases.id)
order by cases.id
