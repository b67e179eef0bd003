"""The libraries of other people are read, with all the slips of their programs, and nothing of them is dropped."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.bibliography import libraries
from filiera.bibliography.libraries import Entry, Flaw
from filiera.bibliography.works import Taker
from filiera.errors import FilieraError
from filiera.schema import Schema

Read = Callable[..., tuple[list[Entry], list[Flaw]]]
Take = Callable[[str], Any]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a text as a library, into its entries and its flaws."""

    def read(text: str | bytes, name: str = "library.bib") -> tuple[list[Entry], list[Flaw]]:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        found = list(libraries.open_library(path).entries)
        return [e for e in found if isinstance(e, Entry)], [f for f in found if isinstance(f, Flaw)]

    return read


@pytest.fixture
def take(read: Read, known: Schema) -> Take:
    """Return a function that takes the one work of a text: its data, its people by part, and what was left."""

    def take(text: str) -> Any:  # noqa: ANN401
        ((entry,), _) = read(text, "library.bib" if text.lstrip().startswith(("@", "%")) else "library.ris")
        taken = Taker(known).taken(entry.item)
        people = {part: taken.named(part) for part, _ in taken.people}
        return taken.data, people, [(one.name, one.value) for one in (*entry.left, *taken.left)]

    return take


def person(family: str, given: str = "", suffix: str = "") -> dict[str, str]:
    """Return the data of a person."""
    parts = {"type": "person", "family": family, "given": given, "suffix": suffix}
    return {name: part for name, part in parts.items() if part}


def body(literal: str) -> dict[str, str]:
    """Return the data of an organisation."""
    return {"type": "organisation", "literal": literal}


FIELDS = [
    ("title = {The {GVC} of {\\'E}mile}", {"title": "The GVC of Émile"}),
    ('title = "A {"}quoted{"} word"', {"title": 'A "quoted" word'}),
    ("title = {One} # { and } # {Two}", {"title": "One and Two"}),
    ("title = {Main}, subtitle = {And More}", {"title": "Main: And More"}),
    ("title = {Why?}, subtitle = {Because}", {"title": "Why? Because"}),
    ("title = {R &amp; D}", {"title": "R & D"}),
    ("year = 2014, month = apr", {"issued": "2014-04"}),
    ("year = {2014}, month = {April}", {"issued": "2014-04"}),
    ("year = {2014}, month = 4", {"issued": "2014-04"}),
    ('year = 2014, month = 5 # "~" # apr', {"issued": "2014-04-05"}),
    ('year = 2014, month = apr # "~5"', {"issued": "2014-04-05"}),
    ("year = 2014, month = jan # {--} # feb", {"issued": "2014-01/2014-02"}),
    ("year = {2014}, month = {Spring}", {"issued": "2014-21"}),
    ("date = {2014-04-05/2014-05}", {"issued": "2014-04-05/2014-05"}),
    ("date = {1984~}, year = {1985}", {"issued": "1984~"}),
    ("year = {c. 1850}", {"issued": "1850~"}),
    ("year = {forthcoming}", {"status": "forthcoming"}),
    ("year = {in press}", {"status": "in press"}),
    ("pages = {101--24}", {"page": "101-124"}),
    ("pages = {pp. 101 -- 124}", {"page": "101-124"}),
    ("pages = {xii--xv,130}", {"page": "xii-xv, 130"}),
    ("doi = {https://doi.org/10.1000/a\\_b}", {"DOI": "10.1000/a_b"}),
    ("url = {http://a.b/c%20d?e=f&g#h~i}", {"URL": "http://a.b/c%20d?e=f&g#h~i"}),
    ("url = {\\url{http://a.b/c\\_d}}", {"URL": "http://a.b/c_d"}),
    ("howpublished = {\\url{http://a.b}}", {"URL": "http://a.b"}),
    ("isbn = {978 0 691 12697 5}", {"ISBN": "978-0-691-12697-5"}),
    ("issn = {0000 0019}, number = 3", {"number": "3"}),
    ("langid = {ngerman}", {"language": "de"}),
    ("language = {Italian}", {"language": "it"}),
    ("keywords = {one, two; three}", {"keywords": ["one", "two", "three"]}),
    ("annote = {Seen once.}", {"note": "Seen once."}),
    ("note = {Mimeo}", {"addendum": "Mimeo"}),
    ("eprint = {1503.02531}, archiveprefix = {arXiv}", {"archive": "arXiv", "archive_location": "1503.02531"}),
    ("eprint = {123}, eprinttype = {pubmed}", {"PMID": "123"}),
]


