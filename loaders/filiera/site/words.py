"""Turn the names of the schema into words for people."""

from __future__ import annotations

from datetime import date

from filiera.schema import Class


def heading(name: str) -> str:
    """Return the name of a field, of a folder or of a value, as a heading.

    >>> heading("container_title"), heading("cites-as-evidence"), heading("DOI")
    ('Container title', 'Cites as evidence', 'DOI')
    """
    words = plain(name)
    return words[:1].upper() + words[1:]


def capital(text: str) -> str:
    """Return a text that begins with a capital letter, and is left alone otherwise.

    >>> capital("share of Italy's exports"), capital("GDP")
    ("Share of Italy's exports", 'GDP')
    """
    return text[:1].upper() + text[1:]


def plain(name: str) -> str:
    """Return a name in running text.

    >>> plain("held_by"), plain("article-journal")
    ('held by', 'article journal')
    """
    return name.replace("_", " ").replace("-", " ")


def one(kind: Class) -> str:
    """Return what one record of a kind is called."""
    return plain(kind.owner.removesuffix("_id"))


def day(iso: str) -> str:
    """Return a day as it is written in prose.

    >>> day("2014-09-03")
    '3 September 2014'
    """
    return f"{date.fromisoformat(iso):%-d %B %Y}"


def shortened(text: str, most: int) -> str:
    """Return the beginning of a text, cut between words, when it has more than `most` characters.

    >>> shortened("Pyramids of Trust", 12)
    'Pyramids of…'
    """
    return text if len(text) <= most else f"{text[:most].rsplit(' ', 1)[0].rstrip(' ,;:.')}…"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text.

    >>> first_sentence("A text that was read. The file is elsewhere.")
    'A text that was read.'
    """
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def counted(number: int, singular: str, plural: str = "") -> str:
    """Return a number with its noun.

    >>> counted(1, "record"), counted(1234, "record")
    ('1 record', '1,234 records')
    """
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
