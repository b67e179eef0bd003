"""What a base says of itself is read strictly, and when it was published is known without a clock."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera import building
from filiera.descriptions.about import About, about
from filiera.errors import FilieraError, NotFoundError
from filiera.paths import Project
from filiera.publishing.copying import address
from filiera.publishing.releases import released
from filiera.schema import Schema

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title: [a, b]", "CITATION.cff: title must be a text"),
        ("authors: Ada", "CITATION.cff: authors must be a list"),
        ("authors: [Ada]", "CITATION.cff: each of authors must have fields such as 'name' or 'family-names'"),
        ("date-released: last week", "the day of release 'last week' is no day; write it as in 2026-11-25"),
        ("title: a\ntitle: b", "CITATION.cff:2:1: the key 'title' is given twice"),
        ("- title", "CITATION.cff:1:1: it is no mapping"),
    ],
)
def test_what_cannot_be_read_is_said_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    """A fault of the file is a sentence."""
    (tmp_path / "CITATION.cff").write_text(text, encoding="utf-8")
    with pytest.raises(FilieraError) as caught:
        about(tmp_path)

    assert str(caught.value) == complaint


def test_a_base_that_says_nothing_has_a_title_all_the_same(tmp_path: Path) -> None:
    """Without a file, and from an empty one, there are no creators and no version."""
    (tmp_path / "CITATION.cff").write_text("cff-version: 1.2.0\n", encoding="utf-8")

    assert about(tmp_path) == about(tmp_path / "nowhere") == About()


def test_the_file_of_the_program_is_read() -> None:
    """Our own says what it is called, and whose it is."""
    said = about(Path(__file__).parents[2])

    assert (said.title, [one.name for one in said.creators]) == ("Filiera", ["The Filiera maintainers"])


def test_a_build_takes_along_what_the_base_says(copy: Project, known: Schema, run: Run) -> None:
    """A change of the file makes the build old, and a fault in it stops the next one."""
    file = copy.kb.parent / "CITATION.cff"
    file.write_text("title: Lamps\n", encoding="utf-8")
    was_fresh = building.is_fresh(copy)
    building.build(copy, known)
    file.write_text("title: [\n", encoding="utf-8")
    done = run("build", cwd=copy.kb.parent)

    assert not was_fresh
    assert about(copy.build / "current").title == "Lamps"
    assert done.code == 1
    assert done.err.startswith("Error: CITATION.cff:")


def test_the_day_of_a_release_is_known_without_a_clock(
    tiny: Project, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, commit: Callable[[Path, str], None]
) -> None:
    """What is asked for goes first, then what the base says, the environment, and the last commit."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotFoundError, match="nothing says when this is published; give --date, or write date-released"):
        released(tiny, About())
    commit(tmp_path, "2025-03-04")
    by_git = released(tiny, About())
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    by_environment = released(tiny, About())
    by_base = released(tiny, About(released="2026-02-03"))

    assert (by_git, by_environment, by_base) == ("2025-03-04", "1970-01-02", "2026-02-03")
    assert released(tiny, About(released="2026-02-03"), "2026-05-04") == "2026-05-04"


def test_a_day_that_is_none_is_refused(tiny: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the option nor the environment may hold something else."""
    with pytest.raises(FilieraError, match="'May' is no day"):
        released(tiny, About(), "May")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    with pytest.raises(FilieraError, match="'soon' is no number of seconds"):
        released(tiny, About())


@pytest.mark.parametrize(
    ("given", "kept"),
    [("", ""), ("https://example.org", "https://example.org/"), ("https://example.org/a/", "https://example.org/a/")],
)
def test_an_address_ends_in_a_slash(given: str, kept: str) -> None:
    """So that pages can be named below it."""
    assert address(given) == kept


@pytest.mark.parametrize("given", ["example.org", "ftp://example.org/", "https://example.org/?a=b", "javascript:x"])
def test_what_is_no_address_is_refused(given: str) -> None:
    """A sitemap of it would be wrong."""
    with pytest.raises(FilieraError, match="is no address of a site; write it as in"):
        address(given)