@pytest.mark.parametrize(("fields", "expected"), FIELDS)
def test_a_field_of_bibtex_is_read(fields: str, expected: dict[str, Any], take: Take) -> None:
    """Macros, LaTeX, dates in any dress and addresses give what their author meant."""
    data, _, left = take(f"@book{{a, {fields}}}")
    lost = [value for name, value in left if name != "ISSN"]

    assert data == {"type": "book"} | expected
    assert lost == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("van Dijk, Meine Pieter", [person("van Dijk", "Meine Pieter")]),
        ("Meine Pieter van Dijk", [person("van Dijk", "Meine Pieter")]),
        ("King, Jr., Martin Luther", [person("King", "Martin Luther", "Jr.")]),
        ("{European Commission} and {Ernst and Young}", [body("European Commission"), body("Ernst and Young")]),
        ("{\\'E}mile Zola\n AND {\\L}ukasz, J.~K.", [person("Zola", "Émile"), person("Łukasz", "J. K.")]),
        ("family=Dijk, given=Meine Pieter, prefix=van", [person("van Dijk", "Meine Pieter")]),
        ("family={De Marchi}", [person("De Marchi")]),
        ("Plato", [person("Plato")]),
        ("{van der Berg}, Jan", [person("van der Berg", "Jan")]),
        ("Sm{\\o}rg{\\aa}s, A.", [person("Smørgås", "A.")]),
    ],
)
def test_names_are_parted_before_their_latex_is_read(value: str, expected: list[Any], take: Take) -> None:
    """Particles, suffixes, organisations with "and" and accents in braces are what they are."""
    assert take(f"@book{{a, title = {{T}}, author = {{{value}}}}}")[1] == {"authors": expected}


def test_others_are_left_to_be_completed(take: Take) -> None:
    """A list that ends with "others" is not whole, which is said."""
    _, people, left = take("@book{a, title = {T}, editor = {Ada, B. and others}}")

    assert (people, left) == ({"editors": [person("Ada", "B.")]}, [("editor", "and others")])


CROSSREF = """
@incollection{part, author = {Ada, B.}, title = {Part}, pages = {3--4}, crossref = {WHOLE}}
@xdata{house, publisher = {Press}, location = {Town}}
@book{whole, editor = {Ben, C.}, title = {Whole}, subtitle = {All of It}, year = {2001}, xdata = {house}, pages = {9}}
"""


def test_a_part_borrows_from_its_whole(read: Read, known: Schema) -> None:
    """`crossref` gives a chapter the title, editors and year of its book, `xdata` gives fields as they are."""
    entries, flaws = read(CROSSREF)
    part, whole = (Taker(known).taken(entry.item) for entry in entries)

    assert flaws == []
    assert part.data == {
        "type": "chapter", "title": "Part", "issued": "2001", "container_title": "Whole: All of It", "page": "3-4",
        "publisher": "Press", "publisher_place": "Town",
    }  # fmt: skip
    assert (part.named("editors"), part.named("authors")) == ([person("Ben", "C.")], [person("Ada", "B.")])
    assert whole.data["publisher"] == "Press"


def test_a_reference_to_nothing_and_a_circle_are_said(read: Read) -> None:
    """A cross-reference that leads nowhere, or back, costs nothing but itself."""
    entries, _ = read("@book{a, title = {A}, crossref = {b}}\n@book{b, title = {B}, crossref = {a}, xdata = {nothing}}")

    assert [entry.item["title"] for entry in entries] == ["A", "B"]
    assert {("xdata", "nothing")} <= {(one.name, one.value) for one in entries[1].left}


