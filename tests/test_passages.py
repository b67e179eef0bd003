"""Looking up passages: what is found, what is not, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from filiera import checks
from filiera.documents import Document, library
from filiera.passages import Location, elsewhere, locate, section_at
from filiera.paths import Project
from filiera.schema import Schema

Edit = Callable[[Path, str, str], None]

Look = Callable[..., tuple[Location, str]]

MANUSCRIPT = "odegard-strauss-2014-manuscript"
CLAIM = Path("kb/claims/odegard-strauss-2014/2-farholm.yaml")
PLACE = "passage: {start: The companies named the, end: and the workshops obeyed}"

LENSES = "Lenses cost 12.9% more, but they were not sold abroad, and 1,220 of them broke; 6.4 years passed."


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """Return a function that looks a passage up in a text, and gives what was found and the words that it points to."""

    def look(text: str, **passage: str) -> tuple[Location, str]:
        path = tmp_path / "text.txt"
        path.write_text(text, encoding="utf-8", newline="")
        found = locate(passage, Document("text", {}, path, "found"))
        return found, text[found.start : found.end]

    return look


@pytest.mark.parametrize(
    ("text", "passage", "stretch"),
    [
        # Punctuation around words may be left off
        (LENSES, {"start": "Lenses cost 12.9% more"}, "Lenses cost 12.9% more"),
        (LENSES, {"start": "and 1,220", "end": "of them broke"}, "and 1,220 of them broke"),
        (LENSES, {"start": "but they", "end": "years passed"}, LENSES[24:-1]),
        (LENSES, {"start": "broke; 6.4 years passed."}, "broke; 6.4 years passed."),
        ("it (a lens of glass) broke", {"start": "a lens of glass"}, "a lens of glass"),
        ("lamps—a lens of glass—broke", {"start": "a lens of glass"}, "a lens of glass"),
        # Quotation marks are one mark
        ("he said “a ‘lens’ is” now", {"start": "\"a 'lens' is\""}, "“a ‘lens’ is”"),
        ("he said \"a 'lens' is\" now", {"start": "“a ‘lens’ is”"}, "\"a 'lens' is\""),
        ("they don’t say it", {"start": "don't say it"}, "don’t say it"),
        # White space is one space
        ("one  two\n\nthree\u00a0four", {"start": "one two three four"}, "one  two\n\nthree\u00a0four"),
        ("one two three", {"start": "one\n two   three"}, "one two three"),
        ("one\r\ntwo\r\nthree four", {"start": "two three four"}, "two\r\nthree four"),
        # A hyphen at a line end may be the typesetter's, the word's, or that of a word left out
        ("the lens-\nmakers came by", {"start": "the lensmakers came"}, "the lens-\nmakers came"),
        ("the lens-\nmakers came by", {"start": "the lens-makers came"}, "the lens-\nmakers came"),
        ("the lens- \r\n  makers came by", {"start": "the lens-makers came"}, "the lens- \r\n  makers came"),
        ("of low-\nand high-quality", {"start": "of low- and"}, "of low-\nand"),
        ("from 1990-\n2010 on", {"start": "from 1990-2010 on"}, "from 1990-\n2010 on"),
        ("Anglo-\nSaxon lens makers", {"start": "Anglo-Saxon lens makers"}, "Anglo-\nSaxon lens makers"),
        # Letters outside ASCII are letters
        ("Łukasz Ødegård grinds", {"start": "Łukasz Ødegård grinds"}, "Łukasz Ødegård grinds"),
        # The shortest stretch is meant
        ("a lens is a lens is a lens of glass", {"start": "a lens", "end": "of glass"}, "a lens of glass"),
        ("from here to here and to there", {"start": "from here", "end": "to"}, "from here to"),
        ("red lens and red lens broke", {"start": "red lens", "end": "lens broke"}, "red lens and red lens broke"),
        # A prefix or a suffix tells places apart
        ("in a red lens. On a red lens: x", {"start": "a red lens", "prefix": "On"}, "a red lens"),
        ("in a red lens. On a red lens: x", {"start": "a red lens", "suffix": "On"}, "a red lens"),
        ("one end two end", {"start": "one", "end": "two end", "prefix": ""}, "one end two end"),
    ],
)  # fmt: skip
def test_a_passage_is_found_and_its_offsets_point_at_it(
    look: Look, text: str, passage: dict[str, str], stretch: str
) -> None:
    """White space, quotation marks and hyphens at line ends are folded, and the offsets are the text's own."""
    found, words = look(text, **passage)

    assert (found.verdict, words) == ("found", stretch)


