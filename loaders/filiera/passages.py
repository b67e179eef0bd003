"""Look up passages: the shortest stretch of a document from an occurrence of its first words to the next last words.

Words are compared whole. A word runs from space to space; punctuation around it may be left off, but a sign, a digit
or a per cent belongs to it, so that `12.9%` is not found in `-12.9%`, nor `6.4` in `6.4%`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from filiera.documents import Document, Library, fold_words

#: Fewer words than this do not point to one place for sure.
FEWEST_WORDS = 3

OPENING = frozenset(" ([{\"'¿¡—")
CLOSING = frozenset(" )]}\"'.,;:!?…—")

#: Characters of the text that are shown around a candidate.
CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Location:
    """What the lookup found: the verdict, the offsets in the document's text, and what to say of a failure.

    `part` is the field of the passage that is to blame.
    """

    verdict: str
    start: int = 0
    end: int = 0
    part: str = "start"
    message: str = ""
    hint: str = ""

    @property
    def found(self) -> bool:
        """Whether the passage stands in the document, once."""
        return self.verdict == "found"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a folded text."""

    start: int
    end: int


def locate(passage: dict[str, Any], document: Document, section: str | None = None) -> Location:
    """Look a passage up in a document that is at hand, within one of its sections if one is named."""
    words = sum(len(str(passage.get(part, "")).split()) for part in ("start", "end"))
    if words < FEWEST_WORDS:
        return Location(
            "too-short", message=f"{words} words do not point to one place", hint="give more words of start or end"
        )
    limits = _section(document, section) if section is not None else None
    if isinstance(limits, Location):
        return limits
    return _locate(passage, document, section, limits)


@lru_cache(maxsize=4096)
def _section(document: Document, number: str) -> Location | Span:
    for section in document.data.get("sections", ()):
        if section.get("number") == number:
            whole = locate(section["passage"], document) if "passage" in section else Location("not-found")
            if whole.found:
                return Span(whole.start, whole.end)
            return Location("not-found", message=f"section {number!r} of {document.key!r} is not found itself")
    known = ", ".join(str(s.get("number")) for s in document.data.get("sections", ()))
    return Location(
        "not-found", part="section", message=f"{document.key!r} lists no section {number!r}", hint=f"it lists {known}"
    )


def _locate(passage: dict[str, Any], document: Document, section: str | None, limits: Span | None) -> Location:
    spans = _spans(passage, document)
    inside = [s for s in spans if limits is None or (limits.start <= s.start and s.end <= limits.end)]
    if len(inside) == 1:
        return Location("found", inside[0].start, inside[0].end)
    if inside:
        places = "; ".join(f"…{_around(document.text, s)}…" for s in inside[:4])
        return Location("ambiguous", message=f"the passage stands {len(inside)} times: {places}", hint="add a prefix")
    if spans:
        elsewhere = ", ".join(dict.fromkeys(section_at(document, s.start) for s in spans))
        message = f"the passage stands in section {elsewhere}, not in {section!r}"
        if elsewhere == section:
            message = f"the passage runs on beyond the end of section {section!r}"
        return Location("not-found", part="section", message=message, hint="correct the section or the words")
    return _missing(passage, document)


def _spans(passage: dict[str, Any], document: Document) -> list[Span]:
    """Return the stretches of the document's text that are meant, in any reading of it, and hold no shorter one."""
    found = {
        Span(folded.original(s.start), folded.original(s.end - 1) + 1)
        for folded in document.foldings
        for s in _candidates(passage, folded.text)
    }
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s.end, -s.start)):
        if not kept or span.start > kept[-1].start:
            kept.append(span)
    return kept


def section_at(document: Document, offset: int) -> str:
    """Return the number of the section in which an offset of the document's text lies, or `outside any`."""
    for section in document.data.get("sections", ()):
        where = _section(document, section["number"])
        if isinstance(where, Span) and where.start <= offset < where.end:
            return str(section["number"])
    return "outside any"


def _around(text: str, span: Span) -> str:
    return " ".join(text[max(0, span.start - CONTEXT) : span.start + CONTEXT].split())


