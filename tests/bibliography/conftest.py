"""Invented works of every type, with everything that a field can hold."""

from __future__ import annotations

import shutil
import sqlite3
import string
import unicodedata
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

import pypandoc
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from filiera.bibliography import csl, formats, libraries
from filiera.bibliography.libraries import Entry
from filiera.bibliography.names import csl_name
from filiera.bibliography.works import MARKUP, Taker
from filiera.engines import connect
from filiera.paths import Project
from filiera.schema import Schema

#: The same examples every time, so that a failure is the change's and not the day's.
settings.register_profile(
    "bibliography", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)

#: Signs that mean something to LaTeX, to RIS, to JSON or to YAML, and letters that LaTeX writes as commands.
SIGNS = "&%#$_{}\\~^\"'`<>@,;:.-–—()[]!?/|*+=“”‘’«»…°"
LETTERS = "łŁøØßæœðþđıİŠčéèñüçãőąřŽΑβЖя中Ẽḿǹ"

Work = dict[str, Any]


def words(signs: str = SIGNS) -> st.SearchStrategy[str]:
    """Return texts of some words, white space folded as records have it."""
    alphabet = string.ascii_letters + string.digits + LETTERS + signs
    word = st.text(alphabet, min_size=1, max_size=8)
    text = st.lists(word, min_size=1, max_size=4).map(" ".join).map(lambda text: unicodedata.normalize("NFC", text))
    return text.filter(lambda text: any(c.isalnum() for c in text) and not csl_markup(text))


def csl_markup(text: str) -> bool:
    """Tell whether CSL-JSON would take a part of a text for markup."""
    return bool(MARKUP.search(text))


def dates() -> st.SearchStrategy[str]:
    """Return dates of all sorts that a record may have."""
    year = st.integers(1500, 2024)
    one = st.one_of(
        year.map(str),
        st.tuples(year, st.integers(1, 12)).map(lambda d: f"{d[0]}-{d[1]:02}"),
        st.tuples(year, st.integers(21, 24)).map(lambda d: f"{d[0]}-{d[1]}"),
        st.tuples(year, st.integers(1, 12), st.integers(1, 28)).map(lambda d: f"{d[0]}-{d[1]:02}-{d[2]:02}"),
        st.tuples(year, st.sampled_from("~?%")).map(lambda d: f"{d[0]}{d[1]}"),
        st.sampled_from(("193X", "13XX", "200X")),
    )
    later = st.sampled_from(("", "..", "2024", "2024-05", "2024~", "202X"))
    return st.one_of(one, st.tuples(one, later).map("/".join))


def people() -> st.SearchStrategy[list[Work]]:
    """Return people and organisations as records have them."""
    part = words("'-.").filter(lambda text: text[0].isupper())
    particle = st.sampled_from(("", "van ", "de la "))
    person = st.fixed_dictionaries(
        {"type": st.just("person"), "family": st.tuples(particle, part).map("".join)},
        optional={"given": part, "suffix": st.sampled_from(("Jr.", "III"))},
    ).filter(lambda person: "suffix" not in person or "given" in person)
    body = st.fixed_dictionaries({"type": st.just("organisation"), "literal": words("&%#_,'.-").filter(_is_name)})
    return st.lists(st.one_of(person, body), min_size=1, max_size=3)


def _is_name(text: str) -> bool:
    return text[0].isalnum() and text[-1].isalnum()


def works(known: Schema) -> st.SearchStrategy[tuple[Work, list[tuple[str, Work]]]]:
    """Return the data of works as the schema has them, with their people by field or role."""
    text = words()
    scalars: dict[str, st.SearchStrategy[Any]] = {
        name: text
        for name, field in known.kinds["works"].fields.items()
        if field.range == "Name" and not field.many and name not in {"PMID", "PMCID"}
    }
    scalars |= dict.fromkeys(csl.DATES, dates()) | {
        "DOI": st.sampled_from(("10.5555/a_b%20c", "10.1002/(SICI)1097-0266(199704)18:4<303::AID-SMJ869>3.0.CO;2-G")),
        "ISBN": st.sampled_from(("978-0-00-000000-2", "0-691-12697-6")),
        "ISSN": st.just("0000-0019"),
        "URL": st.sampled_from(("https://example.org/a_b?c=%20&d=1#e~f", "http://example.org/ü")),
        "page": st.sampled_from(("1", "101-124", "101-124, 130", "xii-xv", "e12", "S1-S9")),
        "PMID": st.just("12345"),
        "PMCID": st.just("PMC12345"),
        "language": st.sampled_from(("en", "en-GB", "it", "de", "pt-BR", "no", "zh-Hant", "grc")),
        "keywords": st.lists(words("&%-'"), min_size=1, max_size=3, unique=True),
        "note": text,
        "verification": st.sampled_from(("recalled", "unresolved")),
    }
    parts = st.lists(st.sampled_from((*csl.PEOPLE, *known.enums["ContributorRole"].values)), unique=True, max_size=5)
    named = parts.flatmap(lambda some: st.tuples(*(st.tuples(st.just(part), people()) for part in some)))
    flat = named.map(lambda them: [(part, person) for part, persons in them for person in persons])
    type_ = st.sampled_from(list(known.enums["WorkType"].values))
    return st.tuples(st.fixed_dictionaries({"type": type_}, optional=scalars), flat.filter(_are_told_apart))


