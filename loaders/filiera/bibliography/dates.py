"""Turn EDTF dates of records into dates of CSL-JSON, and back.

CSL-JSON knows a date or an interval, a season as a month from 21 to 24, and `circa`. What it does not know (a decade, a
century, `?` beside `~`) is written as the nearest that it knows, and besides as `edtf`, so that nothing is lost.
"""

from __future__ import annotations

import re
from typing import Any

Date = dict[str, Any]

#: One date of our EDTF: a year, a decade or a century, a month or a season, a day, and how sure it is.
ONE = re.compile(r"(\d{4}|\d{3}X|\d{2}XX)(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)\Z")

#: The years of which a decade or a century is made, by the number of its unknown digits.
SPANS = {1: 9, 2: 99}

#: Words for the seasons in the order of EDTF, in the languages that libraries come in.
SEASONS = {
    **dict.fromkeys(("spring", "primavera", "printemps", "frühling", "frühjahr"), 21),
    **dict.fromkeys(("summer", "estate", "verano", "été", "sommer"), 22),
    **dict.fromkeys(("autumn", "fall", "autunno", "otoño", "automne", "herbst"), 23),
    **dict.fromkeys(("winter", "inverno", "invierno", "hiver"), 24),
}


def csl_date(edtf: str) -> Date:
    """Return an EDTF date as a date of CSL-JSON.

    >>> csl_date("2014-04"), csl_date("2001~/2010")
    ({'date-parts': [[2014, 4]]}, {'date-parts': [[2001], [2010]], 'circa': True, 'edtf': '2001~/2010'})
    >>> csl_date("193X")
    {'date-parts': [[1930], [1939]], 'circa': True, 'edtf': '193X'}
    """
    start, slash, end = edtf.partition("/")
    first, last = _parts(start), _parts(end) if slash else []
    parts = first[:1] + (last[-1:] if slash else first[1:])
    date: Date = {"date-parts": parts}
    if re.search(r"[?~%X]", edtf):
        date["circa"] = True
    return date if _from_parts(date) == edtf else date | {"edtf": edtf}


def _parts(one: str) -> list[list[int]]:
    """Return the first and the last day, month or year that one date can mean; an open end is the year 0."""
    match = ONE.match(one)
    if not match:
        return [[0]]
    year, month, day, _ = match.groups()
    unknown = year.count("X")
    if unknown:
        first = int(year.replace("X", "0"))
        return [[first], [first + SPANS[unknown]]]
    return [[int(part) for part in (year, month, day) if part]]


def edtf(date: Any) -> str | None:  # noqa: ANN401  whatever another program wrote
    """Return a date of CSL-JSON as EDTF, or None where it cannot be read.

    >>> edtf({"date-parts": [["2014", 4]], "circa": 1}), edtf({"raw": "5 Apr 2014"}), edtf({"literal": "after the war"})
    ('2014-04~', '2014-04-05', None)
    """
    if isinstance(date, str):
        return from_text(date)
    if not isinstance(date, dict):
        return None
    if isinstance(written := date.get("edtf"), str) and from_text(written):
        return from_text(written)
    if date.get("date-parts"):
        return _from_parts(date)
    return from_text(str(date.get("literal") or date.get("raw") or ""))


def _from_parts(date: Date) -> str | None:
    ends = date["date-parts"]
    if not isinstance(ends, list) or not all(isinstance(end, list) for end in ends):
        return None
    season = str(date.get("season", "")).casefold()
    mark = "~" if str(date.get("circa") or "").casefold() not in {"", "0", "false"} else ""
    written = [_one(end, season, mark) for end in ends[:2]]
    if not written[0] or None in written:
        return None
    return "/".join(str(end) for end in written)


