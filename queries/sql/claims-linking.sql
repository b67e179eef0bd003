-- Which claims are about two records at once, such as a district and a crisis?
-- subject: key of the first record, e.g. vicenza
-- other: key of the second record, e.g. recession-crisis
select
  claims.id as claim,
  claims.statement,
  claims.kind,
  claims.period_start,
  claims.period_end,
  claims.work
from claims_about as one
join claims_about as two on two.claim = one.claim
join claims on claims.id = one.claim
where one.about = :subject
  and two.about = :other
order by claims.work, claims.id
