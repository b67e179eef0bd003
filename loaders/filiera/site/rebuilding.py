"""Build in a process of its own, so that the site goes on answering while the records are read.

    python -m filiera.site.rebuilding KB BUILD [SOURCES…]

writes what stands in the way of a build as a line of JSON, or nothing.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from filiera import building
from filiera.errors import FilieraError, NotBuiltError
from filiera.paths import SOURCES_VARIABLE, Project
from filiera.schema import schema

#: Where the package `filiera` lies, so that the process finds it however this one did.
PACKAGES = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no build of the records as they are now: a sentence, and each problem with its file and line."""

    message: str
    problems: tuple[str, ...] = ()


def attempt(project: Project) -> Trouble | None:
    """Build, or say what stands in the way."""
    try:
        building.build(project, schema())
    except NotBuiltError as error:
        return Trouble(str(error), tuple(map(str, error.problems)))
    except FilieraError as error:
        return Trouble(str(error))
    return None


async def rebuild(project: Project) -> Trouble | None:
    """Build in a process of its own, which no Ctrl-C reaches; when this is cancelled, it is ended."""
    path = os.pathsep.join(filter(None, (str(PACKAGES), os.environ.get("PYTHONPATH"))))
    rest = {name: value for name, value in os.environ.items() if name != SOURCES_VARIABLE}
    folders = map(str, (project.kb, project.build, *project.sources))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", __name__, *folders),
        stdout=asyncio.subprocess.PIPE,
        env=rest | {"PYTHONPATH": path},
        start_new_session=True,
    )
    try:
        out, _ = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
    if process.returncode:
        return Trouble("the build failed; what it wrote above says why")
    return Trouble(**json.loads(out)) if out else None


def main(arguments: list[str]) -> None:
    """Build the base that the arguments name."""
    kb, build, *sources = map(Path, arguments)
    if trouble := attempt(Project(kb, build, tuple(sources))):
        sys.stdout.write(json.dumps(asdict(trouble)))


if __name__ == "__main__":
    main(sys.argv[1:])
