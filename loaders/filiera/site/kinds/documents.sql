-- sections: its sections, with how many statements rest on each
select
  sections.position,
  sections.number,
  sections.title,
  (
    select count(distinct claim) from claims_evidence as evidence
    where evidence.document = :key and evidence.section = sections.number
  ) as claims
from documents_sections as sections
where sections.document = :key
order by sections.position

-- errata: what is wrong in it
select id, type, severity from errata where document = :key order by severity = 'minor', type, id