def _are_told_apart(named: list[tuple[str, Work]]) -> bool:
    """Tell whether no organisation is called as a person of the same work is who has one name."""
    return not {p.get("literal") for _, p in named} & {p["family"] for _, p in named if "family" in p}


def item_of(work: Work, named: list[tuple[str, Work]]) -> csl.Item:
    """Return the item of an invented work, as if it were in a base."""
    keys = {f"p{number}": csl_name(person) for number, (_, person) in enumerate(named)}
    data: Work = {"id": "invented-1900", "verification": "confirmed"} | work
    for number, (part, _) in enumerate(named):
        if part in csl.PEOPLE:
            data.setdefault(part, []).append(f"p{number}")
        else:
            data.setdefault("contributors", []).append({"author": f"p{number}", "role": part})
    return csl.item_of(data, keys)


@pytest.fixture(scope="session")
def invented(known: Schema) -> Callable[[], st.SearchStrategy[tuple[Work, list[tuple[str, Work]]]]]:
    """Return a function that gives the strategy of invented works, made once."""
    strategy = works(known)
    return lambda: strategy


@pytest.fixture(scope="session", name="item_of")
def make_item() -> Callable[[Work, list[tuple[str, Work]]], csl.Item]:
    """Return the function that makes the item of an invented work."""
    return item_of


@pytest.fixture(scope="session")
def read_back(known: Schema, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, csl.Item], Any]:
    """Return a function that writes an item in a format, and takes it from there again with all that was left."""
    taker, folder = Taker(known), tmp_path_factory.mktemp("read-back")

    def read_back(format_: str, item: csl.Item) -> Any:  # noqa: ANN401  the work and what was left of it
        path = folder / f"one{formats.FORMATS[format_].suffix}"
        path.write_text("".join(formats.FORMATS[format_].write([item], None)), encoding="utf-8", newline="")
        (entry,) = libraries.open_library(path).entries
        assert isinstance(entry, Entry), entry
        taken = taker.taken(entry.item)
        return taken, [*entry.left, *taken.left]

    return read_back


@pytest.fixture(scope="session")
def pandoc() -> str:
    """Return the path of pandoc."""
    return str(pypandoc.get_pandoc_path())


@pytest.fixture(scope="session")
def biber(absent: Callable[[str], NoReturn]) -> str:
    """Return the path of biber, or skip: where it is not installed, its data check was not run."""
    found = shutil.which("biber")
    if not found:
        absent("biber is not installed (apt-get install biber), whose check of the data model this is")
    return found


@pytest.fixture(scope="session")
def bases(built: Project, request: pytest.FixtureRequest) -> Callable[[str], sqlite3.Connection]:
    """Return a function that connects to the tiny base or to the real one."""

    def bases(base: str) -> sqlite3.Connection:
        if base == "real":
            connection: sqlite3.Connection = request.getfixturevalue("real_engines")["sql"].connection
            return connection
        return connect(built.database)

    return bases


@pytest.fixture(scope="session")
def exported(
    bases: Callable[[str], sqlite3.Connection], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str, str], Path]:
    """Return a function that writes all works of a base in a format to a file."""
    folder = tmp_path_factory.mktemp("exported")

    @cache
    def exported(base: str, format_: str) -> Path:
        path = folder / f"{base}.{format_}{formats.FORMATS[format_].suffix}"
        path.write_text("".join(formats.write(bases(base), format_)), encoding="utf-8", newline="")
        return path

    return exported
