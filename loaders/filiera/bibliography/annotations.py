"""What a file says of a work beside its fields: a warning, what the format has no field for, and the note.

All of it stands in the annotation (`annote` of CSL-JSON and BibTeX, `annotation` of BibLaTeX, `RN` of RIS), which no
common style prints and other programs keep. In front, in brackets, stand the warning of a work that is not certain and
the variables of CSL that the format cannot hold; the note follows:

    [section: Letters] [recalled: the data of this work are from memory; …] Seen once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filiera.records import Data

#: What a writer is told of a work whose data are not confirmed.
WARNINGS = {
    "recalled": "the data of this work are from memory; check them before you print them",
    "unresolved": "it is not known which work this is; look it up before you cite it",
}

BRACKET = re.compile(r"\[([A-Za-z][A-Za-z_-]*): ((?:[^\]\\]|\\.)*)\](?: |\Z)")

#: What would end a bracket is written with a backslash.
ESCAPED, ESCAPE = re.compile(r"[\\\]]"), r"\\\g<0>"

#: Stands before a note that begins with a bracket of its own.
END = "[] "

Pair = tuple[str, str]


def annotation(work: Data) -> str:
    """Return the warning and the note of a work's record as one text, or nothing.

    >>> annotation({"verification": "recalled", "note": "Seen once."})
    '[recalled: the data of this work are from memory; check them before you print them] Seen once.'
    """
    note = " ".join(work.get("note", "").split())
    if note.startswith("["):
        note = END + note
    verification = work["verification"]
    return preceded([(verification, WARNINGS[verification])] if verification in WARNINGS else [], note)


def preceded(pairs: Iterable[Pair], text: str) -> str:
    r"""Return an annotation with more in brackets in front of it.

    >>> preceded([("section", "Letters [a]")], "Seen once.")
    '[section: Letters [a\\]] Seen once.'
    """
    brackets = (f"[{name}: {ESCAPED.sub(ESCAPE, value)}]" for name, value in pairs)
    return " ".join(filter(None, (*brackets, text)))


def parted(text: str) -> tuple[list[Pair], str]:
    r"""Part an annotation into what stands in brackets in front of it, and the note.

    >>> parted("[section: Letters [a\\]] [recalled: check them] Seen once.")
    ([('section', 'Letters [a]'), ('recalled', 'check them')], 'Seen once.')
    """
    pairs = list(_brackets(text))
    place = sum(len(whole) for whole, _, _ in pairs)
    return [(name, re.sub(r"\\(.)", r"\1", value)) for _, name, value in pairs], text[place:].removeprefix(END)


def _brackets(text: str) -> Iterator[tuple[str, str, str]]:
    place = 0
    while match := BRACKET.match(text, place):
        yield match[0], match[1], match[2]
        place = match.end()
