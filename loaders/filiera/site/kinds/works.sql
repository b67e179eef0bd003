-- short: the names and the year, as they are cited in a text
with people as (
  select position, coalesce(family, literal) as name
  from works_authors join authors on authors.id = author where work = :key
  union all
  select position, coalesce(family, literal)
  from works_editors join authors on authors.id = editor
  where work = :key and not exists (select 1 from works_authors where work = :key)
), named as (
  select
    count(*) as authors,
    max(case position when 0 then name end) as first,
    max(case position when 1 then name end) as second
  from people
)
select
  case named.authors
    when 0 then null
    when 1 then named.first
    when 2 then named.first || ' & ' || named.second
    else named.first || ' et al.'
  end || ' ' || coalesce(substr(works.issued, 1, 4), 'n.d.')
from named join works on works.id = :key

-- claims: what the work says, in the order of its sections
select claims.id, claims.kind, first.document, coalesce(first.section, '') as section, sections.title
from claims
left join claims_evidence as first on first.claim = claims.id and first.position = 0
left join documents_sections as sections on sections.document = first.document and sections.number = first.section
where claims.work = :key
order by first.document, sections.position, first.start_offset, claims.id
limit 1000

-- claims_count: how many statements that are
select count(*) from claims where work = :key

-- cites: the works that its statements cite, with the statements
select cites.work, cites.claim, cites.printed, cites.relation
from claims join claims_cites as cites on cites.claim = claims.id
where claims.work = :key
order by cites.work, cites.claim, cites.position
limit 1000

-- cited_by: the statements that cite it, work by work, with how many statements and works that are in all
with citing as materialized (
  select claims.work, cites.claim, cites.position, cites.printed, cites.relation
  from claims_cites as cites join claims on claims.id = cites.claim
  where cites.work = :key
)
select
  work,
  claim,
  printed,
  relation,
  (select count(*) from citing) as statements,
  (select count(distinct work) from citing) as works
from citing
order by work, claim, position
limit 300

-- read: the documents that were read
select id, version from documents where work = :key order by id limit 300

-- printed: its tables and the numbers of its text
select tables.id, (select count(*) from observations where table_id = tables.id) as numbers
from tables where work = :key order by tables.id
limit 300

-- senses: what it means by its terms
select concept, definition from concepts_senses where work = :key order by concept limit 300

-- errata: what is wrong in the documents
select errata.id, errata.type, errata.severity, errata.document
from documents join errata on errata.document = documents.id
where documents.work = :key
order by errata.severity = 'minor', errata.type, errata.id
limit 300

-- versions: its versions, reprints and translations
select id from works where version_of = :key order by id limit 300
