"""Small HTML becomes text, Markdown, LaTeX and RTF that read as the same characters; Pandoc reads them to see."""

from __future__ import annotations

import json
import subprocess
from html import escape
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filiera.styles import pandoc
from filiera.styles.markup import FORMATS, convert, rtf

TITLES = (
    "<script>alert(1)</script> & <b",
    "100 % sure_or_not: *stars*, __bars__, `ticks` ~tildes~ ^carets^",
    r"back\slash {braces} [brackets] $x^2$ #1 @key |bars| a\b",
    "1. A number to begin with",
    "(2000) A year in brackets",
    "p. 23 like a list",
    "iv) also a list",
    "- A dash; + a plus",
    "# no heading",
    "> no quotation",
    ": no definition",
    "% no title",
    "+ 4.6 % a year",
    "[1] D. Gaggio",
    "Dots... and -- dashes --- here – and — there",
    "&amp; is an entity, &copy; too, and &#65;",
    "<!-- a comment --> and <i>italics</i> as characters",
    "Łódź, Ørsted, 日本語, 𝒳 and 😀: “quotes” ‘single’ «guillemets»",
    "a, b,, c",
    "it's 'quoted'",
    "https://example.org/a_b",
    "no-break space",
)

#: LaTeX sets straight quotes as curly ones.
CURLED = str.maketrans({"'": "’", '"': "”"})

#: Pandoc reads two of LaTeX's signs as nothing, and joins no surrogates of RTF: there it is given others.
UNREAD = {"latex": {"|": "¦", "`": "´"}, "rtf": {"𝒳": "X", "😀": ":"}}

CHARACTERS = st.characters(exclude_categories=["C", "Zl", "Zp"], max_codepoint=0xFFFF)


def read(text: str, source: str) -> list[dict[str, Any]]:
    """Return the blocks that Pandoc reads."""
    command = [str(pandoc.find().path), f"--from={source}", "--to=json", "--abbreviations=/dev/null"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", check=True)
    return list(json.loads(done.stdout)["blocks"])


def words(element: Any) -> str:  # noqa: ANN401  whatever stands in Pandoc's document
    """Return the characters that a reader sees of what Pandoc read."""
    if isinstance(element, list):
        return "".join(map(words, element))
    kind, content = element["t"], element.get("c")
    if kind in {"Space", "SoftBreak", "LineBreak"}:
        return " "
    if kind == "Quoted":
        before, after = ("‘", "’") if content[0]["t"] == "SingleQuote" else ("“", "”")
        return before + words(content[1]) + after
    return content if kind == "Str" else words(content[1] if kind in {"Span", "Link"} else content)


def readable(text: str, to: str) -> str:
    """Return a text with other signs for those that Pandoc does not read in a format."""
    return text.translate({ord(sign): other for sign, other in UNREAD.get(to, {}).items()})


def seen(source: str, to: str) -> str:
    """Return what a reader sees of one paragraph in a format."""
    blocks = read(convert(source, to), to)
    assert [block["t"] for block in blocks] == ["Para"]
    return words(blocks[0]["c"])


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("to", ["markdown", "latex", "rtf", "html"])
def test_a_title_reads_as_the_characters_that_it_has(title: str, to: str) -> None:
    """No character of a title is taken for markup, and none is lost, at the beginning of a paragraph or in italics."""
    title = readable(title, to)
    expected = title.translate(CURLED) if to == "latex" else title
    wrapped = (lambda text: f"<p>{text}</p>") if to == "html" else str
    source = escape(title, quote=False)

    assert [words(block["c"]) for block in read(wrapped(convert(source, to)), to)] == [expected]
    assert [words(block["c"]) for block in read(wrapped(convert(f"See <i>{source}</i>", to)), to)] == [
        f"See {expected}"
    ]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(CHARACTERS, min_size=1), min_size=1, max_size=3), st.sampled_from(["markdown", "rtf", "latex"]))
