"""A .docx is read by pandoc: author-year text and the fields of reference managers, by paragraph and column."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest

from filiera.errors import FilieraError
from filiera.proofreading import docx, reading
from filiera.proofreading.proofreader import Proofreader
from filiera.styles import pandoc

TEXT = """# Heading

First says Gaggio (2006) something (Bair 2009).

A field FIELD1 here.[^n] And FIELD2.

| a | b |
|---|---|
| x | Sabel (2003) |

[^n]: A note on Gereffi (2005, p. 999).
"""


def _item(number: int, family: str, year: str, **rest: str) -> dict[str, Any]:
    data = {"id": number, "type": "book", "author": [{"family": family}], "issued": {"date-parts": [[year]]}} | rest
    return {"id": number, "itemData": data}


def _field(items: list[dict[str, Any]], shown: str) -> str:
    """Return the runs of a field as Zotero writes them."""
    code = escape(json.dumps({"citationID": "c", "properties": {"formattedCitation": shown}, "citationItems": items}))
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> ADDIN ZOTERO_ITEM CSL_CITATION {code} </w:instrText></w:r>'
    printed = f"<w:r><w:t>{shown}</w:t></w:r>"
    return mark.format("begin") + instruction + mark.format("separate") + printed + mark.format("end")


def _document(path: Path, fields: dict[str, str]) -> Path:
    """Write a .docx by pandoc, and put fields in the place of their names."""
    plain = path.with_name("plain.docx")
    command = [str(pandoc.find().path), "--from=markdown", "--output", str(plain)]
    subprocess.run(command, input=TEXT.encode(), check=True)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                text = content.decode()
                for mark, field in fields.items():
                    text, count = re.subn(rf"(<w:t[^>]*>[^<]*){mark}", rf"\1</w:t></w:r>{field}<w:r><w:t>", text)
                    assert count == 1
                content = text.encode()
            target.writestr(name, content)
    return path


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    """Return a .docx with two fields."""
    first = _item(12, "Gaggio", "2006", title="Pyramids of Trust") | {"locator": "99", "label": "page"}
    second = [_item(13, "Bobbio", "2000"), _item(14, "Smith", "2018", title="Outside")]
    fields = {
        "FIELD1": _field([first], "(Gaggio 2006, 99)"),
        "FIELD2": _field(second, "(Bobbio 2000; Smith 2018)"),
    }
    return _document(tmp_path / "zotero.docx", fields)


def test_paragraphs_are_lines_and_fields_are_citations(manuscript: Path) -> None:
    """Each paragraph that is not empty is a line, a cell and a footnote too; what a field prints is not read twice."""
    read = reading.read(manuscript)[0]
    cited = [
        (one.key or (one.authors.names if one.authors else ""), read.lines.place(one.start)) for one in read.citations
    ]

    assert read.lines.text.splitlines()[2] == "A field (Gaggio 2006, 99) here. And (Bobbio 2000; Smith 2018)."
    assert cited == [
        ("Gaggio", (2, 12)),
        ("Bair", (2, 37)),
        ("12", (3, 9)),
        ("13", (3, 37)),
        ("14", (3, 37)),
        ("Sabel", (7, 1)),
        ("Gereffi", (8, 11)),
    ]


@pytest.mark.kb
def test_fields_are_held_against_the_base(manuscript: Path, reader: Proofreader) -> None:
    """A work is known by the data that are stored with a field; one that is not of the base is left in peace."""
    found = [(one.check, one.line, one.column) for one in reader.files([manuscript]).findings if one.level != "note"]

    assert found == [("ambiguous", 2, 37), ("page-outside", 3, 9), ("page-outside", 8, 26)]


@pytest.mark.kb
def test_a_stored_year_that_is_wrong_is_found_by_the_title(tmp_path: Path, reader: Proofreader) -> None:
    """The title shows which work is meant, so that another year is a fault of the stored data."""
    title = "Pyramids of Trust: Social Embeddedness and Political Culture in Two Italian Gold Jewelry Districts"
    wrong = _item(12, "Gaggio", "2009", title=title)
    fields = {"FIELD1": _field([wrong], "(Gaggio 2009)"), "FIELD2": _field([_item(1, "X", "2000")], "(X 2000)")}
    found = reader.files([_document(tmp_path / "year.docx", fields)]).findings

    assert [(one.check, one.line) for one in found if one.check == "wrong-year"] == [("wrong-year", 3)]


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    """A small file that becomes a huge text is not unpacked."""
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (docx.LARGEST_TEXT + 1))

    with pytest.raises(FilieraError, match="of text when it is unpacked"):
        docx.read(bomb)


def test_another_archive_is_no_document(tmp_path: Path) -> None:
    """An archive without a document is told apart; so is a document that pandoc cannot read."""
    other, broken = tmp_path / "other.docx", tmp_path / "broken.docx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("a.txt", "a")
    with zipfile.ZipFile(broken, "w") as archive:
        archive.writestr("word/document.xml", "<broken")

    with pytest.raises(FilieraError, match=r"it has no 'word/document\.xml'"):
        docx.read(other)
    with pytest.raises(FilieraError, match="cannot be read: pandoc says"):
        docx.read(broken)
