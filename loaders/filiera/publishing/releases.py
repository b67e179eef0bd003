"""The build that is published, and the day of its release.

No clock is read, so that the same records give the same bytes: the day is what the user says, what the base says of
itself, what the environment says, or that of the last commit.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from filiera import building, history
from filiera.descriptions.about import About, day
from filiera.errors import FilieraError, NotBuiltError, NotFoundError
from filiera.paths import Project

#: Seconds since 1970, by which builds that can be repeated are told the time; see https://reproducible-builds.org.
EPOCH = "SOURCE_DATE_EPOCH"


def release(project: Project) -> Path:
    """Return the folder of the build that is in use.

    Raises NotBuiltError when there is none, or one that an older program made.
    """
    found = building.current(project.build)
    if found is None:
        raise NotBuiltError(f"there is no build at {str(project.build)!r}; run `filiera build` first")
    if not building.is_whole(found):
        raise NotBuiltError(f"an older program made the build at {str(project.build)!r}; run `filiera build` again")
    return found


def released(project: Project, said: About, given: str = "") -> str:
    """Return the day on which a base is published.

    Raises NotFoundError when nothing says it.
    """
    if given:
        return day(given)
    found = said.released or _from_environment() or history.last_day(project.kb)
    if not found:
        raise NotFoundError("nothing says when this is published; give --date, or write date-released in CITATION.cff")
    return found


def _from_environment() -> str:
    text = os.environ.get(EPOCH, "")
    if not text:
        return ""
    try:
        return datetime.fromtimestamp(int(text), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise FilieraError(f"{EPOCH}: {text!r} is no number of seconds since 1970") from error
