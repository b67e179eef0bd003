"""Whatever is put into an address, the answer is a page or a sentence, never a fault of the program."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest

Ask = Any

#: What breaks programs: bytes that are no text, signs of SQL, HTML, regular expressions and full-text search, numbers
#: that are none, and more than anyone would write.
BAD = (
    *("%00", "a%00b", "%ff%fe", "%ED%A0%80", "..%2f..", "%25", "%20", "%0d%0a"),
    *(
        quote(text)
        for text in (
            "'",
            '"',
            "*",
            "\\",
            "NEAR(",
            "AND",
            "-",
            "<b>",
            "\u2028",
            "𝔸",
            "1e9",
            "-1",
            "0",
            "²",
            "٣",
            "a" * 499,
        )
    ),
)

#: Every way into the program by an address; X is where something bad goes.
PLACES = (
    *("/X", "/works?page=X", "/works/X", "/works/X.json", "/works/odegard-strauss-2014.X", "/schema?X"),
    *("/search?q=X", "/search?q=fog&kind=X", "/ask/X", "/ask/claims-about?subject=X", "/ask/claims-about?X=1"),
    *("/ask/claims-about.csv?subject=X", "/cite?q=X", "/cite?work=X", "/cite?work=odegard-strauss-2014&style=X"),
    *("/cite?work=odegard-strauss-2014&style=apa&locator=X", "/map?X=X", "/plots?indicator=X", "/plots?subject=X"),
    *("/timeline?district=X", "/graph/X", "/compare/X", "/compare/cases?X=1", "/compare/districts?indicators=X"),
)


@pytest.mark.parametrize("place", PLACES)
def test_nothing_in_an_address_is_a_fault_of_the_program(site: Ask, place: str) -> None:
    """Each answer is found, moved, not found or refused, and repeats nothing as markup."""
    answers = {bad: site.get(place.replace("X", bad)) for bad in BAD}

    assert {bad: a.status_code for bad, a in answers.items() if a.status_code not in {200, 301, 302, 400, 404}} == {}
    assert [bad for bad, answer in answers.items() if "<b>" in answer.text and bad == quote("<b>")] == []
