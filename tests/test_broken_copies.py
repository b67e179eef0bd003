"""One fault in a copy of the real records, and the exact complaint that it earns, where it stands.

The table doubles as a list of what `filiera check` finds. Faults that only the documents can show are looked for where
`FILIERA_SOURCES` names their folder.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from filiera import checks
from filiera.errors import Problem
from filiera.paths import SOURCES_VARIABLE, Project
from filiera.schema import Schema

KB = Path(__file__).parents[1] / "kb"
SOURCES = tuple(Path(part).resolve() for part in os.environ.get(SOURCES_VARIABLE, "").split(os.pathsep) if part)

pytestmark = pytest.mark.kb

needs_documents = pytest.mark.skipif(not SOURCES, reason=f"needs the documents: set {SOURCES_VARIABLE}")


@dataclass(frozen=True)
class Fault:
    """An edit to one file of the records, the text at which the complaint must stand, and how it must begin."""

    name: str
    file: str
    old: str
    new: str
    at: str
    complaint: str


WORK = "works/gaggio-2006.yaml"
VICENZA = "claims/de-marchi-lee-gereffi-2014/6-vicenza.yaml"
TABLE = "tables/dlg14-table-3.yaml"
NUMBERS = "tables/dlg14-numbers-4.yaml"
DOCUMENT = "documents/de-marchi-lee-gereffi-2014-manuscript.yaml"
ERRATUM = "errata/dlg14-erratum-table-2-rows.yaml"

FAULTS = (
    Fault("duplicate key", WORK, "issue: '1'\n", "issue: '1'\nissue: '2'\n", "issue: '2'", "the key 'issue' is given twice"),
    Fault("NO", WORK, "language: en", "language: NO", "NO", "language: 'NO' does not fit"),
    Fault("tab", WORK, "  - Gaggio, 2006\n", "\t- Gaggio, 2006\n", "\t", "a tab stands where YAML wants spaces"),
    Fault("unknown field", WORK, "volume:", "volum:", "volum:", "work has no field 'volum' (did you mean 'volume'?)"),
    Fault("wrong type", TABLE, "value: 464982", "value: many", "many", "value: 'many' is not a number"),
    Fault("quoted number", TABLE, "value: 464982", "value: '464982'", "'464982'", "value: '464982' is not a number"),
    Fault("not a list", WORK, "[gaggio-dario]", "gaggio-dario", "gaggio-dario", "authors: a list is wanted"),
    Fault("no such value", WORK, "verification: confirmed", "verification: sure", "sure", "verification: there is no value 'sure'"),
    Fault("required field missing", WORK, "type: article-journal\n", "", "id:", "work has no 'type'"),
    Fault("empty value", WORK, "language: en", "language:", "", "language: is empty"),
    Fault("octal number", WORK, "volume: '7'", "volume: 07", "07", "'07' looks like an octal number"),
    Fault("anchor", WORK, "authors: [gaggio", "authors: &a [gaggio", "&a", "the anchor &a is refused"),
    Fault("tag", WORK, "issued: '2006'", "issued: !!python/name:os '2006'", "!!python", "the tag"),
    Fault("control character", WORK, "language: en", 'language: "e\\0n"', '"e\\0n"', "the control character"),
    Fault("unclosed quote", WORK, "volume: '7'", "volume: '7", "", "not YAML:"),
    Fault("dangling reference", WORK, "[gaggio-dario]", "[gagio-dario]", "gagio-dario", "authors: no record has the key 'gagio-dario' (did you mean 'gaggio-dario'?)"),
    Fault("reference of another kind", WORK, "[gaggio-dario]", "[vicenza]", "vicenza]", "authors: 'vicenza' is a record of districts"),
    Fault("wrong id", WORK, "id: gaggio-2006", "id: gaggio-206", "gaggio-206", "id: 'gaggio-206' is not the name of the file"),
    Fault("key used twice", VICENZA, "id: dlg14-6-vicenza-handful-of-dynamic-firms", "id: gaggio-dario", "gaggio-dario\n", "the key 'gaggio-dario' is the key of another record"),
    Fault("old key of another", WORK, "type: article", "aliases: [vicenza]\ntype: article", "vicenza]", "the key 'vicenza' is the key of another record"),
    Fault("not a DOI", "works/camuffo-grandinetti-2011.yaml", "DOI: '10.", "DOI: 'doi:10.", "'doi:10.", "DOI: 'doi:10.1080/08985626.2011.577815' does not fit"),
    Fault("wrong check digit", "works/gaggio-2007.yaml", "978-0-691-12697-5", "978-0-691-12697-6", "'978-0-691", "ISBN: the check digit of '978-0-691-12697-6' is wrong"),
    Fault("pages backwards", WORK, "page: '19-58'", "page: '58-19'", "'58-19'", "page: the pages 58-19 run backwards"),
    Fault("year to come", WORK, "issued: '2006'", "issued: '2060'", "'2060'", "issued: the year 2060 has not come yet"),
    Fault("period backwards", TABLE, "{start: '2001', end: '2004'}\n    value: -13.9", "{start: '2004', end: '2001'}\n    value: -13.9", "'2001'}\n    value: -13.9", "end: 2001 lies before the start, 2004"),
    Fault("cited before it came out", "works/lazzeretti-2003.yaml", "issued: '2003'", "issued: '2018'", "", "work: 'lazzeretti-2003' came out in 2018"),
    Fault("same work again, by DOI", "works/cutrini-2011.yaml", "DOI: '10.1080/09654313.2011.571062'", "DOI: '10.1080/08985626.2011.577815'", "'10.1080/08985626", "the same DOI as 'camuffo-grandinetti-2011'"),
    Fault("same cell again", TABLE, "- subject: arezzo\n    indicator: jewellery-exports-value\n    period: {start: '2001'}", "- subject: valenza-po\n    indicator: jewellery-exports-value\n    period: {start: '2001'}", "", "the same subject, indicator, period as another of this record"),
    Fault("value is not what is printed", TABLE, "value: -13.9", "value: -13.8", "-13.8", "value: -13.8 is not the number printed, '-13.9%'"),
    Fault("sign is not what is printed", TABLE, "value: -13.9", "value: 13.9", "13.9", "value: 13.9 is not the number printed, '-13.9%'"),
    Fault("does not follow", "tables/dlg14-table-5.yaml", "value: 61.0\n    printed: '61.0%'", "value: 62.0\n    printed: '62.0%'", "62.0", "value: 62 does not follow from the numbers that it is made of: they give 61.04"),
    Fault("rank does not follow", "tables/dlg14-table-7.yaml", "value: 3\n    unit: rank\n    printed: '3 (-)'", "value: 2\n    unit: rank\n    printed: '2 (-)'", "2\n    unit: rank\n    printed: '2 (-)'", "value: 2 does not follow from the numbers that it is made of: they give 3"),
    Fault("found by hand", VICENZA, "passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}\n      verdict: found", "verdict: found", "verdict: is found by the lookup"),
    Fault("too many words", VICENZA, "end: 'in the last decade'", "end: 'dynamic firms emerged in the last decade of it'", "'dynamic firms emerged in", "end: 9 words of a document are stored here"),
)  # fmt: skip

SHOWN_BY_DOCUMENTS = (
    Fault("one digit", NUMBERS, "start: 'responsible for 72.5% of", "start: 'responsible for 72.6% of", "'responsible for 72.6%", "passage not-found: \"responsible for 72.6% of Italy's jewellery exports\" does not stand in the document ('72.6%' is '72.5%' there"),
    Fault("a sign", ERRATUM, "6,547 -25.8% -35.5% -43.9%", "6,547 25.8% -35.5% -43.9%", "'6,767", "passage not-found: '6,767 9,077 6,547 25.8% -35.5% -43.9%' does not stand in the document ('25.8%' is '-25.8%' there"),
    Fault("a dropped not", VICENZA, "gold (not always', end: 'successfully'", "gold (always', end: 'successfully'", "'substituting silver for gold (always'", "passage not-found: 'substituting silver for gold (always' does not stand in the document ('not' is there too"),
    Fault("words in the wrong order", VICENZA, "'A handful of dynamic firms emerged', end: 'in the last decade'", "'A dynamic handful of firms emerged', end: 'in the last decade'", "'A dynamic", "passage not-found: 'A dynamic handful of firms emerged' does not stand in the document (the order or the punctuation differs"),
    Fault("end before start", VICENZA, "{start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "{start: 'in the last decade', end: 'A handful of dynamic firms emerged'}", "'A handful of dynamic firms emerged'}", "passage not-found: the last words do not stand after the first"),
    Fault("wrong section", VICENZA, "section: '6'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "section: '7'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "'7'", "passage not-found: the passage stands in section 6, not in '7'"),
    Fault("no such section", VICENZA, "section: '6'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "section: '66'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "'66'", "passage not-found: 'de-marchi-lee-gereffi-2014-manuscript' lists no section '66'"),
    Fault("wrong document", VICENZA, "document: de-marchi-lee-gereffi-2014-manuscript\n      section: '6'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "document: sabel-districts-draft\n      section: '6'\n      passage: {start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "'A handful of dynamic firms emerged'", "passage not-found: 'A handful of dynamic firms emerged' does not stand in the document (it stands in 'de-marchi-lee-gereffi-2014-manuscript')"),
    Fault("ambiguous", VICENZA, "{start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "{start: 'the district', end: 'the district'}", "'the district'", "passage ambiguous: the passage stands"),
    Fault("too short", VICENZA, "{start: 'A handful of dynamic firms emerged', end: 'in the last decade'}", "{start: 'A handful'}", "'A handful'}", "passage too-short: 2 words"),
    Fault("copied words", VICENZA, "In the decade before the paper a handful of dynamic firms came up in Vicenza.", "A handful of dynamic firms emerged in the last decade there.", "A handful of dynamic firms emerged in the last decade there", "statement: 'a handful of dynamic firms emerged in the last decade' stands in 'de-marchi-lee-gereffi-2014-manuscript'"),
    Fault("another file was read", DOCUMENT, "sha256: '014037", "sha256: '114037", "'114037", "sha256: the file 'jewellery-districts.txt' at hand is not the one that was read"),
    Fault("another length", DOCUMENT, "characters: 53288", "characters: 53289", "53289", "characters: the file has 53288, not 53289"),
    Fault("printed elsewhere", NUMBERS, "printed: '72.5%'", "printed: '72.50%'", "'72.50%'", "printed: '72.50%' does not stand in the passage"),
)  # fmt: skip

CheckCopy = Callable[[Fault], tuple[Problem, ...]]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the real records, in which each fault is made and mended again."""
    return Path(shutil.copytree(KB, tmp_path_factory.mktemp("copy") / "kb"))


