-- Which firms of a chain lie outside the districts, where, and which part do they play?
-- chain: name of the chain, as records of firms give it, e.g. gold jewellery
select
  firms.id as firm,
  firms.name,
  firms.place,
  roles.role,
  firms.description
from firms
join firms_roles as roles on roles.firm = firms.id
where roles.chain = :chain
  and firms.district is null
order by firms.id, roles.position
