"""What a record may look like: one row an edit to a sound file, and the exact complaint that it earns."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from filiera import checks
from filiera.paths import Project
from filiera.schema import Schema

Complaints = Callable[[str, str], list[str]]

TINY = Path(__file__).parent / "tiny" / "kb"

AUTHOR = "authors/strauss-oneill-aoife.yaml"
CASE = "cases/case-torre-lume-1990-2010.yaml"
CLAIM = "claims/lamps-herring-oil.yaml"
DOCUMENT = "documents/lamps-2015-page.yaml"
PLACE = "places/farholm-town.yaml"
TABLE = "tables/os14-table-1.yaml"
WORK = "works/odegard-strauss-2014.yaml"

AUTHOR_FIELDS = (
    "id, type, family, given, suffix, literal, also_spelt, orcid, wikidata, affiliations, aliases, note, see_also"
)
KEY = "A key of lowercase ASCII letters, digits and hyphens, at most 80, that never changes."
NAME = "A title, a name or a term, spelt as its owner or its source spells it."
NUMBER = "such as -13.9, unquoted"
ADDRESS = "begin it with https://, and write odd characters as %20"


def edited(file: str, old: str, new: str) -> str:
    """Return the text of a sound file with one thing changed."""
    text = (TINY / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return text.replace(old, new)


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        # Fields that are not known, or missing
        (AUTHOR, "family:", "famly:", "3:1: author has no field 'famly' (did you mean 'family'?)"),
        (AUTHOR, "given:", "xyz:", f"4:1: author has no field 'xyz' (its fields are {AUTHOR_FIELDS})"),
        (AUTHOR, "given: Aoife", "<<: {a: b}", f"4:1: author has no field '<<' (its fields are {AUTHOR_FIELDS})"),
        (AUTHOR, "type: person\n", "", "1:1: author has no 'type' (add it: A person or an organisation.)"),
        (
            AUTHOR,
            "id: strauss-oneill-aoife\n",
            "",
            "1:1: author has no 'id' (add it: The key. Unique over all kinds; it never changes.)",
        ),
        (
            AUTHOR,
            "given: Aoife",
            "affiliations: [{verification: confirmed}]",
            ("4:16: affiliation has no 'organisation'"
            " (add it: The organisation, with its department where that is known.)"),
        ),
        # What the program finds is not written by hand
        (
            CLAIM,
            "  - doc",
            "  - verdict: found\n    doc",
            "7:5: verdict: is found by the lookup of the passage (delete it)",
        ),
        (
            CLAIM,
            "  - doc",
            "  - end_offset: 9\n    doc",
            "7:5: end_offset: is found by the lookup of the passage (delete it)",
        ),
        # Lists, objects and single values
        (
            AUTHOR,
            "given: Aoife",
            "given: [Aoife]",
            ("4:8: given: one value is wanted, not a list or fields"
            " (Given names, as fully as they are known. People only.)"),
        ),
        (
            AUTHOR,
            "given: Aoife",
            "given: {first: Aoife}",
            ("4:8: given: one value is wanted, not a list or fields"
            " (Given names, as fully as they are known. People only.)"),
        ),
        (
            AUTHOR,
            "given: Aoife",
            "also_spelt: Aoife",
            "4:13: also_spelt: a list is wanted (write also_spelt: [...], even for one)",
        ),
        (
            AUTHOR,
            "given: Aoife",
            "also_spelt: [A, [B]]",
            "4:17: also_spelt: one value is wanted, not a list or fields (Other spellings, as documents print them.)",
        ),
        (
            AUTHOR,
            "given: Aoife",
            "affiliations: [Lume]",
            "4:16: affiliations: fields are wanted here (such as organisation: …)",
        ),
        (
            AUTHOR,
            "given: Aoife",
            "affiliations: {organisation: Lume}",
            "4:15: affiliations: a list is wanted (write affiliations: [...], even for one)",
        ),
        (CASE, "  status", "  - status", "5:3: governance: fields are wanted here (such as status: …)"),
        (CASE, "\n  status: not-stated", " not-stated", "4:13: governance: fields are wanted here (such as status: …)"),
        # Nothing where something should be
        (AUTHOR, "given: Aoife", "given:", "4:7: given: is empty (leave the field out, or quote the text)"),
        (AUTHOR, "given: Aoife", "given: ~", "4:8: given: is empty (leave the field out, or quote the text)"),
        (AUTHOR, "given: Aoife", "given: null", "4:8: given: is empty (leave the field out, or quote the text)"),
        (AUTHOR, "given: Aoife", "given: ''", f"4:8: given: '' does not fit ({NAME})"),
        (AUTHOR, "given: Aoife", "given: ' '", f"4:8: given: ' ' does not fit ({NAME})"),
        (AUTHOR, "given: Aoife", "also_spelt: []", "4:13: also_spelt: the list is empty (leave the field out)"),
        (AUTHOR, "given: Aoife", "also_spelt: [A, '']", f"4:17: also_spelt: '' does not fit ({NAME})"),
        (CASE, "\n  status: not-stated", "", "4:12: governance: fields are wanted here (such as status: …)"),
        # Values of a closed list
        (AUTHOR, "type: person", "type: persn", "2:7: type: there is no value 'persn' (did you mean 'person'?)"),
        (AUTHOR, "type: person", "type: Human", "2:7: type: there is no value 'Human' (one of person, organisation)"),
        (CLAIM, "kind: praise", "kind: Praise", "3:7: kind: there is no value 'Praise' (did you mean 'praise'?)"),
        # Numbers and truth values are written bare, and in one way only
        (TABLE, "value: 87", "value: '87'", f"16:12: value: '87' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: 8,7", f"16:12: value: '8,7' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: −87", f"16:12: value: '−87' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: +87", f"16:12: value: '+87' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: 8.7e1", f"16:12: value: '8.7e1' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: 87.", f"16:12: value: '87.' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: ٨٧", f"16:12: value: '٨٧' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: nan", f"16:12: value: 'nan' is not a number ({NUMBER})"),
        (TABLE, "value: 87", "value: [87]", "16:12: value: one value is wanted, not a list or fields (The number.)"),
        (TABLE, "value: 87", f"value: {'8' * 16}", "16:12: value: the number has more than 15 digits (round it)"),
        (TABLE, "value: 87", f"value: {'8' * 5000}", "16:12: value: the number has more than 15 digits (round it)"),
        (TABLE, "value: 87", "value: 0.123456789012345", "16:12: value: the number has more than 15 digits (round it)"),
        (
            DOCUMENT,
            "characters: 475",
            "characters: 475.0",
            "7:13: characters: '475.0' is not a whole number (such as 879, unquoted)",
        ),
        (
            TABLE,
            "certain: false",
            "certain: no",
            "59:14: certain: 'no' is not true or false (such as false, unquoted)",
        ),
        (
            TABLE,
            "certain: false",
            "certain: 'false'",
            "59:14: certain: 'false' is not true or false (such as false, unquoted)",
        ),
        (DOCUMENT, "characters: 475", "characters: 0", "7:13: characters: 0 is out of range (from 1 up)"),
        (PLACE, "latitude: 61.5", "latitude: 90.1", "5:11: latitude: 90.1 is out of range (from -90 to 90)"),
        (PLACE, "longitude: -3.25", "longitude: -181", "6:12: longitude: -181 is out of range (from -180 to 180)"),
        # Keys
        (CLAIM, "id: lamps-", "id: Lamps-", f"1:5: id: 'Lamps-herring-oil' does not fit ({KEY})"),
        (CLAIM, "id: lamps-", "id: lamps_", f"1:5: id: 'lamps_herring-oil' does not fit ({KEY})"),
        (CLAIM, "id: lamps-", "id: -lamps-", f"1:5: id: '-lamps-herring-oil' does not fit ({KEY})"),
        (CLAIM, "id: lamps-", "id: łamps-", f"1:5: id: 'łamps-herring-oil' does not fit ({KEY})"),
        (CLAIM, "id: lamps-herring-oil", f"id: {'a' * 81}", f"1:5: id: '{'a' * 81}' does not fit ({KEY})"),
        (CLAIM, "id: lamps-", "id: |\n  lamps-", f"1:5: id: 'lamps-herring-oil\\n' does not fit ({KEY})"),
        (CLAIM, "work: lamps-2015", "work: Lamps 2015", f"4:7: work: 'Lamps 2015' does not fit ({KEY})"),
        # Texts with a form of their own
        (
            WORK,
            "DOI: ",
            "DOI: https://doi.org/",
            "11:6: DOI: 'https://doi.org/10.5555/lens.2014' does not fit (A DOI without an address before it.)",
        ),
        (
            WORK,
            "10.5555/lens.2014",
            '"10.5555/lens\\n"',
            "11:6: DOI: '10.5555/lens\\n' does not fit (A DOI without an address before it.)",
        ),
        (
            WORK,
            "language: en",
            "language: English",
            "14:11: language: 'English' does not fit (A language tag (BCP 47), such as it or en-GB.)",
        ),
        (
            PLACE,
            "Q4115189",
            "q4115189",
            "7:11: wikidata: 'q4115189' does not fit (The number of a Wikidata item, such as Q90.)",
        ),
        (
            WORK,
            "page: 101-124, 130",
            "page: ''",
            ("9:7: page: '' does not fit"
            " (A page or a range of pages written out in full, such as 473-501 or xii-xv.)"),
        ),
        # Addresses that a graph cannot hold, or a browser should not open
        (WORK, "https://ex", "ex", f"13:6: URL: 'example.org/lenses' is not an address ({ADDRESS})"),
        (
            WORK,
            "https://example.org/lenses",
            "javascript://%0aalert(1)",
            f"13:6: URL: 'javascript://%0aalert(1)' is not an address ({ADDRESS})",
        ),
        (WORK, "org/lenses", "org/a b", f"13:6: URL: 'https://example.org/a b' is not an address ({ADDRESS})"),
        (WORK, "org/lenses", "org/100%", f"13:6: URL: 'https://example.org/100%' is not an address ({ADDRESS})"),
        (WORK, "org/lenses", "org/[7]", f"13:6: URL: 'https://example.org/[7]' is not an address ({ADDRESS})"),
        (WORK, "org/lenses", "org/a#b#c", f"13:6: URL: 'https://example.org/a#b#c' is not an address ({ADDRESS})"),
    ],
)  # fmt: skip
def test_a_misshapen_record_earns_one_complaint(
    complaints: Complaints, file: str, old: str, new: str, complaint: str
) -> None:
    """Each slip is named once, at its line and column, with a way out."""
    assert complaints(file, edited(file, old, new)) == [complaint]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("given: Aoife", "given: 'null'"),
        ("given: Aoife", "given: NO"),
        ("given: Aoife", "given: '012'"),
        ("given: Aoife", "given: 1.10"),
        ("given: Aoife", "orcid: 0000-0002-1825-0097"),
        ("given: Aoife", "see_also: ['http://example.org:8080/ß?q=a%20b/?&c#d/?']"),
        ("type: person", "'type': \"person\""),
    ],
)
def test_unusual_but_sound_text_is_welcome(complaints: Complaints, old: str, new: str) -> None:
    """Strictness stops where the record is plain."""
    assert complaints(AUTHOR, edited(AUTHOR, old, new)) == []


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a lens", "1:1: work: fields are wanted here (such as id: …, type: …, verification: …)"),
        ("- a lens", "1:3: work: fields are wanted here (such as id: …, type: …, verification: …)"),
        ("- [a lens]", "1:3: work: fields are wanted here (such as id: …, type: …, verification: …)"),
        ("[]", "1:1: the file is empty (write a record, or delete it)"),
    ],
)
def test_a_file_without_a_record_is_no_record(complaints: Complaints, text: str, complaint: str) -> None:
    """A file in the place of a record that holds none is reported, never passed over."""
    assert complaints("works/lens.yaml", text) == [complaint]


def test_all_slips_of_a_record_are_reported_together(
    complaints: Complaints,
) -> None:
    """One run is enough to see everything."""
    text = "id: X\ntype: human\nfamly: [A]\northid: 1\naffiliations: [{period: {start: ''}}, 7]"

    assert [c.split(": ", 1)[0] for c in complaints("authors/x.yaml", text)] == [
        "3:1", "4:1", "1:5", "2:7", "5:16", "5:33", "5:39"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "problem"),
    [
        ("kb/works/lens.yml", ("kb/works/lens.yml:1:1: 'lens.yml' is not a file of records"
         " (name it KEY.yaml, or move it elsewhere)")),
        ("kb/l.yaml", "kb/l.yaml:1:1: 'l.yaml' lies in no kind's folder (move it into the folder of its kind)"),
        ("kb/work/lens.yaml", "kb/work:1:1: there is no kind 'work' (did you mean 'works'?)"),
        ("kb/zzz/lens.yaml", ("kb/zzz:1:1: there is no kind 'zzz' (there are authors, cases, claims, concepts,"
         " districts, documents, errata, firms, indicators, institutions, places, tables, works)")),
    ],
)  # fmt: skip
def test_a_file_where_no_record_belongs_is_reported(tiny: Project, known: Schema, file: str, problem: str) -> None:
    """What lies in the base and is not read is said, so that no record is lost by a slip in its name."""
    Path(file).parent.mkdir(exist_ok=True)
    Path(file).write_text("id: lens\n", encoding="utf-8")

    assert list(map(str, checks.check(tiny, known).problems)) == [problem]


def test_a_folder_that_is_a_link_is_not_passed_over(tiny: Project, known: Schema) -> None:
    """Records behind a link are not read, and that is said."""
    outside = Path("outside")
    outside.mkdir()
    (outside / "lens.yaml").write_text("id: lens\ntype: person\n", encoding="utf-8")
    Path("kb/authors/more").symlink_to(outside.absolute())

    assert list(map(str, checks.check(tiny, known).problems)) == [
        "kb/authors/more:1:1: the link leads out of the folder of records (copy the file here)"
    ]


def test_a_link_to_nothing_is_a_problem_of_that_file(tiny: Project, known: Schema) -> None:
    """A file that cannot be opened is reported like any other flaw, and the rest is read."""
    Path("kb/authors/gone.yaml").symlink_to("nowhere.yaml")

    assert list(map(str, checks.check(tiny, known).problems)) == [
        "kb/authors/gone.yaml:1:1: the file cannot be read: No such file or directory (delete it, or make it readable)"
    ]


def test_a_link_out_of_the_base_is_refused(tiny: Project, known: Schema) -> None:
    """A record lies in the base itself, so that a copy of the base is whole."""
    outside = Path("outside.yaml")
    outside.write_text("id: outside\ntype: person\n", encoding="utf-8")
    Path("kb/authors/outside.yaml").symlink_to(outside.absolute())

    assert list(map(str, checks.check(tiny, known).problems)) == [
        "kb/authors/outside.yaml:1:1: the link leads out of the folder of records (copy the file here)"
    ]
