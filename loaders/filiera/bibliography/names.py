"""Turn records of authors into names of CSL-JSON, and back.

A family name keeps its particles: "van Dijk" is the family name of a record, and CSL-JSON has "van" apart, so that each
style may sort it its own way. A particle that belongs to the given name ("Alexis de" Tocqueville) stands at its end.
"""

from __future__ import annotations

import re
from typing import Any

from filiera.records import Data
from filiera.values import orcid_fault

Name = dict[str, Any]

ORCID = r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]"


def csl_name(author: Data) -> Name:
    """Return the record of an author as a name of CSL-JSON.

    >>> csl_name({"family": "van Dijk", "given": "Meine Pieter"})
    {'family': 'Dijk', 'given': 'Meine Pieter', 'non-dropping-particle': 'van'}
    >>> csl_name({"literal": "European Commission"})
    {'literal': 'European Commission'}
    """
    if "family" not in author:
        return {"literal": author.get("literal") or author.get("given") or author["id"]}
    particle, family = _leading_particles(author["family"])
    given, dropping = _trailing_particles(author.get("given", ""))
    parts = {
        "family": family,
        "given": given,
        "suffix": author.get("suffix", ""),
        "non-dropping-particle": particle,
        "dropping-particle": dropping,
    }
    return {name: part for name, part in parts.items() if part}


def _leading_particles(family: str) -> tuple[str, str]:
    words = family.split()
    count = next((n for n, word in enumerate(words) if not word.islower()), 0)
    return " ".join(words[:count]), " ".join(words[count:])


def _trailing_particles(given: str) -> tuple[str, str]:
    words = given.split()
    count = next((n for n, word in enumerate(reversed(words)) if not word.islower()), 0)
    cut = len(words) - count
    return " ".join(words[:cut]), " ".join(words[cut:])


def author(name: Any) -> Data | None:  # noqa: ANN401  whatever another program wrote
    """Return a name of CSL-JSON as the data of an author, without a key, or None where nobody is named.

    >>> author({"family": "Dijk", "given": "Meine Pieter", "non-dropping-particle": "van"})
    {'type': 'person', 'family': 'van Dijk', 'given': 'Meine Pieter'}
    >>> author({"literal": "European Commission"})
    {'type': 'organisation', 'literal': 'European Commission'}
    """
    if isinstance(name, str):
        name = {"literal": name}
    if not isinstance(name, dict):
        return None
    part = {key: " ".join(str(value).split()) for key, value in name.items() if isinstance(value, str)}
    family = " ".join(filter(None, (part.get("non-dropping-particle"), part.get("family"))))
    given = " ".join(filter(None, (part.get("given"), part.get("dropping-particle"))))
    if not family:
        literal = part.get("literal") or given
        return {"type": "organisation", "literal": literal} if literal else None
    orcid = re.search(ORCID, part.get("ORCID", part.get("orcid", "")))
    person = {"type": "person", "family": family, "given": given, "suffix": part.get("suffix", "")}
    person["orcid"] = orcid[0] if orcid and not orcid_fault(orcid[0]) else ""
    return {field: value for field, value in person.items() if value}


def written(name: Name) -> str:
    """Return a name as RIS writes it: family, given, suffix; what is one name ends with a comma, or has two inside.

    >>> written({"family": "King", "given": "Martin Luther", "suffix": "Jr."}), written({"literal": "Ada, Ltd"})
    ('King, Martin Luther, Jr.', 'Ada,, Ltd')
    """
    if "literal" in name:
        literal = str(name["literal"])
        return literal.replace(",", ",,") if "," in literal else f"{literal},"
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
    given = " ".join(filter(None, (name.get("given"), name.get("dropping-particle"))))
    parts = [family, given, *([name["suffix"]] if "suffix" in name else [])]
    return ", ".join(parts).rstrip()


def from_text(text: str) -> Name:
    """Return a name that is written as RIS writes it, with all particles in the family or the given name.

    What is one name is taken for an organisation's.

    >>> from_text("King, Martin Luther, Jr."), from_text("Ada,, Ltd"), from_text("Eurostat,")
    ({'family': 'King', 'given': 'Martin Luther', 'suffix': 'Jr.'}, {'literal': 'Ada, Ltd'}, {'literal': 'Eurostat'})
    """
    if ",," in text or "," not in text.rstrip(", "):
        return {"literal": text.replace(",,", ",").strip(", ")}
    family, given, suffix = (part.strip() for part in (*text.split(",", 2), "", "")[:3])
    return {key: part for key, part in (("family", family), ("given", given), ("suffix", suffix)) if part}


def single(name: Name) -> str:
    """Return the name of a person who has only one, which other programs take for an organisation's, or nothing.

    >>> single({"family": "Plato"}), single({"literal": "Eurostat"})
    ('Plato', '')
    """
    if "family" not in name or "given" in name or "suffix" in name or "dropping-particle" in name:
        return ""
    return " ".join(filter(None, (name.get("non-dropping-particle"), name["family"])))
