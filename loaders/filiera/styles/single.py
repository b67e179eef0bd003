"""Prepare a style for works that stand alone.

In a manuscript a citation depends on its neighbours: 2000a and 2000b, added given names, "ibid.", numbers, a dash for
the same author. A work by itself has none of these, so a style for single works is the same style with that taken out.
Then many works can be rendered in one process, and each gives what it would give alone.

What is known beforehand is decided here: every citation is the first, none is ambiguous, every number is 1, and the
label of the locator is given, which Pandoc would know for half of CSL's labels only.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from functools import lru_cache

from filiera.styles import mending
from filiera.styles.stylesheet import Style, tree

#: Attributes that compare a citation with others.
COMPARING = (
    "collapse",
    "disambiguate-add-givenname",
    "disambiguate-add-names",
    "disambiguate-add-year-suffix",
    "et-al-subsequent-min",
    "et-al-subsequent-use-first",
    "givenname-disambiguation-rule",
    "near-note-distance",
    "subsequent-author-substitute",
    "subsequent-author-substitute-rule",
)

#: A term that Pandoc finds before a locator, in any language; no text has it.
PAGE = "filierapage"

#: A variable that no work has of itself; `rendering` gives it to each, as 1.
NUMBER = "filiera-number"

#: What is known of a condition: for an attribute, the values that hold.
Known = Mapping[str, frozenset[str]]

NOWHERE: Known = {"position": frozenset(), "disambiguate": frozenset({"false"})}
FIRST: Known = {"position": frozenset({"first"}), "disambiguate": frozenset({"false"})}


@lru_cache(maxsize=64)
def single(style: Style, label: str = "page", *, plural: bool = False, spelt: bool = False) -> bytes:
    """Return the style for single works whose locators have this label, in that number; "" is a text without label.

    `spelt` is for citations in a sentence, where "&" in brackets is a word, as APA 8.17 has it.
    """
    root = tree(style.name, style.source)
    mending.sheet(root)
    for element in root.iter():
        for name in COMPARING:
            element.attrib.pop(name, None)
        _number(element)
    macros = {str(macro.get("name")): macro for macro in root.findall("macro")}
    for macro in macros.values():
        root.remove(macro)
    citation, bibliography = root.find("citation"), root.find("bibliography")
    locator = {} if label == "page" else {"locator": frozenset({label})}
    _prepare(root, citation, macros, {**FIRST, **locator}, "")
    if spelt:
        _spell_out(root, citation)
    _prepare(root, bibliography, macros, NOWHERE, "reference: ")
    if label != "page":
        _name(root, label, plural=plural)
    _introduce_page(root)
    return _written(root)


@lru_cache(maxsize=16)
def whole(style: Style) -> bytes:
    """Return the style for works that stand together."""
    root = tree(style.name, style.source)
    mending.sheet(root)
    return _written(root)


def _written(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _spell_out(root: ET.Element, citation: ET.Element | None) -> None:
    """Write "and" for "&" in citations; only their macros are there yet."""
    inside = [root, *(e for part in (citation, *root.findall("macro")) if part is not None for e in part.iter())]
    for element in inside:
        if element.get("and") == "symbol":
            element.set("and", "text")


def _number(element: ET.Element) -> None:
    """Ask for a variable that each work has, and that is 1, where the number of a citation would stand.

    A text would not do: in CSL a group in which no variable has a value is left out, texts and all.
    """
    if element.tag in {"text", "number"} and element.get("variable") == "citation-number":
        element.set("variable", NUMBER)


def _prepare(
    root: ET.Element, part: ET.Element | None, macros: Mapping[str, ET.Element], known: Known, prefix: str
) -> None:
    """Decide the conditions of a part of the style, and give it its own copies of the macros that it uses."""
    if part is None:
        return
    for sort in part.findall("sort"):
        part.remove(sort)
    waiting, done = [part], set()
    while waiting:
        element = waiting.pop()
        element[:] = list(_decided(element, known))
        for call in element.iter("text"):
            name = call.get("macro")
            if name is None or name not in macros:
                continue
            call.set("macro", prefix + name)
            if name not in done:
                done.add(name)
                waiting.append(_copy(root, macros[name], prefix + name))


def _copy(root: ET.Element, macro: ET.Element, name: str) -> ET.Element:
    copied = copy.deepcopy(macro)
    copied.set("name", name)
    root.append(copied)
    return copied


def _decided(parent: ET.Element, known: Known) -> Iterator[ET.Element]:
    """Yield the children of an element, with the conditions that are known decided."""
    for child in parent:
        child[:] = list(_decided(child, known))
        if child.tag == "choose":
            yield from _choice(child, known)
        else:
            yield child


def _choice(choose: ET.Element, known: Known) -> Iterator[ET.Element]:
    """Yield what is left of a choice: the branch that is taken, or those that depend on the work."""
    branches: list[ET.Element] = []
    last: list[ET.Element] = []
    for branch in choose:
        verdict = True if branch.tag == "else" else _verdict(branch, known)
        if verdict:
            last = list(branch)
            break
        if verdict is None:
            branches.append(branch)
    if not branches:
        yield from last
        return
    for branch in branches:
        branch.tag = "else-if"
    branches[0].tag = "if"
    if last:
        otherwise = ET.Element("else")
        otherwise[:] = last
        branches.append(otherwise)
    choose[:] = branches
    yield choose


def _verdict(branch: ET.Element, known: Known) -> bool | None:
    """Tell whether a branch is taken, or None when that depends on the work; then only open tests are left in it."""
    match = branch.get("match", "all")
    tests = [value in known[name] for name in known for value in branch.get(name, "").split()]
    for name in known:
        branch.attrib.pop(name, None)
    is_open = bool(branch.attrib.keys() - {"match"})
    if match == "any":
        return True if any(tests) else None if is_open else False
    if match == "none":
        return False if any(tests) else None if is_open else True
    return False if not all(tests) else None if is_open else True


def _name(root: ET.Element, label: str, *, plural: bool) -> None:
    """Put the term for the locator's label wherever Pandoc would choose one."""
    for element in root.iter("label"):
        if element.get("variable") != "locator":
            continue
        number = {"always": True, "never": False}.get(element.attrib.pop("plural", ""), plural)
        del element.attrib["variable"]
        element.tag = "text"
        element.attrib |= {"term": label, "plural": str(number).lower()} if label else {"value": ""}


def _introduce_page(root: ET.Element) -> None:
    """Add the term by which Pandoc takes what follows for a page."""
    locale = ET.Element("locale")
    term = ET.SubElement(ET.SubElement(locale, "terms"), "term", {"name": "page", "form": "verb-short"})
    term.text = PAGE
    root.insert(1, locale)
