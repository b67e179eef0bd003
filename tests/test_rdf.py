"""The graph: its IRIs are a public interface, its dumps are sorted and alike, and it leaves nothing out."""

from __future__ import annotations

import re
import sqlite3
import subprocess
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.compare import isomorphic

from filiera import rdf
from filiera.paths import Project
from filiera.rdf import BASE, FIL, literal, write_sorted
from filiera.records import leaves, read
from filiera.report import Report
from filiera.schema import Field, Schema

XSD = "http://www.w3.org/2001/XMLSchema#"
DCTERMS = "http://purl.org/dc/terms/"
PRO = "http://purl.org/spar/pro/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"

Triple = tuple[str, str, str]


@pytest.fixture(scope="module")
def statements(built: Project) -> set[Triple]:
    """Return the statements of the sorted dump as subject, predicate and object in N-Triples."""
    quads = ox.parse(path=built.build / "filiera.nq", format=ox.RdfFormat.N_QUADS)
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in quads}


def of(subject: str, statements: set[Triple]) -> set[tuple[str, str]]:
    """Return what the graph says of a subject, as predicate and object."""
    return {(predicate, object_) for s, predicate, object_ in statements if s == f"<{subject}>"}


def test_no_node_is_blank(statements: set[Triple]) -> None:
    """Everything has a name, so that two dumps can be compared line by line."""
    assert [s for s in statements if any(term.startswith("_:") for term in s)] == []


def test_the_dump_is_sorted_as_the_shell_sorts(built: Project) -> None:
    """Lines stand once each, in the order of their bytes, so that `sort`, `comm` and `diff` work on it."""
    subprocess.run(["sort", "-c", "-u", built.build / "filiera.nq"], env={"LC_ALL": "C"}, check=True)  # noqa: S607  any sort


