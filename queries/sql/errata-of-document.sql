-- What is wrong, inconsistent or ambiguous in a document, the worst first?
-- document: key of the document, e.g. de-marchi-lee-gereffi-2014-manuscript
select
  severity,
  type,
  description,
  correction,
  id as erratum
from errata
where document = :document
order by severity, type, id
