-- Each claim under each record that it is about: one row a subject.
select
  about.about as subject,
  subject.label as subject_label,
  subject.kind as subject_kind,
  claims.id as claim,
  claims.statement,
  claims.kind,
  claims.work
from claims_about as about
join claims on claims.id = about.claim
join records as subject on subject.id = about.about
order by about.about, claims.id
