"""The strict reader: what it refuses, at which line and column, and what it leaves as text."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from filiera import checks
from filiera.paths import Project
from filiera.reader import MAX_DEPTH, MAX_LENGTH, Flaw, Mapping, Scalar, Sequence, read
from filiera.schema import Schema

ANCHOR = "write the value out where it is needed"
BROKEN = "look for a missing quote, bracket or indent here or above"
COLON = "a colon makes a second key of this text"
DEEP = (f"nested more than {MAX_DEPTH} deep", "no record needs this")
SECOND = ("a second document begins here", "make it a file of its own, or a list")
TAB = ("a tab stands where YAML wants spaces", "indent with two spaces")
TAG = "delete it; the schema knows the type"
UNQUOTED = ("a key must be plain text", "did you forget quotes?")


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("a: 1\na: 2", Flaw(2, 1, "the key 'a' is given twice", "it stands in line 1 too; keep one of them")),
        ("a:\n  b: 1\n  b: 2", Flaw(3, 3, "the key 'b' is given twice", "it stands in line 2 too; keep one of them")),
        ("a: {b: 1, b: 2}", Flaw(1, 11, "the key 'b' is given twice", "it stands in line 1 too; keep one of them")),
        ("- a: 1\n  'a': 2", Flaw(2, 3, "the key 'a' is given twice", "it stands in line 1 too; keep one of them")),
        ("a:\n\tb: 1", Flaw(2, 1, *TAB)),
        ("a:\n  b: |\n    c\n\td", Flaw(4, 1, *TAB)),
        ("a:\n  b: c\n  \td: e", Flaw(3, 3, *TAB)),
        ("a: [b,\n\tc: }", Flaw(2, 5, "not YAML: did not find expected node content", BROKEN)),
        ("a: &x b", Flaw(1, 4, "the anchor &x is refused", ANCHOR)),
        ("a: &x {b: c}", Flaw(1, 4, "the anchor &x is refused", ANCHOR)),
        ("&x a: b", Flaw(1, 1, "the anchor &x is refused", ANCHOR)),
        ("a: *x", Flaw(1, 4, "the alias *x is refused", "write the value out")),
        ("*x : b", Flaw(1, 1, "the alias *x is refused", "write the value out")),
        ("a: !!str b", Flaw(1, 4, "the tag 'tag:yaml.org,2002:str' is refused", TAG)),
        ("a: !own [b]", Flaw(1, 4, "the tag '!own' is refused", TAG)),
        (
            "a: !!python/object/apply:os.system [ls]",
            Flaw(1, 4, "the tag 'tag:yaml.org,2002:python/object/apply:os.system' is refused", TAG),
        ),
        ("a: 012", Flaw(1, 4, "'012' looks like an octal number", "quote it: '012'")),
        ("a: [1, -08]", Flaw(1, 8, "'-08' looks like an octal number", "quote it: '-08'")),
        ("012: a", Flaw(1, 1, "'012' looks like an octal number", "quote it: '012'")),
        ("a: b\n---\nc: d", Flaw(2, 1, *SECOND)),
        ("a: b\n...\n---\n", Flaw(3, 1, *SECOND)),
        ("a: b\x07c", Flaw(1, 5, r"the control character '\x07' stands in the text", "delete it")),
        ("ł: ø\nab\x00", Flaw(2, 3, r"the control character '\x00' stands in the text", "delete it")),
        ('ł: "\\x1b"', Flaw(1, 4, r"the control character '\x1b' stands in the text", "delete it")),
        ("[" * 30_000, Flaw(1, MAX_DEPTH + 1, *DEEP)),
        ("- " * 30_000, Flaw(1, 2 * MAX_DEPTH + 1, *DEEP)),
        ("{a: " * 30_000, Flaw(1, 4 * MAX_DEPTH + 1, *DEEP)),
        ("{" * 30_000, Flaw(1, 2, *UNQUOTED)),
        ("[a]: b", Flaw(1, 1, *UNQUOTED)),
        ("a: 'b\nc: d\n", Flaw(3, 1, "not YAML: found unexpected end of stream", BROKEN)),
        ("a: 'it's'", Flaw(1, 8, "not YAML: did not find expected key", BROKEN)),
        ("a: [b, c\nd: e", Flaw(2, 2, "not YAML: did not find expected ',' or ']'", BROKEN)),
        ("- a\nb: c", Flaw(2, 1, "not YAML: did not find expected '-' indicator", BROKEN)),
        ("title: Lenses: a story", Flaw(1, 14, COLON, "quote the whole value")),
        ("łł: ø: ß", Flaw(1, 6, COLON, "quote the whole value")),
        ("x" * (MAX_LENGTH + 1), Flaw(1, 1, "the file has 5,000,001 characters", "split it; 5,000,000 is the most")),
    ],
    ids=lambda value: repr(value)[:40] if isinstance(value, str) else "",
)
def test_a_flawed_text_is_refused_at_its_place(text: str, flaw: Flaw) -> None:
    """What YAML readers disagree on, or take for something else, is refused with its line and column."""
    _, flaws = read(text)

    assert flaws == [flaw]


@pytest.mark.parametrize("text", ["[" * 30_000, "- " * 30_000, "{a: " * 30_000, "? " * 30_000, "[" * 4_000_000])
def test_a_deep_file_ends_at_once(text: str) -> None:
    """Brackets by the thousand, which crash libyaml's loader, cost no time."""
    before = time.process_time()
    read(text)

    assert time.process_time() - before < 0.5


