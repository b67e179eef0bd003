"""Make what a text states ready to be held against what another states, and say how near the two come.

A statement is compared by its words, with synonyms joined. Two statements are of the same thing when they name the
same places and firms, and share most of the weight of their words. Then they agree, or are opposite when an odd number
of words is turned round: by an opposite ("rose", "fell") or by a denial.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from filiera.proofreading.gazetteer import Gazetteer, Mention
from filiera.proofreading.words import DEGREES, LESSENING, PARTIAL, Lexicon

#: Where a sentence is divided into what it states.
JOINT = re.compile(
    r"[;:()—–]|,(?!\d)|\s(?:and|but|while|whereas|although|though|yet|because|since|so that|which|who|when|if)\s",
    re.IGNORECASE,
)

#: As many parts of a sentence as this are taken together.
TOGETHER = 5

#: As many words as this are shared before two statements are held against each other.
FEWEST = 3

#: How much what the claim says beyond the sentence counts, against what the sentence says beyond the claim.
SAID = 0.5

#: From which likeness on a sentence says what a claim says, or its opposite; and how much of each has to be shared.
ALIKE, BOTH_ALIKE = 0.65, 0.6
OPPOSITE, HERE, THERE = 0.65, 0.6, 0.4

#: What is denied, or nearly so, may be something else in one of the two, so more of both has to be shared.
BOTH_DENIED, BOTH_NEARLY = 0.75, 0.55

#: Words that set one time, direction or kind against another: statements that differ in them are of different things.
LANDS = r"(?=\s+(?:countr|econom|market|nation|world|supplier|partner|area))"
SCOPES = {
    "globalisation": r"globali[sz]ation",
    "recession": r"recession",
    "first": r"first",
    "second": r"second",
    "upstream": r"upstream",
    "downstream": r"downstream",
    "import": r"import(?:s|ed|ing)?",
    "export": r"export(?:s|ed|ing)?",
    "emerging": rf"(?:emerging|developing){LANDS}",
    "advanced": rf"(?:advanced|developed){LANDS}",
    "supply": r"supply",
    "demand": r"demand",
}
SCOPE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{name}>{pattern})' for name, pattern in SCOPES.items())})(?=\W|\Z)", re.IGNORECASE
)
PAIRS = tuple(frozenset(pair) for pair in zip(*[iter(SCOPES)] * 2, strict=True))
YEAR = re.compile(r"\b(?:1[4-9]|20)\d\d\b")
SIDES = re.compile(r"(?:,|;)?\s+(?:and|but)\s+|;\s+")
REASON = re.compile(r"(?:because|since|as|although|though)\s[^,]+,\s+", re.IGNORECASE)
CONTRAST = re.compile(
    r"(?:\A|,\s*)(?:unlike|in contrast (?:with|to)|contrary to)\s+((?:in\s+)?[^,]+),\s*", re.IGNORECASE
)

#: The name of the line of the lexicon with "more" and "less".
MORE = "~rise"

Named = frozenset[frozenset[str]]
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text states, by its words with their signs, and what it is about: names, times and directions, years.

    `denials` and `soft` count the words that deny and those that nearly do; `partial` when it is of some things only;
    `part` when it is one of several things that a claim states; `less` counts the words that lessen.
    `mask` has a bit for each word, by which shared words are counted fast.
    """

    words: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    named: Named = frozenset()
    scopes: frozenset[str] = frozenset()
    years: frozenset[str] = frozenset()
    denials: int = 0
    soft: int = 0
    partial: bool = False
    part: bool = False
    less: int = 0
    mask: int = 0


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near one statement comes to another (0 to 1), and whether it says the opposite.

    `here` and `there` are the parts of the two that are shared; `turns` says how often one is turned round against the
    other; `least` is what has to be shared of both before one contradicts the other; `partial` when one of them is of
    some things only, `part` when the other is one of several things that a claim states.
    """

    score: float = 0.0
    here: float = 0.0
    there: float = 0.0
    shared: float = 0.0
    turns: int = 0
    least: float = 0.0
    partial: bool = False
    part: bool = False

    @property
    def opposite(self) -> bool:
        """Whether one says the opposite of the other."""
        return self.turns % 2 == 1

    @property
    def agrees(self) -> bool:
        """Whether one says what the other says."""
        return not self.opposite and self.score >= ALIKE and min(self.here, self.there) >= BOTH_ALIKE

    @property
    def contradicts(self) -> bool:
        """Whether one says the opposite of the other, and both are of the same thing for certain."""
        near = self.score >= OPPOSITE and self.here >= max(HERE, self.least) and self.there >= max(THERE, self.least)
        return self.opposite and near and not self.partial


class Press:
    """Makes texts ready to be compared."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer) -> None:
        """Work with these words and names."""
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self._bits: dict[str, int] = {}
        self._names: dict[frozenset[str], str] = {}

    def statement(self, text: str) -> Statement:
        """Return what a text states."""
        words: dict[str, tuple[int, ...]] = {}
        mentions = self.gazetteer.mentions(text)
        found = self.lexicon.words(self._with_one_name(text, mentions))
        for word in found:
            words[word.name] = (*words.get(word.name, ()), word.sign)
        denials, soft = self.lexicon.denials(text)
        return Statement(
            words,
            frozenset(mention.keys for mention in mentions),
            frozenset(match.lastgroup for match in SCOPE.finditer(text) if match.lastgroup),
            frozenset(YEAR.findall(text)),
            denials,
            soft,
            bool(PARTIAL.search(text)),
            less=sum(word.text in LESSENING for word in found),
            mask=sum(1 << self._bits.setdefault(name, len(self._bits)) for name in words),
        )

    def _with_one_name(self, text: str, mentions: list[Mention]) -> str:
        """Return a text in which whatever is named has one name, however it is called there."""
        parts, at = [], 0
        for mention in mentions:
            name = self._names.setdefault(mention.keys, f"q{len(self._names)}q")
            parts += [text[at : mention.start], f" {name} "]
            at = mention.end
        return "".join([*parts, text[at:]])

    def stated(self, text: str) -> tuple[Statement, ...]:
        """Return what a claim states: the whole, the contrary of what it sets its subject against, and its parts.

        "Unlike A, B rose" states that B rose, and that A did not; "A rose and B fell" states both.
        """
        return (*self._contrasted(text), *self._sides(text))

    def _sides(self, text: str) -> list[Statement]:
        """Return each of the things that a claim joins by "and", or what it states after a reason."""
        reason = REASON.match(text)
        texts = [text[reason.end() :]] if reason else SIDES.split(text)
        sides = [self.statement(side) for side in texts]
        enough = (reason or len(sides) > 1) and all(len(side.words) >= FEWEST for side in sides)
        return [replace(side, part=True) for side in sides] if enough else []

    def _contrasted(self, text: str) -> tuple[Statement, ...]:
        rest, other = contrasted(text)
        subjects, others = self.gazetteer.mentions(rest), self.gazetteer.mentions(other)
        if not others:
            return (self.statement(text),)
        first = self.statement(rest)
        if not subjects:
            return (first,)
        subject, contrast = subjects[0], others[0]
        second = self.statement(rest[: subject.start] + other[contrast.start : contrast.end] + rest[subject.end :])
        return first, _joined([second, Statement(denials=1)])

    def parts(self, sentence: str) -> tuple[Statement, ...]:
        """Return what the parts of a sentence state, alone and together.

        A part that names nobody is about those who were named before it.
        """
        rest, other = contrasted(sentence)
        text = rest if self.gazetteer.mentions(other) else sentence
        subject = Statement()
        parts: list[Statement] = []
        subjects: list[Statement] = []
        for part in filter(str.strip, JOINT.split(text)):
            stated = self.statement(part)
            parts.append(stated)
            subjects.append(Statement() if stated.named else subject)
            if stated.named:
                names = " ".join(mention.name for mention in self.gazetteer.mentions(part))
                about = self.statement(names)
                subject = Statement(about.words, stated.named, mask=about.mask)
        runs = [(first, last) for first in range(len(parts)) for last in range(first + 1, len(parts) + 1)]
        runs = [(first, last) for first, last in runs if last - first <= TOGETHER or last - first == len(parts)]
        return tuple(_joined(_with_subject(parts[first:last], subjects[first])) for first, last in runs)


