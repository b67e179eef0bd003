"""Write `texts.csv`: 300 citation texts, as documents print them and as writers mistype them, with the works they mean.

The first are the author-year strings of `cited_as`. The others are made from the records: a work that has people and
a year is drawn, cited in a dress that is drawn, and in two of three cases distorted by a slip that is drawn. What is
wanted comes from the records alone: the work, and every other that the same dress, undistorted, would cite by the
same text; for a printed string, every work that has it and the `alternatives` that the records give.

Nothing here imports Filiera, and the slips know nothing of how it looks a citation up: each letter of the names is as
likely as any other. Run it with `--seed` to try the look-up on texts that nobody has seen.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KB = Path(__file__).parents[2] / "kb"
LIST = Path(__file__).with_name("texts.csv")
SEED = 2005
SIZE = 300

#: One of so many texts is left as its dress has it.
UNDISTORTED = 3

YEAR = re.compile(r"\b1[4-9]\d\d\b|\b20\d\d\b")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ET_AL = 3


@dataclass(frozen=True)
class Name:
    """A person's family and given names; an organisation has no given ones."""

    family: str
    given: str = ""

    @property
    def initials(self) -> str:
        """The initials with their points."""
        return " ".join(f"{part[0]}." for part in re.split(r"[\s-]+", self.given) if part[:1].isalpha())


@dataclass(frozen=True)
class Text:
    """A citation text, how it came about, whether a letter of it is wrong, and the works that it can mean."""

    text: str
    origin: str
    misspelt: bool
    wanted: tuple[str, ...]


Dress = Callable[[list[Name], str], str]
Slip = Callable[[str, random.Random], str]


def joined(names: list[str], joint: str) -> str:
    """Return names with commas between them and a joint before the last."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {joint} {names[-1]}"


def short(names: list[Name], joint: str, others: str = "et al.") -> str:
    """Return the names as they stand in a text: of three or more only the first."""
    families = [name.family for name in names]
    return f"{families[0]} {others}" if len(families) >= ET_AL else joined(families, joint)


def with_initials(names: list[Name]) -> str:
    """Return all names as a reference list has them."""
    return joined([f"{name.family}, {name.initials}".strip(", ") for name in names], "&")


DRESSES: dict[str, Dress] = {
    "apa": lambda names, year: f"({short(names, '&')}, {year})",
    "narrative": lambda names, year: f"{short(names, 'and')} ({year})",
    "chicago": lambda names, year: f"({short(names, 'and')} {year})",
    "bare": lambda names, year: f"{short(names, '&', 'et al')} {year}",
    "italian": lambda names, year: f"{short(names, 'e', 'e altri')} {year}",
    "lower": lambda names, year: re.sub(r"[^\w\s]", " ", f"{' '.join(n.family for n in names)} {year}").lower(),
    "capitals": lambda names, year: f"{short(names, '&').upper()} {year}",
    "reference": lambda names, year: f"{with_initials(names)} ({year})",
    "vancouver": lambda names, year: (
        f"{', '.join(f'{n.family} {n.initials}'.replace('.', '').strip() for n in names)} {year}"
    ),
    "given names": lambda names, year: f"{joined([f'{n.given} {n.family}'.strip() for n in names], 'and')} {year}",
    "page": lambda names, year: f"{short(names, '&')}, {year}, p. 29",
    "colon": lambda names, year: f"({short(names, 'and')} {year}: 29-31)",
    "see": lambda names, year: f"see also {short(names, 'and')} {year}",
    "possessive": lambda names, year: f"{short(names, 'and')}'s ({year})",
    "year first": lambda names, year: f"{year} {short(names, '&')}",
    "other order": lambda names, year: f"{joined([n.family for n in reversed(names)], '&')} {year}",
    "all names": lambda names, year: f"{joined([n.family for n in names], 'and')} {year}",
}


def _letters(text: str) -> list[int]:
    """Return where the letters of the names stand, joints, initials and the words around them left out."""
    skipped = re.compile(r"\b(?:et al|e altri|and|e|see also|p)\b|'s\b|\b[a-z]\b", re.IGNORECASE)
    taken = {at for match in skipped.finditer(text) for at in range(*match.span())}
    return [at for at, sign in enumerate(text) if sign.isalpha() and at not in taken]


def drop(text: str, draw: random.Random) -> str:
    """Leave a letter out."""
    at = draw.choice(_letters(text))
    return text[:at] + text[at + 1 :]


def double(text: str, draw: random.Random) -> str:
    """Type a letter twice."""
    at = draw.choice(_letters(text))
    return text[:at] + text[at] + text[at:]


def swap(text: str, draw: random.Random) -> str:
    """Type a letter after the next one."""
    places = set(_letters(text))
    pairs = [at for at in places if at + 1 in places and text[at].lower() != text[at + 1].lower()]
    at = draw.choice(sorted(pairs))
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def replace(text: str, draw: random.Random) -> str:
    """Type another letter."""
    at = draw.choice(_letters(text))
    other = draw.choice([letter for letter in LETTERS if letter != text[at].lower()])
    return text[:at] + (other.upper() if text[at].isupper() else other) + text[at + 1 :]


def strip_accents(text: str, draw: random.Random) -> str:  # noqa: ARG001  a slip like the others
    """Leave the accents out."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))


