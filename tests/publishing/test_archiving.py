"""The archive of a release: whole, described, the same bytes each time, and without the documents."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import DCAT, RDF, Graph

from filiera import building
from filiera.paths import Project
from filiera.schema import Schema

Run = Callable[..., Any]
Edit = Callable[[Path, str, str], None]

ROOT = Path(__file__).parents[2]

#: What RO-Crate 1.2 calls itself.
SPECIFICATION = "https://w3id.org/ro/crate/1.2"


@pytest.fixture(scope="module")
def archive(built: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the archive of the tiny base."""
    return written(built, tmp_path_factory.mktemp("archive") / "tiny.zip")


def written(project: Project, file: Path) -> Path:
    """Write an archive, and return its path."""
    from filiera.publishing.archiving import archive  # noqa: PLC0415  a fixture has its name

    archive(project, file, "", lambda _done, _of: None)
    return file


def contents(archive: Path) -> dict[str, bytes]:
    """Return the files of an archive by name."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def faults(crate: dict[str, Any], there: set[str]) -> list[str]:
    """Return what the specification says a crate must have and this has not; `there` are the files beside it."""
    graph = {one["@id"]: one for one in crate["@graph"]}
    descriptor, root = graph["ro-crate-metadata.json"], graph["./"]
    parts = [part["@id"] for part in root["hasPart"]]
    named = {v["@id"] for one in graph.values() for w in one.values() for v in _listed(w) if isinstance(v, dict)}
    rules = {
        "the context is that of the specification": crate["@context"] == f"{SPECIFICATION}/context",
        "no identifier is given twice": len(graph) == len(crate["@graph"]),
        "every entity has a type": all(one.get("@type") for one in graph.values()),
        "nothing is nested": all(set(v) == {"@id"} for o in graph.values() for v in o.values() if isinstance(v, dict)),
        "the descriptor is a work": descriptor["@type"] == "CreativeWork",
        "it is about the root": descriptor["about"] == {"@id": "./"},
        "it says which specification it follows": descriptor["conformsTo"] == {"@id": SPECIFICATION},
        "the root is a dataset": root["@type"] == "Dataset",
        "the root has a name, a description and a licence": all(map(root.get, ("name", "description", "license"))),
        "it says on which day it was published": root["datePublished"] == "2026-02-03",
        "its licence is described": "name" in graph[root["license"]["@id"]],
        "what is named is described": named - {SPECIFICATION} <= set(graph),
        "every part is there": all(p in there or any(t.startswith(p) for t in there) for p in parts if p != "./"),
        "a folder is a dataset": all(graph[p]["@type"] == "Dataset" for p in parts if p.endswith("/")),
        "a file is a file": all(graph[p]["@type"] == "File" for p in parts if not p.endswith("/")),
    }
    return [rule for rule, holds in rules.items() if not holds]


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]


def test_the_archive_is_a_crate(archive: Path) -> None:
    """Its description has all that RO-Crate 1.2 asks for, and sizes and digests are those of the files."""
    held = contents(archive)
    crate = json.loads(held["ro-crate-metadata.json"])
    files = {one["@id"]: one for one in crate["@graph"] if one["@type"] == "File"}

    assert faults(crate, set(held)) == []
    assert {name: (int(one["contentSize"]), one["sha256"]) for name, one in files.items()} == {
        name: (len(held[name]), hashlib.sha256(held[name]).hexdigest()) for name in files
    }
    assert set(files) >= {"filiera.db", "filiera.nq", "filiera.ttl", "filiera.void.ttl", "README.md", "CITATION.cff"}


def test_a_copy_of_the_site_is_a_crate(copied: Path) -> None:
    """The site as files is described in the same way."""
    there = {path.relative_to(copied).as_posix() for path in copied.rglob("*") if path.is_file()}

    assert faults(json.loads((copied / "ro-crate-metadata.json").read_text("utf-8")), there) == []


def test_the_crate_says_whose_it_is(archive: Path) -> None:
    """People and organisations of the CITATION.cff are its authors, by ORCID where there is one."""
    graph = {one["@id"]: one for one in json.loads(contents(archive)["ro-crate-metadata.json"])["@graph"]}
    person, organisation = (graph[one["@id"]] for one in graph["./"]["author"])

    assert (person["@id"], person["@type"], person["name"]) == (
        "https://orcid.org/0000-0002-1825-0097",
        "Person",
        "Jóna van Strauß",
    )
    assert (organisation["@type"], organisation["url"]) == ("Organization", "https://example.org/lamps")


def test_zenodo_is_told_what_it_needs(archive: Path) -> None:
    """Type, title, creators with the family name first, licence, day and version are there."""
    told = json.loads(contents(archive)[".zenodo.json"])

    assert told["creators"] == [
        {"name": "van Strauß, Jóna", "affiliation": "The Lamp Works", "orcid": "0000-0002-1825-0097"},
        {"name": "The lamp makers & friends"},
    ]
    assert told["description"].startswith('<p>What invented works say about an invented district, its "lamps"')
    assert {name: told[name] for name in ("upload_type", "title", "license", "publication_date", "version")} == {
        "upload_type": "dataset",
        "title": "The lamps of Farholm",
        "license": "cc-by-4.0",
        "publication_date": "2026-02-03",
        "version": "1.2.0",
    }


def test_the_citation_is_of_the_data(archive: Path) -> None:
    """It has the fields that the format requires, says that this is a dataset, and is under the records' licence."""
    said = yaml.safe_load(contents(archive)["CITATION.cff"])

    assert {name: said[name] for name in ("cff-version", "type", "title", "license", "version", "date-released")} == {
        "cff-version": "1.2.0",
        "type": "dataset",
        "title": "The lamps of Farholm",
        "license": "CC-BY-4.0",
        "version": "1.2.0",
        "date-released": "2026-02-03",
    }
    assert said["message"]
    assert said["authors"] == [
        {
            "family-names": "van Strauß",
            "given-names": "Jóna",
            "orcid": "https://orcid.org/0000-0002-1825-0097",
            "affiliation": "The Lamp Works",
        },
        {"name": "The lamp makers & friends", "website": "https://example.org/lamps"},
    ]


