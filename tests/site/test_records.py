"""The page of a record, and its other forms, at the path of its IRI."""

from __future__ import annotations

import html
import json
import re
import sqlite3
import warnings
from typing import Any

import pytest
import rdflib
from rdflib.compare import to_isomorphic

from filiera import rdf
from filiera.paths import Project
from filiera.schema import Schema

CLAIM = "/claims/os14-2-workshops-draw"

Ask = Any


def test_every_record_has_a_page_with_its_title(site: Ask, database: sqlite3.Connection) -> None:
    """At the path of its IRI a record of any kind shows its title."""
    records = database.execute("select kind, id, label from records").fetchall()
    pages = {f"/{kind}/{key}": (site.get(f"/{kind}/{key}"), label) for kind, key, label in records}
    unescaped = {path: html.unescape(page.text) for path, (page, _) in pages.items()}

    assert [path for path, (page, _) in pages.items() if page.status_code != 200] == []
    assert [path for path, (_, label) in pages.items() if label.split("\n")[0] not in unescaped[path]] == []
    assert {kind for kind, _, _ in records} == {path.split("/")[1] for path in pages}


def test_a_page_shows_titles_in_place_of_keys(site: Ask) -> None:
    """A reference is a link that shows the title of the record."""
    page = site.get(CLAIM).text

    assert '<a href="/districts/farholm">Farholm</a>' in page
    assert '<a href="/concepts/great-fog">' in page


def test_what_points_to_a_record_is_on_its_page(site: Ask) -> None:
    """The page of a concept leads back to the claims that are about it, and to the cases with it."""
    page = site.get("/concepts/move-to-design").text

    assert f'href="{CLAIM}"' in page
    assert 'href="/cases/case-farholm-1990-2010"' in page


def test_a_district_stands_beside_the_others_that_are_measured_alike(site: Ask) -> None:
    """Of the measures of Torre Lume, Farholm has three as well; they are a link away, side by side."""
    page = site.get("/districts/farholm").text
    both = '<a href="/compare/districts?subjects=farholm&amp;subjects=torre-lume">3 measures</a>'

    assert re.search(f'<th scope="row"><a href="/districts/torre-lume">Torre Lume</a></th>.*{re.escape(both)}', page)
    assert site.get("/compare/districts?subjects=farholm&subjects=torre-lume").status_code == 200


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        (".json", "application/json"),
        (".jsonld", "application/ld+json"),
        (".ttl", "text/turtle; charset=utf-8"),
        (".nt", "application/n-triples"),
    ],
)
def test_a_form_is_asked_for_by_suffix_or_by_what_is_accepted(site: Ask, suffix: str, media_type: str) -> None:
    """Both ways give the same bytes and the media type, and say where the other forms are."""
    by_suffix = site.get(CLAIM + suffix)
    by_accept = site.get(CLAIM, accept=media_type.split(";", maxsplit=1)[0])

    assert by_suffix.headers["content-type"] == media_type
    assert by_suffix.text == by_accept.text
    assert f'<{CLAIM}.ttl>; rel="alternate"; type="text/turtle"' in by_suffix.headers["link"]


def test_the_json_is_the_record(site: Ask, database: sqlite3.Connection) -> None:
    """The JSON of a record says all that the database says of it."""
    row = database.execute("select data from records_data where id = 'os14-2-workshops-draw'").fetchone()

    assert site.get(CLAIM + ".json").json()["record"] == json.loads(row[0])


def test_the_triples_of_all_records_are_the_graph(
    site: Ask, built: Project, database: sqlite3.Connection, known: Schema
) -> None:
    """What the pages say in N-Triples, with the terms of the schema, is the dump, line by line."""
    paths = [f"/{kind}/{key}.nt" for kind, key in database.execute("select kind, id from records")]
    lines = {line for path in paths for line in site.get(path).text.splitlines(keepends=True)}
    terms = set(site.get("/schema", accept="application/n-triples").text.splitlines(keepends=True))
    dump = set((built.build / "filiera.nq").read_text(encoding="utf-8").splitlines(keepends=True))

    assert terms == set(rdf.vocabulary(known))
    assert lines | terms == dump


def test_turtle_and_json_ld_say_what_the_triples_say(site: Ask) -> None:
    """Another reader finds the same statements in Turtle, and in JSON-LD all that the record itself states."""
    triples = rdflib.Graph().parse(data=site.get(CLAIM + ".nt").text, format="nt")
    turtle = rdflib.Graph().parse(data=site.get(CLAIM + ".ttl").text, format="turtle")
    linked = site.get(CLAIM + ".jsonld").json()
    linked["@context"] = site.get(linked["@context"]).json()["@context"]
    with warnings.catch_warnings():
        # rdflib's reader of JSON-LD uses a class of rdflib's that is deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        by_context = rdflib.Graph().parse(data=json.dumps(linked), format="json-ld")

    assert to_isomorphic(turtle) == to_isomorphic(triples)
    assert by_context
    assert set(by_context) - set(triples) == set()


def test_an_old_key_leads_to_the_present_one(site: Ask, database: sqlite3.Connection) -> None:
    """A page of an old key has moved for good, and so have its other forms."""
    alias, kind, key = database.execute(
        "select alias, kind, records.id from aliases join records using (id) limit 1"
    ).fetchone()
    moved = site.get(f"/{kind}/{alias}"), site.get(f"/{kind}/{alias}.ttl")

    assert [page.status_code for page in moved] == [301, 301]
    assert [page.headers["location"] for page in moved] == [f"/{kind}/{key}", f"/{kind}/{key}.ttl"]


