"""Other programs read what is written, without a warning, and understand the same."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import rispy  # type: ignore[import-untyped]
from bibtexparser.entrypoint import parse_file
from bibtexparser.middlewares import SeparateCoAuthors, SplitNameParts
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from filiera.bibliography import csl
from filiera.bibliography.csl import Item
from filiera.folding import fold

BASES = ["tiny", pytest.param("real", marks=pytest.mark.kb)]

#: What pandoc calls our formats.
PANDOC = {"bibtex": "bibtex", "biblatex": "biblatex", "ris": "ris", "csl-json": "csljson"}

Exported = Callable[[str, str], Path]


def run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a program and keep all that it says."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("format_", PANDOC)
def test_pandoc_reads_it_without_a_warning(format_: str, base: str, exported: Exported, pandoc: str) -> None:
    """Every format loads in pandoc, which finds every work under its key."""
    done = run(pandoc, "--fail-if-warnings", "-f", PANDOC[format_], "-t", "csljson", exported(base, format_))
    keys = [item["id"] for item in json.loads(exported(base, "csl-json").read_text(encoding="utf-8"))]

    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(item["id"] for item in json.loads(done.stdout)) == keys


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("format_", ["bibtex", "biblatex"])
def test_pandoc_understands_the_same(
    format_: str, base: str, exported: Exported, pandoc: str, bases: Callable[[str], Any]
) -> None:
    """Titles, names, years, volumes, pages and identifiers are to pandoc what they are to us."""
    done = run(pandoc, "-f", PANDOC[format_], "-t", "csljson", exported(base, format_))
    theirs = {item["id"]: dict(_seen(item)) for item in json.loads(done.stdout)}
    ours = {item["id"]: dict(_seen(item)) for item in csl.items(bases(base))}

    assert ours
    assert {key: _differences(ours[key], theirs[key]) for key in ours if _differences(ours[key], theirs[key])} == {}


def _seen(item: Item) -> Iterator[tuple[str, Any]]:
    """Yield what two readings of a work must share, as far as case and signs do not matter."""
    title = _plain(item, "title")
    yield "title", "" if title == "title not known" else title
    for part in ("author", "editor", "translator"):
        yield part, [fold(" ".join(map(str, sorted(name.values())))) for name in item.get(part, ())]
    yield "issued", item.get("issued", {}).get("date-parts")
    yield from ((name, _plain(item, name)) for name in ("volume", "page", "DOI", "ISBN", "URL", "publisher-place"))
    # To pandoc the site of a page is its publisher, and LaTeX's "english" is "en-US".
    site = "container-title" if "container-title" in item or item["type"] != "webpage" else "publisher"
    yield "container-title", _plain(item, site)
    yield "language", item.get("language", "")[:2]
    yield "annote", item.get("annote", "")


def _plain(item: Item, name: str) -> str:
    return fold(re.sub(r"<[^>]+>", "", str(item.get(name, ""))))


def _differences(ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    """Return what differs, but for what stands in the annotation because the entry has no field for it.

    Pandoc also makes an address of a number in PubMed.
    """
    return {
        name: (ours[name], theirs[name])
        for name in ours
        if ours[name] != theirs[name]
        and f"[{name}: " not in theirs["annote"]
        and name != "annote"
        and (name != "URL" or ours[name])
    }


@pytest.mark.parametrize("base", BASES)
def test_biber_finds_nothing_wrong(base: str, exported: Exported, biber: str, tmp_path: Path) -> None:
    """BibLaTeX's own data model has every field that is written, and lacks none, for every entry type."""
    file = exported(base, "biblatex")
    done = run(biber, "--tool", "--validate-datamodel", f"--output-file={tmp_path / 'out.bib'}", file)
    said = [line for line in done.stdout.splitlines() if not line.startswith("INFO")]

    assert (done.returncode, said) == (0, [])
    assert "Datamodel validation complete" in done.stdout


def test_biber_can_find_something_wrong(biber: str, tmp_path: Path) -> None:
    """The check can fail: a field that an entry may not have is named."""
    (tmp_path / "bad.bib").write_text("@article{a, title = {T}, booktitle = {B}, date = {2014}}", encoding="utf-8")
    done = run(biber, "--tool", "--validate-datamodel", f"--output-file={tmp_path / 'out.bib'}", tmp_path / "bad.bib")

    assert "Invalid field 'booktitle' for entrytype 'article'" in done.stdout


@pytest.mark.parametrize("base", BASES)
def test_bibtexparser_finds_the_same_names_and_titles(
    base: str, exported: Exported, bases: Callable[[str], Any]
) -> None:
    """Bibtexparser parts the names as we do, and pylatexenc reads the LaTeX in ASCII as the letters that we have."""
    library = parse_file(str(exported(base, "bibtex")), append_middleware=[SeparateCoAuthors(), SplitNameParts()])
    plain = LatexNodes2Text().latex_to_text
    theirs = {entry.key: entry for entry in library.entries}
    items = list(csl.items(bases(base)))

    assert library.failed_blocks == []
    assert theirs.keys() == {item["id"] for item in items}
    for item in items:
        fields = theirs[item["id"]].fields_dict
        people = [n for n in item.get("author", ()) if "family" in n]
        found = [name for name in fields["author"].value if not _whole(name)] if "author" in fields else []
        assert [fold(plain(" ".join(name.von + name.last))) for name in found] == [_family(name) for name in people]
        if "title" in item:
            assert fold(plain(fields["title"].value)) == fold(item["title"])


def _whole(name: Any) -> bool:  # noqa: ANN401  NameParts of bibtexparser
    """Tell whether a name stood in braces, as those of organisations do."""
    return not name.first and not name.von and " ".join(name.last).startswith("{")


def _family(name: dict[str, str]) -> str:
    return fold(f"{name.get('non-dropping-particle', '')} {name['family']}")


@pytest.mark.parametrize("base", BASES)
def test_rispy_finds_the_same_works(base: str, exported: Exported, bases: Callable[[str], Any]) -> None:
    """rispy, with its own names for tags, reads the titles, years and first authors that we have."""
    records = rispy.loads(exported(base, "ris").read_text(encoding="utf-8"))
    theirs = {one["id"]: (one.get("title"), one.get("year"), len(one.get("authors", ()))) for one in records}
    ours = {
        item["id"]: (item.get("title"), _year(item), len(item.get("author", ()))) for item in csl.items(bases(base))
    }

    assert theirs == ours


def _year(item: Item) -> str | None:
    return f"{item['issued']['date-parts'][0][0]:04}" if "issued" in item else None


@pytest.mark.parametrize("base", BASES)
def test_csl_json_fits_the_schema_of_csl(base: str, exported: Exported) -> None:
    """Each item has an id and a type, texts for texts, lists of names for names and date-parts for dates."""
    for item in json.loads(exported(base, "csl-json").read_text(encoding="utf-8")):
        assert {"id", "type"} <= item.keys()
        for name, value in item.items():
            if isinstance(value, list):
                assert all(one.keys() <= NAME for one in value), name
            elif isinstance(value, dict):
                assert value.keys() <= DATE or name == "custom", name
            else:
                assert isinstance(value, str), name


#: What the schema of CSL-JSON allows in a name and in a date.
NAME = {"family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal"}
DATE = {"date-parts", "season", "circa", "literal", "raw", "edtf"}
