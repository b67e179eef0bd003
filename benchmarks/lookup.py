"""Time a look-up in whole processes, side by side with papis and cobib: `python benchmarks/lookup.py --folder FOLDER`.

Every tool has the same invented works (`library.py`). Each command runs once to warm up, is checked to give the wanted
work, and then runs seven times, or three times where it takes over five seconds; the median is printed. The answer is
a table in Markdown for `README.md`.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from library import SEED, Work, works, write_bib, write_kb
from others import Cobib, Papis, Tool, setup

RUNS, SLOW_RUNS, SLOW = 7, 3, 5.0

#: The words of a title that are looked for.
WORDS = 4


@dataclass(frozen=True)
class Filiera:
    """Our own program, on a base that was built once."""

    folder: Path
    name: str = "filiera"

    def prepare(self, found: list[Work]) -> None:
        """Write the records and build."""
        write_kb(found, self.folder / "kb")
        start = time.perf_counter()
        subprocess.run([*self._command("build")], cwd=self.folder, check=True, capture_output=True)
        print(f"filiera build of {len(found):,} works: {time.perf_counter() - start:.1f} s")

    def by_author(self, work: Work) -> list[str]:
        """Cite by author and year."""
        return self._command("cite", f"{work.people[0].family} {work.year}")

    def by_words(self, words: list[str]) -> list[str]:
        """Cite by words."""
        return self._command("cite", " ".join(words))

    def export(self, path: Path) -> list[str]:
        """Export all."""
        return self._command("export", "bibtex", "--output", str(path))

    def misspelt(self, work: Work) -> list[str]:
        """Cite by an author with two letters swapped, and the year; the others have nothing like it."""
        family = work.people[0].family
        return self._command("cite", f"{family[0]}{family[2]}{family[1]}{family[3:]} {work.year}")

    def _command(self, *words: str) -> list[str]:
        return [str(Path(sys.executable).with_name("filiera")), *words, "--kb", str(self.folder / "kb")]

    def environment(self) -> dict[str, str]:
        """Give it that of the user."""
        return dict(os.environ)


def wanted(found: list[Work]) -> Work:
    """Return a work of one author of a family with many works, who has one in that year."""
    solo = [work for work in found if len(work.people) == 1 and len(work.people[0].family) > WORDS]
    pairs = Counter((person.family, work.year) for work in found for person in work.people)
    families = Counter(person.family for work in found for person in work.people)
    alone = [work for work in solo if pairs[work.people[0].family, work.year] == 1]
    return max(alone, key=lambda work: (families[work.people[0].family], work.key))


def title_words(work: Work) -> list[str]:
    """Return the longest words of a title."""
    return sorted({word.strip(":") for word in work.title.split()}, key=lambda word: (-len(word), word))[:WORDS]


def seconds(tool: Tool, command: list[str], check: Callable[[str], bool]) -> float:
    """Return the median time of a command that was warmed up and gives what is wanted.

    Raises SystemExit when it does not.
    """

    def once() -> tuple[float, str]:
        start = time.perf_counter()
        done = subprocess.run(command, env=tool.environment(), capture_output=True, encoding="utf-8", check=False)
        return time.perf_counter() - start, done.stdout

    first, printed = once()
    if not check(printed):
        sys.exit(f"{' '.join(command)} does not give what is wanted:\n{printed[:500]}")
    return statistics.median(once()[0] for _ in range(SLOW_RUNS if first > SLOW else RUNS))


def measure(tool: Tool, work: Work, size: int, out: Path) -> Iterator[tuple[str, float]]:
    """Yield what was timed of a tool, and its time."""
    yield "author and year", seconds(tool, tool.by_author(work), lambda printed: work.key in printed)
    if isinstance(tool, Filiera):
        yield "author misspelt", seconds(tool, tool.misspelt(work), lambda printed: work.key in printed)
    yield "words", seconds(tool, tool.by_words(title_words(work)), lambda printed: work.key in printed)
    whole = seconds(tool, tool.export(out), lambda _: out.read_text(encoding="utf-8").count("\n@") >= size - 1)
    yield "export to BibTeX", whole


def main() -> None:
    """Make the libraries, time every tool on each, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 50_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "filiera-lookup")
    given = parser.parse_args()
    programs = setup(given.folder)
    print(f"seed {SEED}, {os.cpu_count()} cores\n")
    for size in given.sizes:
        folder = Path(tempfile.mkdtemp(prefix=f"{size}-", dir=given.folder))
        found = works(size)
        write_bib(found, folder / "library.bib")
        tools: list[Tool] = [Filiera(folder / "filiera"), Cobib(programs, folder / "cobib")]
        tools += [Papis(programs, folder / f"papis-{name}", name) for name in ("papis", "sqlite", "whoosh")]
        for tool in tools:
            tool.prepare(found)
            times = dict(measure(tool, wanted(found), size, folder / f"{tool.name}.bib"))
            print(f"| {size:,} | {tool.name} | {' | '.join(f'{name}: {taken:.2f}' for name, taken in times.items())} |")


if __name__ == "__main__":
    main()
