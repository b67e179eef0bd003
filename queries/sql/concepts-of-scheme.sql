-- Which concepts does a scheme hold, and which are narrower than which?
-- scheme: upgrading, governance, internationalisation, chain, lead-firm-role, shock, institution, knowledge, policy or method, e.g. upgrading
select
  concepts.id as concept,
  concepts.label,
  wider.broader
from concepts
left join concepts_broader as wider on wider.concept = concepts.id
where concepts.scheme = :scheme
order by concepts.id, wider.broader
