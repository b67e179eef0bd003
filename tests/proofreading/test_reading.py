"""Manuscripts are read with every citation at its place; pandoc is the referee."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filiera.errors import FilieraError
from filiera.proofreading import reading
from filiera.proofreading.manuscripts import Citation, Manuscript
from filiera.proofreading.places import Lines
from filiera.styles import pandoc

NASTY = Path(__file__).parent / "nasty"

#: Bytes of a unit in which editors count.
UNIT = {"utf-8": 1, "utf-16": 2, "utf-32": 4}


def _cited(node: Any, found: list[str]) -> list[str]:  # noqa: ANN401  pandoc's JSON
    """Collect the keys of a document of pandoc in their order, those inside of a citation too."""
    if isinstance(node, dict) and node.get("t") == "Cite":
        for cited in node["c"][0]:
            _cited(cited["citationPrefix"], found)
            found.append(cited["citationId"])
            _cited(cited["citationSuffix"], found)
    elif isinstance(node, dict | list):
        for inner in node.values() if isinstance(node, dict) else node:
            _cited(inner, found)
    return found


def _by_pandoc(path: Path) -> list[str]:
    form = "latex" if path.suffix == ".tex" else "markdown"
    arguments = [f"--from={form}", "--to=json", "--quiet"]
    return _cited(json.loads(pandoc.find().run(arguments, {}, path.read_bytes(), 60))["blocks"], [])


def _read(text: str, file: str = "x.md") -> Manuscript:
    return reading.parse(file, text)


def _written(manuscript: Manuscript, citation: Citation) -> str:
    return manuscript.lines.text[citation.start : citation.end]


@pytest.mark.parametrize("path", sorted(NASTY.iterdir()), ids=lambda path: path.name)
def test_the_same_citations_are_found_as_by_pandoc(path: Path) -> None:
    """In nasty texts the keys are those that pandoc finds, in the same order."""
    mine = [one.key for one in reading.read(path)[0].citations if one.key]

    assert mine == _by_pandoc(path)
    assert len(mine) > 15


@pytest.mark.parametrize("path", sorted(NASTY.iterdir()), ids=lambda path: path.name)
def test_a_key_stands_where_it_is_said_to(path: Path) -> None:
    """The place of every citation by key holds the key, and so does its line and column."""
    manuscript = reading.read(path)[0]
    text = manuscript.lines.text

    for one in manuscript.citations:
        line, column = manuscript.lines.place(one.start)
        assert one.key in _written(manuscript, one).replace("{", "").replace("}", "") or one.authors
        assert text.split("\n")[line - 1][column - 1 :].startswith(text[one.start : one.end].split("\n", maxsplit=1)[0])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(Gaggio, 2006, p. 23; Bair 2009)", [("Gaggio", "2006", "23"), ("Bair", "2009", "")]),
        ("Gaggio (2006) and Bair (2009: 4-5)", [("Gaggio", "2006", ""), ("Bair", "2009", "4-5")]),
        ("Gereffi and Korzeniewicz's (1994) book", [("Gereffi and Korzeniewicz", "1994", "")]),
        ("(see Gaggio 2006, 2007a, b)", [("Gaggio", "2006", ""), ("Gaggio", "2007a", ""), ("Gaggio", "2007b", "")]),
        ("(De Marchi, Lee & Gereffi 2014, sec. 5.1)", [("De Marchi, Lee & Gereffi", "2014", "5.1")]),
        ("However, Rabellotti *et al.* (2009) say", [("Rabellotti", "2009", "")]),
        ("as O’Connor-Smith (2001) shows", [("O’Connor-Smith", "2001", "")]),
        ("Gaggio (2006) says “so” (p. 99).", [("Gaggio", "2006", "99")]),
        (
            "(Humphrey and Schmitz, 2002; 2004)",
            [("Humphrey and Schmitz", "2002", ""), ("Humphrey and Schmitz", "2004", "")],
        ),
        ("in the crisis (2008)", []),
        ("(Table 3), (see Section 2), (May 2006), (2001–2010), Expo 2015", []),
        ("`(Gaggio, 2006)` and <!-- (Bair, 2009) --> and http://x.org/Gaggio(2006)", []),
        ("see gaggio@example.org (2006)", []),
    ],
)
def test_author_year_texts_are_found_with_names_years_and_places(
    text: str, expected: list[tuple[str, str, str]]
) -> None:
    """Names, year and place are read as they stand; what only looks so is none."""
    found = [
        (one.authors.names, one.authors.year, one.locator.value if one.locator else "")
        for one in _read(text).citations
        if one.authors
    ]

    assert found == expected


def test_an_author_year_text_has_the_place_of_its_first_name_and_its_year() -> None:
    """Emphasis and line breaks do not move the place; accents that LaTeX writes with more characters do not either."""
    markdown = _read("In 😀 Vicenza *Rabellotti\net al.* (2009, p. 29) say")
    latex = _read("As Cor{\\`o}~(2006, p.~3) and Hirsch \\emph{et al.} (2009) say", "x.tex")

    assert [_written(markdown, one) for one in markdown.citations] == ["Vicenza *Rabellotti\net al.* (2009"]
    assert [_written(latex, one) for one in latex.citations] == ["Cor{\\`o}~(2006", "Hirsch \\emph{et al.} (2009"]
    assert [one.authors.names for one in latex.citations if one.authors] == ["Corò", "Hirsch"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[@a, p. 3; see @b, sec. 5.1]", [("page", "3"), ("section", "5.1")]),
        ("@a [pp. 33-35, 38-39 and *passim*]", [("page", "33-35, 38-39")]),
        ("[@a{ii, A, D-Z}, with a suffix]", [("page", "ii")]),
        ("[-@a, 12]", [("page", "12")]),
        ("[@a, chap. 1] [@b, and 1990]", [("chapter", "1"), None]),
        ("@a shows (p. 7).", [("page", "7")]),
    ],
)
def test_locators_are_read(text: str, expected: list[tuple[str, str] | None]) -> None:
    """A place is known by what it counts and by its number."""
    found = [(one.locator.label, one.locator.value) if one.locator else None for one in _read(text).citations]

    assert found == expected


def test_notes_of_latex_belong_to_the_last_key() -> None:
    """The note behind is the place in the last work of a list; in the plural commands each list has its own."""
    text = "\\parencite[see][23--25]{a,b} \\textcites[2]{c}[see][§~5.1]{d}"
    found = {one.key: one.locator.value if one.locator else "" for one in _read(text, "x.tex").citations}

    assert found == {"a": "", "b": "23--25", "c": "2", "d": "5.1"}


def test_sentences_hold_their_citations() -> None:
    """Abbreviations and initials end no sentence; a citation behind the full stop belongs to what it follows."""
    text = "Firms (e.g. of Arezzo, cf. D. Gaggio) fell. [@a]\nRabellotti et al. say so, p. 3. @b does not.\n\n- An item"
    manuscript = _read(text)

    assert [one.text.strip() for one in manuscript.sentences] == [
        "Firms (e.g. of Arezzo, cf. D. Gaggio) fell.",
        "Rabellotti et al. say so, p. 3.",
        "◆ does not.",
        "An item",
    ]
    assert [[c.key for c in manuscript.cited_in(s.start, s.end)] for s in manuscript.sentences] == [
        ["a"],
        [],
        ["b"],
        [],
    ]


def test_the_list_of_references_is_no_prose() -> None:
    """Its entries are known works, and no citations."""
    text = "Smith (2018) says.\n\n# References\n\nSmith, J. (2018). A book.\n\nBair, J. 2009. Another (1999).\n"
    manuscript = _read(text)

    assert manuscript.listed == ("smith j 2018", "bair j 2009")
    assert len(manuscript.citations) == 1


def test_a_header_names_bibliographies_and_references() -> None:
    """Pandoc's header and LaTeX's commands name files; references inside the header have keys."""
    header = "---\nbibliography:\n  - a.bib\n  - 'b.json'\nreferences:\n- id: own-2001\n---\n\nText.\n"
    latex = "\\addbibresource{c.bib} % \\addbibresource{no.bib}\n\\begin{document}\n\\bibliography{d,e}\\end{document}"

    assert _read(header).bibliographies == ("a.bib", "b.json")
    assert _read(header).defined == {"own-2001"}
    assert _read(latex, "x.tex").bibliographies == ("c.bib", "d", "e")


def test_included_files_are_read_too(tmp_path: Path) -> None:
    """What a LaTeX file includes is read as a file of its own, once, and a circle does not go on for ever."""
    (tmp_path / "main.tex").write_text(
        "\\begin{document}\\cite{a}\\input{part}\\include{none}\\end{document}", encoding="utf-8"
    )
    (tmp_path / "part.tex").write_text("\\cite{b}\\input{main}\\input{part}", encoding="utf-8")
    parts = reading.read(tmp_path / "main.tex")

    assert [[one.key for one in part.citations] for part in parts] == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.md", b"", "is empty"),
        ("a.md", b"a\0b", "is no text: it has zero bytes"),
        ("a.md", b"one\ncaf\xe9", "is not UTF-8: see line 2"),
        ("a.pdf", b"%PDF", "is in no format that can be proofread; there are: .md"),
        ("a.docx", b"PK\x03\x04junk", "is no .docx: it is no archive"),
        ("a.md", b"a " * 25_000_000, "has 50 MB; a manuscript of more than 2 MB is not read"),
    ],
)
def test_what_cannot_be_read_is_said(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    """Each unreadable file has a message that says why and what to do."""
    (tmp_path / name).write_bytes(content)

    with pytest.raises(FilieraError, match=said.replace(".", r"\.")):
        reading.read(tmp_path / name)


@given(st.text(alphabet=st.sampled_from("a@[](){};:,.\\`$<>!-*_^~#|\n\t 2006é😀"), max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    """No text, however broken, raises; every place lies in the text, and sentences follow one another."""
    for file in ("x.md", "x.tex"):
        manuscript = _read(text, file)
        ends = [0, *(one.end for one in manuscript.sentences)]

        assert all(0 <= one.start <= one.end <= len(text) for one in manuscript.citations)
        assert all(before <= one.start for before, one in zip(ends, manuscript.sentences, strict=False))


@given(st.text(alphabet=st.sampled_from("ab é😀\u0301\n"), max_size=40), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_places_of_editors_lead_back_to_the_same_character(text: str, encoding: str) -> None:
    """Every offset, turned into a position and back, is the same; Python's own codecs count the units."""
    lines = Lines(text)

    for offset in range(len(text) + 1):
        line, units = lines.position(offset, encoding)
        before = text[:offset].rpartition("\n")[2]

        assert lines.offset(line, units, encoding) == offset
        assert units == len(before.encode(f"{encoding}-le" if encoding != "utf-8" else encoding)) // UNIT[encoding]
