"""Write an archive of a release for a repository such as Zenodo: records, schemas, questions, dumps, and what they are.

The documents that were read are not part of it: of the folder of records only records and their READMEs are taken. The
same release gives the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from filiera import building
from filiera.descriptions import citation, crate, dcat, zenodo
from filiera.descriptions.about import LICENCE, About, about
from filiera.descriptions.crate import Part
from filiera.descriptions.dumps import DUMPS, taken
from filiera.errors import NotBuiltError, NotFoundError
from filiera.paths import Project, home
from filiera.publishing import releases, staging
from filiera.questions import LANGUAGES
from filiera.site.server import own_questions

#: What is taken of the folders of records and of schemas; a document among the records has other names.
RECORDS = ("*.yaml", "README.md")
SCHEMAS = ("*.yaml", "*.md", "*.json", "*.jsonld", "*.ttl")

#: Licences that lie beside the records.
LICENCES = ("LICENSE*", "LICENSES/*")

FOLDERS = (
    Part("kb/", "The records", "What people write: YAML, a folder a kind."),
    Part("schemas/", "The schemas", "What a record may say, in LinkML, and what is generated from it."),
    Part("queries/", "The questions", "Each in SQL and in SPARQL; the same name is the same question."),
)
FILES = (
    Part(citation.FILE, "How to cite", "Who made the records, and how they are cited.", "application/yaml"),
    Part(dcat.FILE, "The description in DCAT", "What the dumps are, for catalogues.", "text/turtle"),
)
READ_ME = Part("README.md", "Read me", "What is in this archive.", "text/markdown")

TEXT = """\
# {title}

{summary}

{released}

| file | what it is |
| --- | --- |
{files}

The records are under {licence} ({address}).
The works that they speak of are not in this archive: a record says in its own words what a work says, and where.
`SHA256SUMS` names every file with its SHA-256; `sha256sum --check SHA256SUMS` compares.
`ro-crate-metadata.json` describes all of this to programs (RO-Crate 1.2), `dcat.ttl` to catalogues (DCAT 3).
"""

#: How many files are written, and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the archive: its name, and its bytes or where they lie."""

    name: str
    body: bytes | Path

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.body.read_bytes() if isinstance(self.body, Path) else self.body


def archive(project: Project, wanted: Path, date: str, progress: Progress) -> int:
    """Write the archive of a base as published on a date; return how many files it holds.

    Raises NotBuiltError when the build is not of what is there now, NotFoundError when nothing says whose the base is,
    and RefusedError when there is another file.
    """
    release = releases.release(project)
    if not building.is_fresh(project, documents=False):
        raise NotBuiltError("the build is not of the records as they are now; run `filiera build` first")
    with building.hold(release):
        said = about(release)
        if not said.creators:
            raise NotFoundError("nothing says whose this is; name the authors in a CITATION.cff beside the records")
        day = releases.released(project, said, date)
        entries = list(_entries(project, release, said, day))
        with staging.file(wanted, crate.FILE.encode()) as out:
            _write(out, entries, day, progress)
    return len(entries)


def _entries(project: Project, release: Path, said: About, day: str) -> Iterator[Entry]:
    """Yield the files, the description of the crate first: by it an archive of ours is known."""
    parts = [*map(crate.part, taken(release)), *FOLDERS, *FILES]
    written = {
        citation.FILE: _text(citation.FILE, citation.written(said, day)),
        dcat.FILE: _text(dcat.FILE, dcat.turtle(said, taken(release), service=False)),
        READ_ME.path: _text(READ_ME.path, _readme(said, day, parts)),
    }
    described = [_measured(one, written.get(one.path)) for one in (*parts, READ_ME)]
    found = [
        _text(crate.FILE, crate.metadata(said, day, described)),
        _text(zenodo.FILE, zenodo.metadata(said, day)),
        *written.values(),
        *_licences(project.kb.absolute().parent),
        *_folder("kb", project.kb, RECORDS),
        *_folder("schemas", home() / "schemas", SCHEMAS),
        *_questions(project),
        *(Entry(dump.name, release / dump.name) for dump in DUMPS),
    ]
    sums = [f"{hashlib.sha256(one.content).hexdigest()}  {one.name}\n" for one in found]
    yield from found
    yield _text(staging.SUMS, "".join(sorted(sums, key=lambda line: line[66:])))


def _measured(part: Part, entry: Entry | None) -> Part:
    """Return a part with its size and digest, where it is a file that was written just now."""
    if entry is None:
        return part
    return replace(part, size=len(entry.content), sha256=hashlib.sha256(entry.content).hexdigest())


def _readme(said: About, day: str, parts: list[Part]) -> str:
    released = f"Version {said.version} of {day}." if said.version else f"Released on {day}."
    files = "\n".join(f"| `{one.path}` | {one.description} |" for one in parts)
    name, _, address = LICENCE
    return TEXT.format(
        title=said.title, summary=said.summary, released=released, files=files, licence=name, address=address
    )


def _licences(folder: Path) -> Iterator[Entry]:
    for pattern in LICENCES:
        for path in sorted(p for p in folder.glob(pattern) if p.is_file()):
            yield Entry(path.relative_to(folder).as_posix(), path)


def _folder(name: str, folder: Path, patterns: tuple[str, ...]) -> Iterator[Entry]:
    """Yield the files of a folder, but for those that are hidden, which are no records either."""
    for path in sorted(p for pattern in patterns for p in folder.rglob(pattern) if p.is_file()):
        inner = path.relative_to(folder)
        if not any(part.startswith(".") for part in inner.parts):
            yield Entry(f"{name}/{inner.as_posix()}", path)


def _questions(project: Project) -> Iterator[Entry]:
    for name, question in own_questions(project).items():
        for language, ending in LANGUAGES.items():
            yield _text(f"queries/{language}/{name}{ending}", f"{question.texts[language]}\n")


def _text(name: str, text: str) -> Entry:
    return Entry(name, text.encode())


def _write(out: Path, entries: list[Entry], day: str, progress: Progress) -> None:
    year, month, of_month = map(int, day.split("-"))
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=9) as zipped:
        for number, entry in enumerate(entries, start=1):
            told = ZipInfo(entry.name, (max(year, 1980), month, of_month, 0, 0, 0))  # no earlier year can be written
            told.compress_type, told.external_attr, told.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            zipped.writestr(told, entry.content)
            progress(number, len(entries))
