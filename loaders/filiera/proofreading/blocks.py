"""Find the prose of a Markdown text block by block, as pandoc sees it; code, comments and headers of YAML are left out.

A block is a stretch of lines with holes in it: the marks of quotations, lists and headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTE = re.compile(r"(?: {0,3}> ?)+")
FENCE = re.compile(r"\s*(`{3,}(?=[^`]*$)|~{3,})")
ITEM = re.compile(r"(\s*)(?:[-*+]|\d{1,9}[.)]|\(?(?:\d{1,9}|[a-z]|[ivx]+|#)[.)]|\(@[\w-]*\)|:|~)[ \t]+(?=\S)")
FOOTNOTE = re.compile(r" {0,3}\[\^[^\]\s]+\]:[ \t]*")
REFERENCE = re.compile(r" {0,3}\[(?![\^@])[^\]]*\]:\s*\S")
HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+|\s{0,3}(?:=+|-+)\s*$")
RULE = re.compile(r"\s{0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,}|:{3,}.*)$")
YAML = re.compile(r"---\s*\n(?=\S)(?P<yaml>(?:(?!(?:---|\.\.\.)\s*$).*\n)*)(?:---|\.\.\.)\s*(?:\n|\Z)", re.MULTILINE)
YAML_FIELD = re.compile(r"\s*(?:#.*\n\s*)*['\"]?[\w -]+['\"]?\s*:", re.MULTILINE)
ENVIRONMENT = re.compile(r"\s{0,3}\\begin\{([^{}]+)\}")
RAW = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)

#: Spaces before a line that make it code, counted from where its block begins.
CODE = 4


@dataclass(slots=True)
class Block:
    """Lines that belong together, with the offsets where they begin and end, and the holes in them."""

    start: int
    end: int
    holes: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """How far the text is read: the block that is open, and how far the items of a list are indented.

    `unclosed` are marks that are not closed in the rest of the text, so that it is not searched for them again.
    """

    blocks: list[Block] = field(default_factory=list)
    open: Block | None = None
    indent: int = 0
    after_blank: bool = True
    unclosed: set[str] = field(default_factory=set)


def yaml_headers(text: str) -> Iterator[re.Match[str]]:
    """Yield the blocks of YAML: at the beginning, or after an empty line."""
    for match in YAML.finditer(text):
        before = text[max(0, match.start() - 2) : match.start()]
        if (not before.strip("\ufeff") or before.endswith("\n\n")) and YAML_FIELD.match(match["yaml"]):
            yield match


def blocks(text: str) -> list[Block]:
    """Return the blocks of prose."""
    state = _State()
    skipped = {match.start(): match.end() for match in yaml_headers(text)}
    position = 0
    while position < len(text):
        end = text.find("\n", position) + 1 or len(text)
        line = text[position:end]
        after = skipped.get(position) or _raw_end(text, position, line, state)
        if after:
            state.open, state.after_blank, position = None, True, after
            state.indent = min(state.indent, _indent(line))
            continue
        _line(state, position, line)
        position = _past_comment(text, position, end, state)
    return state.blocks


def _past_comment(text: str, start: int, end: int, state: _State) -> int:
    """Return where reading goes on after a line: past a comment that is opened in it and closed on a later line."""
    opened = text.rfind("<!--", start, end)
    close = _closed(text, opened, re.escape("-->"), state) if opened >= 0 else 0
    if close <= end or state.open is None:
        return end
    state.open.holes.append((opened, close))
    state.open.end = text.find("\n", close) + 1 or len(text)
    return state.open.end


def _raw_end(text: str, start: int, line: str, state: _State) -> int:
    """Return where a fenced block, comment, raw element or LaTeX environment that begins on this line ends, or 0."""
    quote = QUOTE.match(line)
    bare = line[quote.end() :] if quote else line
    if _is_code(state, bare):
        return 0
    if (fence := FENCE.match(bare)) and (end := _fence_end(text, start + len(line), fence[1], state)):
        return end
    if bare.lstrip().startswith("<!--"):
        return _closed(text, start, re.escape("-->"), state)
    if raw := RAW.match(bare.lstrip()):
        return _closed(text, start, rf"(?i:</{raw[1]}\s*>)", state)
    if state.open is None and (begun := ENVIRONMENT.match(bare)):
        return _closed(text, start, re.escape(f"\\end{{{begun[1]}}}"), state)
    return 0


def _closed(text: str, start: int, mark: str, state: _State) -> int:
    """Return where the next closing mark ends, or 0 when there is none."""
    match = None if mark in state.unclosed else re.compile(mark).search(text, start)
    if match is None:
        state.unclosed.add(mark)
    return match.end() if match else 0


def _fence_end(text: str, start: int, fence: str, state: _State) -> int:
    mark = rf"(?m:^(?:[ ]{{0,3}}>[ ]?)*\s*{re.escape(fence[0])}{{{len(fence)},}}[ \t]*(?:\n|\Z))"
    return _closed(text, start, mark, state)


def _line(state: _State, start: int, line: str) -> None:
    """Read one line that is in no raw block."""
    end = start + len(line)
    quote = QUOTE.match(line)
    marked = quote.end() if quote else 0
    content = line[marked:]
    if not content.strip():
        state.open, state.after_blank = None, True
        return
    if state.after_blank and RULE.match(content):
        state.indent = 0
    if state.after_blank:
        state.indent = min(state.indent, _indent(content)) if not ITEM.match(content) else state.indent
    if _is_code(state, content) or RULE.match(content) or REFERENCE.match(content):
        state.open = None
        return
    mark = _mark(state, content)
    state.after_blank = False
    if state.open is None:
        state.open = Block(start, end)
        state.blocks.append(state.open)
    state.open.end = end
    if marked + mark:
        state.open.holes.append((start, start + marked + mark))
    if HEADING.match(content):
        state.open = None


def _is_code(state: _State, content: str) -> bool:
    """Tell whether a line is indented code: only after an empty line, and further in than the list that it is in."""
    return state.after_blank and state.open is None and _indent(content) >= state.indent + CODE


def _mark(state: _State, content: str) -> int:
    """Return the length of the mark of an item, note, heading or row that a line begins with; these begin a block."""
    for pattern in (FOOTNOTE, ITEM):
        if match := pattern.match(content):
            state.open = None
            state.indent = CODE if pattern is FOOTNOTE else len(match[0].expandtabs(CODE))
            return match.end()
    if heading := HEADING.match(content):
        if content.lstrip().startswith("#"):
            state.open = None
        return heading.end()
    if content.lstrip().startswith("|"):
        state.open = None
    return 0


def _indent(line: str) -> int:
    expanded = line.expandtabs(CODE)
    return len(expanded) - len(expanded.lstrip(" "))