def test_everything_is_in_the_archive(archive: Path, built: Project) -> None:
    """Records, schemas, questions in both languages and dumps are those of the base, byte by byte."""
    held = contents(archive)
    records = {f"kb/{p.relative_to(built.kb).as_posix()}": p.read_bytes() for p in built.kb.rglob("*.yaml")}
    schemas = {f"schemas/{p.relative_to(ROOT / 'schemas').as_posix()}": p for p in (ROOT / "schemas").rglob("*.yaml")}
    questions = {f"queries/{p.relative_to(ROOT / 'queries').as_posix()}": p for p in (ROOT / "queries").rglob("*.rq")}
    dumps = {name: (built.build / name).read_bytes() for name in ("filiera.db", "filiera.nq", "filiera.ttl")}
    wanted = records | dumps | {name: path.read_bytes() for name, path in (schemas | questions).items()}

    assert {name: held.get(name) == body for name, body in wanted.items()} == dict.fromkeys(wanted, True)
    assert {name.replace("/sparql/", "/sql/").replace(".rq", ".sql") for name in questions} <= set(held)
    assert len(list(Graph().parse(data=held["dcat.ttl"], format="turtle").subjects(RDF.type, DCAT.Distribution))) == 4


def test_the_database_of_the_archive_answers(archive: Path, tmp_path: Path) -> None:
    """What is unpacked can be asked, and the list of digests holds for every file."""
    held = contents(archive)
    (tmp_path / "filiera.db").write_bytes(held["filiera.db"])
    count = sqlite3.connect(tmp_path / "filiera.db").execute("select count(*) from districts").fetchone()[0]
    listed = dict(line.split("  ", 1)[::-1] for line in held["SHA256SUMS"].decode().splitlines())

    assert count > 0
    assert listed == {name: hashlib.sha256(body).hexdigest() for name, body in held.items() if name != "SHA256SUMS"}


