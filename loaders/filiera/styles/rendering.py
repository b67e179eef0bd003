"""Render works in a citation style, by Pandoc's citation processor.

`render` gives each work what it would give alone, however many go together. `reference_list` renders works as the list
of one manuscript: sorted, numbered, with 2000a and 2000b.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import zip_longest
from threading import BoundedSemaphore
from typing import Any

from filiera.errors import StyleError
from filiera.styles import inlines, mending, pandoc
from filiera.styles.locators import Locator, locator
from filiera.styles.single import NUMBER, PAGE, single, whole
from filiera.styles.stylesheet import Style

#: A work in CSL-JSON; its `id` is the work's key.
Item = Mapping[str, Any]

#: The version of Pandoc's document that is written; Pandoc takes any of the same first two numbers.
API = [1, 23, 1]

#: Works that go to one process: enough to make its start cheap, few enough to bound its memory.
BATCH = 500

#: Processes at a time, however many ask.
PROCESSES = 2
TURNS = BoundedSemaphore(PROCESSES)

#: Seconds that a process may take, and those that each work adds.
PATIENCE = 30.0
PATIENCE_EACH = 0.2

#: Languages of which Pandoc has the terms; of any other it would take the English ones in silence.
KNOWN = """
    af ar bg ca cs cy da de el en es et eu fa fi fr gl-es he hi-in hr hu id is it ja km ko la lt lv mn nb nl nn pl pt ro
    ru sk sl sr sv th tr uk vi zh
"""
LANGUAGES = frozenset(KNOWN.split())

#: A citation is asked for twice: by itself, and in a sentence that names the author.
MODES = ("NormalCitation", "AuthorInText")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A work in a style, as small HTML (`i b sup sub span a`).

    `in_text` is what stands in brackets, or the note of a style of notes. `narrative` is what stands in a sentence:
    Gaggio (2006, p. 23); in a style of notes the name alone, before the note; in a numeric style the number, as these
    name nobody. `reference` is the entry of the list, or "" in a style without one.
    """

    key: str
    in_text: str
    narrative: str
    reference: str


@dataclass(frozen=True, slots=True)
class _Request:
    item: Item
    locator: Locator | None


def render(items: Iterable[Item], style: Style, locators: Sequence[str] = (), locale: str = "") -> list[Rendered]:
    """Render each work as if it were the only one, with the locator at the same place of `locators`, if there is any.

    `locale` is the language of the text around the citation, where it is not the style's own.
    Raises StyleError when the style cannot be followed, and NotFoundError when there is no Pandoc.
    """
    requests = [
        _Request(item, locator(text) if text and text.strip() else None)
        for item, text in zip_longest(items, locators)
        if item is not None
    ]
    rendered: dict[int, Rendered] = {}
    with ThreadPoolExecutor(PROCESSES) as pool:
        batches = list(_batches(requests))
        answers = pool.map(lambda batch: _render_batch([requests[n] for n in batch], style, locale), batches)
        for batch, answer in zip(batches, answers, strict=True):
            rendered.update(zip(batch, answer, strict=True))
    return [rendered[number] for number in range(len(requests))]


def _batches(requests: Sequence[_Request]) -> Iterator[list[int]]:
    """Yield the places of requests that can go together: those whose locators have one label and number."""
    groups: dict[tuple[str, bool], list[int]] = defaultdict(list)
    for place, request in enumerate(requests):
        groups[_kind(request.locator)].append(place)
    for group in groups.values():
        yield from (group[start : start + BATCH] for start in range(0, len(group), BATCH))


def _kind(at: Locator | None) -> tuple[str, bool]:
    """Return what of a locator is written into the style; pages are not."""
    return ("page", False) if at is None or at.label == "page" else (at.label, at.plural)


