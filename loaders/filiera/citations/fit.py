"""Hold a reading against a work: which names fit which authors, and what speaks against it.

Names may be missing their joints, stand in any order, and carry given names or initials. What an exact name leaves
unexplained may be one that is misspelt; every such liberty is a doubt, and only a fit without doubt can be certain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filiera.citations.index import Person
from filiera.citations.names import allowed, slips
from filiera.citations.reading import Reading, Word

#: What a liberty costs when fits are ranked; a doubt without a cost here costs 1.
COSTS = {
    "misspelt": 0.6,
    "part": 0.5,
    "number": 1.0,
    "order": 0.4,
    "year": 1.5,
    "far year": 2.5,
    "letter": 0.3,
    "unexplained": 2.0,
}

#: "et al." stands for the authors of a work that has at least this many.
ET_AL = 3

#: Years further off than this are all alike.
FAR = 40

#: The longest name of an author that is looked for in running words; those of ministries are long.
LONGEST = 16


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that a reading is held against."""

    key: str
    year: str
    letter: str
    edited: bool
    people: list[Person]

    @classmethod
    def of(cls, row: tuple[str, str, str, int, str]) -> Candidate:
        """Return the candidate of a row of `citation_works`."""
        return cls(row[0], row[1], row[2], bool(row[3]), json.loads(row[4]))


@dataclass(frozen=True, slots=True)
class Fit:
    """How a reading fits a work: what it costs, the doubts by name, and the names that were put right."""

    key: str
    cost: float
    doubts: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """Words that could name a person: which words, which person, the name meant, and the doubt about it."""

    start: int
    end: int
    person: int
    name: str
    doubt: str = ""
    slips: int = 0

    @property
    def rank(self) -> tuple[float, int]:
        """The best span explains many words with few liberties, and an author that is named early."""
        liberty = {"": 0.0, "part": 0.4}.get(self.doubt, 0.5) + 0.5 * self.slips
        return (self.start - self.end + liberty, self.person)


def fit(reading: Reading, work: Candidate, *, loosely: bool) -> Fit | None:
    """Return how a reading fits a work, or nothing when it names none of its people.

    Names that are misspelt are recognised only when asked for.
    """
    words = reading.words
    taken = list(_choose(_spans(words, work.people, loosely=loosely)))
    if not taken:
        return None
    doubts = [*(span.doubt for span in taken if span.doubt), *_unexplained(words, taken, work)]
    doubts += _contradictions(reading, taken, work)
    cost = sum(COSTS.get(doubt, 1.0) for doubt in doubts) + sum(0.2 * span.slips for span in taken)
    corrections = tuple(
        (" ".join(word.text for word in words[span.start : span.end]), span.name) for span in taken if span.doubt
    )
    cost += _order(taken) + _distance(reading, work)
    return Fit(work.key, cost, tuple(dict.fromkeys(doubts)), corrections)


def _spans(words: list[Word], people: list[Person], *, loosely: bool) -> Iterator[_Span]:
    """Yield every run of words that could name one of the people."""
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST) + 1):
            text = " ".join(word.text for word in words[start:end])
            for at, (names, _) in enumerate(people):
                if text in names:
                    yield _Span(start, end, at, _main(names), "" if names[text] else "part")
                elif loosely and (near := _near(text, names)):
                    yield _Span(start, end, at, _main(names), "misspelt", near)


def _main(names: dict[str, bool]) -> str:
    return next(iter(names), "")


def _near(text: str, names: Iterable[str]) -> int:
    """Return the fewest slips between a text and one of the names, or 0 when none is near."""
    most = allowed(text)
    near = (slips(text, name) for name in names if abs(len(name) - len(text)) <= most < len(name) - 1)
    return min((number for number in near if number <= most), default=0)


def _choose(spans: Iterable[_Span]) -> Iterator[_Span]:
    """Yield spans that share neither a word nor a person, the best first."""
    words: set[int] = set()
    people: set[int] = set()
    for span in sorted(spans, key=lambda span: span.rank):
        these = set(range(span.start, span.end))
        if not these & words and span.person not in people:
            words |= these
            people.add(span.person)
            yield span


def _unexplained(words: list[Word], taken: list[_Span], work: Candidate) -> Iterator[str]:
    """Yield a doubt for every word that is neither a family name nor a given name or initial of the people."""
    used = {at for span in taken for at in range(span.start, span.end)}
    given = {name for _, names in work.people for name in names}
    initials = {name[0] for name in given}
    for at, word in enumerate(words):
        if at in used or word.text in given:
            continue
        if not word.initials:
            yield "unexplained"
        elif given and not set(word.text) <= initials:
            yield "initials"


def _contradictions(reading: Reading, taken: list[_Span], work: Candidate) -> Iterator[str]:
    named, all_ = len(taken), len(work.people)
    if reading.et_al:
        if all_ < ET_AL or named >= all_:
            yield "number"
        elif {span.person for span in taken} != set(range(named)):
            yield "order"
    elif named != all_:
        yield "number"
    if reading.edited and not work.edited:
        yield "editors"
    if reading.letter and reading.letter != work.letter:
        yield "letter"
    if not reading.years and not reading.undated:
        yield "no year"
    elif work.year not in (reading.years or ("",)):
        yield "year" if work.year in around(reading.years) else "far year"


def around(years: tuple[str, ...]) -> tuple[str, ...]:
    """Return the years just before and after, which a slip of the pen or a late printing could make of them.

    >>> around(("1999",))
    ('1998', '2000')
    """
    return tuple(str(int(year) + step) for year in years for step in (-1, 1))


def _distance(reading: Reading, work: Candidate) -> float:
    """Return a small cost for each year between what is written and what is known."""
    if not reading.years:
        return 0.0
    apart = (abs(int(year) - int(work.year)) for year in reading.years if work.year)
    return 0.01 * min(FAR, *apart, FAR)


def _order(taken: list[_Span]) -> float:
    """Return a small cost when the names stand in another order than the title page has them."""
    in_text = [span.person for span in sorted(taken, key=lambda span: span.start)]
    return 0.0 if in_text == sorted(in_text) else 0.1
