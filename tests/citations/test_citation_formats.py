"""What was found is written as a manuscript needs it, with its place, and never without a warning that is due."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest

from filiera import citations, cli
from filiera.citations import formats
from filiera.paths import Project

BOTH = "see Ødegård & Strauß-O'Neill 2014, pp. 104-106; cf. Brine 1988"

#: The beginning of the reference, as APA has it; {0} and {1} are where italics begin and end.
REFERENCE = (
    "Ødegård, Ł., & Strauß-O’Neill, A., Jr. (2014). Lenses for Lighthouses: Two Harbours Compared. "
    "{0}Journal of Invented Harbours{1}, {0}7{1}("
)


@pytest.fixture
def written(database: sqlite3.Connection) -> Callable[..., str]:
    """Return a function that looks something up and writes it."""

    def written(wanted: str, format_: str, style: str = "", locator: str = "") -> str:
        return formats.write(database, citations.cite(database, wanted, locator=locator), format_, style)

    return written


Written = Callable[..., str]


def test_text_has_the_place_the_key_and_a_plain_reference(written: Written) -> None:
    """Without a style, who and when stand as written, with the place, before the key."""
    lines = written("Ødegård & Strauß-O'Neill 2014, p. 104", "text").splitlines()

    assert lines[0] == "Ødegård & Strauß-O'Neill 2014, p. 104  [@odegard-strauss-2014, p. 104]"
    assert lines[1].startswith("  Ødegård, Łukasz; Strauß-O'Neill, Aoife. 2014. Lenses for Lighthouses")


def test_text_in_a_style_has_all_its_forms(written: Written) -> None:
    """In a style, the citation stands as in brackets and as in a sentence, and the reference as in the list."""
    lines = written("odegard-strauss-2014", "text", style="apa", locator="p. 104").splitlines()

    assert lines[0] == "(Ødegård & Strauß-O’Neill, 2014, p. 104)  [@odegard-strauss-2014, p. 104]"
    assert lines[1] == "  in a sentence: Ødegård and Strauß-O’Neill (2014, p. 104)"
    assert lines[2].startswith(f"  {REFERENCE.format('', '')}")


def test_pandoc_has_all_citations_in_one_pair_of_brackets(written: Written) -> None:
    """Several sure citations are one for Pandoc, each with what stands before it and its place."""
    assert written(BOTH, "pandoc") == "[see @odegard-strauss-2014, pp. 104-106; cf. @brine-1988]"
    assert written("Ødegård 2003", "pandoc").splitlines() == ["[@odegard-2003a]", "[@odegard-2003b]"]


def test_latex_has_the_commands_of_biblatex(written: Written) -> None:
    """Pages are numbers, other places keep their label; the reference is a comment."""
    both = written(BOTH, "latex").splitlines()
    one = written("odegard-strauss-2014", "latex", locator="sec. 2").splitlines()

    assert both[0] == r"\autocites[see][104--106]{odegard-strauss-2014}[cf.][]{brine-1988}"
    assert one[:2] == [r"\autocite[sec.~2]{odegard-strauss-2014}", r"% \textcite[sec.~2]{odegard-strauss-2014}"]
    assert one[2].startswith("% " + REFERENCE.format(r"\textit{", "}").replace("&", r"\&"))
    assert all(line.startswith("%") for line in (*both[1:], *one[1:]))


def test_markdown_and_html_have_citation_and_reference(written: Written) -> None:
    """The rendered citation comes first, the reference after it, with their fonts."""
    markdown = written("odegard-strauss-2014", "markdown").split("\n\n")
    html = written("odegard-strauss-2014", "html").splitlines()

    assert markdown[0] == "(Ødegård & Strauß-O’Neill, 2014)"
    assert markdown[1].startswith(REFERENCE.format("*", "*"))
    assert html[0] == "<p>(Ødegård &amp; Strauß-O’Neill, 2014)</p>"
    assert html[1].startswith("<p>" + REFERENCE.format("<i>", "</i>").replace("&", "&amp;"))


def test_what_stands_before_a_citation_stays_within_its_bracket(written: Written) -> None:
    """A prefix is a part of the citation."""
    assert written(BOTH, "markdown").split("\n\n")[:2] == [
        "(see Ødegård & Strauß-O’Neill, 2014, pp. 104–106)",
        "(cf. Brine, 1988)",
    ]


def test_word_is_rich_text_of_ascii(written: Written) -> None:
    """RTF is one document; letters beyond ASCII are escaped, so that any clipboard carries it."""
    rtf = written("odegard-strauss-2014", "word")

    assert rtf.startswith(r"{\rtf1")
    assert rtf.endswith("}")
    assert rtf.isascii()
    assert r"{\i Journal of Invented Harbours}" in rtf


@pytest.mark.parametrize(
    ("format_", "entry"),
    [
        ("bibtex", "@article{odegard-strauss-2014,"),
        ("biblatex", "@article{odegard-strauss-2014,"),
        ("ris", "ID  - odegard-strauss-2014"),
        ("csl-json", '"id": "odegard-strauss-2014"'),
    ],
)
def test_libraries_get_entries_with_the_key(format_: str, entry: str, written: Written) -> None:
    """The entry for a library has the work's own key, once also when it is cited twice."""
    assert written("Ødegård & Strauß-O'Neill 2014, p. 1; Strauß-O'Neill & Ødegård 2014", format_).count(entry) == 1


