"""Find author-year text in prose: `(Gaggio, 2006, p. 23; Bair 2009)`, `Gaggio (2006)`, `Humphrey & Schmitz's (2002)`.

What looks so and is no citation is known by its words (a month, "Table"), or left to those who know the works: a
citation is `sure` when its form leaves little doubt, and `bare` when it has no brackets at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from filiera.proofreading.locators import locator
from filiera.proofreading.manuscripts import Authorship, Citation, Locator
from filiera.proofreading.prose import EMPTY_LINE, Prose
from filiera.proofreading.vocabulary import vocabulary

#: A letter that is no small letter of the Latin alphabet.
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
PARTICLES = "de di da dei del della delle dos du van von der den ten ter la le el al of for"
PARTICLE = rf"(?:{'|'.join(PARTICLES.split())}|dell['’]|d['’])"
WORD = rf"(?:{CAPITAL}\.\s?)*{CAPITAL}\w*(?:[-‐'’]\w+)*"
NAME = rf"(?:{PARTICLE}\s+)*{WORD}(?:\s+(?:{PARTICLE}\s*)*{WORD}){{0,5}}"
AND = r"\s+(?:and|&|e|et|und|y)\s+"
ET_AL = r"(?:,?\s+et\s+al\b\.?|\s+(?:and|&)\s+(?:colleagues|others|co-?authors|al\.))"
AUTHORS = rf"{NAME}(?:(?:\s*,(?:\s*(?:and|&))?\s+|{AND})(?!et\s+al\b){NAME}){{0,7}}(?P<et>{ET_AL})?"
YEAR = r"(?:1[4-9]\d\d|20\d\d)[a-z]?\b(?![-–—/]\d)|n\.\s?d\.|forthcoming\b|in\s+press\b"
YEARS = rf"(?:{YEAR})(?:\s*(?:,|;|and|&|,\s*and)\s*(?:{YEAR}|[a-z]\b(?!\.)))*"

GROUP = re.compile(r"[(\[]([^()\[\]]{1,600})[)\]]")
BEFORE = re.compile(rf"(?<![\w-]){AUTHORS}(?P<own>['’]s?)?(?:,\s*|\s*)\Z")
INSIDE = re.compile(rf"(?<![\w-])(?P<authors>{AUTHORS})(?:['’]s?)?(?:\s*,\s*|\s+|\s*:\s*)(?P<years>{YEARS})")
NARRATIVE = re.compile(rf"\s*(?:in\s+)?(?P<years>{YEARS})(?P<rest>.*)", re.DOTALL)
LONE_YEARS = re.compile(rf"\s*(?P<years>{YEARS})")
BARE = re.compile(r"(?<![\w/.–-])(?:1[4-9]\d\d|20\d\d)[a-z]?\b(?![-–—/]\d)")
ONE_YEAR = re.compile(rf"{YEAR}|\b[a-z]\b")
GAP = re.compile(r"[\s,;&]*(?:and\s+)?")
PAGE_GROUP = re.compile(r"\s*(?:pp?\.|pages?\s|pag\.)", re.IGNORECASE)

#: Words that are written before a citation in brackets.
PREFIXES = vocabulary("citation prefixes")

#: Capitalised words with a year that are no authors.
NO_NAMES = vocabulary("no names")

#: Capitalised words before a name that do not belong to it; what begins a sentence is capitalised.
OPENERS = vocabulary("openers")

OPENER = re.compile(rf"(?:(?:{'|'.join(sorted(OPENERS, key=len, reverse=True))})\b,?\s*)+(?!['’])", re.IGNORECASE)

#: A word before a name, or after its year, that makes a citation of them.
LEADS = re.compile(
    r"\b(?:by|see|following|with|to|from|and|cf\.|than|like|per|of|both|as|while|whereas)\s+\Z", re.IGNORECASE
)
REPORTS = re.compile(
    r"[)\]]?,?\s+(?:(?:also|already|first|further|rightly|even|both|still|thus|later|once|himself|herself|has|have|had|did"
    r"|do|does|who|in\s+turn|for\s+(?:example|instance)|too|however)[,\s]+)*"
    rf"(?:{'|'.join(sorted(vocabulary('reporting verbs'))).replace('*', chr(92) + 'w*')})\b",
    re.IGNORECASE,
)

#: How far before a year its authors are looked for.
REACH = 160


def find(prose: Prose, start: int = 0, end: int | None = None) -> Iterator[Citation | Locator]:
    """Yield the citations in a stretch of prose, and the pages that stand in brackets of their own."""
    last = start
    stop = len(prose.text) if end is None else end
    for group in GROUP.finditer(prose.text, start, stop):
        yield from _bare(prose, last, group.start())
        found = list(_group(prose, group, max(last, _reach(prose, group.start()))))
        yield from found
        if not found and (page := _page(prose, group)):
            yield page
        last = group.end()
    yield from _bare(prose, last, stop)


def _reach(prose: Prose, place: int) -> int:
    """Return from where on the names before a place are looked for: not before its paragraph, or heading."""
    floor = max(0, place - REACH)
    gaps = [gap.end() for gap in EMPTY_LINE.finditer(prose.text, floor, place)]
    return gaps[-1] if gaps else floor


def _page(prose: Prose, group: re.Match[str]) -> Locator | None:
    """Read brackets that hold nothing but a page."""
    if not PAGE_GROUP.match(group[1]):
        return None
    found = locator(group[1], 0, plain=False)
    if not found or group[1][found.end :].strip(" .;,"):
        return None
    start, end = prose.span(group.start(1) + found.start, group.start(1) + found.end)
    return Locator(found.label, found.value, start, end)


def _group(prose: Prose, group: re.Match[str], floor: int) -> Iterator[Citation]:
    """Yield the citations of one pair of brackets."""
    years = NARRATIVE.fullmatch(group[1])
    if years and (named := BEFORE.search(prose.text, floor, group.start())):
        start = _opened(named)
        authors = Authorship(_names(prose.text[start : named.end()]), "", bool(named["et"]))
        if not _names_nobody(authors.names):
            authors = replace(authors, sure=_is_reported(prose, named, start, group))
            at = group.start(1)
            yield from _each_year(
                prose, authors, (start, at + years.start("years"), at + years.end("years")), group.end(1)
            )
        return
    known: Authorship | None = None
    for start, end in _parts(group):
        matches = list(INSIDE.finditer(prose.text, start, end))
        lone = LONE_YEARS.match(prose.text, start, end)
        if not matches and lone and known:
            places = (lone.start("years"), lone.start("years"), lone.end("years"))
            yield from _each_year(prose, known, places, group.end(1))
        for number, match in enumerate(matches):
            before = prose.text[start : match.start()] if number == 0 else ""
            sure = set(re.findall(r"\w+", before.lower())) <= PREFIXES
            known = Authorship(_names(match["authors"]), "", bool(match["et"]), sure=sure)
            if not _names_nobody(known.names):
                places = (match.start(), match.start("years"), match.end("years"))
                yield from _each_year(prose, known, places, group.end(1))


def _parts(group: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Yield where the parts of brackets begin and end that semicolons keep apart."""
    start = group.start(1)
    for semicolon in re.finditer(";", group[1]):
        yield start, group.start(1) + semicolon.start()
        start = group.start(1) + semicolon.end()
    yield start, group.end(1)


