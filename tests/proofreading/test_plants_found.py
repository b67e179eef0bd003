"""The planted faults are found, each with its reason, and nothing else is complained of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import yaml

from filiera.engines import connect
from filiera.paths import Project
from filiera.proofreading import reading
from filiera.proofreading.outcomes import Finding
from filiera.proofreading.proofreader import Proofreader

HERE = Path(__file__).parent
LIST = yaml.safe_load((HERE / "faults.yaml").read_text(encoding="utf-8"))

Fault = dict[str, str]


@pytest.fixture(scope="module")
def found(reader: Proofreader, built: Project) -> dict[str, list[Finding]]:
    """Proofread each manuscript against its base, with advice."""
    connection = connect(built.database)
    readers = {"kb": reader, "tests/tiny/kb": Proofreader(connection, advice=True)}
    findings = {name: readers[file["base"]].files([HERE / name]).findings for name, file in LIST["files"].items()}
    connection.close()
    return findings


@cache
def _text(name: str) -> str:
    return reading.read(HERE / name)[0].lines.text


def _place(fault: Fault) -> tuple[int, int]:
    """Return where the words of a fault stand in the text that is proofread."""
    start = _text(fault["file"]).index(fault["text"])
    return start, start + len(fault["text"])


def _is(finding: Finding, fault: Fault) -> bool:
    """Tell whether a finding is of the kind of a fault and at its place."""
    start, end = _place(fault)
    return finding.check == fault["kind"] and finding.start < end and start < finding.start + finding.length


def test_at_least_thirty_eight_of_forty_are_found(found: dict[str, list[Finding]]) -> None:
    """A fault counts as found when the finding has its reason and lies over its words."""
    missed = [
        (fault["file"], fault["text"])
        for fault in LIST["faults"]
        if not any(_is(finding, fault) for finding in found[fault["file"]])
    ]

    assert len(missed) <= 2, missed


def test_there_is_no_false_alarm(found: dict[str, list[Finding]]) -> None:
    """Every finding, notes and advice too, is at a planted fault and has its reason."""
    alarms = [
        str(finding)
        for name, findings in found.items()
        for finding in findings
        if not any(_is(finding, fault) for fault in LIST["faults"] if fault["file"] == name)
    ]

    assert alarms == []


def test_the_records_that_show_a_fault_are_named(found: dict[str, list[Finding]]) -> None:
    """Where the list names works or claims, one of them stands in the message."""
    unnamed = []
    for fault in LIST["faults"]:
        texts = [str(finding) for finding in found[fault["file"]] if _is(finding, fault)]
        if texts and fault.get("keys") and not any(key in text for key in fault["keys"] for text in texts):
            unnamed.append((fault["text"], fault["keys"]))

    assert unnamed == []
