"""The files that are written, to the byte: typed from the manuals of BibTeX, BibLaTeX, RIS and CSL-JSON."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from filiera.bibliography import formats, latex, titles
from filiera.bibliography.csl import Item

ARTICLE = {
    "type": "article-journal",
    "title": "R&D in the 50% zone of Łódź: what SMEs do",
    "issued": "2014-04-05",
    "container_title": "Économie & Société",
    "volume": "7",
    "issue": "1-2",
    "page": "101-124",
    "DOI": "10.5555/a_b",
    "URL": "https://example.org/a_b?c=%20#d~e",
    "language": "en",
    "keywords": ["upgrading", "clusters"],
    "verification": "recalled",
    "note": "Seen once.",
}
PEOPLE = [
    ("authors", {"type": "person", "family": "van Dijk", "given": "Meine Pieter"}),
    ("authors", {"type": "person", "family": "De Marchi", "given": "V."}),
    ("authors", {"type": "person", "family": "Ødegård", "given": "Łukasz", "suffix": "Jr."}),
    ("authors", {"type": "organisation", "literal": "Ernst and Young & Co"}),
]

BIBTEX = r"""@article{invented-1900,
  author = {van Dijk, Meine Pieter and De Marchi, V. and {\O}deg{\r a}rd, Jr., {\L}ukasz and {Ernst and Young \& Co}},
  title = {{R\&D} in the 50\% zone of {{\L}{\'o}d{\'z}}: what {SMEs} do},
  journal = {{\'E}conomie \& Soci{\'e}t{\'e}},
  year = {2014},
  date = {2014-04-05},
  number = {1-2},
  volume = {7},
  pages = {101--124},
  doi = {10.5555/a_b},
  url = {https://example.org/a_b?c=%20#d~e},
  langid = {english},
  keywords = {upgrading, clusters},
  annote = {[recalled: the data of this work are from memory; check them before you print them] Seen once.},
}

"""

BIBLATEX = r"""@article{invented-1900,
  author = {van Dijk, Meine Pieter and De Marchi, V. and Ødegård, Jr., Łukasz and {Ernst and Young \& Co}},
  title = {{R\&D} in the 50\% zone of {Łódź}: what {SMEs} do},
  journaltitle = {Économie \& Société},
  date = {2014-04-05},
  number = {1-2},
  volume = {7},
  pages = {101--124},
  doi = {10.5555/a_b},
  url = {https://example.org/a_b?c=%20#d~e},
  langid = {english},
  keywords = {upgrading, clusters},
  annotation = {[recalled: the data of this work are from memory; check them before you print them] Seen once.},
}

"""

RIS = """\
TY  - JOUR
ID  - invented-1900
AU  - van Dijk, Meine Pieter
AU  - De Marchi, V.
AU  - Ødegård, Łukasz, Jr.
AU  - Ernst and Young & Co,
TI  - R&D in the 50% zone of Łódź: what SMEs do
PY  - 2014
DA  - 2014/04/05/
T2  - Économie & Société
VL  - 7
IS  - 1-2
SP  - 101
EP  - 124
DO  - 10.5555/a_b
UR  - https://example.org/a_b?c=%20#d~e
LA  - en
KW  - upgrading
KW  - clusters
RN  - [recalled: the data of this work are from memory; check them before you print them] Seen once.
ER  - ¶

"""


@pytest.mark.parametrize(
    ("format_", "expected"),
    [("bibtex", BIBTEX), ("biblatex", BIBLATEX), ("ris", RIS.replace("¶", "").replace("\n", "\r\n"))],
)
def test_an_article_is_written_to_the_byte(format_: str, expected: str, item_of: Callable[..., Item]) -> None:
    """Accents, particles, organisations, addresses, dashes, capitals and the warning stand as they should."""
    assert "".join(formats.FORMATS[format_].write([item_of(ARTICLE, PEOPLE)], None)) == expected


def entry(format_: str, item: Item) -> list[str]:
    """Return the lines of an entry without signs at their ends."""
    return [line.strip(" ,") for line in "".join(formats.FORMATS[format_].write([item], None)).splitlines()]


@pytest.mark.parametrize(
    ("work", "people", "bibtex", "biblatex"),
    [
        ({"type": "book"}, "authors", "@book{", "@book{"),
        ({"type": "book"}, "editors", "@book{", "@collection{"),
        ({"type": "book"}, "", "@manual{", "@manual{"),
        ({"type": "chapter", "container_title": "B"}, "authors", "@incollection{", "@inbook{"),
        ({"type": "chapter", "container_title": "B"}, "authors editors", "@incollection{", "@incollection{"),
        ({"type": "chapter"}, "authors", "@unpublished{", "@unpublished{"),
        ({"type": "paper-conference", "container_title": "P"}, "authors", "@inproceedings{", "@inproceedings{"),
        ({"type": "report", "publisher": "P"}, "authors", "@techreport{", "@report{"),
        ({"type": "report"}, "authors", "@techreport{", "@manual{"),
        ({"type": "thesis", "publisher": "P"}, "authors", "@phdthesis{", "@thesis{"),
        ({"type": "thesis", "publisher": "P", "genre": "Tesi di laurea"}, "authors", "@mastersthesis{", "@thesis{"),
        ({"type": "webpage", "URL": "https://example.org"}, "", "@misc{", "@online{"),
        ({"type": "dataset"}, "", "@misc{", "@dataset{"),
        ({"type": "software"}, "", "@misc{", "@software{"),
        ({"type": "article-journal", "container_title": "J"}, "", "@article{", "@article{"),
        ({"type": "article-journal", "container_title": "J", "DOI": "10.5555/a"}, "", "@article{", "@online{"),
        ({"type": "manuscript"}, "authors", "@unpublished{", "@unpublished{"),
        ({"type": "treaty"}, "authors", "@misc{", "@misc{"),
    ],
)
def test_an_entry_has_the_type_that_fits(
    work: dict[str, str], people: str, bibtex: str, biblatex: str, item_of: Callable[..., Item]
) -> None:
    """BibLaTeX gets the best type whose wanted fields are there; BibTeX, which wants none, the plain one."""
    named = [(part, {"type": "person", "family": "Ada"}) for part in people.split()]
    item = item_of({"title": "T"} | work, named)

    assert entry("bibtex", item)[0].startswith(bibtex)
    assert entry("biblatex", item)[0].startswith(biblatex)


@pytest.mark.parametrize(
    ("issued", "bibtex", "biblatex"),
    [
        ("2014", ["year = {2014}"], "2014"),
        ("2014-04", ["year = {2014}", "month = apr"], "2014-04"),
        ("2014-21", ["year = {2014}", "date = {2014-21}"], "2014-21"),
        ("1984~", ["year = {1984}", "date = {1984~}"], "1984~"),
        ("193X", ["year = {1930s}", "date = {193X}"], "193X"),
        ("2001/2010", ["year = {2001--2010}", "date = {2001/2010}"], "2001/2010"),
        ("2001/..", ["year = {2001}", "date = {2001/..}"], "2001/.."),
        (None, [], "XXXX"),
    ],
)
def test_dates(issued: str | None, bibtex: list[str], biblatex: str, item_of: Callable[..., Item]) -> None:
    """BibLaTeX has EDTF; BibTeX has year and the month's macro, and the date where that is not all of it."""
    item = item_of({"type": "book", "title": "T"} | ({"issued": issued} if issued else {}), [])

    assert [line for line in entry("bibtex", item) if line.startswith(("year", "month", "date"))] == bibtex
    assert f"date = {{{biblatex}}}" in entry("biblatex", item)


def test_a_work_on_its_way_has_its_status_as_year(item_of: Callable[..., Item]) -> None:
    """BibTeX prints the status where the year stands; BibLaTeX has a field for it."""
    item = item_of({"type": "book", "title": "T", "status": "forthcoming"}, [])

    assert "year = {forthcoming}" in entry("bibtex", item)
    assert "pubstate = {forthcoming}" in entry("biblatex", item)


def test_old_keys_stay_in_use(item_of: Callable[..., Item]) -> None:
    """BibLaTeX finds a work by its old keys too."""
    item = item_of({"type": "book", "title": "T", "aliases": ["old-1899", "older-1899"]}, [])

    assert "ids = {old-1899, older-1899}" in entry("biblatex", item)


def test_an_empty_library_is_valid() -> None:
    """No works give an empty list, an empty file, and a table with its head only."""
    written = {name: "".join(one.write([], None)) for name, one in formats.FORMATS.items()}

    assert (written["bibtex"], written["biblatex"], written["ris"], written["csl-json"]) == ("", "", "", "[]\n")
    assert written["csv"].count("\n") == 1


def test_a_table_has_a_row_for_each_work(item_of: Callable[..., Item]) -> None:
    """CSV has names as people write them and dates as records have them, in columns that never change."""
    text = "".join(formats.FORMATS["csv"].write([item_of(ARTICLE, PEOPLE)], None))

    assert text.startswith("id,type,title,author,editor,translator,issued,status,container-title,")
    assert '"van Dijk, Meine Pieter; De Marchi, V.; Ødegård, Łukasz, Jr.; Ernst and Young & Co",,,2014-04-05,' in text


@pytest.mark.parametrize(
    ("title", "language", "kept"),
    [
        ("Upgrading in Global Value Chains", "en", []),
        ("The governance of global value chains", "en", []),
        ("How Italian districts face China's rise", "en", ["Italian", "China's"]),
        ("The Case of Vicenza and the GVCs", "en", ["Vicenza", "GVCs"]),
        ("Vitamin C and I", "en", ["C", "I"]),
        ("On the iPhone: Why It Sells", "en", ["iPhone"]),
        ("La fine del Novecento", "it", ["Novecento"]),
        ("Das Kapital: Kritik der Ökonomie", "de", ["Kapital", "Ökonomie"]),
        ("Riviera del Brenta Today", "en", ["Riviera del Brenta"]),
        ("", "en", []),
    ],
)
def test_capitals_that_must_stay_are_found(title: str, language: str, kept: list[str]) -> None:
    """Acronyms and names keep their capitals; a title in capitals does not keep those of its other words."""
    names = titles.names_pattern(["Vicenza", "Riviera del Brenta", "brenta"])

    assert [title[start:end] for start, end in titles.protected(title, language, names)] == kept


LATEX = [
    ("é ê ë è ē ė ĕ ě", r"{\'e} {\^e} {\"e} {\`e} {\=e} {\.e} {\u e} {\v e}"),
    ("ő ç ą å ạ ḇ", r"{\H o} {\c c} {\k a} {\r a} {\d a} {\b b}"),
    ("ï í ĩ į", r"{\"\i} {\'\i} {\~\i} {\k i}"),
    ("İ ı ł Ł ø Ø ß æ œ đ ð þ", r"{\.I} {\i} {\l} {\L} {\o} {\O} {\ss} {\ae} {\oe} {\dj} {\dh} {\th}"),
    ("ế", r"{\'{\^e}}"),
    ("100 % & #1 $5 a_b", r"100 \% \& \#1 \$5 a\_b"),
    ("{a} \\ ~ ^", r"\textbraceleft{}a\textbraceright{} \textbackslash{} \textasciitilde{} \textasciicircum{}"),
    ("“a” ‘b’", r"{\textquotedblleft}a{\textquotedblright} {\textquoteleft}b{\textquoteright}"),
    ("«c» „d", r"{\guillemotleft}c{\guillemotright} {\quotedblbase}d"),
    ("a – b — c", r"a {\textendash} b {\textemdash} c"),
    ("x--y ''z''", r"x-{}-y '{}'z'{}'"),
    ("Ελλάς 中文 Жук", "Ελλάς 中文 Жук"),
]


@pytest.mark.parametrize(("text", "expected"), LATEX)
def test_text_is_written_as_latex_and_read_back(text: str, expected: str) -> None:
    """Every accent has its command in braces of its own, and every sign of LaTeX is made harmless."""
    written = latex.ascii_only(latex.escape(text))

    assert written == expected
    assert latex.decode(written) == latex.Decoded(text, [])
    assert latex.decode(latex.escape(text)) == latex.Decoded(text, [])


@pytest.mark.parametrize(
    ("written", "text", "lost"),
    [
        (r"Caf\'e, \'{e}, {\'e}, {\'{e}}, \'\i", "Café, é, é, é, í", []),
        (r"\c{c}a va, \c ca, \v{S}, \H{o}, \k{a}", "ça va, ça, Š, ő, ą", []),
        (r"G\"odel's ``proof'' --- now", "Gödel's “proof” — now", []),
        (r"pp.~1--2", "pp.\N{NO-BREAK SPACE}1–2", []),
        (r"\emph{Vicenza} and \textbf{gold}", "Vicenza and gold", [r"\emph", r"\textbf"]),
        (r"{\em Vicenza}", "Vicenza", []),
        (r"CO$_2$ and 10\textsuperscript{3}, $x^n$", "CO₂ and 10³, xn", [r"\textsuperscript"]),
        (r"\ae gir, \ss, \L{}ukasz, \O rsted, \TeX{}nik", "ægir, ß, Łukasz, Ørsted, TeXnik", []),
        (r"50\% of \$5 \& more", "50% of $5 & more", []),
        (r"100% plain", "100% plain", []),
        (r"a \unknowncommand{b} c", r"a \unknowncommandb c", [r"\unknowncommand"]),
        (r"\href{http://a.b}{the page}", "the page", [r"\href{http://a.b}"]),
        (r"unbalanced } brace {", "unbalanced  brace ", []),
        ("\\", "\\", ["\\"]),
    ],
)
def test_the_latex_of_other_people_is_read(written: str, text: str, lost: list[str]) -> None:
    """Accents in any dress become letters; what plain text cannot show or nobody knows is named."""
    assert latex.decode(written) == latex.Decoded(text, lost)
