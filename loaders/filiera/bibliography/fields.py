"""Read single fields of other programs' libraries: what they write, as our schema wants it.

A reader is a function from a text to a `Reading`: the value, and what of the text could not be taken over, with the
reason. To add one, write it and list it in `READERS` under the name of its type in the schema.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from filiera import values
from filiera.schema import Field, Schema
from filiera.shape import ADDRESS


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says: the value or None, what of the text is left, and why."""

    value: str | None
    left: str = ""
    reason: str = ""


#: Names of languages as BibLaTeX, RIS and people write them.
LANGUAGES = {
    "english": "en", "american": "en-US", "usenglish": "en-US", "british": "en-GB", "ukenglish": "en-GB",
    "australian": "en-AU", "canadian": "en-CA", "italian": "it", "italiano": "it", "french": "fr", "français": "fr",
    "francais": "fr", "german": "de", "ngerman": "de", "deutsch": "de", "austrian": "de-AT", "swissgerman": "de-CH",
    "spanish": "es", "español": "es", "catalan": "ca", "portuguese": "pt", "português": "pt", "portuges": "pt",
    "brazilian": "pt-BR", "brazil": "pt-BR", "dutch": "nl", "nederlands": "nl", "danish": "da", "swedish": "sv",
    "norwegian": "no", "norsk": "nb", "nynorsk": "nn", "finnish": "fi", "icelandic": "is", "polish": "pl",
    "polski": "pl", "czech": "cs", "slovak": "sk", "slovene": "sl", "slovenian": "sl", "croatian": "hr",
    "serbian": "sr", "hungarian": "hu", "romanian": "ro", "bulgarian": "bg", "russian": "ru", "ukrainian": "uk",
    "greek": "el", "turkish": "tr", "latin": "la", "hebrew": "he", "arabic": "ar", "chinese": "zh", "japanese": "ja",
    "korean": "ko", "estonian": "et", "latvian": "lv", "lithuanian": "lt", "irish": "ga", "welsh": "cy", "basque": "eu",
    "galician": "gl", "albanian": "sq", "indonesian": "id", "vietnamese": "vi", "persian": "fa", "hindi": "hi",
}  # fmt: skip

#: The most characters of a field; what is longer is no title, but a slip of a program.
LONGEST = 20_000

DASHES = re.compile(r"\s*(?:--+|[‐‑‒–—−-])\s*")
PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)", re.IGNORECASE)
PAGES = re.compile(r"^(?:pp?|pages?|s|seiten?)\.?\s+(?=\w)", re.IGNORECASE)
ISBN = re.compile(r"(?<![\dXx-])\d(?:[- ]?\d){8,11}[- ]?[\dXx](?![\dXx])|(?<!\d)97[89](?:[- ]?\d){10}(?!\d)")
ISSN = re.compile(r"(?<!\d)(\d{4})-?(\d{3}[\dXx])(?!\d)")


def read(of: Field, text: str, schema: Schema) -> Reading:
    """Return the value of a field of a work that a text gives."""
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(text) > LONGEST:
        return Reading(None, text, f"it has {len(text):,} characters, and {LONGEST:,} are the most")
    reading = READERS.get(of.range, Reading)(text)
    if reading.value is None:
        return reading
    reason = fault(of, reading.value, schema)
    return Reading(None, text, reason) if reason else reading


def fault(of: Field, value: str, schema: Schema) -> str:
    """Say why a value does not fit a field, or nothing where it does."""
    if of.range in schema.enums:
        return "" if value in schema.enums[of.range].values else f"there is no {of.name} {value!r}"
    type_ = schema.types[of.range]
    if type_.base == "uri":
        return "" if ADDRESS.match(value) else "it is not an address"
    if type_.pattern and not type_.pattern.search(value):
        return f"it does not fit: {type_.description}"
    found = values.CHECKS[of.range](value) if of.range in values.CHECKS else None
    return found[0] if found else ""


def doi(text: str) -> Reading:
    """Read a DOI, whatever address stands before it.

    >>> doi("https://doi.org/10.1093/jeg/lbi020").value
    '10.1093/jeg/lbi020'
    """
    return Reading(PREFIX.sub("", text).strip())


def pages(text: str) -> Reading:
    """Read pages, whatever dash stands between them; a shortened last page is written out.

    >>> pages("pp. 473--91").value, pages("xii–xv, 130").value, pages("e12").value
    ('473-491', 'xii-xv, 130', 'e12')
    """
    text = DASHES.sub("-", PAGES.sub("", text)).rstrip(".")
    parts = (re.sub(r"\A(\d+)-(\d+)\Z", _whole, part) for part in re.split(r"\s*[,;]\s*", text))
    return Reading(", ".join(parts))


def _whole(match: re.Match[str]) -> str:
    first, last = match.groups()
    if len(last) < len(first) and int(last) < int(first):
        last = first[: len(first) - len(last)] + last
    return f"{first}-{last}"


def isbn(text: str) -> Reading:
    """Read the first sound ISBN of a text; what else stands there is left.

    >>> isbn("0-691-12697-6 (pbk.)")
    Reading(value='0-691-12697-6', left='(pbk.)', reason='one number is wanted here')
    """
    return _first(text, ISBN, lambda match: re.sub(r"\s", "-", match[0]), values.isbn_fault)


def issn(text: str) -> Reading:
    """Read the first sound ISSN of a text; what else stands there is left."""
    return _first(text, ISSN, lambda match: f"{match[1]}-{match[2].upper()}", values.issn_fault)


def _first(
    text: str,
    pattern: re.Pattern[str],
    spelt: Callable[[re.Match[str]], str],
    check: Callable[[str], tuple[str, str] | None],
) -> Reading:
    """Read the first number of a text whose check digit is right."""
    faults = []
    for match in pattern.finditer(text):
        if fault := check(spelt(match)):
            faults.append(fault[0])
            continue
        left = f"{text[: match.start()]} {text[match.end() :]}".strip(" ,;:")
        left = "" if left.upper() in {"ISBN", "ISSN", "ISBN-10", "ISBN-13"} else left
        return Reading(spelt(match), left, "one number is wanted here" if left else "")
    return Reading(None, text, faults[0] if faults else "no number of the right length stands in it")


def language(text: str) -> Reading:
    """Read the tag or the name of a language.

    >>> language("en_US").value, language("Italian").value, language("FR").value
    ('en-US', 'it', 'fr')
    """
    if known := LANGUAGES.get(text.casefold()):
        return Reading(known)
    first, hyphen, rest = text.replace("_", "-").partition("-")
    return Reading(first.lower() + hyphen + rest)


def address(text: str) -> Reading:
    """Read an address; odd characters are written as an address writes them.

    >>> address("www.example.org/a b").value
    'http://www.example.org/a%20b'
    """
    text = f"http://{text}" if text.startswith("www.") else text
    return Reading(re.sub(r"[\s<>\"{}|\\^`\[\]]", lambda match: f"%{ord(match[0]):02X}", text))


READERS: dict[str, Callable[[str], Reading]] = {
    "Doi": doi,
    "Pages": pages,
    "Isbn": isbn,
    "Issn": issn,
    "Language": language,
    "uri": address,
}


def plain(value: Any) -> str | None:  # noqa: ANN401  whatever another program wrote
    """Return a value of JSON as text, or None where it is no text or number."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, str | int | float) else None
