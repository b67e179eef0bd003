-- How do the coded cases compare in governance, lead firms and outcome?
select
  cases.id as case_id,
  cases.period_start,
  cases.period_end,
  coalesce(cases.governance_status, 'not-looked-for') as governance,
  types.concept as governance_type,
  coalesce(cases.lead_firms, 'not-looked-for') as lead_firms,
  cases.outcome
from cases
left join cases_governance_types as types on types.case_id = cases.id
order by cases.id, types.concept
