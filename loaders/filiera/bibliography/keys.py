"""Make keys as `kb/README.md` says: authors' family names and year for works, family and given name for people.

A key is made of what the record says and of the keys that are taken, and of nothing else.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from itertools import count

from filiera.bibliography.titles import SMALL
from filiera.folding import fold
from filiera.records import Data
from filiera.values import year

#: The most characters of a key, and of the name of an organisation in it.
LONGEST = 80
NAME = 40

#: More authors than this are named by the first.
NAMED = 3

#: Letters of other alphabets, as libraries write them.
LETTERS = str.maketrans(
    "абвгдезиклмнопрстуфыэіґјαβγδεζικλμνξοπρςστυφω",
    "abvgdeziklmnoprstufyeigjavgdeziklmnxoprsstyfo",
) | {
    ord(letter): latin
    for letter, latin in {
        "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ь": "", "ю": "iu", "я": "ia",
        "є": "ie", "ђ": "dj", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "η": "i", "θ": "th", "χ": "ch", "ψ": "ps",
    }.items()
}  # fmt: skip


def slug(text: str, most: int = LONGEST) -> str:
    """Return the words of a text as they stand in a key, as many as fit.

    >>> slug("Łukasz Strauß-O'Neill"), slug("Достоевский"), slug("European Commission, Directorate", 20)
    ('lukasz-strauss-oneill', 'dostoevskii', 'european-commission')
    """
    folded = fold(text)
    if not folded.isascii():
        folded = "".join(c if c.isascii() else " " for c in folded.translate(LETTERS))
    words = folded.split()
    while words and len("-".join(words)) > most:
        words.pop()
    return "-".join(words)


def of_person(author: Data) -> str:
    """Return the first choice of key for a person or an organisation.

    >>> of_person({"family": "De Marchi", "given": "Valentina"}), of_person({"literal": "Harbour Register"})
    ('de-marchi-valentina', 'harbour-register')
    """
    name = " ".join(author[part] for part in ("family", "given", "suffix") if part in author) or author["literal"]
    return slug(name, NAME if "literal" in author else LONGEST) or f"author-{_digest(name)}"


def of_work(work: Data, names: list[Data]) -> Iterator[str]:
    """Yield keys for a work of people of these names, best first, without end.

    >>> keys = of_work({"title": "The Governance of Chains", "issued": "2005"}, [{"family": "Gereffi"}])
    >>> next(keys), next(keys), next(keys), next(keys)
    ('gereffi-2005', 'gereffi-2005-governance', 'gereffi-2005-governance-chains', 'gereffi-2005-b')
    """
    words = [word for word in slug(work.get("title", "")).split("-") if word and word not in SMALL]
    issued = str(year(work["issued"]) or "") if "issued" in work else ""
    people = _people(names)
    if not people:
        people, words = "-".join(words[:3]) or f"work-{_digest(str(sorted(work.items())))}", words[3:]
    base = "-".join(filter(None, (people, issued or "-".join(words[:3]) or "undated")))
    words = words if issued else words[3:]
    base = base[: LONGEST - 10].strip("-")
    yield base
    yield from (f"{base}-{'-'.join(words[:n])}"[:LONGEST].strip("-") for n in range(1, min(4, len(words) + 1)))
    yield from (f"{base}-{_letters(n)}" for n in count(1))


def _people(names: list[Data]) -> str:
    families = [slug(name.get("family") or name["literal"], NAME) for name in names]
    families = [family for family in families if family]
    if len(families) > NAMED:
        return f"{families[0]}-et-al"
    return "-".join(families)


def _letters(number: int) -> str:
    """Return b for 1, c for 2 … z, ba, bb, as editions of a year are told apart.

    >>> _letters(1), _letters(25), _letters(26)
    ('b', 'z', 'ba')
    """
    letters = ""
    while number:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