def test_strings_are_joined_and_unknown_ones_said(read: Read) -> None:
    """A macro may be made of others; one that is not defined stands by its name."""
    (entry,), _ = read(
        '@string{j = "Journal"}\n@string(k = j # { of It})\n@article{a, title={T}, journal = K # " (" # zz # ")"}'
    )

    assert entry.item["container-title"] == "Journal of It (zz)"
    assert [(one.name, one.value) for one in entry.left] == [("@string", "zz")]


def test_what_has_no_place_is_left_with_its_name(take: Take) -> None:
    """Fields of programs, abstracts and markup are named with their values; nothing is dropped."""
    data, _, left = take(
        "@article{a, title = {On \\emph{Gold}}, abstract = {We show that.}, file = {:a.pdf:PDF}, "
        "isbn = {123}, url = {ftp://a.b}, pages = {???}, title = {Twice}, editortype = {x}, year = {soon}}"
    )

    assert data == {"type": "article-journal", "title": "On Gold"}
    assert dict(left) == {
        "title": "On \\emph{Gold}", "abstract": "We show that.", "file": ":a.pdf:PDF", "ISBN": "123",
        "URL": "ftp://a.b", "page": "???", "editortype": "x", "issued": "soon",
    } | {"title": "On \\emph{Gold}"}  # fmt: skip
    assert ("title", "Twice") in left


THOUSAND = "".join(f"@book{{k{n}, author = {{Ada, B.}},\n title = {{T {n}}}}}\n" for n in range(999))


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("@book{bad, title = {Unclosed, author = {A}\n", "an entry cannot be read: unexpected"),
        ("@book{bad\n title = {No comma}}\n", "an entry cannot be read: expected comma after entry key"),
        ("@book{bad, title {No equals}}\n", "an entry cannot be read"),
        ('@book{bad, title = "Unclosed}\n', "an entry cannot be read"),
    ],
)
@pytest.mark.parametrize("before", [0, 500, 999])
def test_a_broken_entry_loses_only_itself(broken: str, said: str, before: int, read: Read) -> None:
    """Among a thousand entries all others are read, and the broken one is named with its line."""
    lines = THOUSAND.splitlines(keepends=True)
    entries, flaws = read("".join([*lines[: 2 * before], broken, *lines[2 * before :]]))
    real = [flaw for flaw in flaws if flaw.broken]

    assert [entry.key for entry in entries] == [f"k{n}" for n in range(999)]
    assert [flaw.line for flaw in real] == [2 * before + 1]
    assert real[0].message.startswith(said)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ('author = "Ada, B." title = {A = b}, year = 2001', "a comma is missing between the fields; they are read"),
        ("author = {Ada, B.}\ntitle = {A = b}\nyear = 2001", "2 commas are missing between the fields; they are read"),
        (
            'author = {Ada} # ", B." title = "A = b" year = 2001',
            "2 commas are missing between the fields; they are read",
        ),
        ("author = {Ada, B.}, title = {A = b}, year = 2001", ""),
    ],
)
def test_a_missing_comma_loses_no_field(fields: str, said: str, read: Read) -> None:
    """The commonest slip of all swallows nothing: the field after it is read, and the slip is said."""
    (entry,), flaws = read(f"@book{{k, {fields}}}")

    assert (entry.item["title"], entry.item["author"]) == ("A = b", [{"family": "Ada", "given": "B."}])
    assert entry.item["issued"] == {"raw": "2001"}
    assert [(flaw.message, flaw.broken) for flaw in flaws] == ([(said, False)] if said else [])


def test_comments_and_double_keys_are_said(read: Read) -> None:
    """What is no entry is named and costs no entry; a key that is used twice loses neither entry."""
    entries, flaws = read(
        '% Encoding: UTF-8\n@comment{jabref-meta: x;}\n@preamble{"y"}\n@book{a, title={A}}\n@book{a, title={B}}'
    )

    assert [entry.item["title"] for entry in entries] == ["A", "B"]
    assert [(flaw.line, flaw.broken) for flaw in flaws] == [(1, False), (2, False), (3, False), (5, False)]
    assert [flaw.message.split(":")[0] for flaw in flaws][:3] == [
        "a comment is not taken over", "a comment is not taken over", "a preamble is not taken over"
    ]  # fmt: skip