@pytest.mark.parametrize("chunk", [1, 2, 3, 7, 1000])
def test_chunks_do_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int) -> None:
    """However many lines are sorted at a time, the file is the same: sorted, each line once."""
    monkeypatch.setattr(rdf, "CHUNK", chunk)
    lines = [f"{word}\n" for word in ["b", "a", "Ł", "b", "a b", "A", "\U0001f3ee", "\uff21", "é", "a", "", "a!"]]
    write_sorted(iter(lines), tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == b"".join(sorted({line.encode() for line in lines}))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert max(len(part) for part in rdf._chunks(iter(lines))) <= chunk  # noqa: SLF001  what it holds is not to be seen


def test_nothing_to_write_gives_an_empty_file(tmp_path: Path) -> None:
    """No lines are no lines."""
    write_sorted(iter([]), tmp_path / "out")

    assert (tmp_path / "out").read_bytes() == b""


def test_turtle_and_quads_are_one_graph(built: Project) -> None:
    """The dump for people and the dump for programs say the same, as another library reads them."""
    turtle, quads = Graph(), Graph()
    turtle.parse(built.build / "filiera.ttl", format="turtle")
    quads.parse(built.build / "filiera.nq", format="nt")

    assert len(turtle) == len(quads) > 1000
    assert set(turtle) == set(quads)
    assert isomorphic(turtle, quads)


def test_the_store_holds_the_dump(built: Project, statements: set[Triple]) -> None:
    """What SPARQL is asked is what the dump says."""
    store = ox.Store.read_only(str(built.store))

    assert {(str(q.subject), str(q.predicate), str(q.object)) for q in store} == statements


def test_a_record_has_its_address(statements: set[Triple], known: Schema, built: Project) -> None:
    """A record's IRI is the base, its folder and its key, for every record."""
    keys = {f"<{BASE}{r.kind.folder}/{r.id}>" for r in read(built.kb, known, Report())}

    assert {s for s, p, o in statements if (p, o) == (f"<{RDF}type>", f"<{FIL}Record>")} == keys
    assert f"<{BASE}districts/torre-lume>" in keys


def test_a_nested_object_has_an_address_below_its_record(statements: set[Triple]) -> None:
    """An object in a record is named by its fields and positions, however deep it is."""
    record = f"{BASE}concepts/move-to-design"
    nodes = {s[1:-1].removeprefix(record) for s, _, _ in statements if s.startswith(f"<{record}#")}

    assert nodes == {
        "#senses-0",
        "#senses-0-evidence-0",
        "#senses-0-evidence-0-passage-0",
        "#senses-0-evidence-1",
        "#senses-0-evidence-1-passage-0",
        "#senses-1",
    }
    assert of(f"{record}#senses-0-evidence-1-passage-0", statements) == {
        (f"<{RDF}type>", f"<{FIL}PassageSelector>"),
        (f"<{FIL}startsWith>", '"Where a workshop could draw"'),
        (f"<{FIL}endsWith>", '"answer the companies"'),
    }


def test_every_address_is_ours_or_a_declared_vocabulary(statements: set[Triple], known: Schema) -> None:
    """No predicate or class is outside the vocabularies that the schema declares."""
    ours = tuple(known.prefixes.values())
    terms = {p for _, p, _ in statements} | {o for _, p, o in statements if p == f"<{RDF}type>"}

    assert [term for term in terms if not term[1:].startswith(ours)] == []


def test_every_own_term_lies_below_a_public_one(statements: set[Triple]) -> None:
    """Who knows only the public vocabularies understands our terms as well."""
    used = {p for _, p, _ in statements} | {o for _, p, o in statements if p == f"<{RDF}type>"}
    own = {term for term in used if term.startswith(f"<{FIL}")}
    below = {
        s
        for s, p, o in statements
        if p in {f"<{RDFS}subClassOf>", f"<{RDFS}subPropertyOf>"} and not o.startswith(f"<{FIL}")
    }
    classes = {s for s, p, o in statements if p == f"<{RDFS}subClassOf>" and o[1:-1].startswith("http")}

    assert len(own) > 30
    assert own - below - classes == set()


def test_the_order_of_people_is_told(statements: set[Triple]) -> None:
    """Editors and authors have a role each, with the place on the title page; the plain property stands beside it."""
    work = f"{BASE}works/odegard-2003b"
    people = [f"<{BASE}authors/strauss-oneill-aoife>", f"<{BASE}authors/odegard-lukasz>"]

    for position, person in enumerate(people):
        assert of(f"{work}#editors-{position}", statements) == {
            (f"<{RDF}type>", f"<{PRO}RoleInTime>"),
            (f"<{PRO}withRole>", f"<{PRO}editor>"),
            (f"<{PRO}relatesToDocument>", f"<{work}>"),
            (f"<{PRO}isHeldBy>", person),
            (f"<{FIL}position>", f'"{position}"^^<{XSD}integer>'),
        }
        assert ("<https://schema.org/editor>", person) in of(work, statements)


def test_a_list_of_objects_keeps_its_order(statements: set[Triple]) -> None:
    """Each object of a list says its place in it."""
    record = f"{BASE}tables/os14-table-1"
    places = {
        s.removeprefix(f"<{record}#observations-").rstrip(">"): o
        for s, p, o in statements
        if s.startswith(f"<{record}#observations-") and p == f"<{FIL}position>"
    }

    assert places == {str(n): f'"{n}"^^<{XSD}integer>' for n in range(11)}


def test_a_nested_object_points_back(statements: set[Triple]) -> None:
    """A citation names the claim that cites, an observation its data set, as CiTO and the Data Cube want it."""
    claim, table = f"{BASE}claims/os14-2-workshops-draw", f"{BASE}tables/os14-table-1"

    assert ("<http://purl.org/spar/cito/hasCitingEntity>", f"<{claim}>") in of(f"{claim}#cites-0", statements)
    assert ("<http://purl.org/linked-data/cube#dataSet>", f"<{table}>") in of(f"{table}#observations-8", statements)


def test_a_type_is_a_class(statements: set[Triple]) -> None:
    """What sort of work or place a record is can be asked in the words of the public vocabulary."""
    types = {o for p, o in of(f"{BASE}works/odegard-strauss-2014", statements) if p == f"<{RDF}type>"}

    assert types == {
        f"<{FIL}Record>",
        "<http://purl.org/spar/fabio/Expression>",
        "<http://purl.org/spar/fabio/JournalArticle>",
    }


def test_a_reference_to_any_kind_has_the_kind_of_its_record(statements: set[Triple]) -> None:
    """A field that may point anywhere points to the folder in which the record lies; an old key is followed."""
    objects = {o for p, o in of(f"{BASE}errata/os14-erratum-ninety", statements) if p == f"<{DCTERMS}subject>"}

    assert objects == {
        f"<{BASE}tables/os14-table-1>",
        f"<{BASE}tables/os14-numbers-2>",
        f"<{BASE}districts/farholm>",
        f"<{BASE}indicators/workshops-change>",
    }
    assert ("<http://www.w3.org/ns/prov#hadPrimarySource>", f"<{BASE}works/harbour-register-2010>") in of(
        f"{BASE}tables/os14-table-1", statements
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a lens", '"a lens"'),
        ('a "lens"\n\tof\\glass\r', r'"a \"lens\"\n\tof\\glass\r"'),
        ("Łukasz Ødegård\u2028\u0085", '"Łukasz Ødegård\u2028\u0085"'),
        ("87", '"87"'),
        (87, f'"87"^^<{XSD}integer>'),
        (-12.9, f'"-12.9"^^<{XSD}decimal>'),
        (1e-7, f'"0.0000001"^^<{XSD}decimal>'),
        (30.0, f'"30"^^<{XSD}decimal>'),
        (-0.0, f'"0"^^<{XSD}decimal>'),
        (123456789012345.0, f'"123456789012345"^^<{XSD}decimal>'),
        (True, f'"true"^^<{XSD}boolean>'),
        (False, f'"false"^^<{XSD}boolean>'),
    ],
)
def test_a_value_is_written_as_it_is(value: Any, expected: str) -> None:  # noqa: ANN401  any scalar
    """Text keeps every character, a number its digits and its type, and another program reads it back the same."""
    line = f"<http://example.org/s> <http://example.org/p> {literal(value)} .\n"
    (quad,) = ox.parse(line.encode(), format=ox.RdfFormat.N_QUADS)

    assert literal(value) == expected
    assert isinstance(quad.object, ox.Literal)
    read_back = quad.object.value
    assert read_back == (value if isinstance(value, str) else expected.split('"')[1])