def _with_subject(parts: list[Statement], subject: Statement) -> list[Statement]:
    return parts if any(part.named for part in parts) else [subject, *parts]


def _joined(parts: Iterable[Statement]) -> Statement:
    """Return what several parts state together."""
    words: dict[str, tuple[int, ...]] = {}
    named: Named = frozenset()
    scopes = years = frozenset[str]()
    denials = soft = less = mask = 0
    partial = False
    for number, part in enumerate(parts):
        for name, signs in part.words.items():
            words[name] = (*words.get(name, ()), *signs)
        named, scopes, years = named | part.named, scopes | part.scopes, years | part.years
        denials, soft = denials + part.denials, soft + part.soft
        partial = partial or (part.partial and number == 0)
        less, mask = less + part.less, mask | part.mask
    return Statement(words, named, scopes, years, denials, soft, partial, less=less, mask=mask)


def contrasted(text: str) -> tuple[str, str]:
    """Take from a statement what it sets its subject against.

    >>> contrasted("Unlike those of Valenza Po, Arezzo's imports rose.")
    ("Arezzo's imports rose.", 'those of Valenza Po')
    """
    match = CONTRAST.search(text)
    if not match:
        return text, ""
    return f"{text[: match.start()]}{' ' if match.start() else ''}{text[match.end() :]}", match[1]


def nearness(one: Statement, other: Statement, weigh: Weigh) -> Nearness:
    """Return how near two statements of the same thing come to each other; whether they are is asked before."""
    common = one.words.keys() & other.words.keys()
    shared = sum(map(weigh, common))
    here, there = shared / sum(map(weigh, one.words)), shared / sum(map(weigh, other.words))
    score = (1 + SAID) * here * there / (SAID * here + there)
    turned = sum(_turned(one.words[name], other.words[name]) for name in common)
    turned += 0 if MORE in common else one.less + other.less
    soft = (one.soft + other.soft) % 2 and not (_is_low(one, other) if other.soft else _is_low(other, one))
    denied = one.denials + other.denials
    least = BOTH_DENIED if denied % 2 or other.part else BOTH_NEARLY if soft else 0.0
    return Nearness(score, here, there, shared, turned + soft + denied, least, one.partial or other.partial, other.part)


def scopes(statement: Statement) -> frozenset[str]:
    """Return the times and directions of a statement; both sides of one are none."""
    if len(statement.scopes) < len(PAIRS[0]):
        return statement.scopes
    both = {scope for pair in PAIRS if pair <= statement.scopes for scope in pair}
    return statement.scopes - both


def _is_low(one: Statement, other: Statement) -> bool:
    """Tell whether a statement has a word such as "weak" that the other lacks, and so may say "little" with it."""
    return any(
        signs.count(-1) > other.words.get(name, ()).count(-1) for name, signs in one.words.items() if name in DEGREES
    )


def _turned(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    """Return how often a word stands for its opposite in the other statement."""
    if 0 in one + other:
        return 0
    if len(one) == len(other):
        return abs(sum(one) - sum(other)) // 2
    return int(not set(one) & set(other))
