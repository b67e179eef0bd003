"""Mend what Pandoc's citation processor does otherwise than the manuals of styles, in what it is given.

Each rule says what came out wrong and what the manual has; the table in `tests/styles/differences.yaml` shows them at
work, and what is left. A rule that a newer Pandoc does not need any more can go.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

from filiera.styles.stylesheet import Style

Item = Mapping[str, Any]

TITLES = ("title", "container-title", "collection-title")

#: Numbers that may be ranges: an issue 3-4 is printed 3–4 in every manual; Pandoc sees to pages only.
RANGES = ("issue", "volume")
RANGE = re.compile(r"(?<=\d)-(?=\d)")

#: A number that Pandoc takes for a text, as it has a slash in it, so that it prints (12/2014) for APA's (No. 12/2014).
WITH_SLASH = re.compile(r"\d+/\d+")
NUMBERED = frozenset({"article", "report"})
LABELLED = re.compile(rb'<label[^>]*variable="number"')

#: The manual that leaves out a publisher or a site of the same name as the author (APA 9.29 and 10.16), which the style
#: cannot know, as it compares nothing.
SAYS_ONCE = b"APA Style 7th edition"
SAID_AGAIN = ("publisher", "container-title")

#: An apostrophe after a capital (that of "d'Este" ends a particle), and a sign of no width that sorting passes over.
APOSTROPHE = re.compile(r"(?<=[A-ZÀ-Þ])['’](?=\w)")
WORD_JOINER = "\u2060"

#: Prepositions that MLA 9 has in lower case, however long; words that are often something else are left alone.
MLA = """
    above across after against along amid among around atop before behind below beneath beside between beyond despite
    during inside outside per since than through throughout toward towards under underneath until upon versus within
    without
"""

#: By a manual's name in its style: the small words of titles that it has in lower case, and those that it capitalises,
#: where Pandoc does otherwise. Chicago 18 capitalises prepositions of five letters or more.
SMALL_WORDS = {
    b"MLA Handbook 9th edition": (frozenset(MLA.split()), frozenset[str]()),
    b"Chicago Manual of Style 18th edition": (frozenset({"amid", "atop", "per", "than", "upon"}), frozenset({"about"})),
}

#: Such a word stands within a title, neither first nor last nor after the stop before a subtitle.
SMALL_WORD = re.compile(r"(?<=[^\W_] )[a-z]+(?= \w)")


def sheet(root: ET.Element) -> None:
    """Mend a style: names with a label and no word on how they look would come after their label ("editorRossi A")."""
    for names in root.iter("names"):
        if names.find("name") is None and names.find("label") is not None:
            names.insert(0, ET.Element("name"))


def item(work: Item, style: Style, locale: str) -> dict[str, Any]:
    """Mend a work for a style."""
    mended = dict(work)
    for name in RANGES:
        if isinstance(work.get(name), str):
            mended[name] = RANGE.sub("–", work[name])
    if _needs_label(work, style, locale):
        mended["number"] = f"No. {work['number']}"
    if b'initialize-with=""' in style.source:
        mended |= {name: [_without_stop(one) for one in value] for name, value in work.items() if _are_names(value)}
    if SAYS_ONCE in style.source:
        names = {one.get("literal") for one in work.get("author", ()) if isinstance(one, dict)} - {None}
        mended = {name: value for name, value in mended.items() if not (name in SAID_AGAIN and value in names)}
    words = next((words for manual, words in SMALL_WORDS.items() if manual in style.source), None)
    if words and str(work.get("language", "en")).startswith("en"):
        mended |= {name: _cased(work[name], *words) for name in TITLES if isinstance(work.get(name), str)}
    return mended


def _needs_label(work: Item, style: Style, locale: str) -> bool:
    """Tell whether the style would label the number of this work, in English, if Pandoc saw that it is one."""
    is_hidden = work.get("type") in NUMBERED and WITH_SLASH.fullmatch(str(work.get("number", ""))) is not None
    return is_hidden and locale[:2] in {"", "en"} and LABELLED.search(style.source) is not None


def listed(work: Item) -> dict[str, Any]:
    """Mend a work for a list: its names are sorted as if they had no apostrophe (O'Neill after Okafor), as manuals ask.

    In the place of the apostrophe stands a sign that sorting passes over, until `unlisted` takes it back.
    """
    return {name: [_unsigned(one) for one in value] if _are_names(value) else value for name, value in work.items()}


def unlisted(written: str) -> str:
    """Take back what `listed` put into names."""
    return written.replace(WORD_JOINER, "’")


def _unsigned(name: Item) -> dict[str, Any]:
    return {
        part: APOSTROPHE.sub(WORD_JOINER, value) if isinstance(value, str) else value for part, value in name.items()
    }


def _are_names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _without_stop(name: Item) -> dict[str, Any]:
    """Take the full stop from "Jr." where initials have none: Smith JQ Jr."""
    return {**name, "suffix": name["suffix"].rstrip(".")} if isinstance(name.get("suffix"), str) else dict(name)


def _cased(title: str, lower: frozenset[str], capital: frozenset[str]) -> str:
    """Protect the small words of a title from Pandoc's own rule; a word that the record capitalises is left alone.

    >>> _cased("Bridges between districts", frozenset({"between"}), frozenset())
    'Bridges <span class="nocase">between</span> districts'
    """

    def protected(match: re.Match[str]) -> str:
        word = match[0]
        kept = word if word in lower else word.capitalize() if word in capital else ""
        return f'<span class="nocase">{kept}</span>' if kept else word

    return SMALL_WORD.sub(protected, title)
