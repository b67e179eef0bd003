"""Run Pandoc, the citation processor: the machine's own where it is new enough, else the one that Filiera brings.

Pandoc runs in its sandbox, reads no other file than it is given, and is stopped when it takes too much time or memory:
a style may come from anywhere.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from filiera.errors import NotFoundError, StyleError

#: The oldest Pandoc that is used. 3.6 prints the authors of Vancouver as "William J. Abernathy" for "Abernathy WJ", and
#: other words for numbers and editors in APA and Nature; 3.7 and 3.8 were not tried.
OLDEST = (3, 9)

#: The heap that Pandoc may fill: 500 works in Chicago's style take it some 175 MB.
HEAP = "1500m"

VERSION = re.compile(r"pandoc(?:\.exe)? ([\d.]+)")

#: What Pandoc says of a work that has nothing to print at some place, such as an author; its answer is as good.
HARMLESS = re.compile(r"\[WARNING\] Citeproc: (?:Citation|Bibliography entry) with no printed form: .*")


@dataclass(frozen=True, slots=True)
class Pandoc:
    """A program that is Pandoc, and its version."""

    path: Path
    version: str

    def run(self, arguments: list[str], files: Mapping[str, bytes], given: bytes, seconds: float) -> bytes:
        """Run Pandoc in a folder that holds `files`, give it a text, and return what it writes.

        Raises StyleError, with Pandoc's own reason, when it complains, or takes too long or too much memory.
        """
        command = [str(self.path), "+RTS", f"-M{HEAP}", "-RTS", "--sandbox", "--data-dir=.", *arguments]
        with tempfile.TemporaryDirectory(prefix="filiera-") as folder:
            for name, content in files.items():
                Path(folder, name).write_bytes(content)
            try:
                done = subprocess.run(  # noqa: S603  our own program, found by `find`
                    command, cwd=folder, input=given, capture_output=True, timeout=seconds, check=False
                )
            except subprocess.TimeoutExpired as error:
                raise StyleError(f"pandoc was stopped: it took more than {seconds:g} seconds") from error
        complaint = _complaint(done.stderr.decode("utf-8", "replace"))
        if done.returncode or complaint:
            raise StyleError(f"pandoc says: {complaint or f'nothing, but ends with {done.returncode}'}")
        return done.stdout


def _complaint(said: str) -> str:
    """Return what Pandoc complains of, in one line, or nothing."""
    lines = [line.strip() for line in said.splitlines() if line.strip() and not HARMLESS.fullmatch(line.strip())]
    if any("Heap exhausted" in line for line in lines):
        return f"it needs more than {HEAP.upper()}B of memory"
    return "; ".join(dict.fromkeys(lines))[:500]


@lru_cache(maxsize=1)
def find() -> Pandoc:
    """Find a Pandoc that is new enough.

    Raises NotFoundError when there is none.
    """
    seen = []
    for path in filter(None, (shutil.which("pandoc"), _carried())):
        version = _version(path)
        if version and tuple(map(int, version.split(".")[:2])) >= OLDEST:
            return Pandoc(Path(path), version)
        seen.append(f"{path} is {version or 'no pandoc'}")
    wanted = ".".join(map(str, OLDEST))
    there = f" ({'; '.join(seen)})" if seen else ""
    raise NotFoundError(f"there is no pandoc {wanted} or newer{there}; run `pip install pypandoc-binary`")


def _carried() -> str | None:
    """Return the Pandoc of the package pypandoc-binary, whose own start-up is not paid for."""
    package = find_spec("pypandoc")
    folders = package.submodule_search_locations if package else None
    found = [shutil.which("pandoc", path=str(Path(folder, "files"))) for folder in folders or ()]
    return next(filter(None, found), None)


def _version(path: str) -> str:
    """Return the version of a Pandoc, or nothing when it is none or does not run here."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    match = VERSION.match(done.stdout.decode("utf-8", "replace"))
    return match[1] if match else ""