def test_the_same_release_gives_the_same_archive(archive: Path, built: Project, tmp_path: Path) -> None:
    """A second archive has the same bytes."""
    again = written(built, tmp_path / "again.zip")

    assert again.read_bytes() == archive.read_bytes()


def test_no_document_gets_into_an_archive(copy: Project, known: Schema, tmp_path: Path) -> None:
    """Neither the documents that are at hand, nor what else lies among the records, is part of it."""
    (copy.kb / ".papers").mkdir()
    paper = copy.kb / ".papers" / "paper.pdf"
    paper.write_bytes(b"%PDF-1.4 the paper")
    for name in ("text.txt", "draft.yaml"):
        shutil.copy(next(copy.sources[0].iterdir()), copy.kb / ".papers" / name)
    building.build(copy, known)
    held = contents(written(copy, tmp_path / "a.zip"))
    documents = {hashlib.sha256(p.read_bytes()).digest() for p in (paper, *copy.sources[0].iterdir())}

    assert [name for name, body in held.items() if hashlib.sha256(body).digest() in documents] == []
    assert [name for name in held if "papers" in name] == []


def test_records_that_are_newer_than_the_build_are_not_archived(copy: Project, edit: Edit, run: Run) -> None:
    """Records and dumps of an archive are always those of one state."""
    edit(copy.kb / "districts" / "farholm.yaml", "name: Farholm", "name: Farholm Bay")
    done = run("export", "archive", "a.zip", cwd=copy.kb.parent)

    assert (done.code, done.err) == (
        1,
        "Error: the build is not of the records as they are now; run `filiera build` first\n",
    )
    assert not (copy.kb.parent / "a.zip").exists()


def test_an_archive_without_authors_is_refused(copy: Project, known: Schema, run: Run) -> None:
    """A repository asks whose the data are, so the base must say so."""
    (copy.kb.parent / "CITATION.cff").unlink()
    building.build(copy, known)
    done = run("export", "archive", "a.zip", cwd=copy.kb.parent)

    assert done.code == 1
    assert done.err == "Error: nothing says whose this is; name the authors in a CITATION.cff beside the records\n"


def test_another_file_is_not_overwritten_and_an_archive_is(built: Project, tmp_path: Path, run: Run) -> None:
    """What has the name already stays, unless it is an archive of ours."""
    (tmp_path / "mine.zip").write_bytes(b"PK my own")
    where = ("--kb", built.kb, "--date", "2026-05-04")
    refused = run("export", "archive", "mine.zip", *where, cwd=tmp_path)
    first = run("export", "archive", "ours.zip", *where, cwd=tmp_path)
    again = run("export", "archive", "ours.zip", *where, cwd=tmp_path)
    crate = json.loads(contents(tmp_path / "ours.zip")["ro-crate-metadata.json"])

    assert (refused.code, (tmp_path / "mine.zip").read_bytes()) == (1, b"PK my own")
    assert "was not written by Filiera" in refused.err
    assert (first.code, again.code, again.out) == (0, 0, first.out)
    assert crate["@graph"][1]["datePublished"] == "2026-05-04"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["mine.zip", "ours.zip"]


@pytest.mark.kb
def test_the_real_base_is_archived(real: Project, tmp_path: Path) -> None:
    """Every real record is in the archive, no document is, and it is described."""
    held = contents(written(real, tmp_path / "real.zip"))
    documents = {hashlib.sha256(p.read_bytes()).digest() for s in real.sources for p in s.rglob("*") if p.is_file()}

    assert {f"kb/{p.relative_to(real.kb).as_posix()}" for p in real.kb.rglob("*.yaml")} <= set(held)
    assert [name for name, body in held.items() if hashlib.sha256(body).digest() in documents] == []
    assert json.loads(held[".zenodo.json"])["title"] == "Filiera"