def _render_batch(requests: Sequence[_Request], style: Style, locale: str) -> list[Rendered]:
    label, plural = _kind(requests[0].locator)
    works = {f"work{number}": request for number, request in enumerate(requests)}
    language = locale or style.locale
    references = [
        mending.item(request.item, style, language) | {"id": key, NUMBER: "1"} for key, request in works.items()
    ]
    sheet = single(style, label, plural=plural)
    sentences = sheet if style.format == "numeric" else single(style, label, plural=plural, spelt=True)
    modes = MODES if sentences == sheet else MODES[:1]
    paragraphs = [_paragraph(key, mode, request.locator) for mode in modes for key, request in works.items()]
    blocks = _run(references, sheet, language, paragraphs)
    entries = dict(_entries(blocks))
    if sentences != sheet:
        paragraphs = [_paragraph(key, MODES[1], request.locator) for key, request in works.items()]
        blocks = [*blocks[: len(works)], *_run(references, sentences, language, paragraphs)]
    cited = [block["c"] for block in blocks if block["t"] == "Para"]
    return [
        Rendered(str(request.item["id"]), _in_text(normal), _narrative(within), entries.get(key, ""))
        for (key, request), normal, within in zip(works.items(), cited, cited[len(works) :], strict=False)
    ]


def reference_list(items: Iterable[Item], style: Style, locale: str = "") -> list[tuple[str, str]]:
    """Return the keys and references of works as one list: in the style's order, numbered and told apart as it asks.

    Raises StyleError when the style cannot be followed, and NotFoundError when there is no Pandoc.
    """
    language = locale or style.locale
    references = [mending.listed(mending.item(item, style, language)) for item in items]
    cites = [_cite(str(item["id"]), MODES[0], None) for item in references]
    blocks = _run(references, whole(style), language, [], nocite=cites)
    return [(key, mending.unlisted(entry)) for key, entry in _entries(blocks)]


def _paragraph(key: str, mode: str, at: Locator | None) -> dict[str, Any]:
    return {"t": "Para", "c": [_cite(key, mode, at)]}


def _cite(key: str, mode: str, at: Locator | None) -> inlines.Inline:
    citation = {
        "citationId": key,
        "citationPrefix": [],
        "citationSuffix": _words(f"{{{PAGE} {at.value}}}") if at else [],
        "citationMode": {"t": mode},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Cite", "c": [[citation], []]}


def _words(text: str) -> list[inlines.Inline]:
    words: list[inlines.Inline] = []
    for word in text.split():
        words += [{"t": "Str", "c": word}, {"t": "Space"}]
    return words[:-1]


def _run(
    references: list[dict[str, Any]],
    sheet: bytes,
    locale: str,
    blocks: list[dict[str, Any]],
    nocite: Iterable[inlines.Inline] = (),
) -> list[dict[str, Any]]:
    """Give a document to Pandoc and return its blocks, with the citations and the references written out."""
    if locale and not {locale.lower(), locale.lower().partition("-")[0]} & LANGUAGES:
        raise StyleError(
            f"no locale is called {locale!r}; write a language that citations are made in, such as 'it-IT'"
        )
    meta: dict[str, Any] = {"nocite": {"t": "MetaInlines", "c": list(nocite)}}
    if locale:
        meta["lang"] = {"t": "MetaString", "c": locale}
    document = {"pandoc-api-version": API, "meta": meta, "blocks": blocks}
    files = {"references.json": _json(references), "style.csl": sheet}
    arguments = ["--from=json", "--to=json", "--citeproc", "--bibliography=references.json", "--csl=style.csl"]
    seconds = PATIENCE + PATIENCE_EACH * len(references)
    with TURNS:
        written = pandoc.find().run(arguments, files, _json(document), seconds)
    found: list[dict[str, Any]] = json.loads(written)["blocks"]
    return found


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _entries(blocks: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the works of the list of references, by the keys that they were given, and their references."""
    for block in blocks:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                yield entry["c"][0][0].removeprefix("ref-"), inlines.html(_flat(entry["c"][1]))


def _flat(blocks: Iterable[dict[str, Any]]) -> Iterator[inlines.Inline]:
    """Yield the inline elements of paragraphs, whatever divisions they stand in, a space apart."""
    for block in blocks:
        if block["t"] == "Div":
            yield from _flat(block["c"][1])
        else:
            yield from block["c"]
        yield {"t": "Space"}


def _in_text(paragraph: list[inlines.Inline]) -> str:
    """Return a citation, or the note that stands for it."""
    inside = [inline for cite in paragraph for inline in cite["c"][1]]
    notes = [inline for inline in inside if inline["t"] == "Note"]
    return inlines.html(_flat(notes[0]["c"])) if notes else inlines.html(inside)


def _narrative(paragraph: list[inlines.Inline]) -> str:
    return inlines.html(inline for cite in paragraph for inline in cite["c"][1])
