-- What does a section of a document say, from its first word to its last?
-- document: key of the document, e.g. de-marchi-lee-gereffi-2014-manuscript
-- section: number of the section, as the document prints it, e.g. 6
select
  claims.id as claim,
  claims.statement,
  claims.kind,
  claims.basis,
  evidence.passage_start,
  evidence.passage_end
from claims_evidence as evidence
join claims on claims.id = evidence.claim
where evidence.document = :document
  and evidence.section = :section
order by evidence.start_offset, claims.id, evidence.position
