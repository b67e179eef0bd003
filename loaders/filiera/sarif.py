"""Write what checks found in SARIF 2.1.0, which code hosts and editors show beside the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from filiera.errors import Problem
from filiera.report import Report

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def log(tool: str, rules: Sequence[dict[str, Any]], results: Iterable[dict[str, Any]], summary: str) -> str:
    """Return the log of a run of a tool; columns count characters, as in the text format."""
    driver = {"name": tool, "semanticVersion": version("filiera"), "rules": rules}
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [{"ruleIndex": numbers[result["ruleId"]], **result} for result in results],
        "properties": {"summary": summary},
    }
    return json.dumps({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def rule(name: str, description: str, level: str) -> dict[str, Any]:
    """Return a kind of check."""
    return {"id": name, "shortDescription": {"text": description}, "defaultConfiguration": {"level": level}}


def result(problem: Problem, level: str = "error", end: tuple[int, int] | None = None) -> dict[str, Any]:
    """Return a problem with its place; `end` is the line and column where that ends."""
    message = f"{problem.message} ({problem.hint})" if problem.hint else problem.message
    region = {"startLine": problem.line, "startColumn": problem.column}
    if end:
        region |= {"endLine": end[0], "endColumn": end[1]}
    place = {"artifactLocation": {"uri": quote(PurePath(problem.file).as_posix())}, "region": region}
    return {
        "ruleId": problem.check,
        "level": level,
        "message": {"text": message},
        "locations": [{"physicalLocation": place}],
    }


def of_records(report: Report) -> str:
    """Return the log of `filiera check`; its rules are the kinds of checks that were made, or could not be run."""
    rules = [rule(line.check, f"The check called {line.check}.", "error") for line in report.lines()]
    return log("filiera check", rules, map(result, report.problems), report.sentence())