def _opened(named: re.Match[str]) -> int:
    """Return where names begin, past the words that only begin their sentence."""
    opener = OPENER.match(named[0])
    return named.start() + (opener.end() if opener else 0)


def _is_reported(prose: Prose, named: re.Match[str], start: int, group: re.Match[str]) -> bool:
    """Tell whether names before a year in brackets are those of authors, by what stands around them."""
    if named["et"] or named["own"] or re.search(AND, prose.text[start : named.end()]):
        return True
    floor = max(prose.text.rfind("\n\n", 0, start) + 1, start - 20)
    return bool(LEADS.search(prose.text, floor, start) or REPORTS.match(prose.text, group.end() - 1))


def _each_year(prose: Prose, authors: Authorship, places: tuple[int, int, int], stop: int) -> Iterator[Citation]:
    """Yield a citation for each of the years of the same authors; the last one has the locator.

    The places are where the names begin, and where the years begin and end.
    """
    start, first, last = places
    years = list(ONE_YEAR.finditer(prose.text, first, last))
    semicolon = prose.text.find(";", last, stop)
    found = _after(prose, last, stop if semicolon < 0 else semicolon)
    whole = ""
    for year in years:
        whole = year[0] if len(year[0]) > 1 else whole[:4] + year[0]
        place = prose.span(start, year.end())
        yield Citation(
            *place,
            prose.text[start : year.end()],
            authors=replace(authors, year=whole),
            locator=found if year is years[-1] else None,
        )
        if gap := GAP.match(prose.text, year.end()):
            start = gap.end()


def _after(prose: Prose, start: int, end: int) -> Locator | None:
    """Read the locator that stands after a year."""
    found = locator(prose.text[start:end], start)
    if not found:
        return None
    place = prose.span(found.start, found.end)
    return Locator(found.label, found.value, *place)


def _bare(prose: Prose, start: int, end: int) -> Iterator[Citation]:
    """Yield names that are followed by a year without brackets."""
    for year in BARE.finditer(prose.text, start, end):
        named = BEFORE.search(prose.text, max(start, _reach(prose, year.start())), year.start())
        if not named or named["own"]:
            continue
        first = _opened(named)
        if not _names_nobody(names := _names(prose.text[first : named.end()])):
            authors = Authorship(names, year[0], bool(named["et"]), bare=True)
            found = _after(prose, year.end(), min(end, year.end() + 40))
            place = prose.span(first, year.end())
            yield Citation(*place, prose.text[first : year.end()], authors=authors, locator=found)


def _names(written: str) -> str:
    """Return the names as they were written, in one line and without what follows them."""
    return re.sub(r"\s+", " ", re.sub(rf"(?:{ET_AL}|['’]s?)?[\s,]*\Z", "", written))


def _names_nobody(names: str) -> bool:
    """Tell whether there is no name, or a word shows that it is none."""
    return not names or any(word.lower() in NO_NAMES for word in re.findall(r"\w+", names))
