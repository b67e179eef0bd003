"""Checks of records against each other: one row an edit to the tiny base, and the exact complaints that it earns."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera import checks
from filiera.paths import Project
from filiera.schema import Schema

Edit = Callable[[Path, str, str], None]
Run = Callable[..., Any]

#: A file, a text in it, what is written instead, and what is said of it.
Row = tuple[str, str, str, list[str]]

AUTHOR = "kb/authors/strauss-oneill-aoife.yaml"
BOOK = "kb/works/odegard-2003a.yaml"
BRINE = "kb/authors/brine-tom.yaml"
CLAIM = "kb/claims/lamps-herring-oil.yaml"
DISTRICT = "kb/districts/torre-lume.yaml"
DOCUMENT = "kb/documents/lamps-2015-page.yaml"
FARHOLM = "kb/claims/odegard-strauss-2014/2-farholm.yaml"
LUME = "kb/claims/odegard-strauss-2014/3-torre-lume.yaml"
NUMBERS = "kb/tables/os14-numbers-2.yaml"
REGISTER = "kb/works/harbour-register-2010.yaml"
TABLE = "kb/tables/os14-table-1.yaml"
WORK = "kb/works/odegard-strauss-2014.yaml"

CELL = """  - subject: torre-lume
    indicator: main-product
    printed: lamps
    text: lamps
