"""Check numbers: the value of an observation is the number that is printed.

Where the printed text holds one number, its digits are those of the value. A sign counts when it is printed; a fall
told in words ("dropped by 18.7%") may be recorded as negative.
"""

from __future__ import annotations

import re

from filiera.checks.base import Base, Check
from filiera.records import Record

NUMBER = re.compile(r"(?<![\w.,])([-+−–]?)(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\d,]*\d)")


def values(record: Record, base: Base) -> None:
    """Compare the value of every object that has one with what is printed."""
    for path, of, data in record.objects:
        if "value" not in of.fields or "value" not in data or "printed" not in data:
            continue
        found = NUMBER.findall(data["printed"])
        if len(found) != 1:
            continue
        base.report.made("numbers")
        if not _agrees(data["value"], *found[0]):
            message = f"value: {data['value']} is not the number printed, {data['printed']!r}"
            base.report.fail(record.problem((*path, "value"), message, "correct one of the two", "numbers"))


def _agrees(value: float, sign: str, digits: str) -> bool:
    number = float(digits.replace(",", ""))
    return value == (-number if sign in {"-", "−", "–"} else number) or (not sign and value == -number)


CHECKS = (Check("numbers", values),)
