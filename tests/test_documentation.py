"""The documentation says what the program does: its sessions are run, its links lead somewhere."""

from __future__ import annotations

import doctest
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from filiera.paths import SOURCES_VARIABLE

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")])
SESSION = re.compile(r"```console\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")


def commands(text: str) -> Iterator[tuple[str, str]]:
    """Yield each command of the sessions in a page with the output that the page shows."""
    for session in SESSION.findall(text):
        for part in re.split(r"^\$ ", session, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            yield command, shown.strip()


@pytest.mark.kb
@pytest.mark.skipif(SOURCES_VARIABLE not in os.environ, reason=f"needs the documents: set {SOURCES_VARIABLE}")
@pytest.mark.parametrize("page", ["README.md", "docs/citing.md", "docs/exchange.md"])
def test_the_sessions_of_a_page_are_true(page: str, tmp_path: Path, run: Callable[..., Any]) -> None:
    """Every command of a page prints what the page shows, on a built base; `...` stands for anything."""
    shutil.copytree(ROOT / "kb", tmp_path / "kb")
    checker = doctest.OutputChecker()
    sources = Path(os.environ[SOURCES_VARIABLE]).resolve()
    assert run("build", cwd=tmp_path).code == 0
    for command, shown in commands((ROOT / page).read_text(encoding="utf-8")):
        words = re.findall(r"'[^']*'|\S+", command.replace("~/papers", str(sources)))
        result = run(*(w.strip("'") for w in words[1:]), cwd=tmp_path, sources=sources)
        printed = f"{result.out}{result.err}".strip()
        same = checker.check_output(shown + "\n", printed + "\n", doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE)
        assert same, f"$ {command}\n{printed}\n--- {page} shows\n{shown}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    """Every link of a page to a file of the repository finds it."""
    links = [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]

    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("folder", ["kb", "schemas", "queries", "loaders", "tests", "benchmarks", "docs"])
def test_every_folder_says_what_it_holds(folder: str) -> None:
    """Each folder at the top has a README."""
    assert (ROOT / folder / "README.md").is_file()


def test_every_table_and_view_is_documented(database: Any) -> None:  # noqa: ANN401  a connection
    """The page on the database names every view, and every table that does not follow from the schema."""
    page = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")
    views = [row[0] for row in database.execute("select name from sqlite_master where type = 'view'")]

    assert [name for name in (*views, "records", "records_data", "aliases", "citation_names") if name not in page] == []
