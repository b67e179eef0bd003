"""What Pandoc is given is mended where manuals ask for it, and nowhere else."""

from __future__ import annotations

from typing import Any

import pytest

from filiera.styles import catalogue, mending
from filiera.styles.markup import convert
from filiera.styles.rendering import reference_list, render

Item = dict[str, Any]


def reference(item: Item, style: str, locale: str = "") -> str:
    """Return the reference of a work as plain text."""
    return convert(
        render([{"id": "x", "type": "article-journal"} | item], catalogue.find(style), (), locale)[0].reference, "text"
    )


@pytest.mark.parametrize(
    ("title", "style", "expected"),
    [
        ("Bridges between districts", "mla", "Bridges between Districts"),
        ("Bridges between districts", "chicago", "Bridges Between Districts"),
        ("More about less than that", "chicago", "More About Less than That"),
        ("Between districts: Without borders, within", "mla", "Between Districts: Without Borders, Within"),
        ("Life: between places", "mla", "Life: Between Places"),
        ("The Between People", "mla", "The Between People"),
        ("Bridges between districts", "apa", "Bridges between districts"),
    ],
)
def test_small_words_of_titles_are_those_of_the_manual(title: str, style: str, expected: str) -> None:
    """MLA has prepositions in lower case, Chicago 18 short ones; the first, the last and names keep their capital."""
    assert expected in reference({"title": title, "language": "en"}, style)


def test_a_title_in_another_language_keeps_its_case() -> None:
    """What is not English is not set in capitals, whatever its words look like in English."""
    title = "Lavoro per conto terzi: una storia"

    assert title in reference({"title": title, "language": "it"}, "chicago")
    assert title in reference({"title": title, "language": "it"}, "mla")


@pytest.mark.parametrize(
    ("item", "style", "locale", "expected"),
    [
        ({"type": "report", "number": "12/2014"}, "apa", "", "(No. 12/2014)"),
        ({"type": "report", "number": "12/2014", "genre": "Working Paper"}, "apa", "", "(Working Paper No. 12/2014)"),
        ({"type": "report", "number": "144", "genre": "Working Paper"}, "apa", "", "(Working Paper No. 144)"),
        ({"type": "report", "number": "12/2014"}, "apa", "it-IT", "(12/2014)"),
        ({"type": "report", "number": "12/2014"}, "harvard", "", ". 12/2014."),
        ({"container-title": "J", "volume": "2", "issue": "3-4"}, "apa", "", "2(3–4)"),
    ],
)
def test_numbers_are_labelled_and_joined_as_in_print(item: Item, style: str, locale: str, expected: str) -> None:
    """A number with a slash is labelled where the style labels numbers and the text is English; ranges have a dash."""
    assert expected in reference({"title": "T"} | item, style, locale)


@pytest.mark.parametrize(("author", "times"), [("Ministry of Crafts", 1), ("Another Ministry", 2)])
def test_apa_names_an_author_once_who_is_the_publisher_too(author: str, times: int) -> None:
    """A publisher of another name stays."""
    item = {"type": "report", "title": "T", "author": [{"literal": author}], "publisher": "Ministry of Crafts"}

    assert reference(item, "apa").count("Ministry") == times
    assert reference(item, "chicago").count("Ministry") == 2


def test_the_work_itself_is_not_changed() -> None:
    """Who hands a work over has it as it was."""
    item = {
        "id": "x",
        "type": "report",
        "title": "A b than c",
        "issue": "1-2",
        "author": [{"family": "O'X", "suffix": "Jr."}],
    }
    before = repr(item)
    for name in catalogue.COMMON:
        mending.listed(mending.item(item, catalogue.find(name), ""))

    assert repr(item) == before


@pytest.mark.parametrize("style", ["apa", "mla"])
def test_names_are_sorted_without_their_apostrophes(style: str) -> None:
    """O'Neill stands between Okafor and Ozil, and is printed with its apostrophe."""
    names = ["Ozil", "O'Neill", "Observatory", "Okafor", "O’Brien"]
    items = [{"id": name, "type": "book", "title": "T", "author": [{"family": name, "given": "A"}]} for name in names]
    listed = reference_list(items, catalogue.find(style))

    assert [key for key, _ in listed] == ["O’Brien", "Observatory", "Okafor", "O'Neill", "Ozil"]
    assert [text.partition(",")[0] for _, text in listed] == ["O’Brien", "Observatory", "Okafor", "O’Neill", "Ozil"]
