"""Ask whether a cited work says so, and who says otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from filiera.proofreading.claims import DISPUTES, Claim
from filiera.proofreading.outcomes import PASSED, Fault, NotRun, Outcome
from filiera.proofreading.prose import CITED
from filiera.proofreading.resolution import Verdict
from filiera.proofreading.rules.base import Base, Cited, Rule

#: A sentence contradicts a claim only if it comes no nearer, but for this, to another that it agrees with.
MARGIN = 0.05

MINE = "cite it, or say why it does not hold"

#: Brackets with a year in them, which hold citations and no statement.
BRACKETS = re.compile(r"[(\[][^()\[\]]*\b(?:1[4-9]|20)\d\d[a-z]?\b[^()\[\]]*[)\]]")


def stated(one: Cited) -> str:
    """Return what a sentence states, without its citations."""
    return BRACKETS.sub(" ", one.sentence.text).replace(CITED, " ")


def cited_works(one: Cited) -> list[str]:
    """Return the works that a sentence cites for certain."""
    keys = (key for citation in one.citations if citation.verdict is Verdict.WORK for key in citation.keys)
    return list(dict.fromkeys(keys))


def contrary_statement(one: Cited, base: Base) -> Iterator[Outcome]:
    """Report a sentence whose cited work says the opposite, or holds what disputes it."""
    works = cited_works(one)
    if not one.is_sentence:
        return
    claims = base.claims.of_works(works)
    if not claims:
        if works:
            yield NotRun("the base has no claim of the cited work")
        return
    found = base.claims.likest(stated(one), claims)
    against = next((likeness for likeness in found if likeness.near.contradicts), None)
    agreeing = max((likeness.near.score for likeness in found if not likeness.near.opposite), default=0.0)
    if against and against.near.score > agreeing + MARGIN:
        yield _fault(one, base, against.claim, "the cited work holds the opposite")
        return
    agrees = any(likeness.near.agrees for likeness in found)
    for _, others in base.claims.related(DISPUTES, stated(one)) if not agrees else ():
        if theirs := [other for other in others if other.works & set(works)]:
            yield _fault(one, base, theirs[0], "the cited work disputes this")
            return
    yield PASSED


def mine(one: Cited, base: Base) -> Iterator[Outcome]:
    """Report what disputes a sentence, if no work that says so is cited near it."""
    if not one.is_sentence:
        return
    for _, others in base.claims.related(DISPUTES, stated(one)):
        said = any(other.works & one.near for other in others)
        yield (
            PASSED
            if said
            else _fault(one, base, others[0], "this is disputed, and no one who does so is cited here", MINE)
        )
        return


def unused_evidence(one: Cited, base: Base) -> Iterator[Outcome]:
    """Point to a claim that bears out a sentence without citations, by a work that the manuscript cites nowhere."""
    if one.citations or not one.is_sentence:
        return
    used = {version for key in one.everywhere for version in base.works.versions(key)}
    for matched in base.claims.like(stated(one)):
        evidence = (matched, *base.claims.supporting(matched))
        unused = [claim for claim in evidence if not (claim.works | {claim.work}) & used]
        yield (
            _fault(one, base, unused[0], "the base has evidence for this, and nothing is cited", "cite it")
            if unused
            else PASSED
        )
        return


def _fault(one: Cited, base: Base, claim: Claim, what: str, todo: str = "") -> Fault:
    """Report a sentence, with the claim, who holds it, and its place."""
    names = ", ".join(base.works.facts(key).name for key in sorted(claim.works))
    reported = "" if claim.work in claim.works else f", in {base.works.facts(claim.work).name}"
    section = f", section {claim.section}" if claim.section else ""
    start, end = one.bounds
    hint = todo or "put the sentence right, or cite a work that says so"
    return Fault(start, end, f"{what}: {claim.text!r}", f"{names}{reported}{section}, claim {claim.key}; {hint}")


RULES = (
    Rule("contrary-statement", "warning", "A cited work does not say the opposite.", of_sentence=contrary_statement),
    Rule("mine", "warning", "What disputes a sentence is cited near it.", of_sentence=mine),
    Rule("unused-evidence", "note", "What supports a sentence is used.", of_sentence=unused_evidence, advice=True),
)
