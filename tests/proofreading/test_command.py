"""`filiera proofread` as its users run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from filiera.paths import Project

Proof = Callable[..., Any]

SOUND = "The workshops are counted [@odegard-strauss-2014, p. 118].\n"
FAULTY = "Wörks 😀 of [@odegard-2003x] and @brine-1987.\n"


@pytest.fixture
def proofread(built: Project, tmp_path: Path, run: Callable[..., Any]) -> Proof:
    """Return a function that proofreads texts against the tiny base."""

    def proofread(*arguments: str, **texts: str) -> Any:  # noqa: ANN401  a result
        for name, text in texts.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        return run("proofread", *arguments, "--kb", built.kb, "--build", built.build, cwd=tmp_path)

    return proofread


def test_a_fault_is_printed_with_its_place(proofread: Proof) -> None:
    """Findings go to standard output, counts to standard error; the exit code is 1."""
    result = proofread("a.md", a=FAULTY)

    first, second = result.out.splitlines()
    assert (
        first == "a.md:1:13: error: no work has the key 'odegard-2003x' (did you mean 'odegard-2003a'?) [unknown-key]"
    )
    assert second.startswith("a.md:1:33: note: Brine 1987 (brine-1987) is not certain (the data of this work are from")
    assert second.endswith("[uncertain-work]")
    assert ["unknown-key", "2", "1", "0"] in [line.split() for line in result.err.splitlines()]
    assert result.err.splitlines()[-1].startswith("2 citations and 1 sentence in 1 file; ")
    assert result.code == 1


def test_a_sound_manuscript_ends_with_0(proofread: Proof) -> None:
    """Notes are no faults."""
    assert proofread("a.md", a=SOUND).code == 0
    assert proofread("a.md", a="See @brine-1987.").code == 0


def test_nothing_to_check_is_said(proofread: Proof) -> None:
    """Without a citation nothing is passed: the exit code is 2."""
    result = proofread("a.md", a="No citation here.")

    assert result.err.splitlines()[-1] == "nothing was checked: 0 citations and 1 sentence in 1 file"
    assert (result.code, result.out) == (2, "")


def test_what_cannot_be_read_is_said_and_the_rest_is_read(proofread: Proof) -> None:
    """One unreadable file does not hide the faults of the others; the exit code is 2."""
    result = proofread("a.md", "none.md", "b.md", a=FAULTY, b="")

    assert "Error: there is no manuscript at 'none.md'" in result.err
    assert "Error: 'b.md' is empty" in result.err
    assert result.out.startswith("a.md:1:13: error")
    assert result.code == 2


def test_without_a_build_there_is_a_message(tmp_path: Path, tiny: Project, run: Callable[..., Any]) -> None:
    """No traceback, but what to do."""
    (tmp_path / "a.md").write_text(SOUND, encoding="utf-8")
    result = run("proofread", "a.md", cwd=tmp_path)

    assert "run `filiera build` first" in result.err
    assert result.code == 1
    assert tiny.kb.exists()


def test_json_has_findings_counts_and_what_was_read(proofread: Proof) -> None:
    """Programs get the places, levels, corrections and counts."""
    answer = json.loads(proofread("a.md", "--format", "json", a=FAULTY).out)
    first = answer["problems"][0]

    assert (first["line"], first["column"], first["end_column"]) == (1, 13, 27)
    assert (first["check"], first["level"], first["fix"]) == ("unknown-key", "error", "@odegard-2003a")
    assert answer["read"] == {"files": 1, "citations": 2, "sentences": 1}
    assert {"check": "unknown-key", "made": 2, "failed": 1, "not_run": 0} in answer["checks"]


def test_sarif_has_rules_results_and_fixes(proofread: Proof) -> None:
    """The log keeps to SARIF 2.1.0: rules are indexed, regions count characters from 1, files are relative."""
    log = json.loads(proofread("a.md", "--format", "sarif", a=FAULTY).out)
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    first = run["results"][0]
    location = first["locations"][0]["physicalLocation"]

    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert {rule["defaultConfiguration"]["level"] for rule in rules} == {"error", "warning", "note"}
    assert location["artifactLocation"] == {"uri": "a.md"}
    assert location["region"] == {"startLine": 1, "startColumn": 13, "endLine": 1, "endColumn": 27}
    replacement = first["fixes"][0]["artifactChanges"][0]["replacements"][0]
    assert replacement["insertedContent"] == {"text": "@odegard-2003a"}


def test_advice_is_given_when_asked_for(proofread: Proof) -> None:
    """A sentence without a citation is told of a claim that bears it out."""
    text = "Shipping companies from abroad set the price and the form of what Farholm grinds.\n\n[@odegard-2003a]\n"
    quiet = proofread("a.md", a=text)
    advised = proofread("a.md", "--advice", a=text)

    assert quiet.out == ""
    assert "the base has evidence for this, and nothing is cited" in advised.out
    assert (quiet.code, advised.code) == (0, 0)


def test_bibliographies_beside_the_manuscript_are_read(proofread: Proof, tmp_path: Path) -> None:
    """A file that the header names, or the option, makes works known."""
    (tmp_path / "refs.bib").write_text("@book{out-2001,\n author = {Out, A.},\n year = {2001}\n}\n", encoding="utf-8")
    text = f"{SOUND}\nAnd [@out-2001] (Out and Away, 2003).\n"
    by_header = proofread("a.md", a=f"---\nbibliography: refs.bib\n---\n\n{text}")
    by_option = proofread("a.md", "--bibliography", "refs.bib", a=text)
    neither = proofread("a.md", a=text)

    assert "unknown-key]" in neither.out
    assert "unknown-key]" not in by_header.out + by_option.out
    assert "no-such-work]" in by_option.out
