-- Each case by governance, lead firms and each move up or down: one row a move.
select
  cases.id as case_id,
  cases.title,
  cases.period_start,
  cases.period_end,
  coalesce(cases.governance_status, 'not-looked-for') as governance,
  (
    select group_concat(concept, ', ')
    from (select concept from cases_governance_types as types where types.case_id = cases.id order by position)
  ) as governance_types,
  coalesce(cases.lead_firms, 'not-looked-for') as lead_firms,
  upgrading.type as upgrading,
  upgrading.direction,
  upgrading.actor,
  upgrading.outcome
from cases
left join cases_upgrading as upgrading on upgrading.case_id = cases.id
order by cases.id, upgrading.position