def problems(kb: Path, known: Schema) -> list[Problem]:
    """Return what a check of all records finds."""
    return checks.check(Project(kb, kb.parent / "build", SOURCES), known).problems


def place(text: str, at: str) -> tuple[int, int]:
    """Return line and column, from 1, of the first occurrence of `at`."""
    before = text[: text.index(at)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def assert_complaint(fault: Fault, kb: Path, known: Schema) -> None:
    """Make the fault, check, mend it; the complaint must stand in the file, at the place, in the words."""
    path = kb / fault.file
    sound = path.read_text(encoding="utf-8")
    assert sound.count(fault.old) >= 1, f"{fault.old!r} does not stand in {fault.file}"
    broken = sound.replace(fault.old, fault.new, 1)
    path.write_text(broken, encoding="utf-8")
    try:
        found = problems(kb, known)
    finally:
        path.write_text(sound, encoding="utf-8")

    said = [str(p).removeprefix(p.file).lstrip(":0123456789") for p in found]
    fitting = [p for p, text in zip(found, said, strict=True) if text.lstrip().startswith(fault.complaint)]
    assert fitting, "\n".join(map(str, found)) or "nothing was found"
    if fault.at:
        assert (fault.file, *place(broken, fault.at)) in [
            (Path(p.file).relative_to(kb).as_posix(), p.line, p.column) for p in fitting
        ]


def test_the_sound_copy_has_no_problem(copy: Path, known: Schema) -> None:
    """The records that the faults are made in are sound, so that every complaint comes from its fault."""
    assert problems(copy, known) == []


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_fault_is_found_at_its_place(fault: Fault, copy: Path, known: Schema) -> None:
    """A fault that the records alone can show earns its complaint, at its line and column."""
    assert_complaint(fault, copy, known)


@needs_documents
@pytest.mark.parametrize("fault", SHOWN_BY_DOCUMENTS, ids=lambda fault: fault.name)
def test_a_fault_that_the_documents_show_is_found_at_its_place(fault: Fault, copy: Path, known: Schema) -> None:
    """A fault that only the document can show earns its complaint, at its line and column."""
    assert_complaint(fault, copy, known)


def test_a_missing_file_is_complained_of_wherever_it_is_named(copy: Path, known: Schema) -> None:
    """Where a record's file is gone, every reference to it is a problem at its own place."""
    gone = copy / WORK
    text = gone.read_text(encoding="utf-8")
    gone.unlink()
    try:
        found = problems(copy, known)
    finally:
        gone.write_text(text, encoding="utf-8")

    dangling = [p for p in found if p.message.endswith("no record has the key 'gaggio-2006'")]
    assert {Path(p.file).name for p in dangling} >= {"4-arezzo.yaml", "4-valenza-po.yaml"}
    assert [p for p in found if p not in dangling and p.check != "citations"] == []


def test_bytes_that_are_no_text_are_complained_of(copy: Path, known: Schema) -> None:
    """A file that is not UTF-8 is named, and the others are read all the same."""
    path = copy / "places" / "china.yaml"
    sound = path.read_bytes()
    path.write_bytes(sound + b"\xff")
    try:
        found = problems(copy, known)
    finally:
        path.write_bytes(sound)

    assert [p.message for p in found if p.check == "syntax"] == [f"byte {len(sound)} is not UTF-8"]
