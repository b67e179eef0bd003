"""Read a citation in a text: who, when, where in the work, and what stands around them.

Nothing here knows which works there are. A text that holds several citations is read as several, apart by semicolons
or by years: `Gaggio 2006, 2007; see Bair 2009, p. 3` is three.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from filiera.citations.names import JOINTS
from filiera.folding import fold
from filiera.styles.locators import NAMES

YEAR = re.compile(r"(?<![\d/.\-–])(?:(1[4-9]\d\d|20\d\d)([a-z])?|['’](\d\d))(?![\d\w])(?![-–]\d\d\d)")

#: Between two years of the same authors: `2006, 2007` and `2006a, b` are two works, `1867/1976` and `[1867] 1976` one.
NEXT_YEAR = re.compile(
    r"\s*(?:,|;|&|\band\b|\be\b|\bund\b|\bet\b)\s*(?:(1[4-9]\d\d|20\d\d)([a-z])?|([a-z]))(?![\w'’.])"
)
SAME_WORK = re.compile(r"\s*[\])]?\s*/?\s*[\[(]?\s*(1[4-9]\d\d|20\d\d)\b")

NO_DATE = re.compile(
    r"\b(?:n\.\s?d\b\.?|s\.\s?d\b\.?|s\.\s?a\b\.?|o\.\s?j\b\.?|nd$|undated|no date|forthcoming|in press|in print|"
    r"in stampa|im druck|sous presse|à paraître|in preparation|unpublished)",
    re.IGNORECASE,
)
ET_AL = re.compile(
    r"[,;]?\s*(?:\bet\.?\s+al(?:ii|ia)?\b\.?|&\s*al\b\.?|\band (?:others|colleagues|co-?(?:authors|workers))\b|"
    r"\be altri\b|\bed altri\b|\be coll\b\.?|\bet coll\b\.?|\bu\.\s?a\.|\bund andere\b|\by otros\b)(?:['’]s)?",
    re.IGNORECASE,
)
EDITED = re.compile(
    r"\(\s*(?:eds?|editors?|hrsg|dirs?|coords?)\.?\s*\)|\b(?:eds?|hrsg|dirs?|coords?)\.|\b(?:editors?|a cura di)\b",
    re.IGNORECASE,
)

#: What leads to a citation and is no part of it.
PREFIX = re.compile(
    r"\s*(?:(?:but|and)\s+)?(?:see,?\s+(?:also|for example,?|for instance,?|especially|e\.g\.,?|among others,?)|see|"
    r"cf\.?|cfr\.?|e\.g\.,?|i\.e\.,?|compare|contra|pace|vgl\.?|siehe(?:\s+auch)?|vedi(?:\s+anche)?|si veda|v\.|voir|"
    r"véase|also|as in|quoted in|cited in|for example,?|among others,?|following|according to|per)\s+",
    re.IGNORECASE,
)

#: Whatever stands before a key with its sign leads to it, as in Pandoc.
BEFORE_KEY = re.compile(r"[^@]+\s(?=-?@\{?[a-z0-9]+-)")

#: A place in the work: with a label, or without one where it is the last thing.
LABELLED = re.compile(
    r"[,:;]?\s*(?:\b([a-z]+(?:[ -]verb(?:o|is))?)\b\.?\s*|[§¶]+\s*)"
    r"(?:\d+[\w.]*(?:\s*(?:[-–—,&]|and)\s*\d+[\w.]*)*|[ivxlc]+\b(?:\s*[-–—]\s*[ivxlc]+\b)?(?!\.))",
    re.IGNORECASE,
)

#: What may stand between the year and a labelled place: brackets, and more years; not the rest of a reference.
FURTHER = re.compile(r"[\s\])]*(?:,\s*(?:\d{4}[a-z]?|[a-z])\b(?!\.?\s*\d)[\s\])]*)*")
BARE = re.compile(
    r"\s*[\])]?\s*[:,]\s*(\d{1,4}(?:\s*[-–—]\s*\d{1,4})?(?:,\s*\d{1,4}(?:\s*[-–—]\s*\d{1,4})?)*)\s*[\])]*\s*\Z"
)
KEY = re.compile(r"-?@?\{?([a-z0-9]+(?:-[a-z0-9]+)+)\}?")

#: A command of LaTeX that cites, with its notes and keys.
COMMAND = re.compile(r"\\[A-Za-z]*[Cc]ite[A-Za-z]*\*?((?:\s*\[[^\]]*\]){0,2})\s*\{([^{}]+)\}")

POSSESSIVE = re.compile(r"(?<=\w)['’]s\b")
JOINT = re.compile(rf"[,;:&/+()\[\]]|\s[-–—]\s|\b(?:{'|'.join(sorted(JOINTS))})\b(?!\.)", re.IGNORECASE)

#: Words between joints that name nobody.
FILLERS = frozenset({"al", "by", "in", "jr", "sr"})

#: As many words as this can stand before a year in a text that is a citation.
MOST_WORDS = 40


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name: folded, and whether it may be initials."""

    text: str
    initials: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation as it was read.

    `names` are the words between joints; `years` has a second one where the text gives two for one work (a reprint);
    `rest` is what stands behind the year, such as a title. A text without a year, or a word in place of one, has
    neither `years` nor `undated`.
    """

    text: str
    names: tuple[tuple[Word, ...], ...] = ()
    years: tuple[str, ...] = ()
    letter: str = ""
    undated: bool = False
    et_al: bool = False
    edited: bool = False
    locator: str = ""
    prefix: str = ""
    rest: str = ""

    @property
    def label(self) -> str:
        """Who and when, whatever the joints, the order and what stands around: the same for the same citation.

        >>> [readings(text)[0].label for text in ("see Gereffi and Bair, 2001, p. 3", "Bair & Gereffi (2001)", "Bair")]
        ['2001 bair gereffi', '2001 bair gereffi', '']
        """
        if not (self.names and (self.years or self.undated)):
            return ""
        names = sorted(word.text for word in self.words)
        hints = [*(["et al"] if self.et_al else []), *(["ed"] if self.edited else [])]
        return " ".join([f"{'-'.join(self.years)}{self.letter}" or "undated", *names, *hints])

    @property
    def words(self) -> list[Word]:
        """The words of all names, in order."""
        return [word for chunk in self.names for word in chunk]


def split(text: str) -> list[str]:
    """Return the citations of a text that semicolons keep apart; authors may be kept apart by them too.

    >>> split("(see Gaggio 2006; cf. Humphrey, J.; Schmitz, H. 2002)")
    ['see Gaggio 2006', 'cf. Humphrey, J.; Schmitz, H. 2002']
    """
    parts: list[str] = []
    for part in re.split(r"\s*[;\n]\s*", unwrapped(text)):
        if parts and not _is_dated(parts[-1]) and not PREFIX.match(part):
            parts[-1] += f"; {part}"
        elif part:
            parts.append(part)
    return parts


def _is_dated(text: str) -> bool:
    return bool(YEAR.search(text) or NO_DATE.search(text) or re.search(r"@\w", text))


def unwrapped(text: str) -> str:
    """Return a text without white space and brackets around the whole of it.

    >>> unwrapped(" (De Marchi & Grandinetti (2012)) "), unwrapped("[@a; @b]"), unwrapped("(A 2001), (B 2002)")
    ('De Marchi & Grandinetti (2012)', '@a; @b', '(A 2001), (B 2002)')
    """
    text = text.strip()
    while len(text) > 1 and text[0] + text[-1] in {"()", "[]"} and _closes_at_the_end(text):
        text = text[1:-1].strip()
    return text


def _closes_at_the_end(text: str) -> bool:
    depth = 0
    for at, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if not depth:
            return at == len(text) - 1
    return False


def plainly(text: str) -> str:
    """Return a text in which the commands of LaTeX that cite stand as citations by key.

    >>> plainly("\\\\citep[see][p.~23--25]{gaggio-2006}"), plainly("\\\\cite{a-1999, b-2000}")
    ('see @gaggio-2006, p. 23-25', '@a-1999; @b-2000')
    """
    return COMMAND.sub(_plain_command, text)


def _plain_command(match: re.Match[str]) -> str:
    notes = re.findall(r"\[([^\]]*)\]", match[1].replace("~", " ").replace("--", "-"))
    before, after = notes if len(notes) > 1 else ("", *notes) if notes else ("", "")
    keys = "; ".join(f"@{key.strip()}" for key in match[2].split(","))
    return f"{before} {keys}{', ' if after else ''}{after}".strip()


def readings(text: str) -> list[Reading]:
    """Return the citations of one part of a text, one for each year that its authors are cited with."""
    text = unwrapped(text)
    lead = BEFORE_KEY.match(text) or PREFIX.match(text)
    body = text[lead.end() :] if lead else text
    body, locator = _without_locator(body)
    first = Reading(text, locator=locator, prefix=lead[0].strip() if lead else "")
    year = YEAR.search(body)
    if year:
        return list(_dated(first, body, year))
    if undated := NO_DATE.search(body):
        return [_named(replace(first, undated=True, rest=body[undated.end() :]), body[: undated.start()])]
    return [_named(first, body)]


def _without_locator(text: str) -> tuple[str, str]:
    """Return the text without the place in the work, and the place; it stands behind the year, the word or the key.

    >>> [_without_locator(text) for text in ("Gaggio 2006, pp. 23-25", "Gaggio (2006: 23)", "P. Li 2006")]
    [('Gaggio 2006', 'pp. 23-25'), ('Gaggio (2006', '23'), ('P. Li 2006', '')]
    """
    dated = YEAR.search(text) or NO_DATE.search(text) or KEY.match(text)
    if not dated:
        return text, ""
    behind = FURTHER.match(text, dated.end())
    found = LABELLED.match(text, behind.end()) if behind else None
    if found and (found[1] is None or found[1].lower() in NAMES):
        return (text[: found.start()] + text[found.end() :]).strip(), found[0].strip(" ,:;")
    bare = BARE.match(text, dated.end())
    if bare and not YEAR.fullmatch(bare[1]):
        return text[: bare.start()], bare[1]
    return text, ""


def _dated(first: Reading, body: str, year: re.Match[str]) -> Iterator[Reading]:
    """Yield a reading for each year in a row; names that do not stand before the year stand behind it."""
    years, end = [_year(year)], year.end()
    if again := SAME_WORK.match(body, end):
        years, end = [_year(year), again[1]], again.end()
    several = [(tuple(years), year[2] or "")]
    while more := NEXT_YEAR.match(body, end):
        several.append(((more[1] or several[-1][0][0],), more[2] or more[3] or ""))
        end = more.end()
    before, rest = body[: year.start()], body[end:].strip(" .,;:()[]")
    for these, letter in several:
        reading = _named(replace(first, years=these, letter=letter, rest=rest), before)
        yield reading if reading.names else replace(_named(reading, rest), rest="")


def _year(found: re.Match[str]) -> str:
    """Return a year in four digits.

    >>> [_year(found) for found in map(YEAR.search, ("1999a", "'06", "’84")) if found]
    ['1999', '2006', '1984']
    """
    return found[1] or f"{'20' if found[3] < '40' else '19'}{found[3]}"


def _named(reading: Reading, text: str) -> Reading:
    """Return the reading with the names of `text`, and with what it says of there being more, or of editors."""
    edited, et_al = bool(EDITED.search(text)), bool(ET_AL.search(text))
    text = POSSESSIVE.sub("", EDITED.sub(" ", ET_AL.sub(", ", text)))
    shouted = text.isupper()
    chunks = (tuple(_words(chunk, shouted=shouted)) for chunk in JOINT.split(text[-MOST_WORDS * 20 :]))
    names = tuple(chunk for chunk in chunks if chunk)
    return replace(reading, names=names, edited=edited or reading.edited, et_al=et_al or reading.et_al)


def _words(chunk: str, *, shouted: bool) -> Iterator[Word]:
    for raw in re.split(r"(?<=\w)\.\s*|\s+", chunk):
        bare = raw.strip('."“”„«»*_')
        for part in fold(bare).split():
            if part not in FILLERS:
                yield Word(part, len(part) == 1 or (bare.isupper() and not shouted and len(bare) <= 3))  # noqa: PLR2004  G, GH, G-H
