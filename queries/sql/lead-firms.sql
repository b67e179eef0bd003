-- Which firms are lead firms, where and when, and where is it said?
select
  firms.id as firm,
  roles.district,
  roles.period_start,
  roles.period_end,
  evidence.document,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from firms_roles as roles
join firms on firms.id = roles.firm
left join firms_roles_evidence as evidence
  on evidence.firm = roles.firm
  and evidence.role = roles.position
where roles.role = 'lead-firm'
order by firms.id, roles.position, evidence.position
