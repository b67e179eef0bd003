"""Read the locator of a citation: what follows the key or the year, such as "p. 23", ": 23-25" or "sec. 5.1"."""

from __future__ import annotations

import re

from filiera.proofreading.manuscripts import Locator

#: What is counted, by the words and signs for it in English, Italian, French and German manuscripts.
LABELS = {
    "page": "p pp pg pgs page pages pag pagg s",
    "section": "sec secs sect section sections sez sezione § §§",
    "chapter": "ch chs chap chaps chapter chapters cap capp capitolo",
    "table": "tab tabs tbl table tables tabella",
    "figure": "fig figs figure figures",
    "note": "n nn fn note notes nota",
    "paragraph": "para paras paragraph ¶",
    "volume": "vol vols volume volumes",
}
LABEL_OF = {word: label for label, words in LABELS.items() for word in words.split()}

NUMERAL = r"[A-Za-z]{0,2}\d+(?:\.\d+)*"
ROMAN = r"[ivxlcdm]+\b"
PAGES = rf"{NUMERAL}(?:\s*[-–—]{{1,2}}\s*{NUMERAL})?f{{0,2}}\b|{ROMAN}(?:\s*[-–—]\s*{ROMAN})?"
VALUES = rf"(?:{PAGES})(?:\s*(?:,|and|&|e)\s*(?:{PAGES}))*"
LABELLED = re.compile(rf"[\s,:{{(]*(?:at\s+|in\s+)?(§§?|¶|[A-Za-z]+?)(?:\.\s*|\s+|(?<=[§¶p])(?=\d))({VALUES})")
PLAIN = re.compile(rf"(?:\s*[,:{{]\s*)({VALUES})")


def locator(text: str, start: int, *, plain: bool = True) -> Locator | None:
    """Read the locator that `text` begins with, which stands at `start` in the manuscript.

    With `plain`, numbers after a comma or a colon are pages.

    >>> locator(", p. 23; see", 0)
    Locator(label='page', value='23', start=2, end=7)
    >>> locator(": 550-573", 0).value, locator(", see 23", 0), locator(", sec. 5.1", 0).label
    ('550-573', None, 'section')
    """
    labelled = LABELLED.match(text)
    if labelled and (label := LABEL_OF.get(labelled[1].lower())):
        return Locator(label, labelled[2], start + labelled.start(1), start + labelled.end())
    match = PLAIN.match(text) if plain else None
    return Locator("page", match[1], start + match.start(1), start + match.end()) if match else None
