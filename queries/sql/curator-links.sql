-- Which links between claims does the curator alone draw, where the document draws none between the two?
-- relation: supports, disputes, qualifies, extends, answers or repeats, e.g. disputes
select
  claims.id as claim,
  claims.statement,
  other.id as other_claim,
  other.statement as other_statement
from claims_relations as relations
join claims on claims.id = relations.claim
join claims as other on other.id = relations.other_claim
where relations.type = :relation
  and relations."by" = 'curator'
  and not exists (
    select 1
    from claims_relations as stated
    where stated."by" = 'source'
      and (
        (stated.claim = relations.claim and stated.other_claim = relations.other_claim)
        or (stated.claim = relations.other_claim and stated.other_claim = relations.claim)
      )
  )
order by claims.id, relations.position
