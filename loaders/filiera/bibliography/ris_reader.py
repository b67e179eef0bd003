"""Read RIS files as items of CSL-JSON, the way back from `ris`.

The file is parted into records here, so that each has its line and a broken one loses only itself; rispy reads the
tags of each. Tags that mean the same in some program are read alike; what has no variable is left with its tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import rispy  # type: ignore[import-untyped]

from filiera.bibliography import fields
from filiera.bibliography.csl import Item
from filiera.bibliography.dates import from_text, month_number
from filiera.bibliography.libraries import Entry, Flaw
from filiera.bibliography.names import from_text as name_from_text
from filiera.bibliography.ris import PEOPLE, READ, TAGS, WHOLE
from filiera.bibliography.works import Left

LINE = re.compile(r"([A-Z][A-Z0-9]) {0,2}- ?(.*)", re.DOTALL)

#: Tags that some programs write for another, by the one that they are read as.
SAME = {
    "A1": "AU", "ED": "A2", "TA": "A4", "T1": "TI", "CT": "TI", "JF": "T2", "JO": "T2", "BT": "T2", "J1": "J2",
    "JA": "J2", "Y1": "PY", "N2": "AB", "PP": "CY", "LK": "UR", "L2": "UR", "CP": "IS",
}  # fmt: skip

#: The variable of each tag that holds one text.
VARIABLES = {tag: variable for variable, tag in TAGS.items() if tag != "SN"} | {"AB": "abstract", "RN": "annote"}

ROLES = {tag: role for role, tag in PEOPLE.items()}


class _Tags(dict[str, str]):
    """Calls every tag by itself, so that rispy keeps them all."""

    def __missing__(self, tag: str) -> str:
        return tag


PARSER = rispy.RisParser(mapping=_Tags(), list_tags=[], delimiter_tags_mapping={}, enforce_list_tags=False)


@dataclass(slots=True)
class _Record:
    """The lines of a record, with continued lines joined."""

    line: int
    lines: list[str] = field(default_factory=list)


def read(text: str) -> Iterator[Entry | Flaw]:
    """Yield the entries of a RIS file, and what is no entry, in the order of the file."""
    record: _Record | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        match = LINE.match(line)
        tag = match[1] if match else ""
        if tag == "TY":
            if record:
                yield Flaw(record.line, "the record has no line ER at its end; it is read", broken=False)
                yield from _entry(record)
            record = _Record(number)
        if not record:
            if line.strip():
                yield Flaw(number, f"{line.strip()[:60]!r} stands outside of a record", broken=bool(match))
        elif tag == "ER":
            yield from _entry(record)
            record = None
        elif match:
            record.lines.append(f"{tag}  - {match[2].strip()}")
        elif line.strip():
            record.lines[-1] += f" {line.strip()}"
    if record:
        yield Flaw(record.line, "the record has no line ER at its end; it is read", broken=False)
        yield from _entry(record)


def _entry(record: _Record) -> Iterator[Entry | Flaw]:
    parsed = PARSER.parse_lines(iter([*record.lines, "ER  - "]))[0]
    tags: dict[str, list[str]] = {}
    for tag, value in parsed.items():
        values = [one for one in (value if isinstance(value, list) else [value]) if one]
        tags.setdefault(SAME.get(tag, tag), []).extend(values)
    if tags.keys() <= {"TY"}:
        yield Flaw(record.line, "the record says nothing but its type")
        return
    left: list[Left] = []
    key = "".join(tags.pop("ID", [""])[:1])
    yield Entry(record.line, key, _item(key, tags, left), left)


def _item(key: str, tags: dict[str, list[str]], left: list[Left]) -> Item:
    ris = tags.pop("TY")[0].upper() if tags.get("TY") else ""
    item: Item = {"id": key, "type": READ.get(ris, "document")}
    if ris not in READ:
        left.append(Left("TY", ris, "there is no such type; it is a document here"))
    item |= {ROLES[tag]: [name_from_text(one) for one in tags.pop(tag)] for tag in ROLES if tag in tags}
    item |= _dates(tags, left)
    item |= _pages(tags, whole=item["type"] in WHOLE)
    item |= _numbers(tags, left)
    item |= {"keyword": "; ".join(_keywords(tags.pop("KW")))} if "KW" in tags else {}
    for tag in [tag for tag in VARIABLES if tag in tags]:
        item |= _texts(tag, tags.pop(tag), left)
    _settle(item)
    left += [Left(tag, value, "works have no such field here") for tag, values in tags.items() for value in values]
    return item


def _texts(tag: str, values: list[str], left: list[Left]) -> Item:
    if tag in {"RN", "N1", "AB"}:
        return {VARIABLES[tag]: " ".join(values)}
    left += [Left(tag, value, "one is wanted here") for value in dict.fromkeys(values[1:]) if value != values[0]]
    return {VARIABLES[tag]: values[0]}


def _keywords(values: list[str]) -> list[str]:
    return [word.strip() for value in values for word in value.split(";") if word.strip()]


def _settle(item: Item) -> None:
    """Put right what programs write in one tag and mean in another."""
    if "container-title" not in item and item["type"].startswith("article") and "container-title-short" in item:
        item["container-title"] = item.pop("container-title-short")
    if item["type"] == "book" and "container-title" in item and "collection-title" not in item:
        item["collection-title"] = item.pop("container-title")
    if str(item.get("genre", "")).lower().removeprefix("doi:").strip().startswith("10."):
        item.setdefault("DOI", item.pop("genre"))


def _dates(tags: dict[str, list[str]], left: list[Left]) -> Item:
    found: Item = {}
    written = [("issued", value) for tag in ("DA", "PY") for value in tags.pop(tag, ())]
    written += [("accessed", value) for value in tags.pop("Y2", ())]
    for variable, value in written:
        date = _date(value)
        if date and variable not in found:
            found[variable] = {"raw": date}
        elif not date and variable == "issued" and not re.search(r"\d{4}", value) and value is written[-1][1]:
            found.setdefault(variable, {"raw": value})
        elif not date or date not in found[variable]["raw"]:
            left.append(Left(variable, value, "it is no date that is understood" if not date else "one is wanted here"))
    return found


def _date(value: str) -> str | None:
    """Return a date of RIS, year/month/day/other, as EDTF."""
    year, *rest = value.split("/")
    month, day, other = (part.strip() for part in (*rest, "", "", "")[:3])
    if not re.fullmatch(r"\d{4}", year.strip()) or not rest:
        return from_text(value)
    if month.isdigit():
        return "-".join([year.strip(), f"{int(month):02}", *([f"{int(day):02}"] if day.isdigit() else [])])
    number = month_number(month or other) if month or other else None
    return f"{year.strip()}-{number:02}" if number else year.strip()


def _pages(tags: dict[str, list[str]], *, whole: bool) -> Item:
    start, end = ("".join(tags.pop(tag, [""])[:1]) for tag in ("SP", "EP"))
    if not start and not end:
        return {}
    if whole and not end:
        return {"number-of-pages": start}
    return {"page": f"{start}-{end}" if start and end and end != start else start or end}


def _numbers(tags: dict[str, list[str]], left: list[Left]) -> Item:
    """Tell the ISBN from the ISSN: both stand in SN."""
    found: Item = {}
    for value in (part.strip() for one in tags.pop("SN", ()) for part in one.split(";")):
        name = "ISBN" if fields.ISBN.search(value) else "ISSN"
        if name in found:
            left.append(Left(name, value, "one is wanted here"))
        elif value:
            found[name] = value
    return found
