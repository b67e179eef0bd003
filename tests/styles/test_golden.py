"""Fifty works of all types in the common styles, as a second processor renders them, or as it is explained why not.

What is expected comes from citeproc-js (`second_opinion.py` writes it); every difference stands in `differences.yaml`
with its reason, and with who is right by the style's manual.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest
import yaml

from filiera import building
from filiera.bibliography import csl
from filiera.engines import connect
from filiera.paths import Project
from filiera.schema import Schema
from filiera.styles import catalogue
from filiera.styles.rendering import reference_list, render

HERE = Path(__file__).parent
EXPECTED = json.loads((HERE / "library" / "expected.json").read_text(encoding="utf-8"))
DIFFERENCES = yaml.safe_load((HERE / "differences.yaml").read_text(encoding="utf-8"))
PLACES = json.loads((HERE / "library" / "places.json").read_text(encoding="utf-8"))
FORMS = ("in_text", "narrative", "reference", "in_text_at", "narrative_at")

Forms = dict[str, str]


@pytest.fixture(scope="module")
def works(tmp_path_factory: pytest.TempPathFactory, known: Schema) -> Iterator[list[dict[str, Any]]]:
    """Return the works of the library as CSL-JSON, with those that no record can hold."""
    project = Project(HERE / "library" / "kb", tmp_path_factory.mktemp("library"))
    building.build(project, known)
    connection = connect(project.database)
    more = json.loads((HERE / "library" / "more.json").read_text(encoding="utf-8"))
    yield [*csl.items(connection), *more]
    connection.close()


def rendered(works: list[dict[str, Any]], name: str) -> dict[str, Forms]:
    """Return all forms of all works in a style."""
    style = catalogue.find(name)
    places = [PLACES.get(work["id"], PLACES[""])[0] for work in works]
    pairs = zip(render(works, style), render(works, style, places), strict=True)
    return {
        plain.key: dict(
            zip(FORMS, (plain.in_text, plain.narrative, plain.reference, at.in_text, at.narrative), strict=True)
        )
        for plain, at in pairs
    }


def explained(part: str, style: str) -> dict[str, Any]:
    """Return what the table of differences has for a style: our forms of each work."""
    found: dict[str, Any] = {}
    for row in DIFFERENCES[part]:
        for work, forms in row["filiera"].get(style, {}).items():
            assert not isinstance(forms, dict) or not found.get(work, {}).keys() & forms.keys(), "explained twice"
            found[work] = found.get(work, {}) | forms if isinstance(forms, dict) else forms
    return found


@pytest.mark.parametrize("style", catalogue.COMMON)
def test_works_are_rendered_as_by_the_second_processor(style: str, works: list[dict[str, Any]]) -> None:
    """All that differs is explained, and all that is explained differs."""
    found = rendered(works, style)
    other = {
        work: {form: text for form, text in forms.items() if text != EXPECTED["works"][style][work][form]}
        for work, forms in found.items()
    }

    assert len(found) == len(EXPECTED["works"][style]) > 40
    assert {work: forms for work, forms in other.items() if forms} == explained("works", style)


@pytest.mark.parametrize("style", catalogue.COMMON)
def test_a_list_is_rendered_as_by_the_second_processor(style: str, works: list[dict[str, Any]]) -> None:
    """The order of a list is the same, and so is each entry that is not explained, here or by itself."""
    listed = reference_list(works, catalogue.find(style))
    expected = dict(EXPECTED["lists"][style])
    alone = {work for work, forms in explained("works", style).items() if "reference" in forms}
    other = {work: text for work, text in listed if text != expected[work] and work not in alone}

    assert [work for work, _ in listed] == [work for work, _ in EXPECTED["lists"][style]]
    assert other == explained("lists", style)


def test_every_difference_has_a_reason_and_a_verdict() -> None:
    """A difference is explained for people: what each prints, what the manual has, who is right."""
    rows = [*DIFFERENCES["works"], *DIFFERENCES["lists"]]

    assert {row["right"] for row in rows} <= {"filiera", "citeproc-js", "neither"}
    assert [row["why"] for row in rows if len(row["why"].split()) < 12] == []


def test_the_library_has_works_of_all_sorts(works: list[dict[str, Any]]) -> None:
    """Types, and whatever else makes a reference hard, are there."""
    types = {work["type"] for work in works}
    people = [name for work in works for name in work.get("author", ())]

    assert types >= {
        "article", "article-journal", "article-magazine", "article-newspaper", "book", "chapter", "dataset",
        "entry-encyclopedia", "manuscript", "paper-conference", "report", "software", "thesis", "webpage",
    }  # fmt: skip
    assert max(len(work.get("author", ())) for work in works) == 40
    assert any("suffix" in name for name in people)
    assert any("non-dropping-particle" in name for name in people)
    assert any("dropping-particle" in name for name in people)
    assert {work.get("language") for work in works} == {"de", "en", "es", "fr", "it"}
    assert all(str(work.get("DOI", "10.5555/")).startswith("10.5555/") for work in works)


def test_the_second_processor_says_so_still(absent: Callable[[str], NoReturn]) -> None:
    """What is expected is what citeproc-js prints now; not run where Node or the packages are not there."""
    if shutil.which("node") is None or not (HERE / "citeproc-js" / "node_modules").is_dir():
        absent("Node or citeproc-js is not installed (npm ci --prefix tests/styles/citeproc-js)")
    done = subprocess.run(
        [sys.executable, HERE / "second_opinion.py", "--check"], capture_output=True, encoding="utf-8", check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
