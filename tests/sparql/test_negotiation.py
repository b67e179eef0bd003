"""Which format is chosen for which header Accept."""

from __future__ import annotations

import pytest

from filiera.sparql.negotiation import GRAPHS, SHORT_NAMES, TABLES, Choice, choose, prefers_page

JSON, XML, CSV, TSV = TABLES[:4]
TURTLE, NTRIPLES, JSONLD, RDFXML = GRAPHS[:4]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "table", "graph"),
    [
        ("", JSON, TURTLE),
        ("*/*", JSON, TURTLE),
        ("application/*", JSON, NTRIPLES),
        ("text/*", CSV, TURTLE),
        (CSV, CSV, None),
        (RDFXML, None, RDFXML),
        ("image/png", None, None),
        ("TEXT/CSV", CSV, None),
        ("application/json", "application/json", "application/json"),
        ("application/xml", "application/xml", "application/xml"),
        (f"{XML};q=0.2, {CSV};q=0.9", CSV, None),
        (f"{XML}; q=0.9 ,{CSV} ;Q=0.2", XML, None),
        (f"{TSV}, {CSV}", TSV, None),
        (f"{CSV};q=0, */*", JSON, TURTLE),
        (f"{JSON};q=0, application/*;q=0.1", XML, NTRIPLES),
        (f"*/*, {TSV}", TSV, TURTLE),
        (f"*/*;q=0.1, {TSV};q=0.05", JSON, TURTLE),
        (f"{CSV};header=present;q=0.5, {JSON};q=0.4", CSV, None),
        (f'{JSONLD};profile="a,b;q=0", {TURTLE};q=0.5', None, JSONLD),
        (f"{CSV};q=nonsense, {JSON};q=0.9", CSV, None),
        (f",, ;,{CSV},", CSV, None),
        ("text/turtle, application/sparql-results+json", JSON, TURTLE),
        ("*/*;q=0", None, None),
    ],
)
def test_the_best_accepted_format_is_chosen(accept: str, table: str | None, graph: str | None) -> None:
    """Quality decides, then how closely a range fits, then the order of the header, then that of the offers."""
    assert choose(accept) == Choice(table, graph)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (BROWSER, True),
        ("text/html", True),
        ("text/html, */*", True),
        ("", False),
        ("*/*", False),
        ("text/*", False),
        (f"{JSON}, text/html;q=0.5", False),
        ("text/html;q=0", False),
    ],
)
def test_only_who_names_html_first_gets_a_page(accept: str, expected: bool) -> None:  # noqa: FBT001
    """A program that takes anything gets data; a browser gets the page."""
    assert prefers_page(accept) is expected


def test_every_format_has_a_short_name() -> None:
    """The URL parameter `format` reaches every format, and nothing that is not one."""
    reached = {media_type for accept in SHORT_NAMES.values() for media_type in accept.split(", ")}

    assert reached == {*TABLES[:4], *GRAPHS[:4]}