@pytest.mark.parametrize(
    ("text", "passage"),
    [
        (LENSES, {"start": "Lenses cost 12.8% more"}),
        (LENSES, {"start": "Lenses cost 12.9 more"}),
        (LENSES, {"start": "Lenses cost", "end": "12.9"}),
        (LENSES, {"start": "Lenses cost -12.9% more"}),
        ("it fell by −12.9% since", {"start": "fell by 12.9% since"}),
        ("it fell by −12.9% since", {"start": "it fell by", "end": "12.9%"}),
        ("it fell by −12.9% since", {"start": "fell by -12.9% since"}),
        ("it fell by +12.9% since", {"start": "it fell by", "end": "12.9%"}),
        ("it cost €12.9 then", {"start": "it cost", "end": "12.9 then"}),
        ("it cost €12.9m then", {"start": "then it cost €12.9"}),
        (LENSES, {"start": "they were sold abroad"}),
        (LENSES, {"start": "they were", "end": "sold not abroad"}),
        (LENSES, {"start": "they not were sold"}),
        (LENSES, {"start": "broke; 6", "end": "years passed"}),
        (LENSES, {"start": "broke", "end": ".4 years passed"}),
        (LENSES, {"start": "abroad, and 1", "end": "of them"}),
        (LENSES, {"start": "220 of them broke"}),
        (LENSES, {"start": "enses cost 12.9% more"}),
        (LENSES, {"start": "they were not sol"}),
        (LENSES, {"start": "lenses cost 12.9% more"}),
        (LENSES, {"start": "abroad and 1,220 of"}),
        (LENSES, {"start": "years passed", "end": "Lenses cost"}),
        ("Łukasz Ødegård grinds", {"start": "Lukasz Ødegård grinds"}),
        ("the high-quality lens", {"start": "the highquality lens"}),
        ("from 1990-\n2010 on", {"start": "from 19902010 on"}),
        ("in a red lens. On a red lens", {"start": "a red lens", "prefix": "at"}),
    ],
)
def test_a_passage_that_differs_in_one_sign_is_not_found(look: Look, text: str, passage: dict[str, str]) -> None:
    """Words, signs, digits and their order are never changed, and a part of a number is not the number."""
    found, _ = look(text, **passage)

    assert found.verdict == "not-found"


@pytest.mark.parametrize(
    ("passage", "part", "message", "hint"),
    [
        (
            {"start": "Lenses cost 12.8% more"},
            "start",
            "'Lenses cost 12.8% more' does not stand in the document",
            "'12.8%' is '12.9%' there; nearest: 'Lenses cost 12.9% more,'",
        ),
        (
            {"start": "Lenses cost", "end": "were sold abroad"},
            "end",
            "'were sold abroad' does not stand in the document",
            "'not' is there too: 'were not sold abroad,'",
        ),
        (
            {"start": "were not even sold"},
            "start",
            "'were not even sold' does not stand in the document",
            "'even' is not there; nearest: 'were not sold'",
        ),
        (
            {"start": "but they", "end": "2.9%"},
            "end",
            "'2.9%' does not stand in the document",
            "'2.9%' is '12.9%' there; nearest: '12.9%'",
        ),
        (
            {"start": "6.4 passed years."},
            "start",
            "'6.4 passed years.' does not stand in the document",
            "the order or the punctuation differs: the document has '6.4 years passed.'",
        ),
        (
            {"start": "zzz qqq jjj"},
            "start",
            "'zzz qqq jjj' does not stand in the document",
            "nothing like it stands there",
        ),
        (
            {"start": "years passed", "end": "Lenses cost"},
            "end",
            "the last words do not stand after the first",
            "swap start and end, or correct one of them",
        ),
        (
            {"start": "of them broke", "suffix": "then"},
            "prefix",
            "the words stand there, but not with this prefix or suffix",
            "",
        ),
    ],
)
def test_what_is_not_found_is_set_beside_what_stands_there(
    look: Look, passage: dict[str, str], part: str, message: str, hint: str
) -> None:
    """The differing words come first, then the nearest text, so that the reader sees who is wrong."""
    found, _ = look(LENSES, **passage)

    assert found == Location("not-found", part=part, message=message, hint=hint)


