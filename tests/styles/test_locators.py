"""A place in a work is read however writers put it."""

from __future__ import annotations

import pytest

from filiera.styles.locators import LABELS, locator


@pytest.mark.parametrize(
    ("text", "label", "value"),
    [
        ("p. 23", "page", "23"),
        ("pp. 23-25", "page", "23-25"),
        ("p23", "page", "23"),
        ("P. iv", "page", "iv"),
        ("23", "page", "23"),
        ("xii–xv", "page", "xii–xv"),
        ("23, 31 and 40", "page", "23, 31 and 40"),
        ("23f", "page", "23f"),
        ("S12", "page", "S12"),
        ("passim", "page", "passim"),
        ("sec. 6", "section", "6"),
        ("Section 6.2", "section", "6.2"),
        ("§6", "section", "6"),
        ("§§ 3-4", "section", "3-4"),
        ("chap. 2", "chapter", "2"),
        ("ch 2", "chapter", "2"),
        ("table 3", "table", "3"),
        ("Tab. 3a", "table", "3a"),
        ("fig. 2", "figure", "2"),
        ("vol. 2", "volume", "2"),
        ("fn. 12", "note", "12"),
        ("s.v. filiera", "sub-verbo", "filiera"),
        ("sub verbo filiera", "sub-verbo", "filiera"),
        ("app. B", "appendix", "B"),
        ("sec. 3, p. 12", "section", "3, p. 12"),
        ("page {23}\n", "page", "23"),
        ("p. ]}5{[", "page", "5"),
        ("p. 5 [sic]", "page", "5 [sic]"),
        ("Box 2", "", "Box 2"),
        ("the last pages", "", "the last pages"),
        ("section", "", "section"),
    ],
)
def test_a_place_is_read_however_it_is_written(text: str, label: str, value: str) -> None:
    """Labels are known in full and abbreviated, numbers alone are pages, and other words are kept as they are."""
    read = locator(text)

    assert (read.label, read.value) == (label, value)


@pytest.mark.parametrize("label", LABELS)
def test_every_label_of_csl_is_known_by_its_own_name(label: str) -> None:
    """What a program writes, CSL's own name, is a label too."""
    assert (locator(f"{label} 3").label, locator(f"{label} 3").value) == (label, "3")


@pytest.mark.parametrize(
    ("text", "plural"),
    [("p. 3", False), ("p. 3-4", True), ("p. 3–4", True), ("sec. 3, 5", True), ("sec. 3 and 5", True)],
)
def test_several_places_are_told_from_one(text: str, plural: bool) -> None:  # noqa: FBT001  a row of a table
    """Ranges and lists are several."""
    assert locator(text).plural is plural
