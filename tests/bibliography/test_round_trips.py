"""What is written in a format and read again is the same work, with the same people and nothing left over.

What the formats have no field for stands in the annotation, so that the table of what they cannot hold is short.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.bibliography import csl, libraries
from filiera.bibliography.libraries import Entry
from filiera.bibliography.works import Taker
from filiera.schema import Schema

FORMATS = ("bibtex", "biblatex", "ris", "csl-json")

Invented = tuple[dict[str, Any], list[tuple[str, dict[str, str]]]]
Strategy = Callable[[], st.SearchStrategy[Invented]]

#: Why a text of a title or a name comes back as another; the invented works have none of them.
CANNOT_HOLD = [
    (FORMATS, "title", "two  blanks", "two blanks", "records fold white space"),
    (FORMATS, "title", "a\N{NO-BREAK SPACE}b", "a b", "the same"),
    (FORMATS, "title", "e\N{COMBINING ACUTE ACCENT}", "é", "records are in Unicode's composed form"),
    (FORMATS, "title", "<i>Ben</i>", "Ben", "CSL-JSON has markup in titles, which records have not"),
    (("bibtex", "biblatex"), "title", "[title not known]", None, "it stands for a title that is not known"),
    (("bibtex", "biblatex"), "genre", "Report", None, "it stands for a genre that is not known, in a report"),
]


@pytest.mark.parametrize("format_", FORMATS)
@settings(settings.get_profile("bibliography"), max_examples=200)
@given(data=st.data())
def test_an_invented_work_comes_back(
    format_: str,
    data: st.DataObject,
    invented: Strategy,
    item_of: Callable[..., csl.Item],
    read_back: Callable[..., Any],
) -> None:
    """Works of all types, with all fields, dates, signs and sorts of name, come back whole from every format."""
    work, named = data.draw(invented())
    taken, left = read_back(format_, item_of(work, named))

    assert (taken.data, left) == (work, [])
    assert {part: taken.named(part) for part, _ in named} == {
        part: [person for one, person in named if one == part] for part, _ in named
    }
    assert len(taken.people) == len(named)


@pytest.mark.parametrize("row", CANNOT_HOLD, ids=lambda row: row[4])
def test_what_cannot_be_held_is_in_the_table(
    row: tuple[tuple[str, ...], str, str, str | None, str],
    item_of: Callable[..., csl.Item],
    read_back: Callable[..., Any],
) -> None:
    """A row of the table still tells the truth: the value comes back as the other one."""
    formats, field, value, back, reason = row
    work = {"type": "report", "title": "A Title", field: value}

    assert {read_back(one, item_of(work, []))[0].data.get(field) for one in formats} == {back}, reason


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize("base", ["tiny", pytest.param("real", marks=pytest.mark.kb)])
def test_every_work_of_a_base_comes_back(
    format_: str, base: str, bases: Callable[[str], Any], exported: Callable[..., Path], known: Schema
) -> None:
    """All works of the tiny and of the real base come back with their keys, in their order, whole."""
    taker = Taker(known)
    items = list(csl.items(bases(base)))
    entries = list(libraries.open_library(exported(base, format_)).entries)

    assert [entry.key for entry in entries if isinstance(entry, Entry)] == [item["id"] for item in items]
    for entry, item in zip(entries, items, strict=True):
        assert isinstance(entry, Entry)
        back, original = taker.taken(entry.item), taker.taken(item)
        assert (back.data, entry.left, back.left) == (original.data, [], [])
        assert sorted(back.people, key=str) == sorted(original.people, key=str)