@pytest.mark.parametrize(
    ("text", "passage", "around"),
    [
        ("a red lens, a red lens", {"start": "a red lens"}, "a red lens, a red lens"),
        ("one a b two. one a c two.", {"start": "one a", "end": "two"}, "one a b two. one a c two."),
        ("a red-blue lens; a red-\nblue lens", {"start": "a red-blue lens"}, "a red-blue lens; a red- blue l"),
    ],
)
def test_a_passage_that_stands_twice_is_ambiguous(look: Look, text: str, passage: dict[str, str], around: str) -> None:
    """Where words stand in several places, in any reading of the text, the candidates are shown."""
    found, _ = look(text, **passage)

    whole = " ".join(text.split())
    message = f"the passage stands 2 times: …{around}…; …{whole}…"
    assert found == Location("ambiguous", message=message, hint="add a prefix")


def test_two_words_point_nowhere(look: Look) -> None:
    """Fewer than three words are refused, however often they stand."""
    found, _ = look(LENSES, start="Lenses", end="broke")

    assert found == Location(
        "too-short", message="2 words do not point to one place", hint="give more words of start or end"
    )


@pytest.mark.parametrize(
    ("place", "problem"),
    [
        (
            PLACE.replace("named the,", "named a,"),
            (
                "10:24: passage not-found: 'The companies named a' does not stand in the document"
                " ('a' is 'the' there; nearest: 'The companies named the')"
            ),
        ),
        (
            "passage: {start: Most lamps on this, end: burn herring oil}",
            (
                "10:24: passage not-found: 'Most lamps on this' does not stand in the document"
                " (it stands in 'lamps-2015-page')"
            ),
        ),
        (
            "passage: {start: The guild lent out machines}",
            "9:16: passage not-found: the passage stands in section 3, not in '2' (correct the section or the words)",
        ),
        (
            "passage: {start: a workshop lasted, end: older and poorer}",
            (
                "9:16: passage not-found: the passage runs on beyond the end of section '2'"
                " (correct the section or the words)"
            ),
        ),
        (
            "passage: {start: the workshops}",
            "10:24: passage too-short: 2 words do not point to one place (give more words of start or end)",
        ),
    ],
)
def test_a_wrong_passage_is_a_problem_of_its_record(
    tiny: Project, known: Schema, edit: Edit, place: str, problem: str
) -> None:
    """The verdict stands at the line of the words or of the section, and names the document that does have them."""
    edit(CLAIM, PLACE, place)

    assert list(map(str, checks.check(tiny, known).problems)) == [f"{CLAIM}:{problem}"]


def test_a_passage_may_stand_again_in_another_section(tiny: Project, known: Schema) -> None:
    """The section tells places apart; without it the passage is ambiguous."""
    document = library(tiny.kb, known, tiny.sources).documents[MANUSCRIPT]
    passage = {"start": "the workshops of the harbour"}
    verdicts = [locate(passage, document, section).verdict for section in ("2", "3", None)]

    assert verdicts == ["found", "found", "ambiguous"]


def test_a_section_that_the_document_does_not_list_is_a_problem(tiny: Project, known: Schema, edit: Edit) -> None:
    """A section is one of those in the document's record, which the hint lists."""
    edit(CLAIM, f"section: '2'\n      {PLACE}", f"section: '2.1'\n      {PLACE}")

    assert list(map(str, checks.check(tiny, known).problems)) == [
        f"{CLAIM}:9:16: passage not-found: {MANUSCRIPT!r} lists no section '2.1' (it lists Abstract, 1, 2, 3, 4, 5)"
    ]


def test_every_offset_knows_its_section(tiny: Project, known: Schema) -> None:
    """The sections of a document cover its text from the abstract on, each from its heading to its last words."""
    document = library(tiny.kb, known, tiny.sources).documents[MANUSCRIPT]
    words = [
        "Two Harbours Compared",
        "Orders from abroad",
        "A lens is",
        "Brightglass, the",
        "Lens Fair",
        "−12.9%",
        "Drawing",
    ]

    assert [section_at(document, document.text.index(w)) for w in words] == [
        "outside any", "Abstract", "1", "2", "3", "4", "5"
    ]  # fmt: skip


def test_the_other_document_is_named_only_when_it_has_the_words(tiny: Project, known: Schema) -> None:
    """Words that stand nowhere are not blamed on another document."""
    known_documents = library(tiny.kb, known, tiny.sources)
    asked = [{"start": "Most lamps on this"}, {"start": "Least lamps on this"}]

    assert [elsewhere(passage, known_documents, MANUSCRIPT) for passage in asked] == ["lamps-2015-page", ""]
