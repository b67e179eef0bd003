"""Read LaTeX with the citations of biblatex and natbib: `\\parencite[see][23]{key}`, `\\citet`, `\\cites[2]{a}[3]{b}`.

Comments, verbatim text, mathematics and what stands before `\\begin{document}` hold no citation. Files named by
`\\input` and `\\include` are said, so that they can be read too. Commands that a manuscript defines itself are not
followed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from filiera.proofreading.locators import locator
from filiera.proofreading.manuscripts import Citation, Reading
from filiera.proofreading.prose import CITED, Scribe
from filiera.proofreading.vocabulary import vocabulary

#: Commands that cite; each may have a star. Those of `SPOKEN` are a word of their sentence.
SPOKEN = vocabulary("latex spoken")
QUIET = vocabulary("latex quiet")
COMMANDS = SPOKEN | QUIET

#: Environments that are no prose.
OPAQUE = vocabulary("latex opaque")

#: Commands whose first argument is no prose.
HIDDEN = vocabulary("latex hidden")
BREAKING = vocabulary("latex breaking")
LETTERS = {"o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å"}
LETTERS |= {"AA": "Å", "i": "i", "j": "j", "S": "§", "dots": "…", "ldots": "…", "textendash": "–", "textemdash": "—"}
LETTERS |= {
    "textquoteright": "’",
    "euro": "€",
    "texteuro": "€",
    "pounds": "£",
    "textbar": "|",
    "quad": " ",
    "qquad": " ",
}
MARKS = {"`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307"}
MARKS |= {'"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "c": "\u0327", "k": "\u0328", "d": "\u0323"}

TOKEN = re.compile(
    r"""
      (?P<verb>\\(?:verb|lstinline)\*?(?P<delimiter>[^\w\s*{])(?:(?!(?P=delimiter)).)*(?P=delimiter))
    | (?P<accent>\\(?:[`'^~"=.]\s*(?:\{\\?[A-Za-z]?\}|\\?[A-Za-z])|[urHvckd](?:\{[A-Za-z]?\}|\s+[A-Za-z])))
    | (?P<display>\\[\[(]|\$\$)
    | (?P<math>\$(?:\\.|[^$\\])*\$)
    | (?P<escape>\\[&%$\#_{}@])
    | (?P<space>\\[,;:! ~/-]|~|\\\\\*?(?:\[[^\]\n]*\])?)
    | (?P<command>\\(?P<name>[A-Za-z]+)\*?)
    | (?P<comment>%[^\n]*(?:\n[ \t]*(?!\n))?)
    | (?P<dash>-{2,3})
    | (?P<quote>``|''|,,)
    | (?P<opening>\{)
    | (?P<closing>\})
    | (?P<cell>&)
    """,
    re.VERBOSE | re.DOTALL,
)
DASHES = {"--": "–", "---": "—", "``": "“", "''": "”", ",,": "„"}

#: Mathematics that is only a number with its sign.
NUMBER = re.compile(r"\$\s*([-+]?[\d.,]+)\s*(?:\\[,;]|~)?\s*(\\%)?\s*\$")
SPACE = re.compile(r"[ \t]*(?:%[^\n]*)?\n?[ \t]*")
#: An argument is no longer than this.
LONGEST = 20_000
CLOSERS = {"[": "]", "{": "}", "(": ")"}


@dataclass(frozen=True, slots=True)
class _Argument:
    """An argument of a command: its bracket, and where its inside begins and ends."""

    bracket: str
    start: int
    end: int


@dataclass(slots=True)
class _Reader:
    """How far a text is read."""

    text: str
    scribe: Scribe
    citations: list[Citation] = field(default_factory=list)
    closers: list[str] = field(default_factory=list)
    bibliographies: list[str] = field(default_factory=list)
    included: list[str] = field(default_factory=list)
    unclosed: set[str] = field(default_factory=set)

    def read(self, position: int) -> None:
        """Copy the prose from here on and keep the citations."""
        while match := TOKEN.search(self.text, position):
            self.scribe.copy(position, match.start())
            position = HANDLERS[_kind(match)](self, match)
        self.scribe.copy(position, len(self.text))

    def put(self, text: str, match: re.Match[str], end: int = -1) -> int:
        """Write a text for a token, and return where it ends."""
        end = match.end() if end < 0 else end
        self.scribe.put(text, match.start(), end)
        return end

    def command(self, match: re.Match[str]) -> int:
        """Read a command with those of its arguments that are no prose."""
        name = match["name"]
        if name in COMMANDS or name.lower() in COMMANDS:
            return self.cite(match)
        if name == "begin" and (end := self.environment(match)):
            return end
        if name in {"bibliography", "addbibresource", "input", "include", "subfile"}:
            self.file(match)
        if name in HIDDEN:
            return self.put("\n\n" if name in {"begin", "end"} else " ", match, self.hidden(match.end()))
        if name in LETTERS:
            blank = re.compile(r"\{\}|\s*").match(self.text, match.end())
            return self.put(LETTERS[name], match, blank.end() if blank else match.end())
        return self.plain(match)

    def plain(self, match: re.Match[str]) -> int:
        """Leave out the word of a command and its options; its arguments are prose."""
        name = match["name"]
        end = match.end()
        while (arguments := list(_arguments(self.text, end, "[", 1))) and name not in BREAKING - {"caption"}:
            end = arguments[0].end + 1
        opened = SPACE.match(self.text, end)
        brace = opened.end() if opened else end
        if brace < len(self.text) and self.text[brace] == "{" and name not in {"item", "par"}:
            before, after = ("\n\n", "\n\n") if name in BREAKING else (" (", ")") if "footnote" in name else ("", "")
            before, after = ("“", "”") if name == "enquote" else (before, after)
            self.closers.append(after)
            return self.put(before, match, brace + 1)
        return self.put("\n\n" if name in BREAKING else "", match, end)

    def environment(self, match: re.Match[str]) -> int:
        """Return where an environment that is no prose ends, or 0."""
        name = next((self.text[a.start : a.end] for a in _arguments(self.text, match.end(), "{", 1)), "")
        if name.rstrip("*") not in OPAQUE:
            return 0
        mark = f"\\end{{{name}}}"
        end = self.text.find(mark, match.end())
        return self.put("\n\n", match, len(self.text) if end < 0 else end + len(mark))

    def display(self, match: re.Match[str]) -> int:
        """Leave out mathematics that is displayed, or stands between brackets; unclosed, it is a text."""
        mark = {"\\[": "\\]", "\\(": "\\)"}.get(match[0], match[0])
        close = -1 if mark in self.unclosed else self.text.find(mark, match.end())
        if close < 0:
            self.unclosed.add(mark)
            return self.put(" ", match)
        return self.put(" ", match, close + len(mark))

    def hidden(self, position: int) -> int:
        """Return where the options and the first argument after a command end."""
        end = position
        for argument in _arguments(self.text, position, "[{", 3):
            end = argument.end + 1
            if argument.bracket == "{":
                break
        return end

    def file(self, match: re.Match[str]) -> None:
        """Keep the names of files that a command names."""
        for argument in _arguments(self.text, match.end(), "[{", 2):
            if argument.bracket == "{":
                names = [name.strip() for name in self.text[argument.start : argument.end].split(",")]
                library = match["name"] in {"bibliography", "addbibresource"}
                (self.bibliographies if library else self.included).extend(name for name in names if name)
                return

    def cite(self, match: re.Match[str]) -> int:
        """Keep the citations of a command: one list of keys, or in the plural forms several with notes of their own."""
        name = match["name"].lower()
        notes: list[_Argument] = []
        end, found = match.end(), False
        for argument in _arguments(self.text, match.end(), "([{" if name.endswith("s") else "[{", 99):
            if argument.bracket == "{":
                self.keys(argument, notes[-1] if notes else None)
                notes, found = [], True
            elif argument.bracket == "[":
                notes.append(argument)
            end = argument.end + 1
            if found and not name.endswith("s"):
                break
        return self.put(CITED if found and name in SPOKEN else " ", match, end)

    def keys(self, argument: _Argument, note: _Argument | None) -> None:
        """Keep the keys of one argument; a note after them is the locator of the last."""
        last = -1
        for key in re.finditer(r"[^\s,%][^,%]*", self.text[argument.start : argument.end]):
            written = key[0].strip()
            start = argument.start + key.start()
            if written != "*":
                self.citations.append(Citation(start, start + len(written), written, written))
                last = len(self.citations) - 1
        if note and last >= 0:
            text = self.text[note.start : note.end].replace("~", " ").replace("\\S", "§ ").replace("\\,", "  ")
            found = locator(f",{text}", note.start - 1)
            self.citations[last] = replace(self.citations[last], locator=found)


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in HANDLERS if match[kind] is not None)


def _space(reader: _Reader, match: re.Match[str]) -> int:
    text = {"\\-": "", "\\/": "", "\\!": ""}.get(match[0], "\u202f" if match[0] == "\\," else " ")
    return reader.put("\n" if match[0].startswith("\\\\") else text, match)


def _math(reader: _Reader, match: re.Match[str]) -> int:
    number = NUMBER.fullmatch(match[0])
    return reader.put(number[1] + ("%" if number[2] else "") if number else " ", match)


def _accent(reader: _Reader, match: re.Match[str]) -> int:
    letter = match[0][-1] if match[0][-1].isalpha() else match[0].rstrip("}")[-1]
    letter = letter if letter.isalpha() and len(match[0]) > len("\\c") else ""
    return reader.put(unicodedata.normalize("NFC", letter + MARKS[match[0][1]]) if letter else "", match)


def _opening(reader: _Reader, match: re.Match[str]) -> int:
    reader.closers.append("")
    return match.end()


def _closing(reader: _Reader, match: re.Match[str]) -> int:
    return reader.put(reader.closers.pop() if reader.closers else "", match)


HANDLERS: dict[str, Callable[[_Reader, re.Match[str]], int]] = {
    "command": _Reader.command,
    "verb": lambda reader, match: reader.put(" ", match),
    "accent": _accent,
    "display": _Reader.display,
    "math": _math,
    "escape": lambda reader, match: reader.put(match[0][1], match),
    "space": _space,
    "comment": lambda reader, match: reader.put("", match),
    "dash": lambda reader, match: reader.put(DASHES[match[0]], match),
    "quote": lambda reader, match: reader.put(DASHES[match[0]], match),
    "opening": _opening,
    "closing": _closing,
    "cell": lambda reader, match: reader.put("\n\n", match),
}


def _arguments(text: str, position: int, brackets: str, most: int) -> Iterator[_Argument]:
    """Yield the arguments that follow in brackets of these kinds."""
    for _ in range(most):
        space = SPACE.match(text, position)
        at = space.end() if space else position
        if at >= len(text) or text[at] not in brackets:
            return
        end = _closing_bracket(text, at)
        if end < 0:
            return
        yield _Argument(text[at], at + 1, end)
        position = end + 1


def _closing_bracket(text: str, start: int) -> int:
    """Return where the bracket that opens here closes, or -1; braces in it are closed first."""
    depth = 0
    for match in re.compile(r"\\.|[{}\[\]()]|\n[ \t]*\n", re.DOTALL).finditer(text, start + 1, start + LONGEST):
        if match[0].startswith("\n"):
            return -1
        if depth == 0 and match[0] == CLOSERS[text[start]]:
            return match.start()
        depth += (match[0] == "{") - (match[0] == "}")
    return -1


def read(text: str) -> Reading:
    """Read a manuscript, or a part of one."""
    begin = re.search(r"^[^%\n]*\\begin\{document\}", text, re.MULTILINE)
    end = re.compile(r"^[^%\n]*?(\\end\{document\})", re.MULTILINE).search(text, begin.end()) if begin else None
    body = text[: end.start(1)] if end else text
    reader = _Reader(body, Scribe(body))
    if begin:
        preamble = _Reader(text[: begin.start()], Scribe(text))
        preamble.read(0)
        reader.bibliographies = preamble.bibliographies
    reader.read(begin.end() if begin else 0)
    return Reading(reader.scribe.prose(), reader.citations, tuple(reader.bibliographies), tuple(reader.included))