def test_a_billion_laughs_are_refused_without_a_laugh() -> None:
    """Nested aliases are named, one flaw each, and never expanded."""
    text = "a0: &a0 [ha, ha]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
    before = time.process_time()
    tree, flaws = read(text)

    assert time.process_time() - before < 0.5
    assert [f.message for f in flaws] == [
        m
        for n in range(30)
        for m in (f"the anchor &a{n} is refused", *[f"the alias *a{n - 1} is refused"] * 9 * (n > 0))
    ]
    assert isinstance(tree, Mapping)
    assert tree.items["a29"] == Sequence(30, 6, [Scalar("", plain=False, line=30, column=12 + 6 * i) for i in range(9)])


@pytest.mark.parametrize(
    "text",
    ["NO", "yes", "on", "2014-02-30", "1.10", "12:30", "1_000", "0x1F", "0o14", "1e3", ".inf", "=", "Null", "<<"],
)
def test_plain_text_stays_the_text_that_it_is(text: str) -> None:
    """Nothing is guessed: a country NO is no truth value, a version 1.10 is no number, a date is no object."""
    tree, flaws = read(f"a: {text}")

    assert (tree, flaws) == (
        Mapping(
            1, 1, {"a": Scalar(text, plain=True, line=1, column=4)}, {"a": Scalar("a", plain=True, line=1, column=1)}
        ),
        [],
    )


def test_positions_count_characters_and_not_bytes() -> None:
    """A value after letters outside ASCII stands in the column where an editor shows it."""
    tree, _ = read("Łukasz:\n  - {Strauß: Ødegård}")

    assert isinstance(tree, Mapping)
    assert tree.items["Łukasz"] == Sequence(
        2,
        3,
        [
            Mapping(
                2,
                5,
                {"Strauß": Scalar("Ødegård", line=2, column=14, plain=True)},
                {"Strauß": Scalar("Strauß", line=2, column=6, plain=True)},
            )
        ],
    )


def test_reading_goes_on_after_a_flaw() -> None:
    """One run shows every flaw of a file, in the order of the text."""
    _, flaws = read("a: 012\na: 1\nb: &x c\nd: !t e")

    assert [(f.line, f.column) for f in flaws] == [(1, 4), (2, 1), (3, 4), (4, 4)]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"id: brine\xff", "byte 9 is not UTF-8 (save the file as UTF-8)"),
        ("id: Łódź".encode("utf-16"), "byte 0 is not UTF-8 (save the file as UTF-8)"),
        (b"", "the file is empty (write a record, or delete it)"),
        (b"# nothing yet\n", "the file is empty (write a record, or delete it)"),
    ],
)
def test_a_file_that_is_no_text_is_a_problem_of_that_file(
    tiny: Project, known: Schema, content: bytes, problem: str
) -> None:
    """A file that cannot be read, or says nothing, is reported, and the other files are checked all the same."""
    sound = checks.check(tiny, known)
    Path("kb/authors/lost.yaml").write_bytes(content)
    report = checks.check(tiny, known)

    assert list(map(str, report.problems)) == [f"kb/authors/lost.yaml:1:1: {problem}"]
    assert report.counts - sound.counts == {"files": 1, "syntax": 1}
