"""Turn items of CSL-JSON, from whatever library, into the data of works and of their people.

What cannot be taken over is named with the reason, never dropped.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from filiera.bibliography import fields
from filiera.bibliography.annotations import WARNINGS, parted, preceded
from filiera.bibliography.csl import DATES, OURS, PEOPLE, Item, variable
from filiera.bibliography.dates import edtf
from filiera.bibliography.names import author, from_text
from filiera.records import Data
from filiera.schema import Field, Schema
from filiera.values import date_fault

#: Other names of variables: of CSL-JSON before 1.0.2, and of programs.
OTHER_NAMES = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "chapter": "chapter-number",
    "page-first": "page",
}

#: Types of other versions of CSL and of programs, and what they are here.
OTHER_TYPES = {"event": "speech", "project": "document", "legal-case": "legal_case", "preprint": "article"}

#: Variables that are about the file, or that say again what another says.
PASSED_OVER = frozenset({"id", "type", "custom", "citation-key", "citation-label", "categories"})

#: Words for a work that is on its way; they stand where a date would.
STATUS = re.compile(r"(?:forthcoming|in press|in print|to appear|accepted|submitted|in preparation)\b.*", re.IGNORECASE)

#: Markup that CSL-JSON allows in text.
MARKUP = re.compile(r"</?(?:i|b|sup|sub|sc|em|strong)>|<span [^<>]*>|</span>", re.IGNORECASE)
NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.IGNORECASE)
RAISED = {
    "sub": str.maketrans("0123456789+-", "₀₁₂₃₄₅₆₇₈₉₊₋"),
    "sup": str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"),
}
SHIFTED = re.compile(r"<(sub|sup)>([0-9+-]+)</\1>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Left:
    """Something of an item that is not in the data of the work, and why."""

    name: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """The data of a work as far as its item gives them, in the order of the schema, and what was left.

    The data have no key, no verification but one that came with the item, and no people: those are in `people`, each
    with the field (authors, editors, translators) or the role.
    """

    data: Data
    people: tuple[tuple[str, Data], ...] = ()
    left: list[Left] = field(default_factory=list)

    def named(self, part: str) -> list[Data]:
        """Return the people of one field or role."""
        return [person for one, person in self.people if one == part]


class Taker:
    """Takes works from items, as a schema has them."""

    def __init__(self, schema: Schema) -> None:
        """Look up once what each variable is."""
        self.schema = schema
        self.fields = schema.kinds["works"].fields
        self.roles = schema.enums["ContributorRole"].values
        self.parts = {name: part for part, name in PEOPLE.items()} | {role: role for role in self.roles}
        self.known = {variable(name): name for name in self.fields if name not in OURS}

    def taken(self, item: Item) -> Taken:
        """Return the data of the work that an item describes."""
        item = self._unfolded(item)
        left: list[Left] = []
        found: Data = {"type": _type(item, self.schema, left)}
        people: list[tuple[str, Data]] = []
        for name, value in item.items():
            one = _name(name, item)
            if name in PASSED_OVER or value in (None, "", [], {}):
                continue
            if one in self.parts:
                people += [(self.parts[one], person) for person in _people(name, value, left)]
            else:
                found |= self._value(name, one, value, left)
        found |= _custom(item.get("custom"), left)
        return Taken({name: found[name] for name in self.fields if name in found}, tuple(people), left)

    def _value(self, name: str, one: str, value: Any, left: list[Left]) -> Data:  # noqa: ANN401
        """Return the field that a variable gives, if it gives one."""
        if one == "annote":
            return {"note": " ".join(str(value).split())}
        if one == "keyword":
            return {"keywords": _keywords(value)}
        field_ = self.known.get(one)
        if field_ in DATES:
            return _date(field_, value, left)
        if field_:
            return _scalar(self.fields[field_], value, self.schema, left)
        reason = "an abstract is a text of its author" if name == "abstract" else "works have no such field here"
        left.append(Left(name, _shown(value), reason))
        return {}

    def _unfolded(self, item: Item) -> Item:
        """Return an item with what stands in the brackets of its annotation as variables of their own."""
        if not isinstance(text := item.get("annote"), str) or not text.startswith("["):
            return item
        pairs, note = parted(text)
        whole, custom = {**item}, item.get("custom")
        custom = {**custom} if isinstance(custom, dict) else {}
        unknown, persons = [], set()
        for name, value in pairs:
            if name in WARNINGS:
                custom.setdefault("verification", name)
            elif name == "aliases":
                custom.setdefault("aliases", value.split(", "))
            elif name == "person":
                persons.add(value)
            elif name in self.parts:
                whole[name] = [*whole.get(name, ()), from_text(value)]
            elif name in self.known or name == "type":
                # The type and the year in fields of their own are only nearly so.
                whole[name] = value if name in {"issued", "type"} else whole.get(name, value)
            else:
                unknown.append((name, value))
        for name in self.parts.keys() & whole.keys() if persons else ():
            whole[name] = [{"family": one["literal"]} if one.get("literal") in persons else one for one in whole[name]]
        return whole | {"annote": preceded(unknown, note), "custom": custom or item.get("custom")}


def _name(name: str, item: Item) -> str:
    other = OTHER_NAMES.get(name)
    return other if other and other not in item else name


def _type(item: Item, schema: Schema, left: list[Left]) -> str:
    name = str(item.get("type", ""))
    name = OTHER_TYPES.get(name, name)
    if name in schema.enums["WorkType"].values:
        return name
    if name:
        left.append(Left("type", name, "there is no such type; it is a document here"))
    return "document"


def _people(name: str, value: Any, left: list[Left]) -> Iterator[Data]:  # noqa: ANN401
    for one in value if isinstance(value, list) else [value]:
        person = author(one)
        if person:
            yield person
        else:
            left.append(Left(name, _shown(one), "it names nobody"))


def _date(name: str, value: Any, left: list[Left]) -> Data:  # noqa: ANN401
    text = edtf(value)
    if text and not date_fault(text):
        return {name: text}
    written = str(value.get("literal") or value.get("raw") or "") if isinstance(value, dict) else str(value)
    if name == "issued" and STATUS.fullmatch(written):
        return {"status": written}
    reason = fault[0] if text and (fault := date_fault(text)) else "it is no date that is understood"
    left.append(Left(variable(name), written or _shown(value), reason))
    return {}


def _scalar(of: Field, value: Any, schema: Schema, left: list[Left]) -> Data:  # noqa: ANN401
    name, text = of.name, fields.plain(value)
    if text is None:
        left.append(Left(variable(name), _shown(value), "one text is wanted"))
        return {}
    clean = unmarked(text)
    if clean != NOCASE.sub(r"\1", text):
        left.append(Left(variable(name), text, "it is kept without markup"))
    reading = fields.read(of, clean, schema)
    if reading.left:
        left.append(Left(variable(name), reading.left, reading.reason))
    return {} if reading.value is None or not reading.value.strip() else {name: reading.value}


def unmarked(text: str) -> str:
    """Return a text without the markup of CSL-JSON; raised and lowered digits become Unicode's.

    >>> unmarked('CO<sub>2</sub> in <i>Vicenza</i>, <span class="nocase">SME</span>')
    'CO₂ in Vicenza, SME'
    """
    if "<" not in text:
        return text
    text = SHIFTED.sub(lambda match: match[2].translate(RAISED[match[1].lower()]), text)
    return MARKUP.sub("", text)


def _keywords(value: Any) -> list[str]:  # noqa: ANN401
    if isinstance(value, list):
        words = [str(word) for word in value]
    else:
        words = str(value).split(";" if ";" in str(value) else ",")
    return list(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))


def _custom(custom: Any, left: list[Left]) -> Data:  # noqa: ANN401
    if not custom:
        return {}
    if not isinstance(custom, dict):
        left.append(Left("custom", _shown(custom), "works have no such field here"))
        return {}
    found: Data = {}
    for name, value in custom.items():
        if name == "verification" and value in WARNINGS:
            found["verification"] = value
        elif name == "aliases" and isinstance(value, list):
            found["aliases"] = value
        else:
            left.append(Left(f"custom.{name}", _shown(value), "works have no such field here"))
    return found


def _shown(value: Any) -> str:  # noqa: ANN401
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
