"""LinkML's own validator and an editor's schema judge records as our reader and our shape check do.

Where the three differ, a row of a table says so, and why.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from linkml.validator.plugins import JsonschemaValidationPlugin
from linkml.validator.validation_context import ValidationContext
from linkml_runtime.utils.schemaview import SchemaView
from referencing import Registry
from referencing.jsonschema import DRAFT7

from filiera import reader
from filiera.reader import NULLS, Mapping, Node, Sequence
from filiera.records import read
from filiera.report import Report
from filiera.schema import Schema, schema
from filiera.shape import Shaper

ROOT = Path(__file__).parents[2]
EDITORS = ROOT / "schemas/generated/editors"
NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?\Z")

#: From a kind and the text of a record to what is wrong with it.
Opinion = Callable[[str, str], list[str]]

EVIDENCE = """\
evidence:
  - document: lamps-page
    passage: {start: Herring oil burns}
"""

SOUND = {
    "works": """\
id: brine-1987
type: book
title: On Lighthouses
authors: [brine-tom]
issued: '1987'
DOI: 10.5555/brine
ISBN: 978-0-691-12697-5
URL: https://example.org/
verification: confirmed
""",
    "places": """\
id: farholm-town
name: Farholm
type: town
latitude: 45.5
""",
    "documents": """\
id: lamps-page
title: Lamps
work: lamps-2015
version: draft
file: lamps.txt
sha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
characters: 879
""",
    "claims": """\
id: lamps-herring-oil
statement: Lamps burn herring oil.
kind: finding
work: lamps-2015
cites:
  - {work: brine-1987, relation: reviews}
"""
    + EVIDENCE,
    "tables": """\
id: lamps-table-1
work: lamps-2015
label: Table 1
observations:
  - {subject: farholm, indicator: workshops, value: 12, printed: '12', certain: false}
""",
}


@pytest.mark.parametrize("kind", SOUND)
def test_all_find_nothing_wrong_with_a_sound_record(kind: str, opinions: dict[str, Opinion]) -> None:
    """The records that the tables below break are sound for all three."""
    assert {name: opinion(kind, SOUND[kind]) for name, opinion in opinions.items()} == {name: [] for name in opinions}


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        pytest.param("works", "title:", "titel:", id="unknown field"),
        pytest.param("claims", "start:", "begin:", id="unknown field of an object in an object"),
        pytest.param("works", "type: book\n", "", id="required field is missing"),
        pytest.param("claims", "document: lamps-page", "section: '1'", id="required field of an object is missing"),
        pytest.param("claims", EVIDENCE, "", id="required list is missing"),
        pytest.param("works", "book", "bok", id="value that is not in the closed list"),
        pytest.param("claims", "reviews", "likes", id="value of an object that is not in the closed list"),
        pytest.param("works", "brine-1987", "Brine 1987", id="key with a capital and a space"),
        pytest.param("works", "10.5555/brine", "doi:10.5555/brine", id="DOI with something before it"),
        pytest.param("works", "'1987'", "'87'", id="date that is not EDTF"),
        pytest.param("works", "https://example.org/", "example.org", id="address without https"),
        pytest.param("documents", "0123456789abcdef\n", "\n", id="SHA-256 that is too short"),
        pytest.param("works", "On Lighthouses", "[On, Lighthouses]", id="list instead of one value"),
        pytest.param("works", "[brine-tom]", "brine-tom", id="one value instead of a list"),
        pytest.param("works", "[brine-tom]", "[[brine-tom]]", id="list in a list"),
        pytest.param("works", "On Lighthouses", "{main: On Lighthouses}", id="object instead of a text"),
        pytest.param("claims", "{start: Herring oil burns}", "Herring oil burns", id="text instead of an object"),
        pytest.param("works", "On Lighthouses", "''", id="empty text"),
        pytest.param("places", "45.5", "91", id="number out of range"),
        pytest.param("places", "45.5", "north", id="text instead of a number"),
        pytest.param("places", "45.5", "'45.5'", id="quoted number"),
        pytest.param("documents", "879", "8.5", id="fraction instead of a whole number"),
        pytest.param("documents", "879", "0", id="whole number below its least value"),
        pytest.param("tables", "false", "no", id="truth value of YAML 1.1"),
    ],
)
def test_all_refuse_a_broken_record(kind: str, old: str, new: str, opinions: dict[str, Opinion]) -> None:
    """What does not fit the schema is refused by our check, by LinkML and by the editor."""
    broken = _edit(SOUND[kind], old, new)

    assert [name for name, opinion in opinions.items() if opinion(kind, broken)] == ["ours", "linkml", "editor"]


@pytest.mark.parametrize(
    ("kind", "old", "new", "refusing"),
    [
        # Our reader takes the text of a plain number as it stands; others have made a number of it before they judge.
        pytest.param("works", "'1987'", "1987", ["linkml"], id="text that looks like a number"),
        # LinkML has lists of no items and empty values for a field that is left out.
        pytest.param("works", "[brine-tom]", "[]", ["ours", "editor"], id="empty list"),
        pytest.param("works", "On Lighthouses", "", ["ours", "editor"], id="empty value"),
        # LinkML leaves what a key looks like to the record that the key points to.
        pytest.param("works", "brine-tom", "Tom Brine", ["ours", "editor"], id="reference that cannot be a key"),
        # To LinkML a read-only field is a field like others.
        pytest.param("claims", "passage:", "verdict: found\n    passage:", ["ours", "editor"], id="read-only field"),
        # Reading strictly and checking values is more than a schema can say.
        pytest.param("works", "brine-1987", '"brine-1987\\n"', ["ours"], id="line feed after a key"),
        pytest.param("works", "'1987'", "'1987-02-30'", ["ours"], id="day that cannot be"),
        pytest.param("works", "97-5", "97-6", ["ours"], id="wrong check digit"),
        pytest.param("works", "https:", "ftp:", ["ours"], id="address that browsers do not open"),
        pytest.param("places", "45.5", "45.5000000000000001", ["ours"], id="number that would be rounded"),
        pytest.param("claims", "Herring oil burns", "a b c d e f g h", ["ours"], id="pointer of eight words"),
        pytest.param("works", "title:", "title: Lamps\ntitle:", ["ours"], id="field that is given twice"),
    ],
)
def test_they_differ_where_a_row_says_so(
    kind: str, old: str, new: str, refusing: list[str], opinions: dict[str, Opinion]
) -> None:
    """Nothing but what the row names tells the three apart."""
    edited = _edit(SOUND[kind], old, new)

    assert [name for name, opinion in opinions.items() if opinion(kind, edited)] == refusing


@pytest.mark.kb
def test_linkml_finds_nothing_wrong_with_the_real_records(linkml: Callable[[str, Any], list[str]]) -> None:
    """LinkML's validator refuses no record of the real base, as our reader reads it, which leaves nothing out."""
    report = Report()
    records = list(read(ROOT / "kb", schema(), report))

    assert records
    assert report.problems == []
    assert {r.id: faults for r in records if (faults := linkml(r.kind.name, r.data))} == {}