def _candidates(passage: dict[str, Any], text: str) -> Iterator[Span]:
    """Yield the stretches from a start to the next end."""
    start, end, prefix, suffix = (fold_words(passage.get(k, "")) for k in ("start", "end", "prefix", "suffix"))
    firsts = [s for s in occurrences(start, text) if _follows(text, s.start, prefix)]
    if not end:
        yield from (s for s in firsts if _precedes(text, s.end, suffix))
        return
    lasts = [s for s in occurrences(end, text) if _precedes(text, s.end, suffix)]
    ends = [s.start for s in lasts]
    for first in firsts:
        index = bisect_left(ends, first.end)
        if index < len(lasts):
            yield Span(first.start, lasts[index].end)


def occurrences(words: str, text: str) -> Iterator[Span]:
    """Yield the places where whole words stand in a folded text."""
    position = text.find(words) if words else -1
    while position >= 0:
        span = Span(position, position + len(words))
        if _whole(text, span):
            yield span
        position = text.find(words, position + 1)


def _whole(text: str, span: Span) -> bool:
    before = span.start == 0 or text[span.start - 1] in OPENING or text[span.start] == "—"
    if not before or span.end == len(text) or text[span.end - 1] == "—":
        return before
    after = text[span.end]
    beyond = text[span.end + 1 : span.end + 2]
    return after in CLOSING and (after in " —" or not beyond.isalnum())


def _follows(text: str, start: int, prefix: str) -> bool:
    return not prefix or text[:start].rstrip(" ([\"'").endswith(prefix.rstrip(" ([\"'"))


def _precedes(text: str, end: int, suffix: str) -> bool:
    return not suffix or text[end:].lstrip(" .,;:!?)]\"'").startswith(suffix.lstrip(" .,;:!?)]\"'"))


def _missing(passage: dict[str, Any], document: Document) -> Location:
    """Say which words do not stand in the text, and what stands there that is nearest to them."""
    for part in ("start", "end"):
        words = fold_words(passage.get(part, ""))
        if words and not any(True for folded in document.foldings for _ in occurrences(words, folded.text)):
            near = _nearest(words, document.foldings[0].text)
            hint = _difference(words, near) if near else "nothing like it stands there"
            return Location("not-found", part=part, message=f"{words!r} does not stand in the document", hint=hint)
    if passage.get("prefix") or passage.get("suffix"):
        return Location("not-found", part="prefix", message="the words stand there, but not with this prefix or suffix")
    message = "the last words do not stand after the first"
    return Location("not-found", part="end", message=message, hint="swap start and end, or correct one of them")


def _nearest(words: str, text: str) -> str:
    """Return the whole words of the text that are most like `words`, or nothing when none are."""
    from rapidfuzz import fuzz  # noqa: PLC0415  only paid when something is wrong

    match = fuzz.partial_ratio_alignment(words, text, score_cutoff=60)
    if match is None:
        return ""
    near = text[max(0, match.dest_start - CONTEXT) : match.dest_end + CONTEXT].split()
    blocks = SequenceMatcher(None, _bare(words.split()), _bare(near), autojunk=False).get_matching_blocks()[:-1]
    if not blocks:
        start, end = text.rfind(" ", 0, match.dest_start + 1) + 1, text.find(" ", max(match.dest_end - 1, 0))
        return text[start : end if end >= 0 else len(text)].strip()
    first, last = blocks[0], blocks[-1]
    return " ".join(near[max(0, first.b - first.a) : last.b + len(words.split()) - last.a])


def _bare(words: list[str]) -> list[str]:
    """Return words without the punctuation that a pointer may leave off."""
    return [word.strip("".join(OPENING | CLOSING)) for word in words]


def _difference(words: str, near: str) -> str:
    """Say how the words differ, the differing ones first."""
    ours, theirs = _bare(words.split()), _bare(near.split())
    missing = " ".join(w for w in theirs if w not in ours)
    extra = " ".join(w for w in ours if w not in theirs)
    if extra and missing:
        return f"{extra!r} is {missing!r} there; nearest: {near!r}"
    if extra or missing:
        return f"{extra!r} is not there; nearest: {near!r}" if extra else f"{missing!r} is there too: {near!r}"
    return f"the order or the punctuation differs: the document has {near!r}"


def elsewhere(passage: dict[str, Any], library: Library, but: str) -> str:
    """Return the key of another document in which the passage stands, or nothing."""
    for document in library.at_hand:
        if document.key != but and any(True for folded in document.foldings for _ in _candidates(passage, folded.text)):
            return document.key
    return ""
