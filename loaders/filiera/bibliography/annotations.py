"""What Filiera says of a work besides the work itself: a warning where its data are not certain, and the note.

Both travel in the annotation of a file (`annote` of CSL-JSON and BibTeX, `annotation` of BibLaTeX, `RN` of RIS), which
no common style prints and other programs keep. Read back, the warning becomes the verification again.
"""

from __future__ import annotations

import re

from filiera.records import Data

#: What a writer is told of a work whose data are not confirmed.
WARNINGS = {
    "recalled": "the data of this work are from memory; check them before you print them",
    "unresolved": "it is not known which work this is; look it up before you cite it",
}

WRITTEN = re.compile(r"\[(recalled|unresolved): [^\]]*\] ?")


def annotation(work: Data) -> str:
    """Return the warning and the note of a work's record as one text, or nothing.

    >>> annotation({"verification": "recalled", "note": "Seen once."})
    '[recalled: the data of this work are from memory; check them before you print them] Seen once.'
    """
    verification = work["verification"]
    warning = f"[{verification}: {WARNINGS[verification]}]" if verification in WARNINGS else ""
    return " ".join(filter(None, (warning, work.get("note", ""))))


def read(text: str) -> Data:
    """Return the verification and the note that an annotation holds.

    >>> read("[recalled: the data are from memory] Seen once.")
    {'verification': 'recalled', 'note': 'Seen once.'}
    """
    match = WRITTEN.match(text)
    note = text[match.end() :] if match else text
    return ({"verification": match[1]} if match else {}) | ({"note": note} if note.strip() else {})
