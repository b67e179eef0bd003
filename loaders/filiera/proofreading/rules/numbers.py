"""Ask whether a number is the one that the base has for the same thing.

The same thing is the same subject, indicator and period, and nobody else named with them. Where that is in doubt the
check is not run; where several readings are left, only a number that differs from all of them is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from filiera.folding import fold
from filiera.proofreading.gazetteer import Mention
from filiera.proofreading.observations import Observation
from filiera.proofreading.outcomes import PASSED, Fault, NotRun, Outcome
from filiera.proofreading.quantities import Quantity, quantities
from filiera.proofreading.resolution import Verdict
from filiera.proofreading.rules.base import Base, Cited, Rule
from filiera.proofreading.vocabulary import vocabulary
from filiera.proofreading.words import TOKEN, lexicon

CUT = re.compile(r"[;:()]|,\s|\b(?:and|but|while|whereas|compared|against)\b(?!\s*(?:1[4-9]|20)\d\d)")
LIST = re.compile(r"\s*(?:,|,?\s*(?:and|&))\s*(?:of\s+)?(?:the\s+)?")
SPAN = re.compile(r"\b((?:1[4-9]|20)\d\d)\s*(?:[-–—/]|to|and|until|through|till)\s*((?:1[4-9]|20)\d\d|\d\d)\b(?!\s*%)")
YEAR = re.compile(r"(?<![\d.,])((?:1[4-9]|20)\d\d)\b(?!\s*(?:%|per\s?cent|percent|firms|employees|workers))")
MONEY = re.compile(r"(€|\beuros?\b|\bEUR\b)|(\$|\bdollars?\b|\bUSD?\b)", re.IGNORECASE)

#: Words beside what is measured that do not make another thing of it.
HARMLESS = vocabulary("harmless")

ARTICLES = frozenset({"the", "a", "an", "its", "their", "all"})

#: Nouns that take what is measured for their kind: "export prices" are no exports.
HEADS = vocabulary("heads")

AVERAGE = re.compile(r"\b(?:average|mean|median|per|each)\b", re.IGNORECASE)

#: A count that is so many times away from the recorded one is of something else.
FAR = 2.0

#: Words with which a rounded or hedged number may be away from the true one by this part of it.
HEDGED = 0.1


@dataclass(frozen=True, slots=True)
class _Place:
    """A number with what stands around it: its part of the sentence, and who is named there."""

    quantity: Quantity
    sentence: str
    start: int
    end: int
    named: tuple[Mention, ...]
    everybody: tuple[Mention, ...]

    @property
    def text(self) -> str:
        return self.sentence[self.start : self.end]


def number_differs(one: Cited, base: Base) -> Iterator[Outcome]:
    """Report a number that is not the recorded one of the same thing."""
    text = _without_cited_years(one)
    if not one.is_sentence or not any(character.isdigit() for character in text):
        return
    mentions = base.gazetteer.mentions(text) + base.gazetteer.everywhere(text)
    found = list(quantities(text)) if mentions else []
    for number, quantity in enumerate(found):
        before = found[number - 1].end if number else 0
        after = found[number + 1].start if number + 1 < len(found) else len(text)
        place = _place(text, quantity, before, after, mentions)
        if outcome := _held(one, place, base):
            yield outcome


def _without_cited_years(one: Cited) -> str:
    """Return the text of a sentence with blanks for the years of its citations, which say nothing of its numbers."""
    text = one.sentence.text
    for citation in one.citations:
        if citation.citation.authors:
            written = citation.citation.written
            text = text.replace(written, YEAR.sub("    ", written))
    return text


def _is_average(place: _Place, candidates: list[Observation]) -> bool:
    """Tell whether a number is of one of many, where the recorded one is of all."""
    if place.quantity.unit == "count" and place.quantity.step < 1:
        return True
    return bool(AVERAGE.search(place.text.replace("per cent", ""))) and "averag" not in candidates[0].measure.core


def _place(text: str, quantity: Quantity, before: int, after: int, mentions: list[Mention]) -> _Place:
    """Return a number with its part of the sentence; who is named in none of the parts is named for all of them."""
    lists = [(one.end, two.start) for one, two in pairwise(mentions) if LIST.fullmatch(text[one.end : two.start])]
    cuts = [
        match
        for match in CUT.finditer(text, before, after)
        if not any(start <= match.start() and match.end() <= end + 1 for start, end in lists)
    ]
    start = max((match.end() for match in cuts if match.end() <= quantity.start), default=before)
    end = min((match.start() for match in cuts if match.start() >= quantity.end), default=after)
    inside = tuple(mention for mention in mentions if start <= mention.start < end)
    ahead = tuple(mention for mention in mentions if mention.start < quantity.start)
    return _Place(quantity, text, start, end, inside or ahead or tuple(mentions), tuple(mentions))


def _held(one: Cited, place: _Place, base: Base) -> Outcome:
    """Hold one number against what is recorded, if the sentence cites no other source."""
    candidates = _candidates(place, base) or _candidates(replace(place, named=place.everybody), base)
    if not candidates or _is_average(place, candidates):
        return None
    sources = {key for citation in one.citations for key in citation.keys if citation.verdict is Verdict.WORK}
    if one.citations and not any(sources & candidate.works for candidate in candidates):
        return NotRun("the sentence cites another source than the recorded number")
    fitting, doubt = _in_period(place, candidates)
    return NotRun(doubt) if doubt else _compared(one, place, fitting) if fitting else None


def _compared(one: Cited, place: _Place, fitting: list[Observation]) -> Outcome:
    """Compare a number with the recorded ones that it may be."""
    if any(_agrees(place.quantity, observation) for observation in fitting):
        return PASSED
    if place.quantity.unit == "count" and not any(_is_near(place.quantity, observation) for observation in fitting):
        return NotRun("a number is far from the recorded one, and may count only some")
    return _fault(one, place, fitting)


def _candidates(place: _Place, base: Base) -> list[Observation]:
    """Return the recorded numbers of the same subject, indicator and counterparts, in any period."""
    keys = {key for mention in place.named for key in mention.keys}
    fitting = []
    for observation in base.observations.of(keys):
        if _same_kind(place, observation) and _same_names(place, observation, base):
            missing = _missing(place, observation)
            if missing is not None:
                fitting.append((missing, observation))
    least = min((missing for missing, _ in fitting), default=0)
    return [observation for missing, observation in fitting if missing == least]


def _same_kind(place: _Place, observation: Observation) -> bool:
    quantity = place.quantity
    if observation.unit == "percent" or quantity.unit == "percent":
        return quantity.unit == observation.unit and quantity.kind == observation.measure.kind
    if observation.unit == "count":
        return quantity.unit == "count"
    money = MONEY.search(place.sentence, max(0, quantity.start - 4), min(len(place.sentence), quantity.end + 24))
    return quantity.unit == "money" and (money is None or bool(money[1]) == (observation.unit == "euro"))


def _same_names(place: _Place, observation: Observation, base: Base) -> bool:
    """Tell whether nobody else is named than whom the recorded number is about."""
    wanted = {observation.subject, *observation.counterparts}
    strangers = [
        mention
        for mention in place.named
        if not mention.keys & wanted and not mention.keys <= base.lands and mention.name != "world"
    ]
    named = {key for mention in place.named for key in mention.keys}
    return not strangers and observation.subject in named and observation.counterparts <= named


def _missing(place: _Place, observation: Observation) -> int | None:
    """Return how many of the words for what is measured are not said, or nothing when it may be another thing."""
    words = lexicon().words
    core = observation.measure.core
    here = {word.name for word in words(place.text)}
    said = here if here & core else {word.name for word in words(place.sentence)}
    names = {word.name for mention in place.named for word in words(mention.name)}
    missing = core - said - names
    if not core & said or len(missing) > (2 if observation.counterparts else 1):
        return None
    return None if _qualified(place, observation) else len(missing)


def _qualified(place: _Place, observation: Observation) -> bool:
    """Tell whether a word beside what is measured makes another thing of it: "silver exports", "export prices"."""
    core = observation.measure.core
    known = core | observation.measure.beside
    text = place.text if any(word.name in core for word in lexicon().words(place.text)) else place.sentence
    tokens = [match[0] for match in TOKEN.finditer(text)]
    for number, token in enumerate(tokens):
        if not _is_of(token, core):
            continue
        before = tokens[number - 1 : number]
        after = [word for word in tokens[number + 1 : number + 4] if word.lower() not in ARTICLES]
        head = after[:1] if after[:1] and after[0].lower() in HEADS else []
        complement = after[1:2] if after[:1] and after[0].lower() in {"of", "to", "per"} else []
        if any(_is_stranger(word, known, place) for word in (*before, *head, *complement)):
            return True
    return False


def _is_of(token: str, names: frozenset[str]) -> bool:
    return any(word.name in names for word in lexicon().words(token))


def _is_stranger(token: str, known: frozenset[str], place: _Place) -> bool:
    """Tell whether a word says more than is recorded; words that are looked over in comparing do not."""
    words = lexicon().words(token)
    named = {word for mention in place.named for word in mention.name.split()}
    harmless = all(word.name in known or word.text in HARMLESS or word.name == "~rise" for word in words)
    return (
        not harmless
        and not token[0].isdigit()
        and not token.endswith("ly")
        and fold(token).removesuffix("s") not in named
    )


def _in_period(place: _Place, candidates: list[Observation]) -> tuple[list[Observation], str]:
    """Return the recorded numbers of the period that is said; or, when none is said, all if they are of one period."""
    said, doubt = _span(place) if place.quantity.kind == "change" else _year(place)
    if said or doubt:
        return [one for one in candidates if one.years == said], doubt
    if len({one.years for one in candidates}) > 1:
        return [], "the sentence does not say of which period a number is"
    return candidates, ""


def _span(place: _Place) -> tuple[tuple[str, ...], str]:
    """Return the first and the last year of a change: of its part of the sentence, or of the sentence."""
    for text in (place.text, place.sentence):
        spans = {
            (match[1], match[2] if len(match[2]) > len("10") else match[1][:2] + match[2])
            for match in SPAN.finditer(text)
        }
        if len(spans) == 1:
            return spans.pop(), ""
        if spans or YEAR.search(text):
            return (), "it is not plain over which years a number is a change"
    return (), ""


def _year(place: _Place) -> tuple[tuple[str, ...], str]:
    """Return the year of a level or share: the next one in its part of the sentence, or else the last one before."""
    after = YEAR.search(place.sentence, place.quantity.end, max(place.end, place.quantity.end))
    before = list(YEAR.finditer(place.sentence, place.start, place.quantity.start))
    nearest = after or (before[-1] if before else None)
    if nearest:
        return (nearest[1],), ""
    years = set(YEAR.findall(place.sentence))
    return (
        ((years.pop(),), "") if len(years) == 1 else ((), "it is not plain of which year a number is" if years else "")
    )


def _agrees(quantity: Quantity, observation: Observation) -> bool:
    """Tell whether a number is the recorded one, at the precision of the coarser of the two."""
    recorded = observation.value
    if observation.measure.kind == "change" and quantity.sign and recorded and (quantity.sign > 0) != (recorded > 0):
        return False
    written = quantity.value
    recorded = abs(recorded)
    within = max(quantity.step, _step(observation)) / 2 + 1e-9 * max(1.0, recorded)
    if quantity.about:
        within = max(within, HEDGED * recorded)
    if quantity.bound:
        beyond = (recorded - written) * quantity.bound
        return -within <= beyond <= max(within, 2 * HEDGED * recorded)
    return abs(recorded - written) <= within


def _is_near(quantity: Quantity, observation: Observation) -> bool:
    """Tell whether a count can be a slip for the recorded one; what is far from it may count only some."""
    return observation.value / FAR <= quantity.value <= observation.value * FAR


def _step(observation: Observation) -> float:
    """Return one of the last digit of a recorded number, as it is printed."""
    digits = re.search(r"\d[\d,]*(?:\.(\d+))?", observation.printed)
    scale = {"euro": 1e3, "dollar": 1e9}.get(observation.unit, 1.0)
    return 10.0 ** -len(digits[1] or "") * scale if digits else 1.0


def _fault(one: Cited, place: _Place, fitting: list[Observation]) -> Fault:
    nearest = min(fitting, key=lambda observation: abs(abs(observation.value) - place.quantity.value))
    start = one.sentence.prose_start + place.quantity.start
    bounds = one.manuscript.prose.span(start, one.sentence.prose_start + place.quantity.end)
    written = place.sentence[place.quantity.start : place.quantity.end].strip()
    turned = "" if not place.quantity.sign else " up" if place.quantity.sign > 0 else " down"
    tables = dict.fromkeys(one.table for one in fitting if one.value == nearest.value and one.years == nearest.years)
    where = f"{nearest.printed} in {', '.join(tables)}"
    return Fault(*bounds, f"{written!r}{turned} is not the recorded number", f"{_named(nearest)}: {where}")


def _named(observation: Observation) -> str:
    """Say what a recorded number is of."""
    others = f" with {', '.join(sorted(observation.counterparts))}" if observation.counterparts else ""
    years = f", {' to '.join(observation.years)}" if observation.years else ""
    return f"{observation.name}: {observation.measure.label}{others}{years}"


RULES = (
    Rule("number-differs", "error", "A number is the recorded one of the same thing.", of_sentence=number_differs),
)
