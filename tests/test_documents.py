"""Documents: found by what they are, not by what they are called; and what is said when they are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera import checks
from filiera.documents import Document, Folded, fold_lines, library
from filiera.paths import Project
from filiera.report import Line, Report
from filiera.schema import Schema

Edit = Callable[[Path, str, str], None]
Run = Callable[..., Any]

SOURCE = Path("sources/lamps.txt")
RECORD = Path("kb/documents/lamps-2015-page.yaml")

#: Checks that need the documents.
OF_DOCUMENTS = ("documents", "passages", "printed", "own words")


def lines(report: Report) -> dict[str, Line]:
    """Return the counts of a report by kind of check."""
    return {line.check: line for line in report.lines()}


def test_a_document_is_found_under_any_name_in_any_folder(tiny: Project, known: Schema) -> None:
    """The digest of the file decides; a document may be renamed and sorted into folders."""
    (tiny.sources[0] / "read in 2015").mkdir()
    SOURCE.rename(tiny.sources[0] / "read in 2015" / "Lamps, final (2).txt")
    report = checks.check(tiny, known)

    assert (report.problems, report.not_run) == ([], 0)


def test_a_changed_document_is_not_the_one_that_was_read(tiny: Project, known: Schema, edit: Edit) -> None:
    """One changed letter is said once, and passages in the file count as not run, never as found."""
    edit(SOURCE, "herring", "herrings'")
    report = checks.check(tiny, known)

    assert list(map(str, report.problems)) == [
        (
            f"{RECORD}:6:9: sha256: the file 'lamps.txt' at hand is not the one that was read"
            " (put the right file among the sources, or read the new one and correct the passages)"
        )
    ]
    assert (lines(report)["passages"].not_run, report.skipped) == (
        1, {("passages", "the document at hand is not the one that was read"): 1}
    )  # fmt: skip


def test_a_missing_document_is_not_at_hand_and_said_so(tiny: Project, known: Schema) -> None:
    """What cannot be looked up is no failure and no pass: it is counted as not run, with the reason."""
    SOURCE.unlink()
    report = checks.check(tiny, known)

    assert (report.problems, report.exit_code(), report.exit_code(strict=True)) == ([], 0, 1)
    assert report.skipped == {
        ("documents", "document not at hand (see --sources)"): 1,
        ("passages", "document not at hand (see --sources)"): 1,
    }


def test_without_documents_no_check_that_needs_one_is_made(tiny: Project, known: Schema) -> None:
    """A check that could not run is never counted as made."""
    counts = lines(checks.check(Project(tiny.kb, tiny.build), known))

    assert [(check, counts[check].made) for check in OF_DOCUMENTS] == [(check, 0) for check in OF_DOCUMENTS]
    assert [check for check in OF_DOCUMENTS if not counts[check].not_run] == []


def test_every_check_is_either_made_or_not_run(tiny: Project, known: Schema) -> None:
    """With documents or without, the same checks are counted, so that none is lost on the way."""
    at_hand = checks.check(tiny, known)
    not_at_hand = checks.check(Project(tiny.kb, tiny.build), known)

    assert {c: line.made for c, line in lines(at_hand).items()} == {
        c: line.made + line.not_run for c, line in lines(not_at_hand).items()
    }


@pytest.mark.parametrize("wrong", [474, 476])
def test_the_number_of_characters_is_checked(tiny: Project, known: Schema, edit: Edit, wrong: int) -> None:
    """The offsets in the database are worth no more than the length of the text that they point into."""
    edit(RECORD, "characters: 475", f"characters: {wrong}")

    assert list(map(str, checks.check(tiny, known).problems)) == [
        f"{RECORD}:7:13: characters: the file has 475, not {wrong} (correct the number)"
    ]


def test_characters_are_those_of_the_file(tmp_path: Path) -> None:
    """Characters count as Unicode code points, and a line end of Windows as the two that it is."""
    path = tmp_path / "text.txt"
    path.write_bytes("Łódź\r\n“\U0001f3ee”\n".encode())

    assert Document("text", {}, path, "found").text == "Łódź\r\n“\U0001f3ee”\n"


def test_a_folded_text_knows_its_way_back() -> None:
    """Every character of a folded text leads to the one that it was made from, in each reading of a hyphen."""
    text = "  the  lens-\n  makers\r\n\r\n“draw”  "
    for joint in ("", "-", "- "):
        folded = fold_lines(text, joint)
        back = [text[folded.original(n)] for n in range(len(folded.text))]

        assert [b if not b.isspace() else " " for b in back] == list(folded.text.replace('"', "“", 1).replace('"', "”"))


def test_a_text_without_anything_to_fold_is_itself() -> None:
    """Folding is no rewriting."""
    assert fold_lines("a lens") == Folded("a lens", [0, 2], [0, 0])


def test_a_file_among_the_sources_that_is_no_text_disturbs_nothing(tiny: Project, known: Schema) -> None:
    """Folders of documents hold pictures and broken links too."""
    (tiny.sources[0] / "scan.png").write_bytes(bytes(range(256)))
    (tiny.sources[0] / "gone.txt").symlink_to("nowhere.txt")

    assert checks.check(tiny, known).exit_code(strict=True) == 0


def test_sources_come_from_the_option_and_the_environment(tiny: Project, run: Run) -> None:
    """FILIERA_SOURCES adds to --sources, and each may name one of two folders."""
    other = tiny.kb.parent / "other"
    other.mkdir()
    SOURCE.rename(other / SOURCE.name)
    both = run("check", "--strict", "--sources", other, cwd=tiny.kb.parent, sources=tiny.sources[0])
    one = run("check", "--strict", cwd=tiny.kb.parent, sources=tiny.sources[0])

    assert (both.code, one.code) == (0, 1)


def test_a_folder_of_sources_that_is_not_there_is_said(tiny: Project, run: Run) -> None:
    """A mistyped folder is no reason to look nowhere."""
    result = run("check", "--sources", "no-such-folder", cwd=tiny.kb.parent)

    assert (result.code, result.out, result.err) == (
        1, "", "Error: there is no folder of sources at 'no-such-folder'; see --sources and FILIERA_SOURCES\n"
    )  # fmt: skip


def test_the_library_lists_what_is_at_hand(tiny: Project, known: Schema) -> None:
    """A document whose file is missing keeps its record and has no text."""
    SOURCE.unlink()
    documents = library(tiny.kb, known, tiny.sources)

    assert {key: (d.verdict, bool(d.text)) for key, d in documents.documents.items()} == {
        "lamps-2015-page": ("not-at-hand", False),
        "odegard-strauss-2014-manuscript": ("found", True),
    }
    assert [d.key for d in documents.at_hand] == ["odegard-strauss-2014-manuscript"]