def test_a_whole_number_in_a_field_of_decimals_is_a_decimal(statements: set[Triple]) -> None:
    """A field has one type of number, so that answers of different records can be compared."""
    predicate = "<http://purl.org/linked-data/sdmx/2009/measure#obsValue>"
    values = {o for _, p, o in statements if p == predicate}

    assert {v.rpartition("^^")[2] for v in values} == {f"<{XSD}decimal>"}
    assert {Decimal(v.split('"')[1]) for v in values} == {
        Decimal(n) for n in ("87", "1210", "110", "1137", "-12.9", "6.4", "41.5", "30", "9.5", "4", "1", "90")
    }


def test_every_value_of_the_records_is_in_the_graph(built: Project, known: Schema, statements: set[Triple]) -> None:
    """No text, number or key is lost on the way: each leaf of each record is the object of a statement."""
    objects = {o for _, _, o in statements}
    records = list(read(built.kb, known, Report()))
    keys = {key: f"<{BASE}{r.kind.folder}/{r.id}>" for r in records for key in (r.id, *r.data.get("aliases", ()))}
    missing = [
        (record.id, path)
        for record in records
        for path, field, value in leaves(record.objects)
        if _term(field, value, keys, known) not in objects
    ]

    assert missing == []


def _term(field: Field, value: Any, keys: dict[str, str], known: Schema) -> str:  # noqa: ANN401  any scalar
    if field.targets:
        return keys[value]
    if field.range in known.enums:
        return f"<{known.enums[field.range].values[value].iri}>"
    if field.range == "decimal":
        return f'"{value:.15g}"^^<{XSD}decimal>'
    return f"<{value}>" if field.range == "uri" else literal(value)


def test_the_base_of_the_addresses_can_be_another(known: Schema, database: sqlite3.Connection) -> None:
    """Who publishes a base of their own names its records under their own address."""
    other = "https://example.org/kb/"
    lines = set(rdf.lines(database, known, other))
    usual = set(rdf.lines(database, known))

    assert {line.replace(other, BASE) for line in lines} == usual
    assert not any(f"<{BASE}works/" in line for line in lines)


def test_a_value_of_a_list_names_itself(statements: set[Triple], known: Schema) -> None:
    """Each value of a closed list has its name in the graph, by which questions ask for it."""
    notation = "<http://www.w3.org/2004/02/skos/core#notation>"
    named = {(s, o) for s, p, o in statements if p == notation}

    assert named == {(f"<{v.iri}>", literal(v.name)) for e in known.enums.values() for v in e.values.values()}


def test_turtle_is_for_people(built: Project) -> None:
    """The prefixes of the schema shorten the Turtle, and each record is one block of it."""
    text = (built.build / "filiera.ttl").read_text(encoding="utf-8")

    assert "@prefix fabio: <http://purl.org/spar/fabio/> ." in text
    assert len(re.findall(r"^\S*works\S*/odegard-2003b>? ", text, re.MULTILINE)) == 1
