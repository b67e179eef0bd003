"""Read the numbers of a sentence: value, unit, precision, and whether a rise, a fall, a share or a level is stated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from filiera.proofreading.vocabulary import vocabulary

NUMBER = re.compile(
    r"(?<![\w.,/–—-])(?P<money>[€$£]|EUR\s?|US\$\s?)?(?P<sign>[-−–+])?\s?(?P<money2>[€$£])?"
    r"(?P<digits>\d{1,3}(?:[,  \u2009]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d{1,2})?)(?![\d\w])"
    r"(?:\s*[-]?\s*(?P<unit>%|per\s?cent\b|percent\b|(?P<scale>thousand|million|billion|bn|m|mn|k)\b))?"
)
SCALES = {"thousand": 1e3, "k": 1e3, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9}
YEAR = re.compile(r"(?:1[4-9]|20)\d\d")

#: What counts something else than what is measured.
LABEL = re.compile(
    r"\b(?:tables?|sections?|sec\.|chapters?|figures?|fig\.|no\.|pages?|pp?\.|ATECO|HS|code|note)\s*\Z", re.IGNORECASE
)

#: Words that say that a number is rounded, and in which direction the true one lies.
ABOUT = re.compile(
    r"\b(?:about|around|roughly|approximately|some|circa|ca\.?|nearly|almost|close to|just|"
    r"as (?:much|many|high|low) as)\s+[€$]?\Z",
    re.IGNORECASE,
)
OVER = re.compile(r"\b(?:over|more than|above|at least|exceed(?:s|ed|ing)?|upwards of)\s+[€$]?\Z", re.IGNORECASE)
UNDER = re.compile(r"\b(?:under|less than|below|at most|up to|fewer than)\s+[€$]?\Z", re.IGNORECASE)


def _pattern(name: str) -> str:
    """Return a pattern for the words of a list; an asterisk is any ending, a hyphen a space."""
    words = sorted(vocabulary(name), key=len, reverse=True)
    return "|".join(word.replace("*", r"\w*").replace("-", r"\s+") for word in words)


MOVE = re.compile(
    rf"\b(?:(?P<rise>{_pattern('rises')})|(?P<fall>{_pattern('falls')})|(?P<change>chang\w+))\b", re.IGNORECASE
)
COMPARED = re.compile(
    r"\s*(?:(?P<fall>fewer|less|lower|below|smaller|down)|(?P<rise>more|higher|above|larger|greater|up))\b",
    re.IGNORECASE,
)
SHARE = re.compile(rf"\b(?:{_pattern('shares')})\b", re.IGNORECASE)
LED = re.compile(r"\b(?:by|of|some|about|almost|nearly|over|than|another|further)\s*\S{0,2}\Z|\w+\s*\Z")
TO = re.compile(r"\b(?:to|at|from|with|in)\s*(?:about|only|some|just|almost|nearly)?\s*\Z")
OF = re.compile(r"\s*(?:of|from)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence, with its place.

    `kind` is "change", "share", "level" or nothing where that is not plain; `sign` is 1 or -1 for a rise or fall, 0
    where no direction is said; `step` is one of its last digit; `bound` tells "more than" (1) from "less than" (-1).
    """

    value: float
    unit: str
    kind: str
    sign: int
    step: float
    start: int
    end: int
    about: bool = False
    bound: int = 0


def quantities(text: str) -> Iterator[Quantity]:
    """Yield the numbers of a sentence that measure something; years and numbers of tables do not.

    >>> [(q.value, q.unit, q.kind, q.sign) for q in quantities("Exports fell by 27.2 % in 2004, to €1,220 million.")]
    [(27.2, 'percent', 'change', -1), (1220000000.0, 'money', 'level', 0)]
    """
    found = [match for match in NUMBER.finditer(text) if not _is_label(text, match)]
    before: Quantity | None = None
    for number, match in enumerate(found):
        previous = found[number - 1].end() if number else 0
        after = found[number + 1].start() if number + 1 < len(found) else len(text)
        one = _quantity(text, match, previous, after)
        if before and one.unit == before.unit == "percent" and not one.kind:
            one = replace(one, kind=before.kind, sign=one.sign or before.sign)
        before = one
        yield one


def _is_label(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is a year, or counts tables, sections or pages."""
    if match["unit"] is None and not match["money"] and YEAR.fullmatch(match["digits"]):
        return True
    return bool(LABEL.search(text[max(0, match.start() - 14) : match.start()]))


def _quantity(text: str, match: re.Match[str], previous: int, after: int) -> Quantity:
    digits = re.sub(r"[  \u2009]|,(?=\d{3})", "", match["digits"]).replace(",", ".")
    scale = SCALES.get((match["scale"] or "").lower(), 1.0)
    percent = bool(match["unit"]) and not match["scale"]
    money = bool(
        match["money"] or match["money2"] or re.match(r"\s*(?:of\s+)?(?:euros?|dollars?|EUR|US)\b", text[match.end() :])
    )
    unit = "percent" if percent else "money" if money or (match["scale"] and scale > 1) else "count"
    kind, sign = _kind(text, match, previous, after) if percent else ("level", 0)
    sign = sign or (-1 if match["sign"] in {"-", "−", "–"} else 1 if match["sign"] == "+" else 0)
    kind = kind or ("change" if match["sign"] and percent else "")
    before = text[max(0, match.start() - 16) : match.start()]
    bound = 1 if OVER.search(before) else -1 if UNDER.search(before) else 0
    return Quantity(
        float(digits) * scale,
        unit,
        kind,
        sign,
        10.0 ** -len(digits.partition(".")[2]) * scale,
        match.start(),
        match.end(),
        bool(ABOUT.search(before)),
        bound,
    )


def _kind(text: str, match: re.Match[str], previous: int, after: int) -> tuple[str, int]:
    """Tell what a percentage is of, and in which direction it goes, by the words around it."""
    if compared := COMPARED.match(text, match.end()):
        return "change", 1 if compared["rise"] else -1
    behind = MOVE.search(text[match.end() : min(after, match.end() + 28)])
    ahead = list(MOVE.finditer(text, previous, match.start()))
    if behind and re.fullmatch(r"\s*(?:\w+\s)?", text[match.end() : match.end() + behind.start()]):
        return "change", _direction(behind)
    before = text[: match.start()]
    to = TO.search(before)
    if ahead and not to and LED.search(before):
        gap = text[ahead[-1].end() : match.start()]
        if len(gap) < MOST_BETWEEN and not SHARE.search(gap):
            return "change", _direction(ahead[-1])
    if OF.match(text, match.end()) or SHARE.search(text[previous : match.start()]) or to:
        return "share", 0
    return "", 0


#: How many characters may stand between a verb and its number.
MOST_BETWEEN = 90


def _direction(match: re.Match[str]) -> int:
    return 1 if match["rise"] else -1 if match["fall"] else 0
