"""Find the words of a title whose capitals must stay, so that no style of BibTeX writes them small.

Acronyms and words with capitals inside always keep them. So do the names that the base knows, and names of peoples,
languages, months and days. In a title that is set like a sentence every other capital is a name's too; in one that is
Set in Capitals nothing more can be known. Languages other than English have capitals only where they must stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"[^\W_]+(?:['’.&][^\W_]+)*")

#: Short words that stay small in an English title; they say nothing of how it is set.
SMALL = frozenset(
    """
    a an and as at but by de for from in into is its nor of off on onto or per so than that the to up via vs with within
    without upon over after before between during through under against among toward towards
    """.split()  # noqa: SIM905  as below
)

#: English words that have a capital wherever they stand.
PROPER = frozenset(
    """
    I African American Arab Arabic Argentine Argentinian Asian Atlantic Australian Austrian Bangladeshi Belgian
    Brazilian British Bulgarian Cambodian Canadian Catalan Chilean Chinese Christian Colombian Costa Croatian
    Czech Danish Dutch Egyptian English Estonian Ethiopian European Filipino Finnish French German Ghanaian
    Greek Hungarian Icelandic Indian Indonesian Iranian Iraqi Irish Islamic Israeli Italian Japanese Jewish
    Kenyan Korean Latin Latvian Lithuanian Malaysian Marxian Marxist Mediterranean Mexican Moroccan Muslim
    Nigerian Nordic Norwegian Pacific Pakistani Peruvian Philippine Polish Portuguese Romanian Russian
    Scandinavian Scottish Serbian Slovak Slovenian Spanish Swedish Swiss Taiwanese Tanzanian Thai Tunisian
    Turkish Ukrainian Venezuelan Vietnamese Welsh
    Africa America Americas Argentina Asia Australia Austria Bangladesh Belgium Brazil Britain Bulgaria Cambodia
    Canada Chile China Colombia Croatia Cyprus Denmark Egypt England Estonia Ethiopia Europe Finland France
    Germany Ghana Greece Hungary Iceland India Indonesia Iran Iraq Ireland Israel Italy Japan Kenya Korea Latvia
    Lithuania Malaysia Malta Mexico Morocco Nepal Netherlands Nigeria Norway Pakistan Peru Philippines Poland
    Portugal Romania Russia Scotland Serbia Singapore Slovakia Slovenia Spain Sweden Switzerland Taiwan Tanzania
    Thailand Tunisia Turkey Uganda Ukraine Uruguay Venezuela Vietnam Wales Zambia Zimbabwe
    January February April June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday
    """.split()  # noqa: SIM905  hundreds of quotation marks are no easier to read
)


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of the names as whole words, or None where there are none."""
    known = sorted({name for name in names if any(c.isupper() for c in name)}, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, known))})(?!\w)") if known else None


def protected(title: str, language: str, names: re.Pattern[str] | None = None) -> list[tuple[int, int]]:
    """Return the stretches of a title whose capitals must stay, in order.

    >>> title = "Upgrading in Global Value Chains: SMEs of Vicenza and Italian Design"
    >>> [title[start:end] for start, end in protected(title, "en", names_pattern(["Vicenza"]))]
    ['SMEs', 'Vicenza', 'Italian']
    >>> title = "The gold jewellery district of Arezzo"
    >>> [title[start:end] for start, end in protected(title, "en")]
    ['Arezzo']
    """
    words = list(WORD.finditer(title))
    every = not _is_english(language) or not _is_in_capitals([match[0] for match in words[1:]])
    found = {match.span() for match in words if _stays(match, every=every and not _begins(title, match.start()))}
    if names:
        found |= {match.span() for match in names.finditer(title)}
    return _merged(sorted(found))


def _is_english(language: str) -> bool:
    return language.partition("-")[0] in {"", "en"}


def _is_in_capitals(words: list[str]) -> bool:
    """Tell whether most words that could be small have a capital."""
    telling = [word for word in words if word.lower() not in SMALL and not word.isupper() and word[0].isalpha()]
    return sum(word[0].isupper() for word in telling) * 2 > len(telling)


def _stays(match: re.Match[str], *, every: bool) -> bool:
    word = match[0]
    if word in PROPER or any(c.isupper() for c in word[1:]):
        return True
    return word[0].isupper() and (every or (len(word) == 1 and word not in {"A", "O"}))


def _begins(title: str, place: int) -> bool:
    """Tell whether a word begins a sentence, where every word has a capital."""
    before = title[:place].rstrip(" \"'“‘«(¿¡")
    return not before or before[-1] in ":.?!–—"


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