SLIPS: dict[str, Slip] = {"drop": drop, "double": double, "swap": swap, "replace": replace, "accents": strip_accents}


def read(folder: str) -> dict[str, dict[str, Any]]:
    """Return the records of a folder by their keys."""
    files = sorted((KB / folder).glob("*.yaml"))
    records = [yaml.load(file.read_text(encoding="utf-8"), yaml.BaseLoader) for file in files]  # noqa: S506  only texts
    return {record["id"]: record for record in records}


def printed(works: dict[str, dict[str, Any]]) -> Iterator[Text]:
    """Yield the author-year strings of `cited_as` with every work that they can mean."""
    strings: dict[str, list[str]] = {}
    for key, work in works.items():
        for string in work.get("cited_as", ()):
            if YEAR.search(string):
                strings.setdefault(string, []).append(key)
    for string, keys in strings.items():
        others = [other for key in keys for other in works[key].get("alternatives", ())]
        yield Text(string, "printed", misspelt=False, wanted=tuple(dict.fromkeys([*keys, *others])))


def generated(works: dict[str, dict[str, Any]], draw: random.Random) -> Iterator[Text]:
    """Yield texts without end, each made from a work, a dress and perhaps a slip."""
    authors = read("authors")
    people = {
        key: [
            Name(authors[a].get("family") or authors[a]["literal"], authors[a].get("given", ""))
            for a in work.get("authors") or work.get("editors") or ()
        ]
        for key, work in works.items()
        if (work.get("authors") or work.get("editors")) and work.get("issued")
    }
    cited = {dress: _by_text(works, people, dress) for dress in DRESSES}
    while True:
        key, dress = draw.choice(sorted(people)), draw.choice(sorted(DRESSES))
        text = DRESSES[dress](people[key], works[key]["issued"][:4])
        wanted = tuple(sorted(cited[dress][text], key=lambda other: (other != key, other)))
        slip = draw.choice(sorted(SLIPS)) if draw.randrange(UNDISTORTED) else ""
        distorted = SLIPS[slip](text, draw) if slip else text
        origin = f"{dress}, {slip}" if distorted != text else dress
        yield Text(distorted, origin, misspelt=distorted != text and slip != "accents", wanted=wanted)


def _by_text(works: dict[str, dict[str, Any]], people: dict[str, list[Name]], dress: str) -> dict[str, list[str]]:
    """Return the works that a dress cites by the same text, with those that the records call alternatives of it."""
    found: dict[str, list[str]] = {}
    for key, names in people.items():
        found.setdefault(DRESSES[dress](names, works[key]["issued"][:4]), []).append(key)
    return found


def texts(seed: int, size: int) -> list[Text]:
    """Return the list: no text twice."""
    works = read("works")
    found = {text.text: text for text in printed(works)}
    for text in generated(works, random.Random(seed)):  # noqa: S311  a list that can be made again
        if len(found) >= size:
            break
        found.setdefault(text.text, text)
    return list(found.values())


def main() -> None:
    """Write the list, or with another seed or size print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--print", action="store_true", help="print the list and write nothing")
    given = parser.parse_args()
    rows = [
        (t.text, t.origin, "yes" if t.misspelt else "no", " ".join(t.wanted)) for t in texts(given.seed, given.size)
    ]
    with sys.stdout if given.print else LIST.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(("text", "origin", "misspelt", "wanted"))
        writer.writerows(rows)


if __name__ == "__main__":
    main()
