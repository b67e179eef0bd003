-- numbers: the numbers about it
select
  numbers.table_id as "table",
  numbers.position,
  numbers.indicator,
  numbers.counterparts,
  numbers.period_start as start,
  numbers.period_end as "end",
  numbers.value,
  numbers.unit,
  numbers.printed,
  numbers.text,
  numbers.certain,
  numbers.note
from numbers
where numbers.subject = :key
order by numbers.indicator_label, numbers.counterparts, numbers.period_start, numbers.period_end, numbers.table_id
limit 300

-- firms: its firms, with their roles
select firms.id, roles.position, roles.role, roles.chain, roles.period_start as start, roles.period_end as "end"
from firms left join firms_roles as roles on roles.firm = firms.id
where firms.district = :key
union
select firm, position, role, chain, period_start, period_end from firms_roles where district = :key
order by 1, 2
limit 300

-- institutions: the institutions that serve it
select id, type from institutions where district = :key order by id limit 300

-- claims_count: how many statements are about it
select count(*) from claims_about where about = :key

-- claims: what is said about it, by the scheme of the first concept that it is also about
select
  claims.id,
  claims.kind,
  claims.work,
  (
    select concepts.scheme from claims_about as topic join concepts on concepts.id = topic.about
    where topic.claim = claims.id order by topic.position limit 1
  ) as topic
from claims_about as about join claims on claims.id = about.claim
where about.about = :key
order by topic is null, topic, claims.id
limit 300

-- cases: the cases that it is in
select case_id from cases_districts where district = :key order by case_id limit 300

-- works: the works that say something about it
select claims.work, count(*) as claims
from claims_about as about join claims on claims.id = about.claim
where about.about = :key
group by claims.work order by count(*) desc, claims.work
limit 300

-- beside: the other districts that statements are about as well, or that have numbers of the same measures
select * from (
  select
    districts.id,
    districts.industry,
    districts.specialisation,
    (
      select count(distinct mine.claim)
      from claims_about as mine join claims_about as its on its.claim = mine.claim
      where mine.about = :key and its.about = districts.id
    ) as claims,
    (
      select count(distinct mine.indicator)
      from observations as mine join observations as its on its.indicator = mine.indicator
      where mine.subject = :key and its.subject = districts.id
    ) as measures
  from districts where districts.id <> :key
)
where claims or measures
order by claims desc, measures desc, id
limit 20
