"""Find works by a title, a part of one, or one that is mistyped."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass

from filiera.citations.words import SMALL_WORDS
from filiera.folding import fold, folded_words

#: Titles that the search offers to be looked at closely.
LOOKED_AT = 40

#: A part of a title leads to it when it is more than this share of the title before its colon, or has so many words.
SHARE = 0.6
MANY_WORDS = 4

#: A mistyped title is recognised down to this likeness, of 100.
LIKENESS = 82

#: What has as many words as this and stands behind a year is taken for a title, or what follows one.
LONG_TITLE = 4

#: A title within a longer text has as many words as this.
WORDS_WITHIN = 3

#: A mistyped title is looked for by as many of its longest words, but for those that stand in so many titles.
TELLING, COMMON = 4, 20_000

SUBTITLE = re.compile(r"\s*[:.?!–—]\s+")


@dataclass(frozen=True, slots=True)
class Titled:
    """Works with a title, or with one that holds the text or is like it; `whole` when the text is all of the title."""

    keys: tuple[str, ...] = ()
    whole: bool = False


class Titles:
    """The titles of a base, which are searched where they are."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection

    def find(self, text: str) -> Titled:
        """Return the works whose title, with or without its subtitle, is the text, holds it, or is like it."""
        wanted = fold(text)
        words = [word for word in folded_words(text) if word not in SMALL_WORDS]
        if len(wanted.split()) < 2 or not words:  # noqa: PLR2004  a word is no title
            return Titled()
        rows = self._search(words, wanted)
        if whole := [key for key, titles in rows if wanted in titles]:
            return Titled(tuple(whole), whole=True)
        parts = [key for key, titles in rows if _is_part(wanted, titles)]
        parts = parts or _only([key for key, (whole, _) in rows if whole.startswith(f"{wanted} ")])
        # Where some title has every word, none of the words is mistyped.
        return Titled(tuple(parts if rows else self._like(words, wanted)))

    def of(self, key: str) -> tuple[str, str]:
        """Return a work's folded title, whole and without its subtitle; nothing where it is not known."""
        row = self._connection.execute("select title from works where id = ?", (key,)).fetchone()
        return _both(row[0]) if row and row[0] else ("", "")

    def _search(self, words: list[str], wanted: str) -> list[tuple[str, tuple[str, str]]]:
        """Return works whose titles have the phrase, or all of its words, those that begin with it first."""
        found = self._match(f'"{wanted}"') or self._match(" ".join(f'"{word}"' for word in words))
        return sorted(found, key=lambda one: (not one[1][0].startswith(wanted), len(one[1][0])))

    def _like(self, words: list[str], wanted: str) -> list[str]:
        """Return works whose titles have some of the words and are nearly the text, or stand within it."""
        from rapidfuzz import fuzz  # noqa: PLC0415  only paid for a mistyped title

        longest = sorted(set(words), key=len)[-TELLING:]
        telling = [f'"{word}"' for word in longest if self._tells(word)]
        found = self._match(" OR ".join(telling)) if telling else []
        if held := [key for key, titles in found if _holds(wanted, titles)]:
            return held
        scored = [(max(fuzz.ratio(wanted, title) for title in titles), key) for key, titles in found]
        near = sorted((-score, key) for score, key in scored if score >= LIKENESS)
        return [key for score, key in near if score <= near[0][0] + 3]

    def _tells(self, word: str) -> bool:
        """Tell whether a word stands in few enough titles to lead to one."""
        query = "select count(*) from (select 1 from records_fts where records_fts match ? limit ?)"
        return bool(self._connection.execute(query, (f'label : "{word}"', COMMON)).fetchone()[0] < COMMON)

    def _match(self, expression: str) -> list[tuple[str, tuple[str, str]]]:
        query = """
            select works.id, works.title
            from records_fts join records on records.rowid = records_fts.rowid join works on works.id = records.id
            where records_fts match ? and works.title is not null
            order by bm25(records_fts, 1.0, 0.0), works.id limit ?
        """
        rows = self._connection.execute(query, (f"label : ({expression})", LOOKED_AT))
        return [(key, _both(title)) for key, title in rows]


def _both(title: str) -> tuple[str, str]:
    """Return a folded title, whole and without its subtitle.

    >>> _both("Pyramids of Trust: Social Embeddedness")
    ('pyramids of trust social embeddedness', 'pyramids of trust')
    """
    return fold(title), fold(SUBTITLE.split(title)[0])


def _only(keys: list[str]) -> list[str]:
    """Return the keys when there is one."""
    return keys if len(keys) == 1 else []


def _holds(text: str, titles: tuple[str, str]) -> bool:
    """Tell whether a text, such as a whole reference, holds a title of some words."""
    return any(f" {title} " in f" {text} " for title in titles if len(title.split()) >= WORDS_WITHIN)


def _is_part(wanted: str, titles: tuple[str, str]) -> bool:
    whole, main = (f" {title} " for title in titles)
    words = len(wanted.split())
    much = words > SHARE * len(main.split())
    return (f" {wanted} " in main and much) or (f" {wanted} " in whole and words >= MANY_WORDS)


def agree(written: str, titles: tuple[str, str]) -> bool:
    """Tell whether what was written behind a year holds a title, or is a part of one; both are folded.

    >>> titles = ("pyramids of trust social embeddedness", "pyramids of trust")
    >>> [agree(text, titles) for text in ("pyramids of trust enterprise society", "pyramids", "in gold we trust")]
    [True, True, False]
    """
    from rapidfuzz import fuzz  # noqa: PLC0415  only paid where a title was written

    if not titles[0]:
        return False
    if f" {written} " in f" {titles[0]} ":
        return True
    return any(len(written) >= len(title) and fuzz.partial_ratio(title, written) >= LIKENESS for title in titles)
