"""Statements and numbers of sentences are held against the base; sound ones are left in peace.

`statements.tsv` and `numbers.tsv` are the set with which the rules were developed; `missed` marks what is known not to
be found.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from filiera.engines import Sqlite
from filiera.proofreading import reading
from filiera.proofreading.outcomes import Finding, Proof
from filiera.proofreading.outside import Outside
from filiera.proofreading.proofreader import Proofreader

HERE = Path(__file__).parent
pytestmark = pytest.mark.kb


def _rows(name: str) -> list[list[str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def _found(reader: Proofreader, text: str) -> list[Finding]:
    proof = Proof()
    reader.proofread([reading.parse("x.md", text)], Outside(), proof)
    return [one for one in proof.findings if one.check in {"contrary-statement", "number-differs", "mine"}]


@pytest.mark.parametrize(("label", "text"), _rows("statements.tsv"), ids=lambda value: value[:40])
def test_a_statement_is_opposite_or_sound(label: str, text: str, reader: Proofreader) -> None:
    """The opposite of a claim of the cited work is reported, and nothing else is."""
    found = [one.check for one in _found(reader, text) if one.check == "contrary-statement"]

    assert found == (["contrary-statement"] if label == "opposite" else [])


@pytest.mark.parametrize(("label", "text"), _rows("numbers.tsv"), ids=lambda value: value[:40])
def test_a_number_differs_or_is_sound(label: str, text: str, reader: Proofreader) -> None:
    """A number that is not the recorded one of the same thing is reported; one of another thing is not."""
    found = {one.check for one in _found(reader, text)}

    assert ("number-differs" in found) == (label == "differs")
    assert label == "differs" or not found


def test_no_claim_contradicts_its_own_work(reader: Proofreader, real_engines: dict[str, Sqlite]) -> None:
    """Each claim, written as a sentence that cites its work, is sound: a sweep of more than a thousand sentences."""
    query = "select statement, work from claims where kind <> 'question' order by id"
    rows = real_engines["sql"].ask(query, {}).rows
    text = "\n\n".join(
        f"{statement.rstrip('.').replace('[', '(').replace(']', ')')} [@{work}]." for statement, work in rows
    )
    alarms = [str(one) for one in _found(reader, text) if one.check == "contrary-statement"]

    assert alarms == []
    assert len(rows) > 1000


def test_a_message_names_claim_holder_and_place(reader: Proofreader) -> None:
    """Who holds the opposite, where, and under which key: all that is needed to look it up."""
    (found,) = _found(reader, "The middle market for jewellery is growing [@assicor-aaster-2008].")

    assert found.message == "the cited work holds the opposite: 'The middle market for jewellery is shrinking.'"
    assert found.hint.startswith(
        "Assicor & Consorzio AASTER 2008, Gereffi & Lee 2008, in De Marchi et al. 2014, section 3"
    )
    assert "claim dlg14-3-middle-market-shrinking" in found.hint


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        ("", ["mine"]),
        (" Others do not agree (Becattini and Dei Ottati 2006).", []),
        ("\n\nOthers do not agree (Becattini and Dei Ottati 2006).", ["mine"]),
    ],
)
def test_what_disputes_a_sentence_has_to_be_cited_in_its_paragraph(
    near: str, expected: list[str], reader: Proofreader
) -> None:
    """A contrary claim is reported unless its holder is cited in the same paragraph."""
    text = f"Sceptics hold that the model of the industrial district is in decline [@ramazzotti-2010].{near}"
    proof = Proof()
    known = Outside(frozenset(), {"2006": [" becattini dei ottati "]})
    reader.proofread([reading.parse("x.md", text)], known, proof)

    assert [one.check for one in proof.findings if one.check == "mine"] == expected
