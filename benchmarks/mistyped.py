"""Tell how often mistyped citations of invented works are found: `python benchmarks/mistyped.py --folder FOLDER`.

The works are those of `library.py`, the dresses and slips those of `tests/citations/distortions.py`. In a big library a
slip may make one author of another, so that not every first answer can be right; but none may be wrong and certain.
"""

from __future__ import annotations

import argparse
import importlib.util
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from library import works, write_kb

from filiera.citations import Lookup
from filiera.engines import connect

TEXTS = 5_000
DISTORTIONS = Path(__file__).parents[1] / "tests" / "citations" / "distortions.py"


@dataclass
class Score:
    """How texts were answered, and how long each took."""

    first: int = 0
    certain: int = 0
    wrong_certain: int = 0
    times: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Write a row of a table in Markdown."""
        number, median, slow = (
            len(self.times),
            statistics.median(self.times),
            sorted(self.times)[-len(self.times) // 20],
        )
        shares = f"{self.first / number:.1%} | {self.certain / number:.1%} | {self.wrong_certain}"
        return f"{number:,} | {shares} | {median * 1000:.2f} | {slow * 1000:.2f}"


def distortions() -> ModuleType:
    """Return the script that makes the list of the tests."""
    spec = importlib.util.spec_from_file_location("distortions", DISTORTIONS)
    if not spec or not spec.loader:
        sys.exit(f"there is no script at {DISTORTIONS}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def score(size: int, lookup: Lookup, seed: int) -> dict[str, Score]:
    """Return how well texts that are right, and texts with a wrong letter, are answered."""
    make, draw = distortions(), random.Random(seed)  # noqa: S311  texts that can be made again
    found = works(size)
    people = {work.key: [make.Name(one.family, one.given) for one in work.people] for work in found}
    cited: dict[str, dict[str, set[str]]] = {dress: defaultdict(set) for dress in make.DRESSES}
    for work in found:
        for name, dress in make.DRESSES.items():
            cited[name][dress(people[work.key], str(work.year))].add(work.key)
    scores = {"as it is": Score(), "a letter wrong": Score()}
    while sum(len(one.times) for one in scores.values()) < TEXTS:
        work, name = draw.choice(found), draw.choice(sorted(make.DRESSES))
        text = make.DRESSES[name](people[work.key], str(work.year))
        slip = (
            draw.choice(sorted(set(make.SLIPS) - {"accents"}))
            if draw.randrange(2) and len(text) > len("Li 1990")
            else ""
        )
        typed = make.SLIPS[slip](text, draw) if slip else text
        _answer(scores["a letter wrong" if typed != text else "as it is"], lookup, typed, cited[name][text])
    return scores


def _answer(of: Score, lookup: Lookup, typed: str, wanted: set[str]) -> None:
    start = time.perf_counter()
    match = lookup.find(typed)
    of.times.append(time.perf_counter() - start)
    of.first += bool(wanted & set(match.keys[:1]))
    of.certain += match.certain
    of.wrong_certain += match.certain and {*match.keys} != wanted


def main() -> None:
    """Build each library, ask, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 50_000])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    print("| works | text | texts | first answer right | certain | wrong and certain | median, ms | 95 of 100, ms |")
    print("| ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for size in given.sizes:
        with tempfile.TemporaryDirectory() as folder:
            write_kb(works(size), Path(folder) / "kb")
            filiera = Path(sys.executable).with_name("filiera")
            subprocess.run([filiera, "build"], cwd=folder, check=True, capture_output=True)
            lookup = Lookup(connect(Path(folder) / "build" / "filiera.db"))
            for what, one in score(size, lookup, given.seed).items():
                print(f"| {size:,} | {what} | {one} |")


if __name__ == "__main__":
    main()