"""
KEY = "A key of lowercase ASCII letters, digits and hyphens, at most 80, that never changes."
NEIGHBOUR = "keys are unique over all kinds"
AGAIN = "as another of this record"
NOT_PRINTED = "copy it as the document prints it, or name the passage that holds it"
TOO_EARLY = "correct one of the years, or the key"
SUM = "does not follow from the numbers that it is made of"
ERRATUM = "correct it, or record an erratum (arithmetic) that concerns os14-table-1, workshops-change"
SWAP = "swap the two, or correct one"


def complaints(project: Project, known: Schema) -> list[str]:
    """Return what a check of the whole base says."""
    return [str(problem) for problem in checks.check(project, known).problems]


def test_the_tiny_base_is_sound_and_whole(tiny: Project, known: Schema) -> None:
    """Nothing fails, nothing is left out, and every kind of check has something to look at."""
    report = checks.check(tiny, known)

    assert (report.problems, report.not_run) == ([], 0)
    assert min(report.counts.values()) > 0


def test_every_listed_check_is_counted(tiny: Project, known: Schema) -> None:
    """A check that is listed and never counted would be green over nothing."""
    report = checks.check(tiny, known)

    assert {check.name for check in checks.CHECKS} <= {line.check for line in report.lines()}


@pytest.mark.parametrize(
    "row",
    [
        # Keys and old keys
        (
            AUTHOR,
            "given: Aoife",
            "aliases: [brine-tom]",
            [f"{AUTHOR}:4:11: the key 'brine-tom' is the key of another record (see {BRINE}:1; {NEIGHBOUR})"],
        ),
        (
            AUTHOR,
            "given: Aoife",
            "aliases: [odegaard-lucas]",
            [
                (
                    f"{AUTHOR}:4:11: the key 'odegaard-lucas' is an old key of 'odegard-lukasz'"
                    f" (see kb/authors/odegard-lukasz.yaml:17; {NEIGHBOUR})"
                )
            ],
        ),
        (
            LUME,
            "id: os14-3-leader-unknown",
            "id: os14-3-back-to-lamps",
            [f"{LUME}:11:7: the key 'os14-3-back-to-lamps' is the key of another record (see {LUME}:1; {NEIGHBOUR})"],
        ),
        (
            AUTHOR,
            "id: strauss-oneill-aoife",
            "id: strauss-aoife\naliases: [strauss-oneill-aoife]",
            [
                (
                    f"{AUTHOR}:1:5: id: 'strauss-aoife' is not the name of the file"
                    " (write 'strauss-oneill-aoife' here, or rename the file to strauss-aoife.yaml)"
                )
            ],
        ),
        # References
        (
            WORK,
            "[odegard-lukasz, ",
            "[odegard-lucas, ",
            [f"{WORK}:4:11: authors: no record has the key 'odegard-lucas' (did you mean 'odegard-lukasz'?)"],
        ),
        (
            WORK,
            "[odegard-lukasz, ",
            "[zzz, ",
            [f"{WORK}:4:11: authors: no record has the key 'zzz' (write it first: kb/authors/zzz.yaml)"],
        ),
        (
            WORK,
            "[odegard-lukasz, ",
            "[farholm, ",
            [f"{WORK}:4:11: authors: 'farholm' is a record of districts (it wants a key of authors)"],
        ),
        (
            CLAIM,
            "[harbour-register, ",
            "[farholm, ",
            [
                (
                    f"{CLAIM}:5:11: held_by: 'farholm' is a record of districts"
                    " (it wants a key of authors or works or institutions)"
                )
            ],
        ),
        (
            FARHOLM,
            "[farholm, captive-harbour]",
            "[farholm, captive-harbor]",
            [f"{FARHOLM}:5:20: about: no record has the key 'captive-harbor' (did you mean 'captive-harbour'?)"],
        ),
        (
            "kb/concepts/move-to-design.yaml",
            "work: odegard-2003a",
            "work: farholm",
            [
                (
                    "kb/concepts/move-to-design.yaml:16:11: work: 'farholm' is a record of districts"
                    " (it wants a key of works)"
                )
            ],
        ),
        (
            FARHOLM,
            "[farholm, captive-harbour]",
            "[Farholm, captive-harbor]",
            [
                f"{FARHOLM}:5:11: about: 'Farholm' does not fit ({KEY})",
                f"{FARHOLM}:5:20: about: no record has the key 'captive-harbor' (did you mean 'captive-harbour'?)",
            ],
        ),
        # Own words: eight words of a document are a quotation, unless titles, names and terms are among them
        (CLAIM, "statement: Lamps", "statement: WICK — a “glass” and a patient keeper! Lamps", []),
        (
            CLAIM,
            "statement: Lamps",
            "statement: A WICK — a “glass” and a patient keeper! Lamps",
            [
                (
                    f"{CLAIM}:2:12: statement: 'a wick a glass and a patient keeper' stands in 'lamps-2015-page'"
                    " (say it in other words)"
                )
            ],
        ),
        (
            CLAIM,
            "statement: Lamps",
            "statement: After the great fog of 1999 orders fell. Lamps",
            [],
        ),
        (
            CLAIM,
            "statement: Lamps",
            "statement: Lenses for Lighthouses Two Harbours Compared Łukasz Ødegård and Aoife Strauß-O'Neill. Lamps",
            [],
        ),
        # Duplicates
        (
            REGISTER,
            "type: dataset",
            "type: dataset\nDOI: 10.5555/LENS.2014",
            [f"{WORK}:11:6: the same DOI as 'harbour-register-2010' (see {REGISTER}:3; keep one of them)"],
        ),
        (REGISTER, "type: dataset", "type: dataset\nDOI: 10.5555/lens-2014", []),
        (
            "kb/works/brine-1988.yaml",
            "type: article-newspaper\ntitle: A Few More Lamps\nauthors: [brine-tom]\nissued: 1988-05-31",
            "type: paper-conference\ntitle: Four hundred, lamps\nauthors: [brine-tom, odegard-lukasz]\nissued: 1987-02",
            [
                (
                    "kb/works/brine-1988.yaml:3:8: the same title, issued, authors, type as 'brine-1987'"
                    " (see kb/works/brine-1987.yaml:3; keep one of them)"
                )
            ],
        ),
        (
            "kb/works/brine-1988.yaml",
            "title: A Few More Lamps",
            "title: Four Hundred Lamps",
            [],
        ),
        (
            TABLE,
            CELL,
            CELL + CELL,
            [f"{TABLE}:54:14: the same subject, indicator {AGAIN} (see {TABLE}:50; keep one of them)"],
        ),
        (
            TABLE,
            "    indicator: export-share\n    counterpart: [seven-seas]",
            "    indicator: export-share",
            [
                (
                    f"{TABLE}:38:14: the same subject, indicator, period as another of this record"
                    f" (see {TABLE}:33; keep one of them)"
                )
            ],
        ),
        (TABLE, CELL, CELL + CELL.replace("torre-lume", "farholm"), []),
        (
            TABLE,
            CELL,
            CELL.replace("    printed", "    counterpart: [seven-seas, nordholm]\n    printed")
            + CELL.replace("    printed", "    counterpart: [nordholm, seven-seas]\n    printed"),
            [
                (
                    f"{TABLE}:55:14: the same subject, indicator, counterpart as another of this record"
                    f" (see {TABLE}:50; keep one of them)"
                )
            ],
        ),
        (
            NUMBERS,
            "    printed: ninety",
            (
                "    counterpart: [seven-seas, nordholm]\n    printed: ninety\n  - subject: farholm\n"
                "    indicator: workshops-estimate\n    period: {start: '2010'}\n"
                "    counterpart: [nordholm, seven-seas]\n    printed: ninety"
            ),
            [
                (
                    f"{NUMBERS}:20:14: the same subject, indicator, counterpart, period {AGAIN} (see {NUMBERS}:14;"
                    " keep one of them)"
                ),
            ],
        ),
        # Years
        (
            FARHOLM,
            "{start: '1999', end: '2010'}",
            "{start: '2010', end: '1999'}",
            [f"{FARHOLM}:17:32: end: 1999 lies before the start, 2010 ({SWAP})"],
        ),
        (
            FARHOLM,
            "{start: '1999', end: '2010'}",
            "{start: 2010-05, end: 2010-03}",
            [f"{FARHOLM}:17:33: end: 2010-03 lies before the start, 2010-05 ({SWAP})"],
        ),
        (FARHOLM, "{start: '1999', end: '2010'}", "{start: 201X, end: 2010-03}", []),
        (
            BOOK,
            "issued: '2003'",
            "issued: '2016'",
            [
                (
                    f"{FARHOLM}:23:13: work: 'odegard-2003a' came out in 2016, after the work that cites it (2014-04)"
                    f" ({TOO_EARLY})"
                )
            ],
        ),
        (BOOK, "issued: '2003'", "issued: '2015'", []),
        # What is printed
        (
            TABLE,
            "printed: '41.5'",
            "printed: '41'",
            [
                f"{TABLE}:37:14: printed: '41' does not stand in the passage ({NOT_PRINTED})",
                f"{TABLE}:36:12: value: 41.5 is not the number printed, '41' (correct one of the two)",
            ],
        ),
        (
            TABLE,
            "printed: −12.9%",
            "printed: -12.9%",
            [f"{TABLE}:27:14: printed: '-12.9%' does not stand in the passage ({NOT_PRINTED})"],
        ),
        (
            TABLE,
            "value: -12.9",
            "value: 12.9",
            [f"{TABLE}:26:12: value: 12.9 is not the number printed, '−12.9%' (correct one of the two)"],
        ),
        (
            TABLE,
            "value: 6.4",
            "value: -6.4",
            [
                f"{TABLE}:31:12: value: -6.4 is not the number printed, '+6.4%' (correct one of the two)",
                f"{TABLE}:31:12: value: -6.4 {SUM}: they give 6.42 ({ERRATUM} and torre-lume)",
            ],
        ),
        (
            TABLE,
            "value: 1210",
            "value: 1.21",
            [
                f"{TABLE}:21:12: value: 1.21 is not the number printed, '1,210' (correct one of the two)",
                f"{TABLE}:31:12: value: 6.4 {SUM}: they give -99.89 ({ERRATUM} and torre-lume)",
            ],
        ),
        # Numbers that follow from others, unless the document is to blame and an erratum says so
        (
            "kb/errata/os14-erratum-ninety.yaml",
            ", workshops-change]",
            "]",
            [f"{TABLE}:26:12: value: -12.9 {SUM}: they give -20.91 ({ERRATUM} and farholm)"],
        ),
        (
            NUMBERS,
            "printed: ninety",
            "printed: one",
            [f"{NUMBERS}:18:14: printed: 'one' does not stand in the passage ({NOT_PRINTED})"],
        ),
        (
            NUMBERS,
            (
                "printed: one\n    evidence:\n      - document: odegard-strauss-2014-manuscript\n        section: '2'\n"
                "        passage: {start: Farholm began with one, end: workshop in 1874}"
            ),
            (
                "printed: high-quality\n    evidence:\n      - document: odegard-strauss-2014-manuscript\n"
                "        passage: {start: sold high-quality, end: lenses to three}"
            ),
            [],
        ),
        # Citations as printed
        (
            FARHOLM,
            "printed: Ødegård, 2003a",
            "printed: Ødegård 2003a",
            [
                (
                    f"{FARHOLM}:24:16: printed: 'Ødegård 2003a' is not in the cited_as of 'odegard-2003a'"
                    " (did you mean 'Ødegård, 2003a'?)"
                )
            ],
        ),
        (
            FARHOLM,
            "work: odegard-2003a",
            "work: brine-1987",
            [
                (
                    f"{FARHOLM}:24:16: printed: 'Ødegård, 2003a' is not in the cited_as of 'brine-1987'"
                    " (add it there, or correct it here)"
                )
            ],
        ),
    ],
)
def test_records_that_do_not_fit_together_are_reported(tiny: Project, known: Schema, edit: Edit, row: Row) -> None:
    """Each slip is named where it stands, and nothing else is."""
    file, old, new, expected = row
    edit(Path(file), old, new)

    assert complaints(tiny, known) == expected


def test_a_key_of_another_kind_is_taken(tiny: Project, known: Schema) -> None:
    """Keys are unique over all kinds, so that a key alone names a record."""
    Path("kb/works/brine-tom.yaml").write_text("id: brine-tom\ntype: book\nverification: recalled\n", encoding="utf-8")

    assert complaints(tiny, known) == [
        f"kb/works/brine-tom.yaml:1:5: the key 'brine-tom' is the key of another record (see {BRINE}:1; {NEIGHBOUR})"
    ]


OLD_KEYS = [
    (DISTRICT, "id: torre-lume", "id: torre-lume\naliases: [lume]"),
    (BOOK, "id: odegard-2003a", "id: odegard-2003a\naliases: [grinding]"),
    (DOCUMENT, "id: lamps-2015-page", "id: lamps-2015-page\naliases: [lamps-page]"),
]


@pytest.mark.parametrize(
    "row",
    [
        (FARHOLM, "work: odegard-2003a", "work: grinding", []),
        (CLAIM, "document: lamps-2015-page", "document: lamps-page", []),
        (
            CLAIM,
            "document: lamps-2015-page\n    passage: {start: Most",
            "document: lamps-page\n    passage: {start: Few",
            [
                (
                    f"{CLAIM}:8:22: passage not-found: 'Few lamps on this' does not stand in the document"
                    " ('Few' is 'Most' there; nearest: 'Most lamps on this')"
                )
            ],
        ),
        (
            FARHOLM,
            "work: odegard-2003a\n      printed: Ødegård, 2003a",
            "work: grinding\n      printed: Ødegård, 2003b",
            [
                (
                    f"{FARHOLM}:24:16: printed: 'Ødegård, 2003b' is not in the cited_as of 'odegard-2003a'"
                    " (did you mean 'Ødegård, 2003a'?)"
                )
            ],
        ),
        (
            TABLE,
            CELL,
            CELL + CELL.replace("torre-lume", "lume"),
            [f"{TABLE}:54:14: the same subject, indicator {AGAIN} (see {TABLE}:50; keep one of them)"],
        ),
        (
            TABLE,
            CELL,
            CELL.replace("    printed", "    counterpart: [seven-seas, torre-lume]\n    printed")
            + CELL.replace("    printed", "    counterpart: [lume, seven-seas]\n    printed"),
            [f"{TABLE}:55:14: the same subject, indicator, counterpart {AGAIN} (see {TABLE}:50; keep one of them)"],
        ),
        (
            WORK,
            "[odegard-lukasz, ",
            "[grinding, ",
            [f"{WORK}:4:11: authors: 'grinding' is a record of works (it wants a key of authors)"],
        ),
    ],
)
def test_every_check_follows_old_keys(tiny: Project, known: Schema, edit: Edit, row: Row) -> None:
    """What is said through an old key is checked as if it were said through the present one."""
    file, old, new, expected = row
    for renamed in OLD_KEYS:
        edit(Path(renamed[0]), *renamed[1:])
    before = checks.check(tiny, known)
    edit(Path(file), old, new)
    after = checks.check(tiny, known)

    assert (before.problems, [str(problem) for problem in after.problems]) == ([], expected)
    if "subject" not in new and "counterpart" not in new:
        assert after.counts == before.counts


def test_a_work_cited_through_an_old_key_has_its_year(tiny: Project, known: Schema, edit: Edit) -> None:
    """No citation of the future hides behind an old key."""
    edit(Path(BOOK), "issued: '2003'", "issued: '2016'\naliases: [grinding]")
    edit(Path(FARHOLM), "work: odegard-2003a", "work: grinding")

    assert complaints(tiny, known) == [
        f"{FARHOLM}:23:13: work: 'grinding' came out in 2016, after the work that cites it (2014-04) ({TOO_EARLY})"
    ]


def test_one_run_reports_every_problem(tiny: Project, run: Run, edit: Edit) -> None:
    """A flaw in one file hides none in another, whatever the kind of check."""
    edit(Path(AUTHOR), "suffix: Jr.", "suffix: [Jr.")
    edit(Path(BRINE), "family", "famly")
    edit(Path(BOOK), "ISBN: 978-0", "ISBN: 979-0")
    edit(Path(CLAIM), "burn herring", "burn whale")
    edit(Path(DISTRICT), "place: torre", "place: tore")
    Path("kb/districts/nowhere.yaml").write_bytes(b"\xff")
    result = run("check", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert result.code == 1
    assert sorted(line.split(": ")[0] for line in result.out.splitlines() if AUTHOR not in line) == [
        f"{BRINE}:3:1",
        f"{CLAIM}:8:47",
        "kb/districts/nowhere.yaml:1:1",
        f"{DISTRICT}:3:8",
        f"{BOOK}:22:7",
    ]
    assert f"{AUTHOR}:6:1: not YAML" in result.out


def test_the_counts_say_what_was_made_failed_and_not_run(tiny: Project, run: Run, edit: Edit) -> None:
    """The report for programs has a line for each kind of check, with numbers that add up."""
    edit(Path(WORK), "[odegard-lukasz, ", "[odegard-lucas, ")
    Path("sources/lamps.txt").unlink()
    result = run("check", "--format", "json", cwd=tiny.kb.parent, sources=tiny.sources[0])
    report = json.loads(result.out)
    counts = {line["check"]: (line["made"], line["failed"], line["not_run"]) for line in report["checks"]}

    assert (counts["references"], counts["passages"], counts["documents"]) == ((134, 1, 0), (23, 0, 1), (1, 0, 1))
    assert counts["years"] == (9, 0, 0)
    assert report["problems"] == [
        {
            "file": WORK,
            "line": 4,
            "column": 11,
            "message": "authors: no record has the key 'odegard-lucas'",
            "hint": "did you mean 'odegard-lukasz'?",
            "check": "references",
        }
    ]
    made, not_run = (sum(count[n] for count in counts.values()) for n in (0, 2))
    assert result.err.splitlines()[-1] == f"{made:,} checks made, 1 failed, {not_run} not run"


def test_nothing_checked_is_an_error(tmp_path: Path, run: Run) -> None:
    """A base without a record is not green."""
    (tmp_path / "kb" / "works").mkdir(parents=True)
    result = run("check", cwd=tmp_path)

    assert (result.code, result.out, result.err.splitlines()[-1]) == (
        2,
        "",
        "nothing was checked: there is no record here",
    )


def test_strict_counts_what_was_not_run_as_a_failure(tiny: Project, run: Run) -> None:
    """Without documents the base passes, and says what was not looked at; with --strict it does not pass."""
    lenient, strict = (run("check", *options, cwd=tiny.kb.parent) for options in ([], ["--strict"]))

    assert (lenient.code, strict.code, lenient.err) == (0, 1, strict.err)
    assert "not run: 24 passages: document not at hand (see --sources)\n" in lenient.err
    assert run("check", "--strict", cwd=tiny.kb.parent, sources=tiny.sources[0]).code == 0


def test_a_part_of_the_base_shows_its_own_problems(tiny: Project, run: Run, edit: Edit) -> None:
    """A path narrows what is shown; what is wrong elsewhere is counted, so that nobody takes the base for sound."""
    edit(Path(BRINE), "type: person", "type: persn")
    edit(Path(DISTRICT), "place: torre", "place: tore")
    result = run("check", "kb/districts", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert (result.code, [line.split(": ")[0] for line in result.out.splitlines()]) == (1, [f"{DISTRICT}:3:8"])
    assert result.err.splitlines()[-1].endswith("checks made, 1 failed here, 1 elsewhere in the base, 0 not run")


def test_a_part_without_a_record_is_no_pass(tiny: Project, run: Run) -> None:
    """A path that holds no record was not checked, however sound the rest of the base is."""
    Path("kb/works/empty").mkdir()
    results = [run("check", path, cwd=tiny.kb.parent).code for path in ("kb/works/empty", "kb/README.md")]

    assert results == [2, 1]
