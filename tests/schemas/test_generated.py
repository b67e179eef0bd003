"""The generated files are what the schemas say now."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from rdflib import BNode, Graph
from rdflib.namespace import RDF, SH

from filiera.schema import Schema

ROOT = Path(__file__).parents[2]
ON_DISK = sorted(p.relative_to(ROOT).as_posix() for p in (ROOT / "schemas/generated").rglob("*") if p.is_file())
COMMITTED = [*ON_DISK, ".vscode/settings.json"]


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """Return `schemas/generate.py` as a module."""
    spec = importlib.util.spec_from_file_location("generate", ROOT / "schemas/generate.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def products(generate: ModuleType, known: Schema) -> dict[str, str]:
    """Return the text of every generated file by its path, made now and not read."""
    return dict(generate.products(known))


def test_no_generated_file_is_missing_or_left_over(products: dict[str, str]) -> None:
    """`schemas/generated/` holds what the command writes, and nothing else."""
    assert set(COMMITTED) == set(products), "run `make schemas`"


@pytest.mark.parametrize("path", COMMITTED)
def test_a_generated_file_is_fresh(path: str, products: dict[str, str]) -> None:
    """The file on disk has the bytes that the schemas give now, in a process with another hash seed."""
    assert (ROOT / path).read_bytes() == products[path].encode(), "run `make schemas`"


def test_writing_deletes_what_an_older_schema_left(generate: ModuleType, tmp_path: Path) -> None:
    """A file of a kind that is no more is deleted; what lies outside of `schemas/generated/` stays."""
    left, kept = tmp_path / "schemas/generated/editors/novels.schema.json", tmp_path / "schemas/novels.yaml"
    left.parent.mkdir(parents=True)
    left.touch()
    kept.touch()
    generate.write(tmp_path, {"schemas/generated/README.md": "New.\n"})

    assert sorted(p.name for p in tmp_path.rglob("*") if p.is_file()) == ["README.md", "novels.yaml"]


def test_every_link_in_the_dictionary_leads_to_one_place(products: dict[str, str]) -> None:
    """What a field takes is described once, where its link leads."""
    text = products["schemas/generated/dictionary.md"]
    places = re.findall(r'<a id="(.+?)">', text) + [h.lower() for h in re.findall(r"^#{2,3} (.+)$", text, re.MULTILINE)]
    links = set(re.findall(r"\]\(#(.+?)\)", text))

    assert sorted(link for link in links if places.count(link) != 1) == []


def test_the_dictionary_has_every_field_and_value(products: dict[str, str], known: Schema) -> None:
    """A row of the dictionary describes each field of each class, and each value of each closed list."""
    text = products["schemas/generated/dictionary.md"]
    fields = {(f.name, f.description) for of in known.classes.values() if not of.abstract for f in of.fields.values()}
    values = {(v.name, v.description) for of in known.enums.values() for v in of.values.values()}
    rows = [line for line in text.splitlines() if line.startswith("| `")]

    assert [n for n, said in fields | values if not any(r.startswith(f"| `{n}` |") and said in r for r in rows)] == []


def test_every_shape_has_a_name(products: dict[str, str], known: Schema) -> None:
    """A report can name the shape that was broken: only lists, steps of paths and choices have none."""
    graph = Graph().parse(data=products["schemas/generated/filiera.shacl.ttl"], format="turtle")
    fields = {f"{of.name}-{name}" for of in known.classes.values() for name in of.fields}
    named = {str(s).partition("#")[2] for s in graph.subjects(SH.path)}

    assert not [s for s in {*graph.subjects(RDF.type), *graph.subjects(SH.path)} if isinstance(s, BNode)]
    assert {name for name in named if not name.endswith("-each")} == fields


def test_the_program_never_imports_what_only_development_needs() -> None:
    """LinkML takes seconds to import, so that nothing in `loaders/` does."""
    imports = re.compile(r"^\s*(from|import) (linkml|pyshacl)", re.MULTILINE)
    files = list((ROOT / "loaders").rglob("*.py"))

    assert files
    assert [path for path in files if imports.search(path.read_text(encoding="utf-8"))] == []
