"""The names that machines have for a work, DOI, ISBN and address, brought to one form each.

A form begins with what it is, so that all stand in one table: `doi:10.1000/182`, `isbn:9780804759236`, `url:eh.net/x`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from filiera.records import Data

DOI = re.compile(r"(?:https?://)?(?:(?:dx\.|www\.)?doi\.org/|doi\s*:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
ISBN = re.compile(r"(?:isbn(?:-1[03])?\s*:?\s*)?((?:97[89][\s\-‐‑–]?)?(?:\d[\s\-‐‑–]?){9}[\dx])", re.IGNORECASE)
ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
SCHEME = re.compile(r"^https?://(?:www\.)?|^www\.", re.IGNORECASE)

#: The address of a record on any site that serves Filiera, its persistent one included.
RECORD = re.compile(r"https?://\S+/(?:works|claims)/([a-z0-9-]+)/?(?:[.?#]\S*)?", re.IGNORECASE)

#: What sentences put behind an identifier.
AFTER = ".,;:)]}>\"'’”"


def identifier(text: str) -> str:
    """Return the one form of the identifier that `text` is, or nothing when it is none.

    >>> identifier("https://doi.org/10.1000/ABC"), identifier("ISBN 0-8047-5923-5"), identifier("Gaggio 2006")
    ('doi:10.1000/abc', 'isbn:9780804759236', '')
    """
    text = text.strip().rstrip(AFTER).strip("<")
    if found := DOI.fullmatch(text):
        return f"doi:{unquote(found[1]).lower()}"
    if found := ISBN.fullmatch(text):
        return f"isbn:{_thirteen(found[1])}"
    if ADDRESS.fullmatch(text):
        return f"url:{_address(text)}"
    return ""


def _thirteen(printed: str) -> str:
    """Return an ISBN in its form of thirteen digits.

    >>> _thirteen("0-8047-5923-5")
    '9780804759236'
    """
    digits = re.sub(r"[^0-9xX]", "", printed)
    if len(digits) > 10:  # noqa: PLR2004  an ISBN-10 has ten
        return digits
    twelve = f"978{digits[:9]}"
    total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(twelve))
    return f"{twelve}{-total % 10}"


def _address(text: str) -> str:
    """Return an address without scheme, "www." and closing slash."""
    return unquote(SCHEME.sub("", text)).rstrip("/").lower()


def identifiers(work: Data) -> Iterator[str]:
    """Yield the forms by which a work is looked up."""
    printed = [work[name] for name in ("DOI", "URL") if name in work]
    printed += re.split(r"[;,]\s*", work.get("ISBN", ""))
    return filter(None, dict.fromkeys(map(identifier, printed)))
