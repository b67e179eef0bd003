"""Ask whether it is certain which work is cited, and what its data are."""

from __future__ import annotations

from filiera.proofreading.outcomes import PASSED, Fault, Outcome
from filiera.proofreading.resolution import Resolved, Verdict
from filiera.proofreading.rules.base import Base, Rule


def uncertain_work(one: Resolved, base: Base) -> Outcome:
    """Say that the base itself is not certain of a work."""
    if one.verdict is not Verdict.WORK:
        return None
    warned = [facts for key in one.keys if (facts := base.works.facts(key)).warning]
    if len(warned) < len(one.keys):
        return PASSED
    citation = one.citation
    return Fault(citation.start, citation.end, f"{warned[0].name} ({warned[0].key}) is not certain", warned[0].warning)


RULES = (Rule("uncertain-work", "note", "The data of a cited work are certain.", of_citation=uncertain_work),)