RIS = """\
TY  - JOUR
A1  - van Dijk, Meine Pieter
AU  - King, Martin Luther, Jr.
AU  - Harbour Register
T1  - Upgrading in
  two lines
JF  - Journal of Invention
JA  - J. Inv.
Y1  - 2014/04/05/
VL  - 7
IS  - 2
SP  - 101
EP  - 24
SN  - 0000-0019
UR  - https://example.org/a
UR  - https://example.org/b
KW  - gold; silver
KW  - lamps
N2  - We show that.
M3  - doi: 10.5555/abc
XX  - what is this
ER  -
"""


def test_ris_is_read(take: Take) -> None:
    """Tags of all programs, continued lines, keywords and dates are read; the rest is left with its tag."""
    data, people, left = take(RIS)

    assert data == {
        "type": "article-journal", "title": "Upgrading in two lines", "issued": "2014-04-05",
        "container_title": "Journal of Invention", "container_title_short": "J. Inv.", "volume": "7", "issue": "2",
        "page": "101-124", "DOI": "10.5555/abc", "ISSN": "0000-0019", "URL": "https://example.org/a",
        "keywords": ["gold", "silver", "lamps"],
    }  # fmt: skip
    assert people == {
        "authors": [
            person("van Dijk", "Meine Pieter"),
            person("King", "Martin Luther", "Jr."),
            body("Harbour Register"),
        ]
    }
    assert left == [("UR", "https://example.org/b"), ("XX", "what is this"), ("abstract", "We show that.")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("PY  - 2014", {"issued": "2014"}),
        ("PY  - 2014/04//", {"issued": "2014-04"}),
        ("PY  - 2014///Spring", {"issued": "2014-21"}),
        ("PY  - 2014\nDA  - 2014/04/05", {"issued": "2014-04-05"}),
        ("DA  - April 2014", {"issued": "2014-04"}),
        ("PY  - in press", {"status": "in press"}),
        ("SP  - 101-124", {"page": "101-124"}),
        ("SP  - e12", {"page": "e12"}),
        ("T2  - Journal\nT3  - Series", {"container_title": "Journal", "collection_title": "Series"}),
        ("SN  - 978-0-691-12697-5", {"ISBN": "978-0-691-12697-5"}),
    ],
)
def test_dates_pages_and_numbers_of_ris(lines: str, expected: dict[str, str], take: Take) -> None:
    """What programs write in these tags is told apart."""
    assert take(f"TY  - JOUR\nTI  - T\n{lines}\nER  - \n")[0] == {"type": "article-journal", "title": "T"} | expected


def test_a_broken_record_of_ris_loses_only_itself(read: Read) -> None:
    """A record without an end is read, one that says nothing is named, and so is what stands outside."""
    entries, flaws = read(
        "TY  - BOOK\nTI  - A\n\nTY  - BOOK\nER  - \nstray\nTY  - BOOK\nTI  - B\nER  - \nTY  - BOOK\nTI  - C\n", "a.ris"
    )

    assert [entry.item["title"] for entry in entries] == ["A", "B", "C"]
    assert [(flaw.line, flaw.broken) for flaw in flaws] == [(1, False), (4, True), (6, False), (10, False)]


JSON = """[
{"id": "a", "title": "A"},
{"id": "b", "title": "B",, "author": [{"family": "X"}, {"family": "Y"}]},
{"id": "c", "title": "C"},
5, "d",
{"a": 1}
]"""


