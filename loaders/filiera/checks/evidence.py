"""Check evidence: documents are the files that were read, and every passage stands in its document, once.

The lookup writes what it finds into the record's data: `verdict` and, where the passage is found, its offsets.
"""

from __future__ import annotations

from typing import Any

from filiera.checks.base import Base, Check
from filiera.documents import JOINTS, Document, fold_lines, fold_words
from filiera.passages import elsewhere, locate, occurrences
from filiera.records import Record, Steps

NOT_RUN = {
    "not-at-hand": "document not at hand (see --sources)",
    "document-differs": "the document at hand is not the one that was read",
}


def identity(record: Record, base: Base) -> None:
    """Check that the file of a document is the one that was read, and as long as its record says."""
    document = base.library.documents.get(record.id)
    if record.kind.folder != "documents" or document is None:
        return
    if document.verdict == "not-at-hand":
        base.report.skip("documents", NOT_RUN["not-at-hand"])
        return
    base.report.made("documents")
    if document.verdict == "document-differs":
        message = f"sha256: the file {record.data.get('file')!r} at hand is not the one that was read"
        hint = "put the right file among the sources, or read the new one and correct the passages"
        base.report.fail(record.problem(("sha256",), message, hint, "documents"))
    elif record.data.get("characters", len(document.text)) != len(document.text):
        message = f"characters: the file has {len(document.text)}, not {record.data['characters']}"
        base.report.fail(record.problem(("characters",), message, "correct the number", "documents"))


def passages(record: Record, base: Base) -> None:
    """Look up every passage of the record."""
    for path, of, data in record.objects:
        if "passage" not in of.fields or "passage" not in data:
            continue
        key = data.get("document", record.id)
        if document := base.library.get(key):
            _look_up(record, base, path, data, document)


def _look_up(record: Record, base: Base, path: Steps, data: dict[str, Any], document: Document) -> None:
    if document.path is None:
        data["verdict"] = document.verdict
        base.report.skip("passages", NOT_RUN[document.verdict])
        return
    base.report.made("passages")
    found = locate(data["passage"], document, data.get("section"))
    data["verdict"] = found.verdict
    if found.found:
        data["start_offset"], data["end_offset"] = found.start, found.end
        return
    other = elsewhere(data["passage"], base.library, document.key) if found.verdict == "not-found" else ""
    hint = f"it stands in {other!r}" if other else found.hint
    place = (*path, "section") if found.part == "section" else (*path, "passage", found.part)
    base.report.fail(record.problem(place, f"passage {found.verdict}: {found.message}", hint, "passages"))


def printed(record: Record, base: Base) -> None:
    """Check that what a record gives as printed stands in the passages that it names.

    An object without evidence of its own is looked for in the evidence of the object around it.
    """
    evidence: dict[Steps, list[dict[str, Any]]] = {}
    for path, of, data in record.objects:
        own = data.get("evidence") if "evidence" in of.fields else None
        evidence[path] = own or _inherited(evidence, path)
        if "printed" in data and "evidence" in of.fields:
            _look_for(record, base, path, data["printed"], evidence[path])


def _inherited(evidence: dict[Steps, list[dict[str, Any]]], path: Steps) -> list[dict[str, Any]]:
    around = next((path[:n] for n in range(len(path) - 1, -1, -1) if path[:n] in evidence), ())
    return evidence.get(around, [])


def _look_for(record: Record, base: Base, path: Steps, text: str, evidence: list[dict[str, Any]]) -> None:
    found = [item for item in evidence if item.get("verdict") == "found"]
    if not found:
        base.report.skip("printed", "no passage of it is found")
        return
    base.report.made("printed")
    if any(_stands(text, base.library.get(item["document"]), item) for item in found):
        return
    message = f"printed: {text!r} does not stand in the passage"
    hint = "copy it as the document prints it, or name the passage that holds it"
    base.report.fail(record.problem((*path, "printed"), message, hint, "printed"))


def _stands(text: str, document: Document | None, item: dict[str, Any]) -> bool:
    stretch = document.text[item["start_offset"] : item["end_offset"]] if document else ""
    readings = (fold_lines(stretch, joint).text for joint in JOINTS)
    return any(True for reading in readings for _ in occurrences(fold_words(text), reading))


CHECKS = (
    Check("documents", identity),
    Check("passages", passages),
    Check("printed", printed),
)
