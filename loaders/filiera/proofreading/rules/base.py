"""What a rule is, and what it may look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from filiera.proofreading.claims import Claims
from filiera.proofreading.gazetteer import Gazetteer
from filiera.proofreading.manuscripts import Manuscript
from filiera.proofreading.observations import Observations
from filiera.proofreading.outcomes import Outcome
from filiera.proofreading.prose import Sentence
from filiera.proofreading.resolution import Resolved, Resolver
from filiera.proofreading.works import Works

#: A sentence has no more characters than this.
LONGEST = 1500


@dataclass(frozen=True, slots=True)
class Base:
    """The base that a manuscript is held against."""

    resolver: Resolver
    works: Works
    gazetteer: Gazetteer
    claims: Claims
    observations: Observations

    @property
    def lands(self) -> frozenset[str]:
        """The places that districts lie in; to name one with a district adds nothing."""
        return self.claims.lands


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence with its citations, and with the works that its paragraph and the whole manuscript cite."""

    sentence: Sentence
    citations: list[Resolved]
    near: frozenset[str]
    everywhere: frozenset[str]
    manuscript: Manuscript

    @property
    def is_sentence(self) -> bool:
        """Whether it is no longer than a sentence; lists without full stops state too much to be compared."""
        return len(self.sentence.text) <= LONGEST

    @property
    def bounds(self) -> tuple[int, int]:
        """Where the words of the sentence begin and end in the text."""
        text, start = self.sentence.text, self.sentence.prose_start
        first = start + len(text) - len(text.lstrip())
        return self.manuscript.prose.span(first, start + len(text.rstrip()))


OnCitation = Callable[[Resolved, Base], Outcome]
OnSentence = Callable[[Cited, Base], Iterator[Outcome]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in reports, its level, what it forbids, and how it is checked.

    A rule with `advice` runs only when advice is asked for.
    """

    name: str
    level: str
    description: str
    of_citation: OnCitation | None = None
    of_sentence: OnSentence | None = None
    advice: bool = False