def _one(end: list[Any], season: str, mark: str) -> str | None:
    """Return one date of CSL-JSON, nothing for an open end, or None where it is no date."""
    texts = [str(part) for part in end if part is not None and str(part) != ""]
    if texts in ([], ["0"], ["0", "0", "0"]):
        return ""
    if not all(text.isdigit() for text in texts) or len(texts[0]) > 4 or len(texts) > 3:  # noqa: PLR2004  y, m, d
        return None
    numbers = [int(text) for text in texts]
    if len(numbers) == 1 and season:
        numbers += [SEASONS.get(season) or 20 + int(season)] if season in SEASONS or season in "1234" else []
    return _written(numbers, mark)


def _written(numbers: list[int], mark: str = "") -> str:
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:])]) + mark


#: The months by the first letters of their names, in the languages that libraries come in.
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan gen ene", "feb fév fev", "mar mär", "apr avr abr", "may mag mai", "jun giu jui", "jul lug",
            "aug ago aoû", "sep set", "oct ott okt", "nov", "dec dic déc dez",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip

#: A French June and July begin alike.
LONG_MONTHS = {"juil": 7, "juin": 6}

#: Ways to write one date, each with the places of year, month and day in it.
WRITTEN = (
    re.compile(r"(?P<y>\d{4})(?:[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?)?/*"),
    re.compile(r"(?P<d>\d{1,2})\.? (?P<m>[^\W\d_]+)\.?,? (?P<y>\d{4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})"),
    re.compile(r"(?P<m>[^\W\d_]+)\.?,? (?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4}),? (?P<m>[^\W\d_]+)\.?(?: (?P<d>\d{1,2}))?"),
)
ABOUT = re.compile(r"(?:c|ca|circa|about|um)\.? *(?=\d)|[?~%]\Z", re.IGNORECASE)


def from_text(text: str) -> str | None:
    """Return what a person or a program wrote as EDTF, or None where it is no date that is understood.

    >>> from_text("April 2014"), from_text("c. 1984"), from_text("2013-02-26"), from_text("1930s"), from_text("n.d.")
    ('2014-04', '1984~', '2013-02-26', '193X', None)
    """
    text = " ".join(text.replace("–", "/" if text.count("–") == 1 else "-").split()).strip("[]() ")
    start, slash, end = (part.strip() for part in _halves(text))
    if not slash:
        return _read(start)
    first, last = _read(start), "" if end in {"", ".."} else _read(end)
    if first is None or last is None:
        return None
    return f"{first}/{end if end == '..' else last}"


def _halves(text: str) -> tuple[str, str, str]:
    """Part an interval in two; a slash between year, month and day does not part it."""
    if re.fullmatch(r"\d{4}-\d{4}", text):
        return text[:4], "/", text[5:]
    if re.fullmatch(r"\d{4}/\d{1,2}(/\d{0,2})?|\d{4}/\d{2}/\d{2}|\d{4}//+[^/]*|\d{4}/\d\d?//+", text):
        return text.rstrip("/"), "", ""
    start, slash, end = text.partition("/")
    return start, slash, end


def _read(text: str) -> str | None:
    if ONE.match(text):
        return text
    if decade := re.fullmatch(r"(\d{3})0s", text):
        return f"{decade[1]}X"
    mark = "~" if ABOUT.search(text) else ""
    text = ABOUT.sub("", text).strip()
    for pattern in WRITTEN:
        if match := pattern.fullmatch(text):
            numbers = _numbers(match.groupdict())
            return _written(numbers, mark) if numbers else None
    return None


def _numbers(found: dict[str, str | None]) -> list[int]:
    """Return year, month and day as numbers, or nothing where a word is no month."""
    month = found.get("m")
    if month is None:
        return [int(found["y"] or 0)]
    number = int(month) if month.isdigit() else month_number(month)
    if not number:
        return []
    day = found.get("d")
    return [int(found["y"] or 0), number] + ([int(day)] if day else [])


def month_number(word: str) -> int | None:
    """Return the number of a month or a season by its name or the beginning of it.

    >>> month_number("Sept"), month_number("giugno"), month_number("Spring"), month_number("soon")
    (9, 6, 21, None)
    """
    lowered = word.casefold()
    return SEASONS.get(lowered) or LONG_MONTHS.get(lowered[:4]) or MONTHS.get(lowered[:3])
