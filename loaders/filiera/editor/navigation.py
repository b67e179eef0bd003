"""Lead from a citation to the record of its work."""

from __future__ import annotations

from pathlib import Path

from filiera.editor.session import Desk, Open, cited_at
from filiera.paths import Project
from filiera.proofreading.resolution import Verdict


def definitions(desk: Desk, project: Project, open_: Open, offset: int) -> list[tuple[Path, int]]:
    """Return the file and the line, from 1, of each record that the citation at a place may mean."""
    citation = cited_at(open_, offset)
    if citation is None:
        return []
    resolved = desk.resolve(open_, citation)
    keys = resolved.keys if resolved.verdict is not Verdict.NO_CITATION else ()
    rows = [desk.connection.execute("select file, line from records where id = ?", (key,)).fetchone() for key in keys]
    return [(_place(project.kb, file), line) for file, line in filter(None, rows)]


def _place(kb: Path, file: str) -> Path:
    """Return where a file of records is: the build names it from the folder that it was made in."""
    parts = Path(file).parts
    inside = Path(*parts[-parts[::-1].index(kb.name) :]) if kb.name in parts else Path(file)
    return (kb / inside).absolute()