def test_whatever_a_title_holds_it_is_read_back(parts: list[str], to: str) -> None:
    """The same for titles that nobody thought of, in roman, italic and bold."""
    parts = [" ".join(part.split()) for part in parts]
    parts = [readable(part, to) for part in parts]
    text = "".join(parts)
    if not text.strip() or any(part != part.strip() or not part for part in parts):
        return
    tags = ("{}", "<i>{}</i>", "x<b>{}</b>")
    source = "".join(tags[n].format(escape(part, quote=False)) for n, part in enumerate(parts))
    expected = "x".join(["".join(parts[:2]), *parts[2:]])

    assert seen(source, to) == (expected.translate(CURLED) if to == "latex" else expected)


SAMPLE = (
    '<i>Pyramids</i> &amp; <b>trust</b> 10<sup>-2</sup> H<sub>2</sub>O <span class="smallcaps">Rossi</span> '
    '<a href="https://doi.org/10.5555/a_b">https://doi.org/10.5555/a_b</a> <a href="http://example.org/x%20(y)#z">here</a>'
)


IN_FORMATS = {
    "text": "Pyramids & trust 10⁻² H₂O Rossi https://doi.org/10.5555/a_b here",
    "html": SAMPLE,
    "markdown": (
        "*Pyramids* & **trust** 10^-2^ H~2~O [Rossi]{.smallcaps} "
        "<https://doi.org/10.5555/a_b> [here](http://example.org/x%20%28y%29#z)"
    ),
    "latex": (
        r"\textit{Pyramids} \& \textbf{trust} 10\textsuperscript{-2} H\textsubscript{2}O \textsc{Rossi} "
        r"\url{https://doi.org/10.5555/a_b} \href{http://example.org/x\%20(y)\#z}{here}"
    ),
}


@pytest.mark.parametrize(("to", "expected"), IN_FORMATS.items())
def test_fonts_and_links_are_those_of_the_format(to: str, expected: str) -> None:
    """Each tag has its sign, and an address that is its own text is not written twice."""
    assert convert(SAMPLE, to) == expected


def test_rich_text_is_a_document_that_word_processors_open() -> None:
    """The document has a head and a paragraph for each work; signs beyond ASCII are numbers with a sign in their place.

    The numbers are those of RTF 1.9.1: signed and of 16 bits, so that U+1D4B3 is the pair D835 DCB3.
    """
    written = rtf(["<i>Łódź</i> {a\\b}", '𝒳 <a href="https://example.org/ü">x</a>'])

    assert written == (
        "{\\rtf1\\ansi\\ansicpg1252\\uc1\\deff0{\\fonttbl{\\f0\\froman Times New Roman;}}\\f0\\fs24\n"
        "\\pard {\\i \\u321 ?\\u243 ?d\\u378 ?} \\{a\\\\b\\}\\par\n"
        "\\pard \\u-10187 ?\\u-9037 ? "
        '{\\field{\\*\\fldinst{HYPERLINK "https://example.org/\\u252 ?"}}{\\fldrslt{\\ul x}}}\\par\n'
        "}\n"
    )
    assert written.isascii()


@pytest.mark.parametrize("to", FORMATS)
@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd", ""],
)
def test_only_links_to_the_web_survive(address: str, to: str) -> None:
    """A link that leads elsewhere is its text."""
    assert convert(f'<a href="{address}">here</a>', to) == convert("here", to)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<script>alert(1)</script>", "alert(1)"),
        ('<img src="x" onerror="alert(1)">a<br>b', "ab"),
        ('<i onclick="alert(1)" style="color:red">a</i>', "<i>a</i>"),
        ("<i>not closed <b>either", "<i>not closed <b>either</b></i>"),
        ("</b>never <i>opened</b></i>", "never <i>opened</i>"),
        ("<i></i><a href='https://example.org'></a>", ""),
        (
            '<a href="https://example.org/&quot;onclick=&quot;x">a</a>',
            '<a href="https://example.org/%22onclick=%22x">a</a>',
        ),
        ("a\n  b\tc", "a b c"),
    ],
)
def test_html_comes_out_clean(source: str, expected: str) -> None:
    """Only the tags that mean something here come out, whole and without other attributes."""
    assert convert(source, "html") == expected
