"""Whatever is asked, the answer is a message: no traceback, and an exit code that says what it was."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.paths import Project

Run = Callable[..., Any]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("", "Error: '' names nothing; give a key, a DOI, an author and year, a title, or words"),
        ("  ...  ", "Error: '...' names nothing; give a key, a DOI, an author and year, a title, or words"),
        ("lamp " * 20_000, "Error: 99,999 characters are no citation; give at most 2,000"),
        ("zzz qqq", "Error: nothing here is like 'zzz qqq'; try fewer words"),
        ("10.5555/none", "Error: no work here has the DOI '10.5555/none'"),
        ("978-3-16-148410-0", "Error: no work here has the ISBN '9783161484100'"),
        ("https://example.org/nowhere", "Error: no work here has the address 'example.org/nowhere'"),
        ("\x01\x02 \u202e \U0001f3ee", "Error: "),
        ("Z̸̢̛a̴l̶g̷o̵ 2014", "Error: nothing here is like"),
        ("文献 2014", "Error: nothing here is like"),
    ],
)
def test_what_means_nothing_is_said_so(wanted: str, said: str, built: Project, run: Run) -> None:
    """Nothing, too much, and what nobody wrote are answered in one sentence."""
    result = run("cite", wanted, cwd=built.kb.parent)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith(said)
    assert result.err.count("\n") == 1


def test_half_a_character_is_no_reason_to_fail(built: Project, run: Run) -> None:
    """A terminal may hand over bytes that are no text; the rest is looked up."""
    result = run("cite", "Brine 1988 \udcff", cwd=built.kb.parent)
    place = run("cite", "brine-1988", "--locator", "p.\n3\udcff", "--format", "markdown", cwd=built.kb.parent)

    assert (result.code, result.out.splitlines()[0]) == (0, "Brine 1988  [@brine-1988]")
    assert (place.code, place.out.splitlines()[0]) == (0, "(Brine, 1988, p. 3?)")


@pytest.mark.parametrize(
    "arguments",
    [["cite"], ["cite", "x", "--format", "docx"], ["cite", "x", "--limit", "0"], ["cite", "x", "--stile", "apa"]],
)
def test_a_mistyped_command_ends_with_2(arguments: list[str], built: Project, run: Run) -> None:
    """What cannot be a command is told from what cannot be found."""
    result = run(*arguments, cwd=built.kb.parent)

    assert (result.code, result.out, "Traceback" in result.err) == (2, "", False)


def test_an_empty_library_is_said_to_be_empty(tmp_path: Path, run: Run) -> None:
    """A base that has no works yet says so, whatever is asked."""
    author = tmp_path / "kb" / "authors" / "brine-tom.yaml"
    author.parent.mkdir(parents=True)
    author.write_text("id: brine-tom\ntype: person\nfamily: Brine\n", encoding="utf-8")
    assert run("build", cwd=tmp_path).code == 0

    for wanted in ("Brine 1988", "captive suppliers", "Pyramids of Trust"):
        result = run("cite", wanted, cwd=tmp_path)
        assert (result.code, result.err) == (1, f"Error: nothing here is like {wanted!r}: the base has no works yet\n")


def test_a_base_without_claims_gives_works_for_words(tmp_path: Path, run: Run) -> None:
    """Where no claim says so, the works that have the words are offered, and it is said."""
    for file, text in {
        "authors/brine-tom.yaml": "id: brine-tom\ntype: person\nfamily: Brine\n",
        "works/brine-1988.yaml": "id: brine-1988\ntype: book\ntitle: A few more lamps of the coast\n"
        "authors: [brine-tom]\nissued: '1988'\nverification: recalled\n",
    }.items():
        path = tmp_path / "kb" / file
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    assert run("build", cwd=tmp_path).code == 0

    result = run("cite", "coast lamps", cwd=tmp_path)
    assert (result.code, result.out.splitlines()[0]) == (1, "Brine 1988  [@brine-1988]")
    assert result.err == "no work is cited as 'coast lamps' and no claim says so; these works have these words\n"
