-- Indexes beside those on references, for what pages put in order.

-- Records of a kind, alone and in the order of their keys.
create index idx_records_kind on records(kind);
create index idx_records_kind_id on records(kind, id);

-- Works in the order of their years.
create index idx_works_issued on works(issued);

-- What stands in a document, in its order and section by section.
create index idx_claims_evidence_document_start_offset_claim on claims_evidence(document, start_offset, claim);
create index idx_claims_evidence_document_section_claim on claims_evidence(document, section, claim);
