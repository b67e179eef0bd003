"""Read the place in a work that a writer names: "p. 23", "sec. 6", "chap. 2", "table 3"."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: CSL's labels of locators, and how writers write them, in lower case and without full stops.
LABELS: dict[str, tuple[str, ...]] = {
    "act": ("act", "acts"),
    "appendix": ("appendix", "appendices", "app", "apps"),
    "article-locator": ("article", "articles", "art", "arts", "article-locator"),
    "book": ("book", "books", "bk", "bks"),
    "canon": ("canon", "canons", "can"),
    "chapter": ("chapter", "chapters", "chap", "chaps", "ch", "chs", "cap", "capp"),
    "column": ("column", "columns", "col", "cols"),
    "elocation": ("elocation", "location", "locations", "loc", "locs"),
    "equation": ("equation", "equations", "eq", "eqs", "eqq"),
    "figure": ("figure", "figures", "fig", "figs"),
    "folio": ("folio", "folios", "fol", "fols"),
    "issue": ("issue", "issues", "no", "nos", "number", "numbers"),
    "line": ("line", "lines", "l", "ll"),
    "note": ("note", "notes", "n", "nn", "fn", "footnote", "footnotes"),
    "opus": ("opus", "op", "opp"),
    "page": ("page", "pages", "p", "pp", "pg", "pgs", "pag", "pagg"),
    "paragraph": ("paragraph", "paragraphs", "para", "paras", "par", "pars", "¶", "¶¶"),
    "part": ("part", "parts", "pt", "pts"),
    "rule": ("rule", "rules"),
    "scene": ("scene", "scenes", "sc"),
    "section": ("section", "sections", "sec", "secs", "sect", "sects", "sez", "§", "§§"),
    "sub-verbo": ("sub-verbo", "sub verbo", "sub verbis", "sv", "svv"),
    "supplement": ("supplement", "supplements", "supp", "suppl", "supps"),
    "surah": ("surah", "sura"),
    "table": ("table", "tables", "tab", "tabs", "tbl", "tbls"),
    "timestamp": ("timestamp", "at"),
    "title-locator": ("title", "titles", "tit", "title-locator"),
    "verse": ("verse", "verses", "v", "vv"),
    "version": ("version", "versions", "ver"),
    "volume": ("volume", "volumes", "vol", "vols"),
}

NAMES = {name: label for label, names in LABELS.items() for name in names}

#: A label may stand close to a number ("p23", "§6"), or apart from whatever it is ("app. B").
LABELLED = re.compile(
    r"(?P<label>sub[ -]verb(?:o|is)|s\.\s?vv?|[a-z]+(?:-locator)?)\.?(?:\s+|(?=\d))(?P<value>\S.*)\Z", re.IGNORECASE
)
LABELLED_SIGN = re.compile(r"(?P<label>[§¶]+)\s*(?P<value>\S.*)\Z")

#: What pages look like: arabic or roman numbers, alone or in ranges and lists.
PAGES = re.compile(r"[a-z]?\d+[a-z]*|[ivxlcdm]+|[-–—,;&]|ff?|and|passim", re.IGNORECASE)
SEVERAL = re.compile(r"[-–—,&]|\band\b")

#: A text whose square brackets are closed, each before the next is opened.
BRACKETED = re.compile(r"[^][]*(?:\[[^][]*\][^][]*)*")


@dataclass(frozen=True, slots=True)
class Locator:
    """A place in a work: a label of CSL's with its value, or a text that has none (`label` is "")."""

    label: str
    value: str

    @property
    def plural(self) -> bool:
        """Whether it names several, such as a range of pages."""
        return bool(SEVERAL.search(self.value))


def locator(text: str) -> Locator:
    """Read a place. Bare numbers are pages; words that are no label are kept as they are.

    >>> locator("pp. 23-25"), locator("§6")
    (Locator(label='page', value='23-25'), Locator(label='section', value='6'))
    >>> locator("23, 31"), locator("Box 2")
    (Locator(label='page', value='23, 31'), Locator(label='', value='Box 2'))
    """
    text = " ".join(re.sub(r"[{}\x00-\x1f\x7f]", " ", text).split())
    if not BRACKETED.fullmatch(text):  # else Pandoc ends the locator at a bracket that was not opened
        text = re.sub(r"[][]", "", text).strip()
    match = LABELLED_SIGN.match(text) or LABELLED.match(text)
    label = NAMES.get(re.sub(r"\.\s?", "", match["label"].lower())) if match else None
    if match and label:
        return Locator(label, match["value"])
    return Locator("" if PAGES.sub("", text).strip() else "page", text)
