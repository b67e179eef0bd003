"""Read Markdown with pandoc's citations: `[@key, p. 3; see @other]`, `@key [p. 3]`, `-@key`, `@{key}`.

What pandoc takes for code, mathematics, a comment, an address or raw HTML holds no citation; neither does a bare
address of the web, which pandoc by default reads as text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from filiera.proofreading.blocks import Block, blocks, yaml_headers
from filiera.proofreading.locators import locator
from filiera.proofreading.manuscripts import Citation, Reading
from filiera.proofreading.prose import CITED, Scribe

KEY = r"[\w*](?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*"

TOKEN = re.compile(
    rf"""
      (?P<escape>\\[!-/:-@\[-`{{-~])
    | (?P<ticks>`+)
    | (?P<math>\$\$.+?\$\$|\$(?=[^\s$])(?:\\.|[^$\\])*?(?<![\s\\])\$(?!\d))
    | (?P<comment><!--)
    | (?P<auto><[A-Za-z][\w+.-]*:[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>)
    | (?P<tag></?[A-Za-z][^<>]*>)
    | (?P<address>\b(?:https?://|ftp://|www\.)[^\s<>\])]+|\bdoi:\s?10\.[^\s<>\])]+)
    | (?P<mail>(?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+)
    | (?P<cite>(?<![^\W_])-?@(?:\{{(?P<braced>[^{{}}\s]+)\}}|(?P<key>{KEY})))
    | (?P<note>\[\^[^\]\s]+\])
    | (?P<target>\](?:\((?:[^()\s<>]|\([^()\s]*\)|<[^<>\n]*>)*(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)|\{{[^{{}}\n]*\}}))
    | (?P<opening>[!^]?\[)
    | (?P<closing>\])
    | (?P<semicolon>;)
    | (?P<attributes>\{{[#.=][^{{}}\n]*\}})
    | (?P<tex>\\[A-Za-z]+\*?(?:\{{[^{{}}]*\}}|\[[^\[\]]*\])*)
    | (?P<entity>&(?:amp|nbsp|\#160|ndash|mdash|rsquo);)
    | (?P<emphasis>\*+|(?<!\w)_+|_+(?!\w)|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
ENTITIES = {"&amp;": "&", "&nbsp;": " ", "&#160;": " ", "&ndash;": "–", "&mdash;": "—", "&rsquo;": "’"}

BIBLIOGRAPHY = re.compile(
    r"^bibliography:[ \t]*(?P<one>[^\s\[\]#-][^\n#]*)?(?P<many>\[[^\]]*\]|(?:\n\s*-[^\n]*)*)", re.MULTILINE
)
EXAMPLE = re.compile(r"^(?:\s*(?:[-*+>:]|\d+\.)[ \t]+)*\s*\(@([\w-]+)\)[ \t]", re.MULTILINE)
DEFINED = re.compile(r"^\s*-?\s*id:\s*['\"]?([^\s'\"]+)", re.MULTILINE)


@dataclass(slots=True)
class _Bracket:
    """An open bracket: where its text begins, what was written before it, and what it holds.

    `owner` is the citation whose locator it is, in `@key [p. 3]`.
    """

    start: int
    mark: int
    note: bool = False
    owner: int = -1
    cited: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)


class _Inline:
    """Reads the inside of one block."""

    def __init__(self, text: str, block: Block, scribe: Scribe, citations: list[Citation]) -> None:
        self.base = block.start
        self.text = _masked(text, block)
        self.scribe = scribe
        self.citations = citations
        self.open: list[_Bracket] = []
        self.unclosed: set[str] = set()
        self.bare_end = -1

    def read(self, examples: frozenset[str]) -> None:
        """Copy the prose and keep the citations."""
        end = 0
        while match := TOKEN.search(self.text, end):
            self.copy(end, match.start())
            end = match.end()
            kind = match.lastgroup or ""
            if kind in {"braced", "key", "cite"}:
                self.cite(match, examples)
            elif kind in {"ticks", "comment"}:
                end = self.skip(match, kind)
            elif handler := HANDLERS.get(kind):
                handler(self, match)
            else:
                self.put(" ", match)
        self.copy(end, len(self.text))

    def skip(self, match: re.Match[str], kind: str) -> int:
        """Leave out code or a comment, and return where it ends; a mark that is not closed is a text."""
        mark = rf"(?<!`){match[0]}(?!`)(?:\{{[^{{}}]*\}})?" if kind == "ticks" else "-->"
        closing = None if mark in self.unclosed else re.compile(mark).search(self.text, match.end())
        if closing is None:
            self.unclosed.add(mark)
            self.put(match[0], match)
            return match.end()
        self.scribe.put(" ", self.base + match.start(), self.base + closing.end())
        return closing.end()

    def copy(self, start: int, end: int) -> None:
        """Write what is no token; marks of quotations and lists in it are spaces already."""
        if start < end:
            self.scribe.put(self.text[start:end], self.base + start, self.base + end)

    def put(self, text: str, match: re.Match[str]) -> None:
        """Write a text for a token."""
        self.scribe.put(text, self.base + match.start(), self.base + match.end())

    def cite(self, match: re.Match[str], examples: frozenset[str]) -> None:
        """Keep a citation; the mark of a numbered example is none."""
        key = match["braced"] or match["key"]
        self.put(CITED, match)
        if key in examples:
            return
        start = self.base + match.start() + match[0].index("@")
        bare = not self.open
        self.citations.append(Citation(start, self.base + match.end(), match[0].lstrip("-"), key, bare=bare))
        if self.open:
            self.open[-1].cited.append(len(self.citations) - 1)
        else:
            self.bare_end = match.end()

    def opening(self, match: re.Match[str]) -> None:
        """Open a bracket; after a bare key it holds a locator."""
        note = match[0] == "^["
        follows = self.bare_end >= 0 and not note and not self.text[self.bare_end : match.start()].strip(" \t\n")
        owner = len(self.citations) - 1 if follows else -1
        self.open.append(_Bracket(match.end(), self.scribe.mark(), note, owner))
        self.put(" (" if note else "[", match)

    def closing(self, match: re.Match[str]) -> None:
        """Close a bracket: a citation leaves nothing in the prose."""
        if not self.open:
            self.put("]", match)
            return
        bracket = self.open.pop()
        self.bare_end = -1
        if bracket.note:
            self.put(")", match)
        elif bracket.cited or bracket.owner >= 0:
            self.locate(bracket, match.start())
            self.scribe.rewind(bracket.mark)
        else:
            self.put("]", match)

    def locate(self, bracket: _Bracket, end: int) -> None:
        """Give the citations of a bracket their locators, each from what stands between it and the next."""
        if bracket.owner >= 0:
            self.set_locator(bracket.owner, bracket.start, min([*bracket.parts, end]), plain=True)
        starts = [self.citations[n].start - self.base for n in bracket.cited]
        for number in bracket.cited:
            after = self.citations[number].end - self.base
            stops = [stop for stop in (*bracket.parts, *starts, end) if stop >= after]
            self.set_locator(number, after, min(stops), plain=True)

    def set_locator(self, number: int, start: int, end: int, *, plain: bool) -> None:
        """Read the locator of one citation."""
        text = self.text[start:end]
        text = text if text.lstrip().startswith((",", "{")) else f",{text}"
        found = locator(text, self.base + end - len(text), plain=plain)
        self.citations[number] = replace(self.citations[number], locator=found, bare=False)

    def target(self, match: re.Match[str]) -> None:
        """Close the text of a link: its citations stay, its address goes."""
        if self.open:
            self.open.pop()
        self.put("]", match)

    def semicolon(self, match: re.Match[str]) -> None:
        """Part what a bracket holds."""
        if self.open:
            self.open[-1].parts.append(match.start())
        self.put(";", match)


HANDLERS: dict[str, Callable[[_Inline, re.Match[str]], None]] = {
    "escape": lambda inline, match: inline.put(match[0][1], match),
    "entity": lambda inline, match: inline.put(ENTITIES[match[0]], match),
    "emphasis": lambda inline, match: inline.put("", match),
    "opening": _Inline.opening,
    "closing": _Inline.closing,
    "target": _Inline.target,
    "semicolon": _Inline.semicolon,
}


def read(text: str) -> Reading:
    """Read a manuscript."""
    scribe = Scribe(text)
    citations: list[Citation] = []
    examples = frozenset(match[1] for match in EXAMPLE.finditer(text))
    end = 0
    for block in blocks(text):
        scribe.put("\n\n", end, block.start)
        _Inline(text, block, scribe, citations).read(examples)
        end = block.end
    headers = [match["yaml"] for match in yaml_headers(text)]
    files = tuple(name for header in headers for name in _bibliographies(header))
    defined = frozenset(key for header in headers if "references:" in header for key in DEFINED.findall(header))
    return Reading(scribe.prose(), citations, files, defined=defined)


def _masked(text: str, block: Block) -> str:
    """Return the text of a block, its holes filled with spaces."""
    parts, at = [], block.start
    for start, end in block.holes:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at : block.end]])


def _bibliographies(header: str) -> Iterator[str]:
    """Yield the files of references that a header names."""
    for match in BIBLIOGRAPHY.finditer(header):
        names = [match["one"]] if match["one"] else re.split(r"[\[\],]|\n\s*-", match["many"] or "")
        for name in names:
            if stripped := name.strip().strip("'\""):
                yield stripped
