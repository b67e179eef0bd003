-- narrower: the concepts below it
select concept from concepts_broader where broader = :key order by concept limit 300

-- claims_count: how many statements are about it
select count(*) from claims_about where about = :key

-- claims: what is said about it
select claims.id, claims.kind, claims.work
from claims_about as about join claims on claims.id = about.claim
where about.about = :key
order by claims.kind, claims.id
limit 300

-- cases: the cases that are coded with it
select case_id, 'governance' as coded, null as direction
from cases_governance_types where concept = :key
union
select case_id, 'upgrading', direction from cases_upgrading where type = :key
order by case_id, coded, direction
limit 300

-- firms: the firms that have it as a role
select firm, district, chain from firms_roles where role = :key order by firm limit 300
