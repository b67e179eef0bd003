"""Read the names of .bib files: parted at `and`, then into von, Last, Jr and First, and only then read as LaTeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bibtexparser.middlewares.names import parse_single_name_into_parts, split_multiple_persons_names

from filiera.bibliography import latex
from filiera.bibliography.csl import Item
from filiera.bibliography.names import Name
from filiera.bibliography.works import Left

#: Fields of names, and who they name.
ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "illustrator": "illustrator", "director": "director", "commentator": "contributor", "annotator": "contributor",
    "introduction": "contributor", "foreword": "contributor", "afterword": "contributor", "editora": "editor",
    "editorb": "editor", "editorc": "editor", "namea": "contributor", "nameb": "contributor", "namec": "contributor",
}  # fmt: skip

#: What a type of editor is in CSL.
EDITORS = {"compiler": "compiler", "director": "director", "organizer": "organizer", "editor": "editor"}

#: The long form of a name, of BibLaTeX.
LONG = re.compile(r"\s*(family|given|prefix|suffix)(?:-i)?\s*=\s*")


def people(fields: dict[str, str], left: list[Left]) -> Item:
    """Take the fields of names, and return who had which part; what cannot be read is left."""
    found: dict[str, list[Name]] = {}
    for field, role in ROLES.items():
        if value := fields.pop(field, "").strip():
            part = _role(field, role, fields.pop(f"{field}type", ""), left)
            found.setdefault(part, []).extend(_names(field, value, left))
    return {role: names for role, names in found.items() if names}


def _role(field: str, role: str, type_: str, left: list[Left]) -> str:
    if not type_:
        if role == "contributor":
            left.append(Left(field, "", "who is named there is a contributor here"))
        return role
    if field.startswith("name"):
        return type_
    if type_.lower() not in EDITORS:
        left.append(Left(f"{field}type", type_, "it is no part that is known here"))
    return EDITORS.get(type_.lower(), role)


def _names(field: str, value: str, left: list[Left]) -> Iterator[Name]:
    for one in split_multiple_persons_names(value):
        text = one.strip()
        if text.lower() == "others":
            left.append(Left(field, "and others", "a list of names is whole here; complete it"))
        elif text and (name := _name(text)):
            yield name


def _name(text: str) -> Name:
    if LONG.match(text):
        return _long(text)
    if text[0] == "{" and _closes_at_end(text):
        literal = _read(text)
        # One letter in braces is an accent, not an organisation.
        part = "family" if len(literal) == 1 and text.startswith("{\\") else "literal"
        return {part: literal} if literal else {}
    parts = parse_single_name_into_parts(text, strict=False)
    name = {
        "family": _read(" ".join(parts.last)),
        "given": _read(" ".join(parts.first)),
        "suffix": _read(" ".join(parts.jr)),
        "non-dropping-particle": _read(" ".join(parts.von)),
    }
    return {key: part for key, part in name.items() if part}


def _long(text: str) -> Name:
    keys = {"family": "family", "given": "given", "prefix": "non-dropping-particle", "suffix": "suffix"}
    parts = _parted(text)
    found = {keys[match[1]]: _read(part[match.end() :]) for part in parts if (match := LONG.match(part))}
    return {key: part for key, part in found.items() if part}


def _parted(text: str) -> list[str]:
    """Part a text at its commas outside of braces."""
    parts, depth, start = [], 0, 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if char == "," and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _closes_at_end(text: str) -> bool:
    """Tell whether the brace that begins a text is closed by its last sign."""
    depth = 0
    for place, char in enumerate(text):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return place == len(text) - 1
    return False


def _read(part: str) -> str:
    return " ".join(latex.decode(part.strip().strip('"')).text.split())
