"""Time imports and exports of invented libraries of thousands of works: whole processes, in seconds.

Beside the time by the clock stands that of the processor, which other work on the machine does not lengthen.

Run it with `.venv/bin/python benchmarks/exchange.py [WORKS…]` (10,000 and 50,000 if none is given). The library is the
same every time. The aim is seconds, not minutes, on two cores.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

SIZES = (10_000, 50_000)

#: What names and titles are made of.
SYLLABLES = ("ba", "cor", "du", "fen", "gri", "hol", "ja", "kel", "lor", "man", "ne", "or", "pi", "ro", "sti", "tur")
GIVEN = ("Ada", "Bruno", "Carla", "Dario", "Elena", "Franco", "Gina", "Hugo", "Ida", "Jan", "Kaja", "Luis", "Mara")
WORDS = """
    upgrading industrial districts global value chains suppliers governance knowledge clusters innovation trade local
    firms learning networks small regional growth skills technology buyers crisis employment export quality design
    """.split()  # noqa: SIM905  easier to read than quotation marks


def bib(works: int) -> Iterator[str]:
    """Yield the entries of a library of articles and books, with LaTeX, abstracts and some strings."""
    chance = random.Random(works)  # noqa: S311  no secret is made of it
    families = ["".join(chance.choices(SYLLABLES, k=3)).capitalize() for _ in range(works // 3)]
    yield '@string{jeg = "Journal of Invented Geography"}\n\n'
    for number in range(works):
        people = " and ".join(
            f"{chance.choice(families)}, {chance.choice(GIVEN)}" for _ in range(chance.choice((1, 2, 2, 3)))
        )
        title = " ".join(chance.choices(WORDS, k=chance.randint(6, 12))).capitalize()
        fields = {
            "author": f"{{{people}}}",
            "title": f"{{{title} in S{{\\~a}}o {{Paulo}} \\& {number}}}",
            "journal": 'jeg # ", new series"' if number % 3 else "jeg",
            "year": str(chance.randint(1960, 2024)),
            "volume": str(chance.randint(1, 90)),
            "pages": f"{{{number % 900 + 1}--{number % 900 + 20}}}",
            "doi": f"{{10.5555/x\\_{number}}}",
            "abstract": f"{{{' '.join(chance.choices(WORDS, k=120))}}}",
        }
        yield f"@article{{key{number},\n" + "".join(f"  {k} = {v},\n" for k, v in fields.items()) + "}\n\n"


def timed(what: str, *command: str | Path) -> None:
    """Run a command and print its time; say what it wrote last."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([*map(str, command)], check=False, capture_output=True, text=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    last = (done.stdout.strip().splitlines() or [""])[-1]
    print(f"{what:<36}{time.perf_counter() - start:>8.1f}{processor:>8.1f}   {last[:70]}", flush=True)


def main() -> None:
    """Make each library, take it into an empty base and give it out again."""
    program = Path(sys.executable).with_name("filiera")
    for works in [int(one) for one in sys.argv[1:]] or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            (home / "kb/works").mkdir(parents=True)
            (home / "library.bib").write_text("".join(bib(works)), encoding="utf-8")
            base = ("--kb", home / "kb")
            timed(f"{works:,}: import .bib, dry run", program, "import", home / "library.bib", "--dry-run", *base)
            timed(f"{works:,}: import .bib", program, "import", home / "library.bib", *base)
            timed(f"{works:,}: check", program, "check", *base)
            timed(f"{works:,}: build", program, "build", *base)
            for format_, ending in (("bibtex", "bib"), ("biblatex", "bib"), ("ris", "ris"), ("csl-json", "json")):
                out = home / f"{format_}.{ending}"
                timed(f"{works:,}: export {format_}", program, "export", format_, "--output", out, *base)
                timed(f"{works:,}: import it again", program, "import", out, *base)


if __name__ == "__main__":
    main()