def test_an_unknown_key_is_answered_with_the_nearest(site: Ask) -> None:
    """A misspelt key gives 404 with a link to the record that was meant, for people and for programs."""
    for_people = site.get("/districts/farhom")
    for_programs = site.get("/districts/farhom", accept="*/*;q=0.1, text/plain")

    assert (for_people.status_code, for_programs.status_code) == (404, 404)
    assert 'href="/districts/farholm"' in for_people.text
    assert for_programs.text.startswith("there is no district with the key 'farhom'; did you mean 'farholm'")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/works?page=0", "page: '0' is not a whole number from 1"),
        ("/works?page=x", "page: 'x' is not a whole number from 1"),
        ("/works?page=99999999999999999999", "is not a whole number from 1"),
        ("/search?q=" + "a" * 501, "q: 501 characters are too many"),
        ("/search?q=a&kind=worcs", "kind: there is no 'worcs'"),
        ("/search?" + "&".join(f"a{n}=1" for n in range(60)), "more than 50 arguments"),
    ],
)
def test_a_bad_argument_is_answered_with_a_sentence(site: Ask, path: str, said: str) -> None:
    """What cannot be done is said, with status 400."""
    answer = site.get(path, accept="text/plain")

    assert (answer.status_code, said in answer.text) == (400, True)
    assert site.get(path).status_code == 400


@pytest.mark.parametrize(
    "path", ["/nothing", "/works/", "/works/a/b", "/works/%2e%2e%2f", "/works/<script>alert(1)", "/%00"]
)
def test_what_is_not_there_is_not_found(site: Ask, path: str) -> None:
    """Whatever the path, the answer is a page that says so, and nothing of the path comes back as markup."""
    answer = site.get(path)

    assert answer.status_code in {301, 404}
    assert "<script>alert" not in answer.text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/works/", "/works"),
        ("//evil.example/", "/evil.example"),
        ("/%5Cevil.example/", "/%5Cevil.example"),
        ("/%2F%2Fevil.example/", "/evil.example"),
        ("/a%0D%0ASet-Cookie:%20b=c/", "/a%0D%0ASet-Cookie%3A%20b%3Dc"),
    ],
)
def test_no_redirect_leads_elsewhere(site: Ask, path: str, expected: str) -> None:
    """A slash too many is taken off, and whatever stands before it stays a path of this site."""
    answer = site.get(f"http://localhost{path}")

    assert (answer.status_code, answer.headers["location"]) == (301, expected)


def test_what_is_not_changed_is_not_sent_again(site: Ask) -> None:
    """A page has a tag by which a browser asks whether it still holds; each form has another."""
    tag = site.get(CLAIM).headers["etag"]

    assert site.get(CLAIM, if_none_match=tag).status_code == 304
    assert site.get(CLAIM, accept="text/turtle", if_none_match=tag).status_code == 200


def test_only_reading_is_possible(site: Ask) -> None:
    """HEAD gives the head of GET, and nothing else is answered."""
    head = site.get(CLAIM, method="HEAD")

    assert (head.status_code, head.text) == (200, "")
    assert site.get(CLAIM, method="DELETE").status_code == 405


def test_pages_may_load_nothing_from_elsewhere(site: Ask) -> None:
    """The policy of every page lets in our own scripts and styles only."""
    policies = {
        site.get(path).headers["content-security-policy"] for path in ("/", "/works", CLAIM, "/search?q=a", "/x")
    }

    assert len(policies) == 1
    assert "default-src 'none'; script-src 'self'; style-src 'self';" in policies.pop()


def test_the_passage_is_shown_in_its_paragraph_where_the_document_is_at_hand(site: Ask) -> None:
    """The words of the passage are marked, with what stands before and after them."""
    page = site.get("/claims/os14-2-companies-decide").text

    assert "<mark>The companies named the" in page


def test_the_tables_are_as_datasette_shows_them(site: Ask) -> None:
    """Titles of records stand in tables and rows, as links to their pages, in place of keys too."""
    table, row = site.get("/filiera/districts"), site.get("/filiera/districts/farholm")
    part = site.get("/filiera/claims_about/os14-2-workshops-draw,1")

    assert '<a href="/places/farholm-town">Farholm</a>' in table.text
    assert '<a href="/places/farholm-town">Farholm</a>' in row.text
    assert "2 rows" in table.text
    assert '<a href="/districts/farholm">Farholm</a>' in table.text
    assert '<a href="/districts/farholm">The page of this record</a>' in row.text
    assert f'<a href="{CLAIM}">The page of this record</a>' in part.text
    assert '<a href="/concepts/move-to-design">' in part.text


def test_a_row_of_what_has_no_title_leads_to_the_page_by_its_key(site: Ask) -> None:
    """The numbers of a section's text have no title; their rows say their key, and never None."""
    page = site.get("/filiera/observations").text

    assert '<a href="/tables/os14-numbers-2">os14-numbers-2</a>' in page
    assert ">None<" not in page


@pytest.mark.parametrize("name", ["allow-debug", "logout", "messages", "patterns", "permissions"])
def test_pages_for_the_makers_of_datasette_are_closed(site: Ask, name: str) -> None:
    """They lead nowhere, and one would take messages for other visitors."""
    answers = [site.get(f"/-/{name}").status_code, site.get(f"/-/{name}", method="POST").status_code]

    assert answers == [404, 405]