def test_a_broken_item_of_csl_json_loses_only_itself(read: Read) -> None:
    """The items before and after it are read, and the names in it are not taken for items."""
    entries, flaws = read(JSON, "a.json")

    assert [(entry.key, entry.line) for entry in entries] == [("a", 2), ("c", 4)]
    assert [(flaw.line, flaw.broken) for flaw in flaws] == [(3, True), (5, True), (6, True)]
    assert flaws[1].message == "'5' is no item"


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"title": "The <i>Gold</i> of CO<sub>2</sub>"}, {"title": "The Gold of CO₂"}),
        ({"title": '<span class="nocase">SMEs</span> here'}, {"title": "SMEs here"}),
        ({"volume": 7, "issue": 1.0}, {"volume": "7", "issue": "1"}),
        ({"journalAbbreviation": "J. X", "shortTitle": "S"}, {"title_short": "S", "container_title_short": "J. X"}),
        ({"event": "Meeting"}, {"event_title": "Meeting"}),
        ({"issued": "2014-05"}, {"issued": "2014-05"}),
        ({"issued": {"literal": "forthcoming"}}, {"status": "forthcoming"}),
        ({"language": "en_GB"}, {"language": "en-GB"}),
        ({"page-first": "12"}, {"page": "12"}),
        ({"title": None, "volume": "", "keyword": []}, {}),
    ],
)
def test_csl_json_of_other_programs_is_read(item: dict[str, Any], expected: dict[str, str], known: Schema) -> None:
    """Numbers, old names of variables, markup and dates as texts are read as what they are."""
    assert Taker(known).taken({"id": "a", "type": "book"} | item).data == {"type": "book"} | expected


def test_orcids_are_taken_and_odd_values_left(known: Schema) -> None:
    """An ORCID that stands with a name is kept; what is no text, no name or no known variable is left."""
    taken = Taker(known).taken(
        {
            "type": "hologram", "title": {"x": 1}, "foo": "bar", "issued": {"date-parts": [[-44]]},
            "author": [{"family": "Ada", "ORCID": "https://orcid.org/0000-0002-1825-0097"}, {}, "Corp"],
        }
    )  # fmt: skip

    assert taken.data == {"type": "document"}
    assert taken.named("authors") == [person("Ada") | {"orcid": "0000-0002-1825-0097"}, body("Corp")]
    assert [one.name for one in taken.left] == ["type", "title", "foo", "issued", "author"]


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.bib", b"", "is empty"),
        ("a.bib", b"  \n\n", "is empty"),
        ("a.bib", b"just words", "is no library"),
        ("a.bib", b"PK\x03\x04\x00\x00", "is no library"),
        ("a.json", b"[1, 2]", "is no library"),
        ("a.ris", b"no tags at all", "is no library"),
        ("a.bib", b"@book{a, title = {\xff\x00}}", "is no text"),
        ("a.bib", b"@book{a, title = {\xe9\x81}}", "neither UTF-8 nor Latin-1"),
        ("a.pdf", b"%PDF-1.7\n\xe2\xe3\xcf\xd3\n\x00", "is no"),
    ],
)
def test_what_is_no_library_is_refused(name: str, content: bytes, expected: str, read: Read) -> None:
    """A file that is none of the formats, or no text, is refused with a plain message."""
    with pytest.raises(FilieraError, match=expected):
        read(content, name)


def test_a_folder_and_a_missing_file_are_refused(tmp_path: Path) -> None:
    """What cannot be opened is said by name."""
    with pytest.raises(FilieraError, match="there is nothing at"):
        libraries.open_library(tmp_path / "nothing.bib")
    with pytest.raises(FilieraError, match="cannot be read: Is a directory"):
        libraries.open_library(tmp_path)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    """UTF-8 with or without a mark, UTF-16 and Latin-1 are read; where there was a doubt, it is said."""
    path = tmp_path / "a.bib"
    path.write_bytes("@book{a, title = {Città}}".encode(encoding))
    library = libraries.open_library(path)
    (entry,) = library.entries

    assert isinstance(entry, Entry)
    assert entry.item["title"] == "Città"
    assert bool(library.remarks) == (encoding not in {"utf-8", "utf-8-sig"})


@pytest.mark.parametrize("name", ["a.txt", "a", "a.bib", "a.ris", "a.json"])
def test_content_says_more_than_the_name(name: str, read: Read) -> None:
    """A library is recognised whatever its file is called."""
    assert read('[{"id": "a", "type": "book", "title": "A"}]', name)[0][0].item["title"] == "A"
    assert read("TY  - BOOK\nTI  - A\nER  - \n", name)[0][0].item["title"] == "A"
    assert read("@book{a, title = {A}}", name)[0][0].item["title"] == "A"
