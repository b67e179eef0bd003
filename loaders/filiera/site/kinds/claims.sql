-- stands: how it stands to other statements
select relations.other_claim as claim, relations.type, relations.by, claims.work
from claims_relations as relations join claims on claims.id = relations.other_claim
where relations.claim = :key
order by relations.position
limit 300

-- answered: how other statements stand to it
select relations.claim, relations.type, relations.by, claims.work
from claims_relations as relations join claims on claims.id = relations.claim
where relations.other_claim = :key
order by relations.type, relations.claim
limit 300

-- beside: the statements before and after it in the document
select id, after from (
  select other.claim as id, 0 as after from claims_evidence as own join claims_evidence as other using (document)
  where own.claim = :key and own.position = 0 and other.position = 0
    and (other.start_offset, other.claim) < (own.start_offset, own.claim)
  order by other.start_offset desc, other.claim desc limit 1
)
union all
select id, after from (
  select other.claim as id, 1 as after from claims_evidence as own join claims_evidence as other using (document)
  where own.claim = :key and own.position = 0 and other.position = 0
    and (other.start_offset, other.claim) > (own.start_offset, own.claim)
  order by other.start_offset, other.claim limit 1
)
