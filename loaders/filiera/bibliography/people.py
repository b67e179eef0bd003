"""Recognise people: by ORCID, else by family name and given names that can be the same, and never by family alone.

"V. De Marchi" can be Valentina De Marchi, if nobody else here can be. Where several can, or two of a library that are
not each other, a new person is made and the doubt is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from filiera.bibliography.names import from_text
from filiera.folding import fold
from filiera.records import Data

#: A name as it is compared: family or organisation, given names, suffix.
Spelling = tuple[str, tuple[str, ...], str]

#: A library names the same people again and again.
_fold = lru_cache(maxsize=100_000)(fold)

#: Letters in a row that can be initials, as in "Smith JP".
INITIALS = 3


@dataclass(slots=True)
class Person:
    """A person or an organisation: the key, the data, how the name is spelt, and whether it is new."""

    key: str
    data: Data
    spellings: set[Spelling] = field(default_factory=set)
    new: bool = False

    def can_be(self, one: Spelling) -> bool:
        """Tell whether a spelling can be this person's: it fits all that have the same family name."""
        return all(can_be(one, other) for other in self.spellings if other[0] == one[0])


def spelling(author: Data) -> Spelling:
    """Return a name as it is compared.

    >>> spelling({"family": "De Marchi", "given": "V."}), spelling({"literal": "Ernst & Young"})
    (('de marchi', ('v',), ''), ('ernst young', (), ''))
    """
    if "family" not in author:
        return _fold(author.get("literal", "")), (), ""
    given = author.get("given", "")
    words = tuple(given) if given.isupper() and given.isalpha() and 1 < len(given) <= INITIALS else (given,)
    return _fold(author["family"]), tuple(_fold(" ".join(words)).split()), _fold(author.get("suffix", ""))


def can_be(one: Spelling, other: Spelling) -> bool:
    """Tell whether two spellings can be of one person: each given name is the other, or its initial.

    >>> a, b, c = ("x", ("valentina", "m"), ""), ("x", ("v",), ""), ("x", ("vera",), "")
    >>> can_be(a, b), can_be(a, c)
    (True, False)
    """
    if one[0] != other[0] or one[2] != other[2] or not (one[1] and other[1]):
        return one == other
    return all(a == b or (1 in {len(a), len(b)} and a[0] == b[0]) for a, b in zip(one[1], other[1], strict=False))


class People:
    """The people of a base, and those that join them."""

    def __init__(self, authors: Iterable[Data]) -> None:
        """Take the data of the authors of the base."""
        self.by_name: dict[str, list[Person]] = defaultdict(list)
        self.by_orcid: dict[str, Person] = {}
        for author in authors:
            self.add(Person(author["id"], author, {spelling(author), *_also_spelt(author)}))

    def add(self, person: Person) -> None:
        """Let a person be recognised from now on."""
        for name in sorted({one[0] for one in person.spellings}):
            self.by_name[name].append(person)
        if orcid := person.data.get("orcid"):
            self.by_orcid[orcid] = person

    def recognised(self, author: Data, others: Iterable[Spelling] = ()) -> tuple[Person | None, list[Person]]:
        """Return the one person whom a name means, or None and those whom it can mean.

        `others` are the other spellings of the same library: a person who can be two of them that are not each other
        is neither for sure.
        """
        if known := self.by_orcid.get(author.get("orcid", "")):
            return known, []
        one = spelling(author)
        named = self.by_name.get(one[0], [])
        same = [person for person in named if one in person.spellings]
        alike = same or [person for person in named if person.can_be(one)]
        alike = [person for person in alike if _orcids_agree(person.data, author)]
        rivals = [] if same else [other for other in others if not can_be(one, other)]
        if len(alike) == 1 and not any(can_be(rival, s) for rival in rivals for s in alike[0].spellings):
            return alike[0], []
        doubtful = alike or [person for person in named if not one[1] or any(not s[1] for s in person.spellings)]
        return None, doubtful


def _orcids_agree(one: Data, other: Data) -> bool:
    return "orcid" not in one or "orcid" not in other or one["orcid"] == other["orcid"]


def _also_spelt(author: Data) -> Iterator[Spelling]:
    for text in author.get("also_spelt", ()):
        name = from_text(text) if author.get("type") == "person" and "," in text else {"literal": text}
        if "literal" not in name or author.get("type") == "organisation":
            yield spelling(name)
