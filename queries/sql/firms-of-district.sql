-- Which firms lie in a district, and which roles do they have?
-- district: key of the district, e.g. valenza-po
select
  firms.id as firm,
  firms.name,
  roles.role,
  roles.period_start,
  roles.period_end,
  firms.description
from firms
left join firms_roles as roles on roles.firm = firms.id
where firms.district = :district
order by firms.id, roles.position
