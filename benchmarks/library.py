"""Make libraries of invented works, the same for the same seed and size, for Filiera and as a .bib file for others.

Names and words follow Zipf's law, as in real libraries: a few families wrote hundreds of works, most wrote one. The
families are common ones of ten languages, with particles, accents and double names, and a long tail made of syllables.
Titles are made of the words of a field with some 1,500 words. No work, person or DOI here is real.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import TypeVar

from filiera.folding import fold

T = TypeVar("T")

SEED = 4

#: Records of a file.
RECORDS = 2_000

FAMILIES = """
Rossi Ferrari Russo Bianchi Romano Gallo Conti De+Luca Mancini Costa Giordano Rizzo Lombardi Moretti Di+Stefano
Barbieri Fontana Santoro Marino De+Santis Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright
Thompson Evans Walker White Roberts Green Hall Wood O'Connor O'Brien MacDonald Müller Schmidt Schneider Fischer Weber
Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Groß García
González Rodríguez Fernández López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz
Álvarez Romero García-Márquez Ruiz-Torres Martin Bernard Dubois Durand Petit Leroy Moreau Lefèvre Garnier François
Le+Goff de+la+Croix Silva Santos Ferreira Pereira Oliveira dos+Santos Almeida Ribeiro Gonçalves de+Jong Jansen van+Dijk
Bakker Visser Smit de+Vries van+den+Berg Mulder van+der+Meer Nielsen Jensen Hansen Andersen Sørensen Ødegård Johansson
Lindström Åkesson Kowalski Wiśniewski Wójcik Łukasiewicz Nowák Novotný Dvořák Horváth Wang Li Zhang Liu Chen Yang
Huang Zhao Wu Zhou Xu Sun Nguyễn Trần Kim Lee Park Choi Sato Suzuki Takahashi Tanaka Watanabe Kumar Singh Sharma Yılmaz
""".split()  # noqa: SIM905  a list for people to read
SYLLABLES = """
ba be bo bri ca ce chi co da del do en fa fel fi gar ge go gri hal han ho ing ja ka kel ko la lan le lin lo ma mar mi
mon na ne ni no ol or pa pel pi qua ra rel ri ro sa schel si son sta ta tel ti to tor ul va ver vi wal we zan zi
""".split()  # noqa: SIM905  a list for people to read
GIVEN = """
Maria Giovanni Anna Paolo Elena Luca Giulia Marco Sofia Andrea John Mary Peter Susan David Karen James Laura Thomas
Anne Hans Ursula Klaus Petra José Carmen Luis Pilar Jean Claire Pierre Hélène João Inês Jan Sanne Lars Ingrid Piotr
Agnieszka Wei Min Hiroshi Yuki Raj Priya Mehmet Ayşe Charles Alice
""".split()  # noqa: SIM905  a list for people to read
FIELD = """
upgrading governance cluster district chain network firm supplier buyer innovation learning knowledge market export
trade labour wage skill technology standard policy region growth crisis recession globalisation industry production
manufacturing footwear jewellery furniture ceramic textile apparel wine coffee cotton leather electronics automobile
software tourism agriculture investment capability productivity competition cooperation trust institution strategy
value quality design brand retail outsourcing relocation entrepreneur family ownership finance credit credit-rationing
education training employment gender migration environment energy carbon water waste regulation certification audit
""".split()  # noqa: SIM905  a list for people to read
OPENINGS = """
The-Governance-of Upgrading-in Rethinking Learning-from Evidence-on Beyond Inside The-Geography-of Exploring Measuring
Explaining Who-Gains-from The-Rise-of The-Limits-of Lessons-from A-Theory-of Between Towards Making Trading
""".split()  # noqa: SIM905  a list for people to read
PLACES = """
Italy Germany Brazil Vietnam Kenya India China Mexico Turkey Poland Spain Portugal Morocco Ethiopia Bangladesh
Veneto Tuscany Catalonia Bavaria Sinos-Valley Torreón Lombardy Emilia-Romagna Guangdong Tamil-Nadu Java Chile Peru
""".split()  # noqa: SIM905  a list for people to read
MATTERS = ("Regional Studies", "Value Chains", "Industry", "Development", "Economic Geography", "Innovation")
JOURNALS = [f"{kind} of {matter}" for kind in ("Journal", "Review", "Annals") for matter in MATTERS]
TYPES = {
    "article-journal": ("article", 62),
    "chapter": ("incollection", 14),
    "book": ("book", 16),
    "report": ("techreport", 8),
}
TEAM = {1: 38, 2: 31, 3: 18, 4: 8, 5: 3, 8: 2}


@dataclass(frozen=True)
class Person:
    """Someone who never was."""

    key: str
    family: str
    given: str


@dataclass(frozen=True)
class Work:
    """A work that nobody wrote."""

    key: str
    type: str
    people: tuple[Person, ...]
    year: int
    title: str
    venue: str
    volume: int
    page: int


def zipf(draw: random.Random, items: list[T]) -> Iterator[T]:
    """Yield items without end, the nth with a chance of one over n."""
    weights = list(accumulate(1 / (place + 2) for place in range(len(items))))
    while True:
        yield draw.choices(items, cum_weights=weights)[0]


def people(draw: random.Random, number: int) -> list[Person]:
    """Return persons; six families in ten come from the tail."""
    common = zipf(draw, [name.replace("+", " ") for name in FAMILIES])
    found: dict[str, Person] = {}
    while len(found) < number:
        made = "".join(draw.choices(SYLLABLES, k=draw.choice((2, 3, 3, 4)))).capitalize()
        family, given = made if draw.random() < 0.6 else next(common), draw.choice(GIVEN)  # noqa: PLR2004  see above
        given += f" {draw.choice('ABCDEFGHJKLMPRST')}." if draw.random() < 0.5 else ""  # noqa: PLR2004  half of them
        key = fold(f"{family} {given}").replace(" ", "-")
        found.setdefault(key, Person(key, family, given))
    return list(found.values())


def works(size: int, seed: int = SEED) -> list[Work]:
    """Return so many works, each with a key of its own."""
    draw = random.Random(seed)  # noqa: S311  invented works
    persons = people(draw, max(100, size * 3 // 4))
    field, places, openings = zipf(draw, FIELD), zipf(draw, PLACES), zipf(draw, OPENINGS)
    types = [type_ for type_, (_, share) in TYPES.items() for _ in range(share)]
    teams = [team for team, share in TEAM.items() for _ in range(share)]
    taken: dict[str, int] = {}
    found = []
    for _ in range(size):
        team = tuple(draw.sample(persons, draw.choice(teams)))
        year = round(draw.triangular(1955, 2025, 2018))
        words = list(dict.fromkeys(next(field) for _ in range(draw.choice((2, 3, 3, 4)))))
        title = f"{next(openings)} {' and '.join(words[:2])}: {' '.join((*words[2:], 'in', next(places)))}"
        stem = f"{fold(team[0].family).replace(' ', '-')}-{year}"
        taken[stem] = taken.get(stem, 0) + 1
        key = stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"
        pages = draw.randrange(1, 900)
        found.append(
            Work(
                key,
                draw.choice(types),
                team,
                year,
                title.replace("-", " ").title(),
                draw.choice(JOURNALS),
                year - 1950,
                pages,
            )
        )
    return found


def write_kb(found: list[Work], folder: Path) -> None:
    """Write a base for Filiera; JSON is YAML, and a file may hold many records of a kind."""
    persons = {person.key: person for work in found for person in work.people}
    _write(folder / "authors", [author(person) for _, person in sorted(persons.items())])
    _write(folder / "works", [record(work) for work in sorted(found, key=lambda work: work.key)])


def _write(folder: Path, records: Sequence[Mapping[str, object]]) -> None:
    folder.mkdir(parents=True)
    for number, start in enumerate(range(0, len(records), RECORDS)):
        lines = (f"- {json.dumps(record, ensure_ascii=False)}\n" for record in records[start : start + RECORDS])
        (folder / f"invented-{number}.yaml").write_text("".join(lines), encoding="utf-8")


def author(person: Person) -> dict[str, object]:
    """Return the record of a person."""
    return {"id": person.key, "type": "person", "family": person.family, "given": person.given}


def record(work: Work) -> dict[str, object]:
    """Return the record of a work."""
    pages = f"{work.page}-{work.page + 20}"
    venue: dict[str, object] = {"publisher": "Invented Press"}
    if work.type == "article-journal":
        venue = {"container_title": work.venue, "volume": str(work.volume), "page": pages}
    elif work.type == "chapter":
        venue |= {"container_title": f"Handbook of {work.venue}", "page": pages}
    return {
        "id": work.key,
        "type": work.type,
        "title": work.title,
        "authors": [person.key for person in work.people],
        "issued": str(work.year),
        **venue,
        "DOI": f"10.5555/{work.key}",
        "verification": "confirmed",
        "confirmed_by": ["invented"],
    }


def write_bib(found: list[Work], path: Path) -> None:
    """Write the same works in BibTeX, with the same keys."""
    path.write_text("\n".join(map(_entry, found)), encoding="utf-8")


def _entry(work: Work) -> str:
    authors = " and ".join(f"{person.family}, {person.given}" for person in work.people)
    fields = {"author": authors, "title": work.title, "year": str(work.year), "doi": f"10.5555/{work.key}"}
    if work.type == "article-journal":
        fields |= {"journal": work.venue, "volume": str(work.volume), "pages": f"{work.page}--{work.page + 20}"}
    elif work.type == "chapter":
        fields |= {"booktitle": f"Handbook of {work.venue}", "publisher": "Invented Press"}
    else:
        fields |= {"institution" if work.type == "report" else "publisher": "Invented Press"}
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@{TYPES[work.type][0]}{{{work.key},\n{body}\n}}\n"
