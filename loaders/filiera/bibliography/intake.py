"""Take the entries of a library into a base: new works and people as records, what is there already by its key.

Nothing that is in the base is changed. The records that are made pass `filiera check`; what an entry says beside them
stands below its record in comments, and is remarked with the line of the library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from filiera.bibliography import keys, notation
from filiera.bibliography.csl import PEOPLE
from filiera.bibliography.known import Known, first_name
from filiera.bibliography.libraries import Entry, Flaw, Library
from filiera.bibliography.people import Person, Spelling, spelling
from filiera.bibliography.works import Left, Taken, Taker
from filiera.errors import FilieraError
from filiera.folding import fold
from filiera.paths import shown
from filiera.records import Data
from filiera.schema import Schema

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,79}\Z")

#: A key that is kept because Filiera made it, or somebody who makes keys as Filiera does.
OURS = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)+\Z")

SOURCE = re.compile(r" ?Taken from [^ ]+\.\Z")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that is said of a line of a library; remarks of one kind can be many."""

    line: int
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an entry: the key of its work, and whether the work is new."""

    line: int
    key: str
    new: bool


@dataclass(slots=True)
class Intake:
    """What came of a library: the records that are new, by folder and key, and what there is to say."""

    outcomes: list[Outcome] = field(default_factory=list)
    files: dict[tuple[str, str], str] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)
    broken: int = 0

    def count(self, folder: str) -> int:
        """Return how many new records of a kind there are."""
        return sum(one == folder for one, _ in self.files)


def take(library: Library, name: str, known: Known, schema: Schema) -> Intake:
    """Return the records that a library called `name` gives a base; `known` is what the base has."""
    intake = Intake(remarks=[Remark(1, "file", text) for text in library.remarks])
    entries: list[tuple[Entry, Taken]] = []
    taker = Taker(schema)
    for one in library.entries:
        if isinstance(one, Flaw):
            intake.broken += one.broken
            intake.remarks.append(Remark(one.line, "broken" if one.broken else "file", one.message))
        else:
            entries.append((one, taker.taken(one.item)))
    _Taker(name, known, schema, intake, entries).take()
    return intake


class _Taker:
    """Makes the records of one library."""

    def __init__(
        self, name: str, known: Known, schema: Schema, intake: Intake, entries: list[tuple[Entry, Taken]]
    ) -> None:
        self.name = name
        self.known = known
        self.fields = schema.kinds["works"].fields
        self.author_fields = schema.kinds["authors"].fields
        self.intake = intake
        self.entries = entries
        self.spelt: dict[str, set[Spelling]] = defaultdict(set)
        self.met: dict[tuple[str, ...], Person] = {}

    def take(self) -> None:
        """Make the records of the works that are new, and of their people."""
        new = [(entry, one) for entry, one in self.entries if not self._recognised(entry, one)]
        self._meet((entry.line, person) for entry, one in new for _, person in one.people)
        for entry, one in new:
            # A double of a work that came earlier in the same library is seen only now.
            if not self._recognised(entry, one):
                self._work(entry, one)

    def _recognised(self, entry: Entry, one: Taken) -> bool:
        first = first_name(one.people)
        key = self.known.double(one.data, first, entry.key)
        if key is None:
            return False
        self.intake.outcomes.append(Outcome(entry.line, key, new=False))
        self.intake.remarks.append(Remark(entry.line, *self._compared(one.data, self.known.works[key])))
        return True

    def _compared(self, data: Data, has: Data) -> tuple[str, str]:
        """Return what the library says of a work that is here, where the base says nothing or something else."""
        told = {name: value for name, value in data.items() if name not in {"verification", "note", "aliases"}}
        more = [f"{name} {value!r}" for name, value in told.items() if name not in has]
        other = [f"{name} {told[name]!r} instead of {has[name]!r}" for name in told if _differs(told, has, name)]
        said = f"{has['id']!r} is here already"
        if not more and not other:
            return "known", said
        return "other" if other else "more", f"{said}; the library has {', '.join([*other, *more])}"

    def _meet(self, people: Iterable[tuple[int, Data]]) -> None:
        """Recognise or make all people of the new works, those with the fullest names first.

        So it does not matter in which order a library names them.
        """
        persons: dict[tuple[str, ...], tuple[int, Data]] = {}
        for line, person in people:
            persons.setdefault(_identity(person), (line, person))
            self.spelt[spelling(person)[0]].add(spelling(person))
        for line, person in sorted(persons.values(), key=lambda one: _fullness(one[1])):
            self.met[_identity(person)] = self._person(line, person)

    def _person(self, line: int, person: Data) -> Person:
        """Return who a name means, as a new person where that is nobody here, or nobody for sure."""
        one = spelling(person)
        found, doubtful = self.known.people.recognised(person, self.spelt[one[0]])
        if found:
            found.spellings.add(one)
            return found
        return self._new_person(line, person, doubtful)

    def _new_person(self, line: int, person: Data, doubtful: list[Person]) -> Person:
        key = self._free(_numbered(keys.of_person(person)))
        made = Person(key, {"id": key} | person, {spelling(person)}, new=True)
        self.known.people.add(made)
        self.known.keys.add(key)
        if doubtful:
            others = " or ".join(repr(one.key) for one in doubtful[:3])
            self.intake.remarks.append(
                Remark(line, "people", f"{key!r} is new, but may be {others}; merge them by hand")
            )
        data = {name: made.data[name] for name in self.author_fields if name in made.data}
        doubt = [f"May be {' or '.join(one.key for one in doubtful[:3])}."] if doubtful else []
        self.intake.files["authors", key] = notation.record(data, [*doubt, f"From {self.name}."])
        return made

    def _work(self, entry: Entry, one: Taken) -> None:
        data = dict(one.data)
        parts = self._parts(entry.line, one)
        key = self._key(entry, one)
        data |= {name: parts[name] for name in PEOPLE if name in parts}
        if others := [(part, key) for part, them in parts.items() if part not in PEOPLE for key in them]:
            data["contributors"] = [{"author": author, "role": role} for role, author in others]
        data |= {"id": key, "verification": data.get("verification", "recalled"), "note": self._note(data)}
        if aliases := self._aliases(entry, data, key):
            data["aliases"] = aliases
        else:
            data.pop("aliases", None)
        data = {name: data[name] for name in self.fields if name in data}
        left = [*entry.left, *one.left]
        self.intake.remarks += (Remark(entry.line, left_kind(one), left_text(one)) for one in left)
        self.intake.files["works", key] = notation.record(data, self._comments(entry, left))
        self.intake.outcomes.append(Outcome(entry.line, key, new=True))
        self.known.keys |= {key, *data.get("aliases", ())}
        self.known.add(data, first_name(one.people))

    def _parts(self, line: int, one: Taken) -> dict[str, list[str]]:
        """Return the keys of the people of a work by field or role; nobody stands twice in one."""
        parts: dict[str, list[str]] = defaultdict(list)
        for part, person in one.people:
            found = self.met[_identity(person)]
            if found.key in parts[part]:
                found = self._new_person(line, person, [found])
            parts[part].append(found.key)
        return parts

    def _key(self, entry: Entry, one: Taken) -> str:
        """Return the key of a new work: that of the library where it is made as ours are, else a new one."""
        year = one.data.get("issued", "")[:4]
        names = one.named("authors") or one.named("editors")
        first = keys.slug(str(names[0].get("family") or names[0]["literal"])) if names else ""
        fits = year in entry.key if year.isdigit() else True
        kept = OURS.match(entry.key) and KEY.match(entry.key) and (fits or entry.key.startswith(f"{first}-"))
        if kept and entry.key not in self.known.keys:
            return entry.key
        return self._free(keys.of_work(one.data, names))

    def _free(self, choices: Iterator[str]) -> str:
        return next(choice for choice in choices if choice and choice not in self.known.keys)

    def _aliases(self, entry: Entry, data: Data, key: str) -> list[str]:
        """Return the old keys of a work, by which it is still found: those of the file, and the library's own key."""
        wanted = dict.fromkeys([*data.get("aliases", ()), entry.key])
        fit = [alias for alias in wanted if KEY.match(str(alias)) and alias != key and alias not in self.known.keys]
        for alias in data.get("aliases", ()):
            if alias not in fit and alias != key:
                self.intake.remarks.append(Remark(entry.line, "aliases", f"the old key {alias!r} is taken, or no key"))
        return fit

    def _note(self, data: Data) -> str:
        return f"{SOURCE.sub('', data.get('note', ''))} Taken from {self.name}.".strip()

    def _comments(self, entry: Entry, left: list[Left]) -> Iterator[str]:
        """Yield what stands below the record: where it comes from, and what of it is not in its fields."""
        yield f"From {self.name}, line {entry.line}" + (f", key {entry.key}." if entry.key else ".")
        for one in left:
            yield f"Not taken over: {one.name}{f': {one.value}' if one.value else ''} ({one.reason})"


