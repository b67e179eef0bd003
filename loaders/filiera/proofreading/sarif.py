"""Write findings in SARIF 2.1.0, which code hosts and editors show beside the text."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from filiera.proofreading.rules import RULES

if TYPE_CHECKING:
    from filiera.proofreading.outcomes import Finding, Proof
    from filiera.proofreading.rules.base import Rule

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
NUMBERS = {rule.name: number for number, rule in enumerate(RULES)}


def as_sarif(proof: Proof) -> str:
    """Return a run as a SARIF log; columns count characters, as in the text format."""
    driver = {
        "name": "filiera proofread",
        "semanticVersion": version("filiera"),
        "rules": [_rule(rule) for rule in RULES],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding) for finding in proof.findings],
        "properties": {"summary": proof.sentence()},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.description},
        "defaultConfiguration": {"level": rule.level},
    }


def _result(finding: Finding) -> dict[str, Any]:
    message = f"{finding.message} ({finding.hint})" if finding.hint else finding.message
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    artifact = {"uri": quote(PurePath(finding.file).as_posix())}
    result = {
        "ruleId": finding.check,
        "ruleIndex": NUMBERS[finding.check],
        "level": finding.level,
        "message": {"text": message},
        "locations": [{"physicalLocation": {"artifactLocation": artifact, "region": region}}],
    }
    if finding.fix:
        replacement = {"deletedRegion": region, "insertedContent": {"text": finding.fix}}
        change = {"artifactLocation": artifact, "replacements": [replacement]}
        result["fixes"] = [{"description": {"text": f"write {finding.fix!r}"}, "artifactChanges": [change]}]
    return result
