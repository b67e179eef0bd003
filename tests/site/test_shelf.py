"""Passages are shown in the paragraph in which they stand, from the file that was read and no other."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from filiera.site.shelf import Excerpt, Shelf

WRAPPED_TEXT = """\
1. Harbours
The harbour of Farholm grinds lenses, and has
ground them
for longer than anyone
remembers. It sells them abroad.
The guild keeps no register of the workshops, so that
their number is not known.

A blank line has ended the paragraph before this one.
"""

LONG_LINES = f"The first paragraph {'goes on ' * 40}to its end.\nThe second is short.\nThe third {'does so too ' * 30}."


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Return the two texts on a shelf, by the names of their files."""
    for name, text in (("wrapped", WRAPPED_TEXT), ("long", LONG_LINES)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return Shelf({name: tmp_path / name for name in ("wrapped", "long")})


def digested(shelf: Shelf) -> Shelf:
    """Return the shelf with its files by what they hold."""
    return Shelf({hashlib.sha256(path.read_bytes()).hexdigest(): path for path in shelf.files.values()})


def excerpt(shelf: Shelf, text: str, words: str) -> Excerpt | None:
    """Return the words of a text in their paragraph."""
    digest, start = hashlib.sha256(text.encode()).hexdigest(), text.index(words)
    return digested(shelf).excerpt(digest, start, start + len(words))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (
            WRAPPED_TEXT,
            "longer than anyone\nremembers",
            (
                "The harbour of Farholm grinds lenses, and has ground them for ",
                "longer than anyone remembers",
                ". It sells them abroad.",
            ),
        ),
        (
            WRAPPED_TEXT,
            "no register",
            ("The guild keeps ", "no register", " of the workshops, so that their number is not known."),
        ),
        (WRAPPED_TEXT, "A blank line", ("", "A blank line", " has ended the paragraph before this one.")),
        (LONG_LINES, "is short", ("The second ", "is short", ".")),
    ],
)
def test_a_passage_stands_in_its_paragraph(shelf: Shelf, text: str, words: str, expected: tuple[str, ...]) -> None:
    """Paragraphs are found in wrapped text and in text with a line for each, and shown with their lines joined."""
    found = excerpt(shelf, text, words)

    assert found
    assert (found.before, found.passage, found.after) == expected
    assert (found.cut_before, found.cut_after) == (False, False)


def test_a_long_paragraph_is_cut(shelf: Shelf) -> None:
    """Of a long paragraph only the words around the passage are shown."""
    found = excerpt(shelf, LONG_LINES, "first")

    assert found
    assert (found.before, found.cut_before, found.cut_after) == ("The ", False, False)

    text = f"{'before ' * 300}here{' after' * 300}"
    path = next(iter(shelf.files.values()))
    path.write_text(text, encoding="utf-8")
    found = excerpt(shelf, text, "here")

    assert found
    assert (found.cut_before, found.cut_after) == (True, True)
    assert len(found.before) + len(found.after) < 1300


def test_a_file_that_was_changed_is_not_shown(tmp_path: Path) -> None:
    """The file must still be the one that was read, and must still be there."""
    path = tmp_path / "text"
    path.write_text("The first words.", encoding="utf-8")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    shelf = Shelf({digest: path})
    before = shelf.excerpt(digest, 4, 9)
    path.write_text("Quite others now.", encoding="utf-8")
    changed = shelf.excerpt(digest, 4, 9)
    path.unlink()

    assert before
    assert before.passage == "first"
    assert changed is None
    assert shelf.excerpt(digest, 4, 9) is None
    assert shelf.excerpt("another", 4, 9) is None
