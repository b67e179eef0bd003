"""Read a style of the Citation Style Language, from anyone, without harm.

A style is XML. It is read with expat, which refuses document types here, so that no entity can grow or fetch anything;
its size and depth are bounded. Macros that call themselves, or each other until they fill the memory, are refused too.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Any
from xml.parsers import expat

from filiera.errors import StyleError

NAMESPACE = "http://purl.org/net/xbiblio/csl"

#: The largest of the CSL project's styles has 246 kB and nests its elements 19 deep.
LARGEST = 4_000_000
DEEPEST = 100

#: Elements that a style may come to when every macro is written out where it is called. Chicago's come to 2.5 million.
LONGEST = 25_000_000


@dataclass(frozen=True, slots=True)
class Style:
    """A citation style: `name` is that of its file, `format` how it cites (author-date, numeric, note …).

    `locale` is the one that the style asks for, or "". `parent` names the style that a dependent one stands for.
    """

    name: str
    title: str
    format: str
    locale: str
    parent: str
    has_bibliography: bool
    source: bytes


def read(name: str, source: bytes) -> Style:
    """Read a style.

    Raises StyleError when `source` is none.
    """
    root = tree(name, source)
    if root.tag != "style" or root.get("xmlns") != NAMESPACE:
        raise StyleError(f"{name!r} is no citation style: its root element is not <style xmlns={NAMESPACE!r}>")
    parent = next((e.get("href", "") for e in root.findall("info/link") if e.get("rel") == "independent-parent"), "")
    if not parent and root.find("citation/layout") is None:
        raise StyleError(f"{name!r} is no citation style: it does not say how to cite; it has no <citation><layout>")
    _check_macros(name, root)
    return Style(
        name,
        " ".join((root.findtext("info/title") or name).split()),
        next((e.attrib["citation-format"] for e in root.findall("info/category[@citation-format]")), ""),
        root.get("default-locale", ""),
        parent.rpartition("/")[2],
        root.find("bibliography/layout") is not None,
        source,
    )


def _check_macros(name: str, root: ET.Element) -> None:
    """Raise StyleError when a macro is called that is not there, or calls itself, or when there are too many calls."""
    macros = {str(macro.get("name")): [macro] for macro in root.findall("macro")}
    parts = macros | {"": [part for part in root if part.tag in {"citation", "bibliography"}]}
    elements = {key: [e for body in bodies for e in body.iter()] for key, bodies in parts.items()}
    calls = {key: [e.attrib["macro"] for e in inside if "macro" in e.attrib] for key, inside in elements.items()}
    for call in (call for called in calls.values() for call in called if call not in macros):
        raise StyleError(f"{name!r} is no citation style: there is no macro {call!r}")
    lengths: dict[str, int] = {}
    try:
        for key in TopologicalSorter(calls).static_order():
            lengths[key] = len(elements[key]) + sum(lengths[call] for call in calls[key])
    except CycleError as error:
        raise StyleError(f"{name!r} is no citation style: the macro {min(error.args[1])!r} calls itself") from error
    if lengths[""] > LONGEST:
        raise StyleError(f"{name!r} is no citation style: with its macros it comes to more than {LONGEST:,} elements")


def tree(name: str, source: bytes) -> ET.Element:
    """Read XML without document type; prefixes stand as they are written.

    Raises StyleError when it is none, or too much of it.
    """
    if len(source) > LARGEST:
        raise StyleError(f"{name!r} is no citation style: it has {len(source):,} bytes, more than {LARGEST:,}")
    reader = _Reader(name)
    try:
        return reader.read(source)
    except expat.ExpatError as error:
        place = f"line {error.lineno}, column {error.offset + 1}"
        raise StyleError(
            f"{name!r} is no citation style: it is not XML: {expat.ErrorString(error.code)}, {place}"
        ) from error


class _Reader:
    """Builds elements from what expat reads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.builder = ET.TreeBuilder()

    def read(self, source: bytes) -> ET.Element:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self.refuse
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.builder.data
        parser.Parse(source, True)  # noqa: FBT003  expat's own signature
        return self.builder.close()

    def refuse(self, *_: Any) -> None:  # noqa: ANN401  what a document type says does not matter
        raise StyleError(
            f"{self.name!r} is no citation style: it has a document type (<!DOCTYPE>), which styles have not"
        )

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise StyleError(f"{self.name!r} is no citation style: its elements are nested more than {DEEPEST} deep")
        self.builder.start(tag, attributes)

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.builder.end(tag)
