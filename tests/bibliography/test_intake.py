"""Libraries are taken into a base: what is there is recognised, what is new passes the checks, nothing is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera import checks, reader
from filiera.bibliography import intake, keys, known, libraries, notation
from filiera.bibliography.intake import Intake
from filiera.errors import FilieraError
from filiera.paths import Project
from filiera.records import Record, read
from filiera.report import Report
from filiera.schema import Schema

Take = Callable[..., Intake]


@pytest.fixture
def take(tiny: Project, known_schema: Schema) -> Take:
    """Return a function that takes a text into the tiny base, in which the working folder is."""

    def take(text: str, name: str = "library.bib") -> Intake:
        Path(name).write_text(text, encoding="utf-8")
        records = read(tiny.kb, known_schema, Report())
        has = known.Known(known.from_records(records), known_schema)
        came = intake.take(libraries.open_library(Path(name)), name, has, known_schema)
        intake.write(came, tiny.kb)
        return came

    return take


@pytest.fixture
def known_schema(known: Schema) -> Schema:
    """Return the schema, under a name that the module `known` does not hide."""
    return known


@pytest.fixture
def records(tiny: Project, known_schema: Schema) -> Callable[[], dict[str, Record]]:
    """Return a function that checks the tiny base as it is now, and returns its records by key."""

    def records() -> dict[str, Record]:
        assert checks.check(tiny, known_schema).problems == []
        return {record.id: record for record in read(tiny.kb, known_schema, Report())}

    return records


def entry(key: str = "k", **fields: str) -> str:
    """Return an entry of BibTeX; `kind` is its type."""
    kind = fields.pop("kind", "article")
    return f"@{kind}{{{key},\n" + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items()) + "}\n"


TITLE = "Lenses for Lighthouses: Two Harbours Compared"
LENSES = {
    "author": "Ødegård, Ł. and Strauss, A.",
    "title": "Lenses for lighthouses: two harbours compared",
    "year": "2014",
}


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"title": "Another Title", "doi": "10.5555/LENS.2014"}, "odegard-strauss-2014"),
        (LENSES, "odegard-strauss-2014"),
        (LENSES | {"author": "Odegard, L."}, "odegard-strauss-2014"),
        (LENSES | {"kind": "misc"}, "odegard-strauss-2014"),
        (LENSES | {"volume": "7"}, "odegard-strauss-2014"),
        ({"kind": "book", "title": "Learning by Grinding", "isbn": "0000000000", "year": "2004"}, "odegard-2003a"),
        ({"key": "register-2010", "author": "{Harbour Register}", "title": "Whatever", "year": "2010"},
         "harbour-register-2010"),
        (LENSES | {"doi": "10.5555/other"}, None),
        (LENSES | {"volume": "8"}, None),
        (LENSES | {"year": "2015"}, None),
        (LENSES | {"author": "Brine, T."}, None),
        (LENSES | {"kind": "incollection", "booktitle": "B"}, None),
        ({"kind": "book", "title": "Quite Another", "author": "Ada, B.", "isbn": "978-0-00-000000-2"}, None),
    ],
)  # fmt: skip
def test_a_work_that_is_here_is_recognised(fields: dict[str, str], key: str | None, take: Take) -> None:
    """DOI, key, ISBN and folded title with year and first author tell a work, unless something tells two apart."""
    came = take(entry(**fields))
    (outcome,) = came.outcomes

    assert (outcome.key if not outcome.new else None) == key
    assert came.count("works") == (0 if key else 1)


def test_what_the_base_lacks_of_a_known_work_is_said(take: Take) -> None:
    """A record is never changed; what the library says beyond it is said instead."""
    before = Path("kb/works/odegard-strauss-2014.yaml").read_bytes()
    came = take(
        entry(**LENSES, series="Harbours") + entry("l", title="Lens light", year="2014", doi="10.5555/lens.2014")
    )

    assert [one.text for one in came.remarks] == [
        "'odegard-strauss-2014' is here already; the library has collection_title 'Harbours'",
        f"'odegard-strauss-2014' is here already; the library has title 'Lens light' instead of {TITLE!r}",
    ]
    assert Path("kb/works/odegard-strauss-2014.yaml").read_bytes() == before


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        ("Ødegård, Łukasz", ["odegard-lukasz"]),
        ("Odegard, L.", ["odegard-lukasz"]),
        ("Ödegaard, Lucas", ["odegard-lukasz"]),
        ("Ødegård, Łukasz Maria", ["odegard-lukasz"]),
        ("Ødegård, Jan", ["odegard-jan"]),
        ("Ødegård", ["odegard"]),
        ("Brine", ["brine-tom"]),
        ("Brine, Tom", ["brine-tom-2"]),
        ("{Harbour Register}", ["harbour-register"]),
        ("Strauß-O'Neill, Jr., A.", ["strauss-oneill-aoife"]),
        ("Strauß-O'Neill, A.", ["strauss-oneill-a"]),
        ("Smith, John and Smith, Jane and Smith, J.", ["smith-john", "smith-jane", "smith-j"]),
        ("Smith, J. and Ada, B. and Smith, John", ["smith-john", "ada-b", "smith-john-2"]),
        ("Wang, Y. and Wang, Y.", ["wang-y", "wang-y-2"]),
        ("Smith, JP and Ben, C", ["smith-jp", "ben-c"]),
    ],
)
def test_people_are_recognised_and_never_by_family_alone(
    authors: str, expected: list[str], take: Take, records: Callable[[], dict[str, Record]]
) -> None:
    """Initials, accents and other spellings mean one person; another given name, suffix or none at all does not."""
    came = take(entry(author=authors, title="A New Work", year="1999"))
    work = records()[came.outcomes[0].key]

    assert work.data["authors"] == expected


def test_the_order_of_a_library_does_not_matter(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """J. Smith before John and Jane is neither of them for sure, and the doubt is said."""
    came = take(
        entry(author="Smith, J.", title="One", year="1999")
        + entry("l", author="Smith, John", title="Two", year="1999")
        + entry("m", author="Smith, Jane", title="Three", year="1999")
    )

    assert [records()[one.key].data["authors"] for one in came.outcomes] == [
        ["smith-j"],
        ["smith-john"],
        ["smith-jane"],
    ]
    assert [(one.line, one.text) for one in came.remarks] == [
        (1, "'smith-j' is new, but may be 'smith-jane' or 'smith-john'; merge them by hand")
    ]


def test_initials_join_the_one_person_they_can_be(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """Where a library has one full name for some initials, the two are one person, with the full name."""
    came = take(
        entry(author="Lee, J.-H.", title="One", year="1999")
        + entry("l", author="Lee, Joo Hyun", title="Two", year="1998")
    )

    assert {key for one in came.outcomes for key in records()[one.key].data["authors"]} == {"lee-joo-hyun"}
    assert came.remarks == []


def test_an_orcid_goes_before_the_name(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """Who has the ORCID of somebody here is that person, whatever the name; who has another is not."""
    names = [
        {"family": "Odd", "given": "Name", "ORCID": "0000-0002-1825-0097"},
        {"family": "Ødegård", "given": "Łukasz", "ORCID": "https://orcid.org/0000-0001-5109-3700"},
    ]
    came = take(str([{"id": "x", "type": "book", "title": "T", "author": names}]).replace("'", '"'), "a.json")
    found = records()

    assert found[came.outcomes[0].key].data["authors"] == ["odegard-lukasz", "odegard-lukasz-2"]
    assert found["odegard-lukasz-2"].data["orcid"] == "0000-0001-5109-3700"


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"author": "Ada, B.", "year": "1999"}, "ada-1999"),
        ({"author": "De Marchi, V. and van Dijk, M.", "year": "1999"}, "de-marchi-van-dijk-1999"),
        ({"author": "A, A and B, B and C, C", "year": "1999"}, "a-b-c-1999"),
        ({"author": "A, A and B, B and C, C and D, D", "year": "1999"}, "a-et-al-1999"),
        ({"editor": "Ada, B.", "date": "1999-05/2001"}, "ada-1999"),
        ({"author": "{European Commission, Directorate-General for Research}", "year": "1999"},
         "european-commission-directorate-general-1999"),
        ({"author": "Ada, B."}, "ada-new-work-gold"),
        ({"year": "1999"}, "new-work-gold-1999"),
        ({"author": "Brine, X.", "year": "1988"}, "brine-1988-new"),
        ({"author": "Достоевский, Ф.", "year": "1866"}, "dostoevskii-1866"),
        ({"author": "王, 明", "year": "1999"}, "new-work-gold-1999"),
        ({"key": "ada-ben-1999-special", "author": "Ada, B.", "year": "1999"}, "ada-ben-1999-special"),
        ({"key": "ada-special", "author": "Ada, B.", "year": "1999"}, "ada-special"),
        ({"key": "zzz-special", "author": "Ada, B.", "year": "1999"}, "ada-1999"),
    ],
)  # fmt: skip
def test_keys_are_made_as_the_base_makes_them(
    fields: dict[str, str], key: str, take: Take, records: Callable[[], dict[str, Record]]
) -> None:
    """Family names and year, words of the title where that is taken or not known; a key of our own is kept."""
    came = take(entry(**({"title": "The New Work on Gold"} | fields)))

    assert came.outcomes[0].key == key
    assert key in records()


def test_a_taken_key_gets_words_or_a_letter(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """Works of one author and year are told apart for ever, and no key is that of a record of another kind."""
    texts = [
        entry(f"k{n}", author="Ada, B.", title=title, year="1999") for n, title in enumerate(("Gold", "Lamps", "*"))
    ]
    came = take("".join(texts) + entry("z", author="Farholm, A.", title="X") + entry("y", title="Farholm"))

    assert [one.key for one in came.outcomes] == [
        "ada-1999",
        "ada-1999-lamps",
        "ada-1999-b",
        "farholm-x",
        "farholm-undated",
    ]
    assert len(records()) > len(came.outcomes)


def test_the_key_of_the_library_still_finds_the_work(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """A key that could be ours becomes an old key of the work; another stands in the comment."""
    came = take(
        entry("ada1999", author="Ada, B.", title="Gold", year="1999") + entry("Ada:99", title="Lamps", year="1999")
    )
    first, second = (records()[one.key] for one in came.outcomes)

    assert first.data["aliases"] == ["ada1999"]
    assert "aliases" not in second.data
    assert "key Ada:99" in Path(second.shown).read_text(encoding="utf-8")


def test_importing_twice_gives_nothing_new(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """Also works without a title, with doubtful people, with another work of the same title, and with no key."""
    text = (
        entry(author="Smith, J.", title="Editorial", journal="J", volume="1", year="1999")
        + entry("l", author="Smith, J.", title="Editorial", journal="J", volume="2", year="1999")
        + entry("m", author="Smith, John and Smith, Jane", year="2001", note="No title")
        + entry("n", author="Wang, Y. and Wang, Y.", title="Two Wangs")
        + entry("O", title="Nobody's")
    )
    first, before = take(text), records()
    second = take(text)

    assert (first.count("works"), second.files) == (5, {})
    assert [one.key for one in second.outcomes] == [one.key for one in first.outcomes]
    assert records().keys() == before.keys()


def test_works_without_a_title_are_told_apart_by_all_else(take: Take) -> None:
    """Two reviews without a title are two works; the same one twice is one."""
    one, other = (entry(str(n), author="Ada, B.", journal="J", year="1999", pages=str(n)) for n in (1, 2))
    came = take(one + other + one.replace("{1,", "{3,"))

    assert [(outcome.line, outcome.new) for outcome in came.outcomes] == [(1, True), (7, True), (13, False)]


def test_a_record_says_where_it_comes_from_and_what_it_is_not(
    take: Take, records: Callable[[], dict[str, Record]]
) -> None:
    """A new record is recalled, names its library, and keeps below it what has no field: also an abstract."""
    came = take("\n" + entry("Ada99", author="Ada, B.", title="\\emph{Gold}: more", year="1999", abstract="We show."))
    (key,) = [one.key for one in came.outcomes]

    assert Path(f"kb/works/{key}.yaml").read_text(encoding="utf-8") == (
        "id: ada-1999\n"
        "type: article-journal\n"
        "title: 'Gold: more'\n"
        "authors: [ada-b]\n"
        "issued: '1999'\n"
        "verification: recalled\n"
        "note: Taken from library.bib.\n"
        "# From library.bib, line 2, key Ada99.\n"
        "# Not taken over: title: \\emph{Gold}: more (it is kept without \\emph)\n"
        "# Not taken over: abstract: We show. (an abstract is a text of its author)\n"
    )
    assert [(one.line, one.text) for one in came.remarks] == [
        (2, "title '\\\\emph{Gold}: more' is not taken over: it is kept without \\emph"),
        (2, "abstract 'We show.' is not taken over: an abstract is a text of its author"),
    ]
    assert records()[key].data["verification"] == "recalled"


def test_what_filiera_says_of_a_work_comes_back(take: Take, records: Callable[[], dict[str, Record]]) -> None:
    """The warning of an exported work is its verification again, its note grows no tail, its old keys are known."""
    annote = "[unresolved: it is not known which work this is; look it up before you cite it] Seen. Taken from old.bib."
    came = take(entry("ada-1999", author="Ada, B.", title="Gold", year="1999", annote=annote, ids="ada-98, Bad Key"))
    data = records()[came.outcomes[0].key].data

    assert (data["verification"], data["note"], data["aliases"]) == (
        "unresolved",
        "Seen. Taken from library.bib.",
        ["ada-98"],
    )
    assert [one.text for one in came.remarks] == ["the old key 'Bad Key' is taken, or no key"]


def test_a_file_that_is_there_is_never_touched(tiny: Project) -> None:
    """Where a file stands in the way, writing stops with its name."""
    came = Intake(files={("works", "lamps-2015"): "x"})

    with pytest.raises(FilieraError, match=r"kb/works/lamps-2015.yaml' cannot be written: File exists"):
        intake.write(came, tiny.kb)


TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)


@settings(settings.get_profile("bibliography"), max_examples=500)
@given(texts=st.lists(TEXTS, min_size=1, max_size=3), comment=TEXTS)
def test_any_text_is_written_as_yaml_that_the_reader_reads(texts: list[str], comment: str) -> None:
    """Whatever a library holds, the record is strict YAML and says the same, but for white space and control signs."""
    wanted = [" ".join(reader.CONTROL.sub(" ", text).split()) for text in texts]
    data = {"id": "a", "title": texts[0], "keywords": texts, "contributors": [{"author": texts[0], "role": "x"}]}
    tree, flaws = reader.read(notation.record(data, [comment]))

    assert flaws == []
    assert isinstance(tree, reader.Mapping)
    assert _plain(tree.items["title"]) == wanted[0]
    assert _plain(tree.items["keywords"]) == wanted
    assert _plain(tree.items["contributors"]) == [{"author": wanted[0], "role": "x"}]


def _plain(node: reader.Node) -> object:
    if isinstance(node, reader.Scalar):
        return node.text
    if isinstance(node, reader.Sequence):
        return [_plain(one) for one in node.items]
    return {key: _plain(one) for key, one in node.items.items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain Title", "Plain Title"), ("2014", "'2014'"), ("2014-04", "'2014-04'"), ("2014-04-05", "2014-04-05"),
        ("no", "'no'"), ("A: b", "'A: b'"), ("it's", "it's"), ("a #b", "'a #b'"), ("-x", "'-x'"), ("1.0", "'1.0'"),
        ("[x]", "'[x]'"), ("é", "é"), ("O'Neill, A.", "O'Neill, A."), ("?", "'?'"), ("a-", "a-"),
    ],
)  # fmt: skip
def test_quotes_stand_where_the_house_has_them(text: str, expected: str) -> None:
    """Numbers, dates without a day, words of YAML and signs are quoted, everything else is plain."""
    assert notation.record({"x": text}) == f"x: {expected}\n"


def test_keys_never_end(known_schema: Schema) -> None:  # noqa: ARG001  the fixture keeps the name of the module free
    """However many works share author, year and title, each finds a key of at most eighty characters."""
    choices = keys.of_work({"title": "Word " * 50, "issued": "1999"}, [{"family": "x" * 90}] * 3)
    found = [next(choices) for _ in range(1000)]

    assert len(set(found)) == 1000
    assert all(intake.KEY.match(key) for key in found)
