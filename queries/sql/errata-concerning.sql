-- What is wrong or unclear in the documents about a record, and in which places?
-- subject: key of a firm, table, work or any other record, e.g. bulgari
select
  errata.id as erratum,
  errata.severity,
  errata.description,
  evidence.document,
  evidence.section,
  evidence.passage_start,
  evidence.passage_end
from errata_concerns as concerns
join errata on errata.id = concerns.erratum
join errata_evidence as evidence on evidence.erratum = errata.id
where concerns.concerns = :subject
order by errata.severity, errata.id, evidence.position
