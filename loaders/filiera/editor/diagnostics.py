"""Proofread what is open in an editor, and offer corrections."""

from __future__ import annotations

from filiera.editor.session import Desk, Open, known
from filiera.proofreading.outcomes import Finding, Proof


def findings(desk: Desk, open_: Open) -> list[Finding]:
    """Return what is wrong with a manuscript, in the order of its places."""
    proof = Proof()
    desk.reader.proofread([open_.read()], known(open_), proof)
    return proof.findings
