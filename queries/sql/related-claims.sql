-- Which claims support, qualify or dispute another claim, and who says that they do?
-- relation: supports, disputes, qualifies, extends, answers or repeats, e.g. disputes
select
  claims.id as claim,
  claims.statement,
  other.id as other_claim,
  other.statement as other_statement,
  relations."by" as stated_by
from claims_relations as relations
join claims on claims.id = relations.claim
join claims as other on other.id = relations.other_claim
where relations.type = :relation
order by claims.id, relations.position
