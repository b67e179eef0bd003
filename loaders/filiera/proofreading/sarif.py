"""Write findings in SARIF, with what could be written instead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filiera import sarif
from filiera.proofreading.rules import RULES

if TYPE_CHECKING:
    from filiera.proofreading.outcomes import Finding, Proof


def as_sarif(proof: Proof) -> str:
    """Return a run as a SARIF log."""
    rules = [sarif.rule(rule.name, rule.description, rule.level) for rule in RULES]
    return sarif.log("filiera proofread", rules, map(_result, proof.findings), proof.sentence())


def _result(finding: Finding) -> dict[str, Any]:
    result = sarif.result(finding, finding.level, (finding.end_line, finding.end_column))
    if finding.fix:
        place = result["locations"][0]["physicalLocation"]
        replacement = {"deletedRegion": place["region"], "insertedContent": {"text": finding.fix}}
        change = {"artifactLocation": place["artifactLocation"], "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": f"write {finding.fix!r}"}, "artifactChanges": [change]}]
    return result
