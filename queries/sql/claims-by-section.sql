-- Which sections does each document have, and how many claims stand in each?
select
  sections.document,
  sections.position,
  sections.number as section,
  sections.title,
  count(distinct evidence.claim) as claims
from documents_sections as sections
left join claims_evidence as evidence
  on evidence.document = sections.document
  and evidence.section = sections.number
group by sections.document, sections.position
order by sections.document, sections.position
