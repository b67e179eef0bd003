"""Time a look-up in whole processes, side by side with papis and cobib: `python benchmarks/lookup.py --folder FOLDER`.

Every tool has the same invented works (`library.py`). Each command runs once to warm up, is checked to give the wanted
work, and then runs seven times, or three times where it takes over five seconds, the tools in turn. The answer is a
table in Markdown for `README.md`: medians, and in brackets the least times.
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
from collections.abc import Callable, Iterator, Sequence
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


@dataclass
class Timing:
    """The first run of a command, and those that followed it."""

    first: float
    times: list[float]

    def __str__(self) -> str:
        """Write the median, and the least time in brackets."""
        return f"{statistics.median(self.times):.2f} ({min(self.times):.2f})"


def once(tool: Tool, command: list[str]) -> tuple[float, str]:
    """Run a command, and return its time and what it printed."""
    start = time.perf_counter()
    done = subprocess.run(command, env=tool.environment(), capture_output=True, encoding="utf-8", check=False)
    return time.perf_counter() - start, done.stdout


def side_by_side(commands: Sequence[tuple[Tool, list[str]]], check: Callable[[Tool, str], bool]) -> dict[str, Timing]:
    """Time the commands of several tools in turn, so that what else the machine does weighs on all alike.

    The first run of each warms up, and may make a cache. Raises SystemExit when it does not give what is wanted.
    """
    timings = {}
    for tool, command in commands:
        first, printed = once(tool, command)
        if not check(tool, printed):
            sys.exit(f"{' '.join(command)} does not give what is wanted:\n{printed[:500]}")
        timings[tool.name] = Timing(first, [])
    for run in range(RUNS):
        for tool, command in commands:
            timing = timings[tool.name]
            if run < SLOW_RUNS or timing.first < SLOW:
                timing.times.append(once(tool, command)[0])
    return timings


def measure(tools: list[Tool], work: Work, size: int, folder: Path) -> Iterator[tuple[str, dict[str, Timing]]]:
    """Yield each task, with the times of each tool that can do it."""

    def found(_: Tool, printed: str) -> bool:
        return work.key in printed

    yield "author and year", side_by_side([(tool, tool.by_author(work)) for tool in tools], found)
    ours = [(tool, tool.misspelt(work)) for tool in tools if isinstance(tool, Filiera)]
    yield "author misspelt", side_by_side(ours, found)
    yield "words of a title", side_by_side([(tool, tool.by_words(title_words(work))) for tool in tools], found)
    out = {tool.name: folder / f"{tool.name}.bib" for tool in tools}
    exports = [(tool, tool.export(out[tool.name])) for tool in tools]
    yield "export to BibTeX", side_by_side(exports, lambda tool, _: _entries(out[tool.name]) == size)


def _entries(path: Path) -> int:
    return sum(line.startswith("@") for line in path.read_text(encoding="utf-8").splitlines())


def table(size: int, tools: Sequence[Tool], results: dict[str, dict[str, Timing]]) -> str:
    """Return the times as a table in Markdown."""
    names = [tool.name for tool in tools]
    lines = [[f"{size:,} works, seconds", *names], ["---", *("---:" for _ in names)]]
    lines += [[task, *(str(timings.get(name, "–")) for name in names)] for task, timings in results.items()]
    first = next(iter(results.values()))
    lines.append(["the very first run", *(f"{first[name].first:.1f}" for name in names)])
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Make the libraries, time every tool on each, and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 50_000])
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "filiera-lookup")
    given = parser.parse_args()
    programs = setup(given.folder)
    print(f"seed {SEED}, {os.cpu_count()} cores")
    for size in given.sizes:
        folder = Path(tempfile.mkdtemp(prefix=f"{size}-", dir=given.folder))
        found = works(size)
        write_bib(found, folder / "library.bib")
        tools: list[Tool] = [Filiera(folder / "filiera"), Cobib(programs, folder / "cobib")]
        tools += [Papis(programs, folder / f"papis-{name}", name) for name in ("papis", "sqlite", "whoosh")]
        for tool in tools:
            tool.prepare(found)
        results = dict(measure(tools, wanted(found), size, folder))
        print(f"\n{table(size, tools, results)}\n")


if __name__ == "__main__":
    main()