def test_a_claim_is_written_with_its_citation(written: Written) -> None:
    """Words give sentences that are cited, and the references below."""
    statement = "The workshops of Farholm take up design once the fog is over"

    assert (
        written("workshops take up design", "pandoc").splitlines()[0] == f"{statement} [@odegard-strauss-2014, sec. 2]."
    )
    assert written("workshops take up design", "markdown").startswith(f"{statement} (Ødegård & Strauß-O’Neill, 2014, ")
    assert written("workshops take up design", "latex").startswith(
        rf"{statement} \autocite[sec.~2]{{odegard-strauss-2014}}."
    )


def test_json_has_everything(written: Written) -> None:
    """For programs: the works with their places, how certain it is, and the renderings when a style is named."""
    answer = json.loads(written("Brine 1988, p. 2", "json", style="apa"))

    assert (answer["certain"], answer["works"][0]["key"], answer["works"][0]["locator"]) == (True, "brine-1988", "p. 2")
    assert answer["works"][0]["rendered"]["in_text"] == "(Brine, 1988, p. 2)"


@pytest.mark.parametrize("format_", formats.NAMES)
def test_a_doubtful_work_is_never_cited_without_a_warning(
    format_: str, written: Written, database: sqlite3.Connection
) -> None:
    """Every format shows the warning in what is pasted, or it is said beside it."""
    warning = "the data of this work are from memory; check them before you print them"
    beside = formats.warnings(citations.cite(database, "brine-1988"), format_)

    assert warning in written("brine-1988", format_) or beside == [f"Brine 1988: {warning}"]
    assert formats.warnings(citations.cite(database, "odegard-2003a"), format_) == []


def test_html_of_a_hostile_title_is_harmless(copy: Project, run: Callable[..., Any]) -> None:
    """What a title holds is text: no element comes out that a style did not make."""
    path = copy.kb / "works" / "brine-1988.yaml"
    text = path.read_text(encoding="utf-8").replace("A Few More Lamps", "'<script>alert(1)</script> & <b>Lamps</b>'")
    path.write_text(text, encoding="utf-8")
    assert run("build", cwd=copy.kb.parent).code == 0

    class Tags(HTMLParser):
        found: set[str] = set()  # noqa: RUF012  of one parser

        def handle_starttag(self, tag: str, _: object) -> None:
            self.found.add(tag)

    parser = Tags()
    parser.feed(run("cite", "brine-1988", "--format", "html", cwd=copy.kb.parent).out)
    assert parser.found <= {"p", "i", "b", "a"}


def test_the_command_knows_every_format() -> None:
    """The command line names the formats that there are."""
    assert cli.CITATIONS == formats.NAMES == tuple(dict.fromkeys(cli.CITATIONS))
    assert {*formats.LIBRARIES, *formats.STYLED, *formats.PLAIN} == set(formats.NAMES)


def test_an_unknown_style_is_answered_with_the_nearest(built: Project, run: Callable[..., Any]) -> None:
    """A style that is not there is said so, with one that is."""
    result = run("cite", "Brine 1988", "--style", "chicagoo", cwd=built.kb.parent)

    assert (result.code, result.out) == (1, "")
    assert result.err.startswith("Error: no citation style is called 'chicagoo'; did you mean 'chicago'?")
