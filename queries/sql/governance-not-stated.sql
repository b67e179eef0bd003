-- What do the documents not say about governance: for which cases is its type not stated, and where are the lead firms?
select
  cases.id as case_id,
  cases.title,
  coalesce(cases.lead_firms, 'not-looked-for') as lead_firms,
  works.work,
  cases.note
from cases
left join cases_works as works on works.case_id = cases.id
where cases.governance_status = 'not-stated'
order by cases.id, works.work
