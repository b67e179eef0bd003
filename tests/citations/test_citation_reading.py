"""A citation in a text is taken apart: who, when, where in the work, and what stands around."""

from __future__ import annotations

import pytest

from filiera.citations.reading import Reading, readings, split


def names(reading: Reading) -> list[str]:
    """Return the words between joints."""
    return [" ".join(word.text for word in chunk if not word.initials) for chunk in reading.names]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Giuliani et al 2005", (["giuliani"], ("2005",))),
        ("(De Marchi & Grandinetti, 2012)", (["de marchi", "grandinetti"], ("2012",))),
        ("gereffi bair 2001", (["gereffi bair"], ("2001",))),
        ("Humphrey e Schmitz 2002", (["humphrey", "schmitz"], ("2002",))),
        ("Sabel's (2003)", (["sabel"], ("2003",))),
        ("GEREFFI 1999", (["gereffi"], ("1999",))),
        ("1999 Gereffi", (["gereffi"], ("1999",))),
        ("Piore and Sabel ’84", (["piore", "sabel"], ("1984",))),
        ("Marx [1867] 1976", (["marx"], ("1867", "1976"))),
        ("Marx 1867/1976", (["marx"], ("1867", "1976"))),
        ("Lazzeretti (1947-2001)", (["lazzeretti", "1947 2001"], ())),
        ("Rossi ed Abbate 2005", (["rossi", "abbate"], ("2005",))),
    ],
)
def test_who_and_when(text: str, expected: tuple[list[str], tuple[str, ...]]) -> None:
    """Names come without joints, marks and possessives; a year is a year in whatever dress."""
    reading = readings(text)[0]

    assert (names(reading), reading.years) == expected


@pytest.mark.parametrize("text", ["Gereffi, G. (1999)", "G. Gereffi 1999", "Gereffi G 1999"])
def test_initials_are_told_from_names(text: str) -> None:
    """A letter, or two or three capitals among small letters, may be initials."""
    words = readings(text)[0].words

    assert [(word.text, word.initials) for word in sorted(words, key=lambda word: -len(word.text))] == [
        ("gereffi", False),
        ("g", True),
    ]


@pytest.mark.parametrize(
    "text", ["Giuliani et al. 2005", "Giuliani & al. 2005", "Giuliani e altri, 2005", "Giuliani and colleagues (2005)"]
)
def test_others_are_a_hint(text: str) -> None:
    """That there are more authors is read in several languages, and is no name."""
    reading = readings(text)[0]

    assert (names(reading), reading.et_al) == (["giuliani"], True)


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("Gaggio 2006, p. 23", "p. 23"),
        ("Gaggio 2006, pp. 23-25", "pp. 23-25"),
        ("Gaggio (2006: 23)", "23"),
        ("Gaggio (2006, 23–25, 31)", "23–25, 31"),
        ("Gaggio 2006, sec. 5.1", "sec. 5.1"),
        ("Gaggio 2006, § 4", "§ 4"),
        ("Gaggio 2006, pp. xii-xv", "pp. xii-xv"),
        ("Gaggio 2006, table 3", "table 3"),
        ("@gaggio-2006, p. 23", "p. 23"),
        ("(Gaggio 2006), fn. 12", "fn. 12"),
        ("Gaggio 2006, 2007, p. 3", "p. 3"),
        ("Gaggio 2006, 2007", ""),
        ("Gaggio, D. (2006). Pyramids of Trust. Enterprise & Society, vol. 7, no. 1, pp. 19-58", ""),
        ("Wang, P. Li & S. Vi 2005", ""),
    ],
)
def test_a_place_in_the_work_is_read(text: str, locator: str) -> None:
    """Pages and other places are read behind the year or the key; names before it are none."""
    assert readings(text)[0].locator == locator


def test_several_citations_in_a_text_are_several() -> None:
    """Semicolons and years part citations, and each keeps what stands before it and its place."""
    text = "(see Gaggio 2006, pp. 23-25, 2007; cf. Humphrey, J.; Schmitz, H. 2002; Brine, in press)"
    found = [reading for part in split(text) for reading in readings(part)]

    assert [(names(r)[0], r.years, r.undated, r.prefix) for r in found] == [
        ("gaggio", ("2006",), False, "see"),
        ("humphrey", ("2002",), False, "cf."),
        ("brine", (), True, ""),
    ]


def test_years_in_a_row_are_works_of_the_same_authors() -> None:
    """`2006, 2007` and `2003a, b` are two works each; a letter belongs to its year."""
    found = [(r.years, r.letter) for text in ("Gaggio 2006, 2007", "Sabel 2003a, b") for r in readings(text)]

    assert found == [(("2006",), ""), (("2007",), ""), (("2003",), "a"), (("2003",), "b")]


@pytest.mark.parametrize(
    "text", ["Brine n.d.", "Brine, s.d.", "Brine (forthcoming)", "Brine, in stampa", "Brine, undated"]
)
def test_a_work_without_a_year_says_so(text: str) -> None:
    """Words that stand for a year are read as there being none."""
    reading = readings(text)[0]

    assert (names(reading), reading.years, reading.undated) == (["brine"], (), True)
