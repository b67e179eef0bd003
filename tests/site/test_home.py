"""The first page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from filiera.paths import Project

NEWEST = re.compile(r'<ul class="newest">(.*?)</ul>', re.DOTALL)


def test_the_newest_records_are_shown_with_their_day(
    built: Project,
    tmp_path: Path,
    commit: Callable[[Path, str], None],
    over: Callable[[Project], AbstractContextManager[Any]],
) -> None:
    """They are those that the last commits added; without a history there are none, and no empty heading."""
    home = tmp_path / "tiny"
    shutil.copytree(built.kb.parent, home, symlinks=True)
    project = Project(home / "kb", home / "build", built.sources)
    with over(project) as client:
        assert "Newest records" not in client.get("/").text
    work = home / "kb" / "works" / "lamps-2015.yaml"
    text = work.read_text(encoding="utf-8")
    work.unlink()
    commit(home, "2026-01-01")
    work.write_text(text, encoding="utf-8")
    (home / "kb" / "works" / "never-built.yaml").write_text("id: never-built\n", encoding="utf-8")
    commit(home, "2026-02-03")
    with over(project) as client:
        found = NEWEST.findall(client.get("/").text)
    assert len(found) == 1
    assert re.findall('href="([^"]*)"', found[0]) == ["/works/lamps-2015"]
    assert "3 February 2026" in found[0]