@pytest.mark.kb
@pytest.mark.parametrize("kind", sorted(schema().kinds))
def test_editors_find_nothing_wrong_with_the_real_files(kind: str, editor: Opinion) -> None:
    """The schema of a folder refuses none of the files of the real base that lie in it, as they are written."""
    files = {p.stem: p.read_text(encoding="utf-8") for p in sorted((ROOT / "kb" / kind).rglob("*.yaml"))}

    assert files
    assert {name: faults for name, text in files.items() if (faults := editor(kind, text))} == {}


def test_editors_know_the_folder_of_every_kind(known: Schema) -> None:
    """VS Code's settings give each folder of `kb/` its own schema."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))

    assert settings["yaml.schemas"] == {
        f"./schemas/generated/editors/{kind}.schema.json": f"kb/{kind}/**/*.yaml" for kind in known.kinds
    }
    assert all((ROOT / path).is_file() for path in settings["yaml.schemas"])


@pytest.mark.parametrize("kind", sorted(schema().kinds))
def test_editors_can_explain_every_field(kind: str, known: Schema) -> None:
    """Every field that is offered has its description, and no field that the program finds is offered."""
    offered = _shared()["$defs"][known.kinds[kind].name]["properties"]
    wanted = {name: f.description for name, f in known.kinds[kind].fields.items() if not f.readonly}

    assert {name: value["description"] for name, value in offered.items()} == wanted


@pytest.fixture(scope="module")
def opinions(ours: Opinion, linkml: Callable[[str, Any], list[str]], editor: Opinion) -> dict[str, Opinion]:
    """Return all three opinions by name."""
    kinds = schema().kinds
    return {"ours": ours, "linkml": lambda kind, text: linkml(kinds[kind].name, _plain(text)), "editor": editor}


@pytest.fixture(scope="module")
def ours() -> Opinion:
    """Return the opinion of our reader and our shape check."""

    def faults(kind: str, text: str) -> list[str]:
        tree, flaws = reader.read(text)
        assert tree
        report = Report()
        Shaper(schema(), report, "record.yaml").object(tree, schema().kinds[kind])
        return [flaw.message for flaw in flaws] + [problem.message for problem in report.problems]

    return faults


@pytest.fixture(scope="module")
def linkml() -> Callable[[str, Any], list[str]]:
    """Return the opinion of LinkML's validator on an object of a class; it refuses fields that it does not know."""
    view = SchemaView(str(ROOT / "schemas/filiera.yaml"))
    view.merge_imports()  # or every context would read all files again
    plugin = JsonschemaValidationPlugin(closed=True)
    context = cache(lambda name: ValidationContext(view.schema, name))
    return lambda name, data: [result.message for result in plugin.process(data, context(name))]


@pytest.fixture(scope="module")
def editor() -> Opinion:
    """Return the opinion of an editor, which has the schema of the folder."""
    shared = DRAFT7.create_resource(_shared())
    registry: Registry[Any] = Registry().with_resource("filiera.schema.json", shared)

    @cache
    def validator(kind: str) -> Any:  # noqa: ANN401  jsonschema carries no types
        content = json.loads((EDITORS / f"{kind}.schema.json").read_text(encoding="utf-8"))
        return Draft7Validator(content, registry=registry, format_checker=Draft7Validator.FORMAT_CHECKER)

    return lambda kind, text: [error.message for error in validator(kind).iter_errors(_plain(text))]


def _shared() -> Any:  # noqa: ANN401  any JSON
    return json.loads((EDITORS / "filiera.schema.json").read_text(encoding="utf-8"))


def _edit(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new, 1)


def _plain(text: str) -> Any:  # noqa: ANN401  any JSON
    """Return what other readers of YAML 1.2 make of a text: they guess from its look what a value is."""
    return _guess(reader.read(text)[0])


def _guess(node: Node | None) -> Any:  # noqa: ANN401  any JSON
    if isinstance(node, Mapping):
        return {key: _guess(value) for key, value in node.items.items()}
    if isinstance(node, Sequence):
        return [_guess(item) for item in node.items]
    assert node
    words = {"true": True, "false": False} | dict.fromkeys(NULLS)
    if node.plain and node.text in words:
        return words[node.text]
    return json.loads(node.text) if node.plain and NUMBER.match(node.text) else node.text
