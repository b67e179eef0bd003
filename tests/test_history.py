"""What git remembers of the records."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from filiera.history import Added, last_day, newest

#: Write files of records, by their names, and commit all that is there on a day.
Change = Callable[[str, dict[str, str]], None]


@pytest.fixture
def change(tmp_path: Path, commit: Callable[[Path, str], None]) -> Change:
    """Return a function that changes records in a repository, which has a first commit."""

    def changed(day: str, files: dict[str, str]) -> None:
        for name, text in files.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        commit(tmp_path, day)

    changed("2026-01-01", {"kb/works/first.yaml": "id: first\ntitle: What a base began with\n"})
    return changed


@pytest.fixture
def kb(tmp_path: Path) -> Path:
    """Return the folder of the records."""
    return tmp_path / "kb"


def test_what_was_added_last_comes_first(kb: Path, change: Change) -> None:
    """Records of their own files and of lists are found, and a changed record is not a new one."""
    change("2026-02-01", {"kb/works/second.yaml": "id: second\ntitle: Of its own file\n"})
    change("2026-03-01", {"kb/claims/a.yaml": "- id: third\n  statement: In a list.\n- id: 'fourth'\n"})
    change("2026-04-01", {"kb/works/first.yaml": "id: first\ntitle: Changed\n"})
    known = [Added("2026-03-01", "third"), Added("2026-03-01", "fourth"), Added("2026-02-01", "second")]
    assert newest(kb, 10) == known
    assert newest(kb, 2) == known[:2]
    assert last_day(kb) == "2026-04-01"


def test_what_is_moved_or_taken_away_is_not_new(kb: Path, change: Change) -> None:
    """A record that goes to another file is as old as it was, and one that is gone is not shown."""
    change("2026-02-01", {"kb/claims/a.yaml": "- id: moved\n- id: gone\n"})
    (kb / "claims" / "a.yaml").unlink()
    change("2026-03-01", {"kb/claims/b.yaml": "- id: moved\n- id: new\n"})
    assert newest(kb, 10) == [Added("2026-03-01", "new"), Added("2026-02-01", "moved")]


def test_only_the_records_of_the_base_count(kb: Path, change: Change) -> None:
    """What is committed beside the records adds none."""
    change("2026-02-01", {"note.yaml": "id: not-a-record\n", "kb/works/second.yaml": "id: second\n"})
    assert newest(kb, 10) == [Added("2026-02-01", "second")]


def test_a_copy_that_is_cut_short_has_nothing_new(kb: Path, change: Change, tmp_path: Path) -> None:
    """Its one commit seems to add everything."""
    change("2026-02-01", {"kb/works/second.yaml": "id: second\n"})
    cut = tmp_path / "cut"
    clone = ["git", "clone", "-q", "--depth=1", kb.parent.as_uri(), str(cut)]
    subprocess.run(clone, check=True)
    assert newest(kb, 10)
    assert newest(cut / "kb", 10) == []


def test_nothing_is_known_without_a_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that no repository holds, and a machine without git, are no fault."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert (newest(tmp_path, 5), last_day(tmp_path)) == ([], "")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert (newest(tmp_path, 5), last_day(tmp_path)) == ([], "")


def test_no_program_of_a_repository_is_run(kb: Path, change: Change, tmp_path: Path) -> None:
    """What a repository names to show differences with is not called."""
    told = tmp_path / "told"
    with (tmp_path / ".git" / "config").open("a") as config:
        config.write(f'[diff]\n\texternal = touch {told};\n[diff "spy"]\n\ttextconv = touch {told}; cat\n')
    change("2026-02-01", {".gitattributes": "*.yaml diff=spy\n", "kb/works/second.yaml": "id: second\n"})
    assert newest(kb, 10) == [Added("2026-02-01", "second")]
    assert not told.exists()
