"""What a writer means, and how it is cited, on the invented records."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from filiera import citations
from filiera.errors import NotFoundError
from filiera.paths import Project


@pytest.mark.parametrize(
    ("wanted", "key"),
    [
        ("odegard-strauss-2014", "odegard-strauss-2014"),
        ("@odegard-strauss-2014", "odegard-strauss-2014"),
        ("[@odegard-strauss-2014]", "odegard-strauss-2014"),
        ("10.5555/lens.2014", "odegard-strauss-2014"),
        ("https://doi.org/10.5555/LENS.2014", "odegard-strauss-2014"),
        ("doi: 10.5555/lens.2014", "odegard-strauss-2014"),
        ("Ødegård & Strauß-O’Neill, 2014", "odegard-strauss-2014"),
        ("(Odegard and Strauss-ONeill 2014)", "odegard-strauss-2014"),
        ("Strauss-ONeill & Odegard (2014)", "odegard-strauss-2014"),
        ("Ødegård, 2003b", "odegard-2003b"),
        ("Harbour Register (2010)", "harbour-register-2010"),
        ("register-2010", "harbour-register-2010"),
    ],
)
def test_a_work_is_found_in_any_dress(wanted: str, key: str, database: sqlite3.Connection) -> None:
    """A key, an old key, a DOI, and an author-year text with any marks, joints and order lead to the work."""
    found = citations.cite(database, wanted)

    assert ([work.key for work in found.works], found.certain) == ([key], True)


def test_et_al_of_two_authors_is_a_contradiction(database: sqlite3.Connection) -> None:
    """A work of two is offered for "et al.", which says that there are three or more; it is not certain."""
    found = citations.Lookup(database).find("Odegard et al. 2014")

    assert (found.keys, found.certain, found.reason) == (("odegard-strauss-2014",), False, citations.Reason.AUTHORS)


def test_two_works_of_one_author_and_year_are_a_choice(database: sqlite3.Connection) -> None:
    """Where author and year fit several works, all are shown and none is chosen."""
    found = citations.cite(database, "Ødegård 2003")

    assert ([work.key for work in found.works], found.certain) == (["odegard-2003a", "odegard-2003b"], False)
    assert found.remark == "'Ødegård 2003' can mean any of these; choose by key"


def test_a_citation_with_alternatives_is_a_choice(database: sqlite3.Connection) -> None:
    """The works that the same citation could mean are shown with it."""
    found = citations.cite(database, "Brine, undated")

    assert [work.key for work in found.works] == ["brine-undated", "brine-1988", "brine-1987"]
    assert not found.certain


def test_a_misspelt_name_is_offered_and_never_certain(database: sqlite3.Connection) -> None:
    """A slip of the pen leads to an offer that says it is one."""
    found = citations.cite(database, "Odegrad 2014")

    assert ([work.key for work in found.works], found.certain) == (["odegard-strauss-2014"], False)
    assert found.remark == "no work is cited as 'Odegrad 2014'; did you mean this?"


def test_doubtful_works_carry_a_warning(database: sqlite3.Connection) -> None:
    """A work whose data are from memory, or that is not identified, is cited with a warning; a sure one without."""
    keys = ("brine-1987", "brine-undated", "odegard-2003a")

    assert [citations.work(database, key).warning for key in keys] == [
        "the data of this work are from memory; check them before you print them",
        "it is not known which work this is; look it up before you cite it",
        "",
    ]


@pytest.mark.parametrize(
    ("key", "in_text", "reference"),
    [
        (
            "odegard-strauss-2014",
            "Ødegård & Strauß-O'Neill 2014",
            (
                "Ødegård, Łukasz; Strauß-O'Neill, Aoife. 2014. Lenses for Lighthouses: Two Harbours Compared. "
                "Journal of Invented Harbours, 7(1-2), 101-124, 130. Lume University Press. "
                "https://doi.org/10.5555/lens.2014."
            ),
        ),
        (
            "strauss-oneill-2003",
            "Strauß-O'Neill 2003",
            "Strauß-O'Neill, Aoife. 2003. Do Small Workshops Learn?",
        ),
        ("brine-undated", "Brine n.d.", "Brine. n.d. [title not known]."),
    ],
)
def test_a_reference_gives_what_is_known(key: str, in_text: str, reference: str, database: sqlite3.Connection) -> None:
    """A plain reference has every part that is known, in order, and no empty brackets."""
    work = citations.work(database, key)

    assert (work.in_text, work.reference, work.pandoc) == (in_text, reference, f"[@{key}]")


@pytest.mark.parametrize(
    ("wanted", "warning"),
    [
        ("Ødegård & Strauß-O'Neill 2014, p. 999", "page 999 is outside of it: it has pages "),
        ("odegard-strauss-2014, pp. 2-3", "pages 2-3 are outside of it: it has pages "),
        ("odegard-strauss-2014, sec. 999", ""),
        ("odegard-strauss-2014, Box 999", ""),
        ("odegard-strauss-2014", ""),
    ],
)
def test_a_page_outside_of_the_work_is_warned_of(wanted: str, warning: str, database: sqlite3.Connection) -> None:
    """The right page is half of a citation: one that the work does not have is said so."""
    (found,) = citations.cite(database, wanted).works

    assert found.warning.startswith(warning)
    assert bool(found.warning) == bool(warning)


def test_words_lead_to_claims_with_their_place(database: sqlite3.Connection) -> None:
    """Words give the claims that say so, with the place, what they rest on and how they stand to others."""
    claim = citations.cite(database, "workshops take up design").claims[0]

    assert (claim.key, claim.pandoc) == ("os14-2-workshops-draw", "[@odegard-strauss-2014, sec. 2]")
    assert claim.places[0] == "section 2, page 104: “They drew lenses of their own … paid more for them”"
    assert [work.key for work in claim.rests_on] == ["odegard-2003b", "odegard-2003a", "strauss-oneill-2003"]
    assert [(relation.says, relation.key, relation.by) for relation in claim.relations] == [
        ("qualifies", "os14-2-companies-decide", "source"),
        ("supports", "os14-3-back-to-lamps", "curator"),
    ]


def test_nothing_alike_is_said_so(database: sqlite3.Connection) -> None:
    """What nothing here is like is answered in a sentence."""
    with pytest.raises(NotFoundError, match="nothing here is like 'zzz qqq'"):
        citations.cite(database, "zzz qqq")
    with pytest.raises(NotFoundError, match=r"no work here has the DOI '10\.5555/none'"):
        citations.cite(database, "10.5555/none")


def test_the_command_prints_the_choice_and_says_so_by_its_exit_code(built: Project, run: Callable[..., Any]) -> None:
    """`filiera cite` ends with 0 for one work, with 1 where the writer has to choose, and prints no traceback."""
    one = run("cite", "Brine", "1988", cwd=built.kb.parent)
    several = run("cite", "Ødegård 2003", "--format", "json", cwd=built.kb.parent)

    assert (one.code, one.out.splitlines()[0]) == (0, "Brine 1988  [@brine-1988]")
    assert (several.code, [w["key"] for w in json.loads(several.out)["works"]]) == (
        1,
        ["odegard-2003a", "odegard-2003b"],
    )
