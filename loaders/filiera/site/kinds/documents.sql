-- sections: its sections, with how many statements rest on each
select
  sections.position,
  sections.number,
  sections.title,
  coalesce(resting.claims, 0) as claims
from documents_sections as sections
left join (
  select section, count(distinct claim) as claims from claims_evidence where document = :key group by section
) as resting on resting.section = sections.number
where sections.document = :key
order by sections.position
limit 1000

-- errata: what is wrong in it
select id, type, severity from errata where document = :key order by severity = 'minor', type, id limit 300
