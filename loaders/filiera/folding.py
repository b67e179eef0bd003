"""Fold text for comparison: case, diacritics, letters that Unicode does not take apart, punctuation."""

from __future__ import annotations

import re
import unicodedata

#: Letters with no decomposition in Unicode, so that removing marks leaves them as they are; SQLite's tokenizer does
#: not fold them either.
LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
APOSTROPHES = re.compile(r"['’‘ʼ`´]")
WORDS = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Return the words of `text` in lower case, without marks, apostrophes or punctuation, one space apart.

    >>> fold("O’Connor & Łukasiewicz-Mañé, Straße")
    'oconnor lukasiewicz mane strasse'
    """
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the folded words of `text`."""
    return WORDS.findall(plain(APOSTROPHES.sub("", text)))


def encodable(text: str) -> str:
    """Return a text without the halves of characters that a terminal may hand over and no database takes."""
    return text.encode("utf-8", "replace").decode()


def plain(text: str) -> str:
    """Return `text` in lower case and without marks; its punctuation stays."""
    if text.isascii():
        return text.lower()
    lowered = text.casefold().translate(LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def plain_spellings(text: str) -> str:
    """Return the folded form of the words in `text` that SQLite's `unicode61` tokenizer would not find folded.

    >>> plain_spellings("The O’Connor of Łódź and Coró")
    'oconnor lodz'
    """
    return " ".join(
        dict.fromkeys(fold(word) for word in text.split() if APOSTROPHES.search(word) or _has_letters(word))
    )


def _has_letters(word: str) -> bool:
    return not word.isascii() and any(ord(c) in LETTERS for c in word.casefold())
