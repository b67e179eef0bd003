"""The list of planted faults is true of the manuscripts and of the records."""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter
from pathlib import Path

import pytest
import yaml

from filiera.engines import Oxigraph, Sqlite

HERE = Path(__file__).parent
LIST = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))
FAULTS = LIST["faults"]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _places(path: Path) -> list[str]:
    """Return the lines of a text, or the paragraphs of a word processor's file."""
    if path.suffix != ".docx":
        return path.read_text(encoding="utf-8").splitlines()
    with zipfile.ZipFile(path) as archive:
        body = ET.fromstring(archive.read("word/document.xml"))  # noqa: S314  # our own file
    return ["".join(text.text or "" for text in paragraph.iter(f"{WORD}t")) for paragraph in body.iter(f"{WORD}p")]


def test_there_are_forty_faults_among_two_hundred_sound_citations() -> None:
    """The manuscripts hold forty faults, of twelve kinds, and at least two hundred sound citations."""
    kinds = Counter(fault["kind"] for fault in FAULTS)

    assert (len(FAULTS), len(kinds), min(kinds.values())) == (40, 12, 2)
    assert sum(file["sound"] for file in LIST["files"].values()) >= 200


def test_each_fault_has_a_place_of_its_own() -> None:
    """The words of a fault stand once in its file, and no line or paragraph has two faults."""
    places = {name: _places(HERE / name) for name in LIST["files"]}
    found = [
        [(fault["file"], number) for number, text in enumerate(places[fault["file"]], 1) if fault["text"] in text]
        for fault in FAULTS
    ]

    assert [fault["text"] for fault, where in zip(FAULTS, found, strict=True) if len(where) != 1] == []
    assert len({where[0] for where in found}) == 40


@pytest.mark.kb
def test_each_fault_names_records_that_exist(real_engines: dict[str, Sqlite | Oxigraph]) -> None:
    """The records by which a fault is shown are in the real base."""
    asked = {key for fault in FAULTS if fault["file"] != "manuscript-tiny.md" for key in fault.get("keys", ())}
    known = {row[0] for row in real_engines["sql"].ask("select id from records", {}).rows}

    assert asked
    assert asked - known == set()


def test_the_word_processors_file_is_made_from_its_text(tmp_path: Path) -> None:
    """The committed file says what its source says."""
    made = tmp_path / "made.docx"
    subprocess.run([sys.executable, HERE / "word.py", made], check=True)

    assert _places(made) == _places(HERE / "manuscript-word.docx")