def _differs(data: Data, has: Data, name: str) -> bool:
    """Tell whether a field says something else, rather than less, such as the year of a date with its month."""
    return name in has and not fold(str(has[name])).startswith(fold(str(data[name])))


def left_kind(one: Left) -> str:
    """Return the kind of remark that something left gives: the same for the same field and reason."""
    return f"{one.name}: {one.reason}"


def left_text(one: Left) -> str:
    """Return what is said of something left."""
    value = one.value if len(one.value) <= 60 else f"{one.value[:60]}…"  # noqa: PLR2004  enough to know it by
    return f"{one.name}{f' {value!r}' if value else ''} is not taken over: {one.reason}"


def _identity(person: Data) -> tuple[str, ...]:
    return tuple(f"{name}={value}" for name, value in sorted(person.items()))


def _fullness(person: Data) -> tuple[object, ...]:
    """Return what puts the fullest names first, and the same names always in the same order."""
    family, given, suffix = spelling(person)
    return "orcid" not in person, family, suffix, -sum(map(len, given)), given, _identity(person)


def _numbered(key: str) -> Iterator[str]:
    yield key
    yield from (f"{key[: keys.LONGEST - 4]}-{number}" for number in range(2, 1000))


def write(intake: Intake, folder: Path) -> None:
    """Write the new records below a folder, people before works; a file that is there is never touched.

    Raises FilieraError when a file cannot be written.
    """
    for (kind, key), text in sorted(intake.files.items()):
        path = folder / kind / f"{key}.yaml"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except OSError as error:
            raise FilieraError(f"{shown(path)!r} cannot be written: {error.strerror}") from error
