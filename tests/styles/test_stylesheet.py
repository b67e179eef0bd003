"""A style file from anywhere is a style, or a plain message: never a crash, a fetch or a full memory."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from filiera.errors import NotFoundError, StyleError
from filiera.paths import Project
from filiera.styles import catalogue, pandoc, rendering
from filiera.styles.rendering import render

Item = dict[str, Any]

HEAD = '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0"><info><title>Mine</title></info>'
CITATION = '<citation><layout><text macro="a"/></layout></citation>'
LETTERS = "abcdefghij"
ENTITIES = "".join(f'<!ENTITY {name} "{10 * f"&{last};"}">' for last, name in pairwise(LETTERS))
BOMB = (
    f'<!DOCTYPE style [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>{HEAD}'
    '<citation><layout><text value="&j;"/></layout></citation></style>'
)
FETCH = f'<!DOCTYPE style SYSTEM "file:///etc/passwd">{HEAD}{CITATION}</style>'


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is no citation style: it is not XML: no element found, line 1, column 1"),
        ("@book{x}", r"is no citation style: it is not XML: not well-formed \(invalid token\), line 1, column 1"),
        (f"{HEAD}<citation>", "is no citation style: it is not XML: no element found"),
        ("<html/>", "is no citation style: its root element is not <style"),
        ('<style xmlns="http://www.w3.org/1999/xhtml"/>', "is no citation style: its root element is not <style"),
        (f"{HEAD}</style>", "is no citation style: it does not say how to cite; it has no <citation><layout>"),
        (BOMB, "is no citation style: it has a document type"),
        (FETCH, "is no citation style: it has a document type"),
        (HEAD + "<group>" * 200_000, "is no citation style: its elements are nested more than 100 deep"),
        (HEAD + " " * 4_000_000, "is no citation style: it has 4,000,001 bytes, more than 4,000,000"),
        ("\udcff\udcfe\udc80", "is no citation style: it is not XML"),
    ],
)
def test_a_file_that_is_no_style_is_a_plain_message(content: str, complaint: str, tmp_path: Path) -> None:
    """What is wrong is said, with the place where there is one."""
    path = tmp_path / "mine.csl"
    path.write_bytes(content.encode("utf-8", "surrogateescape"))

    with pytest.raises(StyleError, match=complaint):
        catalogue.find(str(path))


def doubling(levels: int) -> str:
    """Return macros that call the next one twice, down to a text: twice as much with each level."""
    calls = (f'<macro name="m{n}"><text macro="m{n + 1}"/><text macro="m{n + 1}"/></macro>' for n in range(levels))
    end = f'<macro name="m{levels}"><text value="x"/></macro>'
    return "".join(calls) + end + '<macro name="a"><text macro="m0"/></macro>'


#: Macros of which one calls another that calls it.
MACROS = (
    '<macro name="a"><text macro="b"/></macro><macro name="b"><text macro="c"/></macro>'
    '<macro name="c"><text macro="b"/></macro>'
)


@pytest.mark.parametrize(
    ("macros", "complaint"),
    [
        ('<macro name="a"><text value="x"/><text macro="a"/></macro>', "the macro 'a' calls itself"),
        (
            MACROS,
            "the macro 'b' calls itself",
        ),
        ("", "there is no macro 'a'"),
        (
            doubling(40),
            "with its macros it comes to more than 25,000,000 elements",
        ),
    ],
)
def test_a_style_that_cannot_be_followed_is_a_plain_message(macros: str, complaint: str, tmp_path: Path) -> None:
    """A style that has no end, or calls what is not there, is refused before a processor tries it."""
    path = tmp_path / "mine.csl"
    path.write_text(f"{HEAD}{macros}{CITATION}</style>", encoding="utf-8")

    with pytest.raises(StyleError, match=f"'mine' is no citation style: {complaint}"):
        catalogue.find(str(path))


def test_a_processor_that_takes_too_much_is_stopped(
    tmp_path: Path, items: list[Item], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Time and memory are bounded, and it is said which of them was too short."""
    path = tmp_path / "mine.csl"
    path.write_text(f"{HEAD}{doubling(21)}{CITATION}</style>", encoding="utf-8")
    style = catalogue.find(str(path))
    monkeypatch.setattr(pandoc, "HEAP", "64m")
    with pytest.raises(StyleError, match="pandoc says: it needs more than 64MB of memory"):
        render(items, style)
    monkeypatch.undo()
    monkeypatch.setattr(rendering, "PATIENCE", 0.0)
    monkeypatch.setattr(rendering, "PATIENCE_EACH", 0.001)
    with pytest.raises(StyleError, match=r"pandoc was stopped: it took more than 0\.005 seconds"):
        render(items, style)


def test_any_style_file_works(tmp_path: Path, items: list[Item]) -> None:
    """A style of the user's own is used from wherever it lies, whatever its name and encoding."""
    path = tmp_path / "my own stylé.csl"
    layout = '<citation><layout prefix="«" suffix="»"><text variable="title"/></layout></citation>'
    path.write_bytes(f'<?xml version="1.0" encoding="ISO-8859-1"?>{HEAD}{layout}</style>'.encode("latin-1"))
    style = catalogue.find(str(path))

    assert (style.title, style.has_bibliography) == ("Mine", False)
    assert render(items[:1], style)[0].in_text == "«Small firms»"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    """A path is not taken for a name."""
    with pytest.raises(NotFoundError, match="there is no style file at"):
        catalogue.find(str(tmp_path / "mine.csl"))


def test_a_dependent_style_without_its_parent_says_what_is_missing(tmp_path: Path) -> None:
    """The name of the parent is in the message."""
    path = tmp_path / "mine.csl"
    link = '<link href="http://www.zotero.org/styles/no-such-parent" rel="independent-parent"/>'
    path.write_text(HEAD.replace("</info>", f"{link}</info></style>"), encoding="utf-8")

    with pytest.raises(NotFoundError, match="the style 'mine' stands for 'no-such-parent', which is not here"):
        catalogue.find(str(path))


@pytest.mark.parametrize(
    ("style", "complaint"),
    [
        ("vancover", "Error: no citation style is called 'vancover'; did you mean 'vancouver'?\n"),
        ("mine.csl", "Error: 'mine' is no citation style: it is not XML: syntax error, line 1, column 1\n"),
        ("./none.csl", "Error: there is no style file at './none.csl'\n"),
    ],
)
def test_the_command_says_what_is_wrong_with_a_style(
    style: str, complaint: str, built: Project, tmp_path: Path, run: Callable[..., Any]
) -> None:
    """The exit code is 1, and there is no traceback and no answer."""
    (tmp_path / "mine.csl").write_text("no style at all", encoding="utf-8")
    result = run("cite", "lamps-2015", "--style", style, "--kb", built.kb, cwd=tmp_path, sources=built.sources[0])

    assert (result.code, result.out, result.err) == (1, "", complaint)
