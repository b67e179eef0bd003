"""A look-up says which works a citation means, and how sure that is and why."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from filiera.citations import Lookup, Reason


@pytest.mark.parametrize(
    ("text", "keys", "certain", "reason"),
    [
        ("odegard-strauss-2014", ["odegard-strauss-2014"], True, Reason.KEY),
        ("[@odegard-strauss-2014, p. 3]", ["odegard-strauss-2014"], True, Reason.KEY),
        ("[cf. above all @odegard-strauss-2014, p. 3]", ["odegard-strauss-2014"], True, Reason.KEY),
        ("see odegard-strauss-2014, p. 3", ["odegard-strauss-2014"], True, Reason.KEY),
        ("\\citep[see][p.~3]{odegard-strauss-2014}", ["odegard-strauss-2014"], True, Reason.KEY),
        ("\\autocite{odegard-strauss-2014}", ["odegard-strauss-2014"], True, Reason.KEY),
        ("@brien-1988, p. 3", ["brine-1988"], False, Reason.MISSPELT),
        ("https://w3id.org/filiera/works/odegard-2003a", ["odegard-2003a"], True, Reason.KEY),
        ("register-2010", ["harbour-register-2010"], True, Reason.OLD_KEY),
        ("DOI: 10.5555/LENS.2014.", ["odegard-strauss-2014"], True, Reason.IDENTIFIER),
        ("ISBN 978-0-00-000000-2", ["odegard-2003a"], True, Reason.IDENTIFIER),
        ("0-00-000000-0", ["odegard-2003a"], True, Reason.IDENTIFIER),
        ("www.example.org/lenses/", ["odegard-strauss-2014"], True, Reason.IDENTIFIER),
        ("Brine" + " " * 1_900 + "\t1988", ["brine-1988"], True, Reason.AUTHOR_YEAR),
        ("Ødegård, 2003b", ["odegard-2003b"], True, Reason.PRINTED),
        ("odegard 2003b, p. 3", ["odegard-2003b"], True, Reason.PRINTED),
        ("Strauß-O'Neill & Ødegård 2014", ["odegard-strauss-2014"], True, Reason.AUTHOR_YEAR),
        ("Ødegård Ł, Strauß-O'Neill A 2014", ["odegard-strauss-2014"], True, Reason.AUTHOR_YEAR),
        ("Aoife Strauss-ONeill and Lukasz Odegard 2014", ["odegard-strauss-2014"], True, Reason.AUTHOR_YEAR),
        ("Oedegaard & Strauss-ONeill 2014", ["odegard-strauss-2014"], True, Reason.AUTHOR_YEAR),
        ("Lenses for Lighthouses", ["odegard-strauss-2014"], True, Reason.TITLE),
        ("Brine, A Few More Lamps", ["brine-1988"], True, Reason.TITLE),
        ("Ødegård Ł. Learning by grinding. Torre Lume: Lume; 2003.", ["odegard-2003a"], False, Reason.PART_OF_TITLE),
        ("a few more", ["brine-1988"], False, Reason.PART_OF_TITLE),
        ("Ødegård 2003", ["odegard-2003a", "odegard-2003b"], False, Reason.SEVERAL),
        ("Odegrad & Strauss-ONeill 2014", ["odegard-strauss-2014"], False, Reason.MISSPELT),
        ("ONeill & Odegard 2014", ["odegard-strauss-2014"], False, Reason.PART_OF_NAME),
        ("Odegard 2014", ["odegard-strauss-2014"], False, Reason.AUTHORS),
        ("Odegard, Strauss-ONeill et al. 2014", ["odegard-strauss-2014"], False, Reason.AUTHORS),
        ("Odegard, M., & Strauss-ONeill 2014", ["odegard-strauss-2014"], False, Reason.AUTHORS),
        ("Odegard & Strauss-ONeill 2015", ["odegard-strauss-2014"], False, Reason.YEAR),
        ("Brine 1990", ["brine-1988", "brine-1987", "brine-undated"], False, Reason.YEAR),
        ("Strauß-O'Neill 2003b", ["strauss-oneill-2003"], False, Reason.LETTER),
        ("lenses for lighthosues", ["odegard-strauss-2014"], False, Reason.PART_OF_TITLE),
        (
            "Ødegård & Strauß-O'Neill 2014. On something else altogether",
            ["odegard-strauss-2014"],
            False,
            Reason.OTHER_TITLE,
        ),
        ("10.5555/none", [], False, Reason.NOTHING),
        ("Nobody 2014", [], False, Reason.NOTHING),
        ("", [], False, Reason.NOTHING),
    ],
)
def test_what_is_found_is_as_certain_as_it_is(
    text: str,
    keys: list[str],
    certain: bool,  # noqa: FBT001  a column of the table
    reason: Reason,
    database: sqlite3.Connection,
) -> None:
    """Whatever could be meant is found, in order; only what nothing speaks against is certain."""
    match = Lookup(database).find(text)

    assert (set(match.keys), match.certain, match.reason) == (set(keys), certain, reason)
    assert match.keys[:1] == tuple(keys[:1])


def test_what_was_put_right_is_told(database: sqlite3.Connection) -> None:
    """A misspelt name is given with the one that is meant."""
    match = Lookup(database).find("Odegrad & Strauss-ONeill 2014")

    assert match.corrections == (("odegrad", "odegard"),)


def test_several_citations_are_each_looked_up(database: sqlite3.Connection) -> None:
    """Each citation of a text has its own answer, also where no semicolon stands between them."""
    found = Lookup(database).find_all("see Brine 1988, p. 2; Ødegård & Strauß-O’Neill 2014 and Brine 1987; Nobody 2001")

    assert [(match.keys, match.locator) for match in found] == [
        (("brine-1988",), "p. 2"),
        (("odegard-strauss-2014",), ""),
        (("brine-1987",), ""),
        ((), ""),
    ]


def test_a_title_behind_the_year_settles_a_choice(database: sqlite3.Connection) -> None:
    """Of two works of one author and year, the one whose title follows is meant."""
    match = Lookup(database).find("Ødegård, Ł. (2003). Learning by grinding. Torre Lume: Lume University Press.")

    assert (match.keys, match.certain) == (("odegard-2003a",), True)


@pytest.mark.kb
@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Bair 2009", ["bair-2009", "bair-2009-frontiers"]),
        ("Giuliani et al. 2005", ["giuliani-pietrobelli-rabellotti-2005", "giuliani-rabellotti-vandijk-2005"]),
        ("Guiliani et al. 2005", ["giuliani-pietrobelli-rabellotti-2005", "giuliani-rabellotti-vandijk-2005"]),
        ("De Marchi & Grandinetti (2012, p. 3)", ["de-marchi-grandinetti-2012", "unioncamere-veneto-2012"]),
    ],
)
def test_ambiguity_is_never_settled(text: str, keys: list[str], real_engines: dict[str, Any]) -> None:
    """A chapter or a book, an article or a book: both are shown, in whatever dress the citation comes."""
    match = Lookup(real_engines["sql"].connection).find(text)

    assert (list(match.keys), match.certain) == (keys, False)


@pytest.mark.kb
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Oliver et al., 2008", "hervas-oliver-et-al-2008"),
        ("Bair (ed.) 2009", "bair-2009-frontiers"),
        ("Bair 2009 Frontiers", "bair-2009-frontiers"),
        ("the innovators dilemma", "christensen-1997"),
        ("Federazione distretti Italiani, 2010", "federazione-distretti-italiani-2010"),
        ("Gereffi 2005", "gereffi-2005"),
        ("Gereffi et al. 2005", "gereffi-humphrey-sturgeon-2005"),
        ("gereffi bair 2001", "bair-gereffi-2001"),
    ],
)
def test_hints_tell_works_apart(text: str, key: str, real_engines: dict[str, Any]) -> None:
    """The number of authors, "ed.", a word of the title, and what documents print, tell which work is meant."""
    match = Lookup(real_engines["sql"].connection).find(text)

    assert (match.keys, match.certain) == ((key,), True)


@pytest.mark.kb
@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Triglia 2001", "trigilia-2001-stato-e-mercato"),
        ("marchi lee gereffi 2014", "de-marchi-lee-gereffi-2014"),
        ("DeMarchi, Lee & Gereffi 2014", "de-marchi-lee-gereffi-2014"),
        ("FDI 2010", "federazione-distretti-italiani-2010"),
        ("Rabellotti, Giuliani & Dijk 2005", "giuliani-rabellotti-vandijk-2005"),
        ("gagio-2006", "gaggio-2006"),
        ("Giuliani 2005", "giuliani-pietrobelli-rabellotti-2005"),
    ],
)
def test_what_is_not_quite_so_is_offered(text: str, key: str, real_engines: dict[str, Any]) -> None:
    """A known misprint, a missing particle, an acronym and a misspelt key lead to the work, and never for certain."""
    match = Lookup(real_engines["sql"].connection).find(text)

    assert (match.keys[:1], match.certain) == ((key,), False)
