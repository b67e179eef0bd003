"""The forms under which an author's name is cited, and the known names that are spelt nearly like a given one.

A form is *exact* when it is the name, or another spelling that the records give; the others (a name without its
particle, a part of a double name, an acronym that was made up here) lead to an author too, but never without doubt.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from filiera.folding import fold

if TYPE_CHECKING:
    from filiera.records import Data

#: Words that join names, and parts of one.
JOINTS = frozenset({"and", "con", "e", "ed", "et", "und", "with", "y"})

#: Particles that writers leave off: "De Marchi" is looked for as "Marchi" too.
ROMANCE = frozenset({"d", "da", "dal", "de", "degli", "dei", "del", "dell", "della", "delle", "des", "di", "do", "dos"})
OTHERS = frozenset({"af", "al", "du", "el", "la", "le", "los", "ten", "ter", "van", "vom", "von", "zu"})
SMALL_WORDS = frozenset({"der", "of", "on", "the"})
PARTICLES = ROMANCE | OTHERS | SMALL_WORDS | JOINTS

#: How the letters of some languages are written out where a keyboard has none.
WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
WRITTEN_OUT |= str.maketrans({"Ø": "Oe", "Å": "Aa"})

#: A part of a double name is looked for when it has as many letters as this.
PART = 4

#: An organisation is looked for by as many of its first words as this.
FIRST_WORDS = 4

#: An acronym has as many letters as this.
ACRONYM = 3

#: Letters of a name for each slip of the pen that it may have.
LETTERS_A_SLIP = 4
MOST_SLIPS = 3

BRACKETS = re.compile(r"\(([^()]*)\)")


def forms(author: Data) -> dict[str, bool]:
    """Return the folded forms of an author's name, each with whether it is exact.

    >>> forms({"id": "x", "family": "De Marchi", "given": "Valentina"})
    {'de marchi': True, 'marchi': False, 'demarchi': False}
    """
    exact, loose = (_person if author.get("family") else _organisation)(author)
    exact = [name for name in map(unjointed, exact) if name]
    loose = [*map(unjointed, loose), *(part for name in exact for part in _parts(name))]
    return dict.fromkeys(exact, True) | {name: False for name in loose if name and name not in exact}


def unjointed(name: str) -> str:
    """Return a folded name without the words that texts join names with, so that both can be held side by side.

    >>> unjointed("Ministero dell'Economia e delle Finanze"), unjointed("Ortega y Gasset"), unjointed("E")
    ('ministero delleconomia delle finanze', 'ortega gasset', 'e')
    """
    words = fold(name).split()
    return " ".join(word for word in words if word not in JOINTS) or " ".join(words)


def _person(author: Data) -> tuple[list[str], list[str]]:
    """Return the family name with its written-out form; other spellings that only slips tell apart are loose."""
    family = author["family"]
    exact = [family, family.translate(WRITTEN_OUT)]
    loose: list[str] = []
    for spelling in author.get("also_spelt", ()):
        name = _family_of(spelling, family)
        (loose if 0 < slips(fold(name), fold(family)) <= allowed(fold(family)) else exact).append(name)
    return exact, loose


def _family_of(spelling: str, family: str) -> str:
    """Return the family name in another spelling of a person's name.

    >>> [_family_of(s, "Capecchi") for s in ("Cappechi, V.", "Vittoria Cappechi", "Cappechi")]
    ['Cappechi', 'Cappechi', 'Cappechi']
    """
    before, comma, _ = spelling.partition(",")
    if comma or fold(spelling).endswith(fold(family)):
        return before if comma else family
    return spelling.rpartition(" ")[2]


def _organisation(author: Data) -> tuple[list[str], list[str]]:
    literal = author["literal"]
    inside = [text for text in BRACKETS.findall(literal) if text.isupper()]
    without = BRACKETS.sub("", literal)
    words = fold(without).split()
    loose = [without.split(",")[0], "".join(word[0] for word in words if word not in PARTICLES)]
    loose = [name for name in loose if len(name) >= ACRONYM]
    loose += [word for word in without.split() if word.isupper() and len(word) >= ACRONYM]
    loose += [" ".join(words[:n]) for n in range(2, min(len(words), FIRST_WORDS + 1))]
    return [literal, without, *inside, *author.get("also_spelt", ())], loose


def _parts(name: str) -> Iterator[str]:
    """Yield a folded name without its particles, run together, and each part of a double name."""
    words = name.split()
    if len(words) > 1:
        bare = [word for word in words if word not in PARTICLES]
        yield " ".join(bare)
        yield "".join(words)
        if len(bare) == 2:  # noqa: PLR2004  a double name
            yield from (word for word in bare if len(word) >= PART)


def slips(one: str, other: str) -> int:
    """Return how many letters were dropped, doubled, swapped or replaced between two names."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415  only paid for a misspelt name

    return OSA.distance(one, other)


def allowed(name: str) -> int:
    """Return how many slips of the pen a name of this length may have and still be recognised.

    >>> [allowed(name) for name in ("Lee", "Gaggio", "Pietrobelli", "Giuliani-Rabellotti")]
    [1, 1, 2, 3]
    """
    return max(1, min(MOST_SLIPS, len(name) // LETTERS_A_SLIP))


class Names:
    """The names of a base, read when they are first needed and kept by their lengths."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Read nothing yet."""
        self._connection = connection
        self._by_length: dict[int, list[str]] = {}

    def known(self, name: str) -> bool:
        """Tell whether an author is cited under this folded name."""
        query = "select 1 from citation_spellings where length = ? and name = ?"
        return self._connection.execute(query, (len(name), name)).fetchone() is not None

    def near(self, name: str, limit: int = 40) -> list[tuple[str, int]]:
        """Return the known names that are spelt nearly so, with their slips, the nearest first."""
        from rapidfuzz import process  # noqa: PLC0415  only paid for a misspelt name
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        most = allowed(name)
        found: list[tuple[str, int]] = []
        for length in range(max(1, len(name) - most), len(name) + most + 1):
            hits = process.extract(
                name, self._of_length(length), scorer=OSA.distance, score_cutoff=most, limit=limit, processor=None
            )
            found += [(hit[0], int(hit[1])) for hit in hits if hit[1]]
        return sorted(found, key=lambda hit: (hit[1], hit[0]))[:limit]

    def _of_length(self, length: int) -> list[str]:
        if length not in self._by_length:
            query = "select name from citation_spellings where length = ? order by name"
            self._by_length[length] = [row[0] for row in self._connection.execute(query, (length,))]
        return self._by_length[length]
