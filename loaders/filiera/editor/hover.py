"""Show what a citation means: the reference, and how the base stands to the sentence around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from filiera.citations import Claim, claim, work
from filiera.editor.session import Desk, Open, cited_at
from filiera.proofreading.claims import Likeness
from filiera.proofreading.proofreader import cited
from filiera.proofreading.resolution import Verdict
from filiera.proofreading.rules.statements import stated

#: As many claims of a work as this are shown, the nearest to the sentence first.
MOST_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class Shown:
    """A text in Markdown about a stretch of a manuscript."""

    text: str
    start: int
    end: int


def hover(desk: Desk, open_: Open, offset: int) -> Shown | None:
    """Return what there is to say about the citation at a place, or nothing when there is none."""
    citation = cited_at(open_, offset)
    if citation is None:
        return None
    resolved = desk.resolve(open_, citation)
    if resolved.verdict is Verdict.NO_CITATION:
        return None
    if resolved.verdict is Verdict.OUTSIDE:
        return Shown("A work outside the base, known from a bibliography.", citation.start, citation.end)
    parts = [_verdict(resolved.verdict)] if resolved.verdict is not Verdict.WORK else []
    for key in resolved.keys:
        parts += [_reference(desk, key), *_claims(desk, open_, key, citation.start)]
    return Shown("\n\n".join(filter(None, parts)), citation.start, citation.end)


def _verdict(verdict: Verdict) -> str:
    return f"**{verdict.value.capitalize()}**"


def _reference(desk: Desk, key: str) -> str:
    """Return the reference of a work, with its key and a warning."""
    found = work(desk.connection, key)
    warning = f"\n\n**Warning:** {found.warning}" if found.warning else ""
    return f"{found.reference}\n\n`{found.key}`{warning}"


def _claims(desk: Desk, open_: Open, key: str, start: int) -> Iterator[str]:
    """Yield the claims of a work that are nearest to the sentence, with their places and who stands how to them."""
    claims = desk.reader.base.claims
    of_work = claims.of_works([key])
    manuscript = open_.read()
    around = next(
        (one for one in cited(manuscript, [], frozenset()) if one.sentence.start <= start < one.sentence.end), None
    )
    if not of_work or around is None or not around.is_sentence:
        return
    nearest = claims.likest(stated(around), of_work)[:MOST_CLAIMS]
    yield f"---\n\n{len(of_work)} claims of this work or resting on it{'; nearest to the sentence:' if nearest else ''}"
    for likeness in nearest:
        yield _stance(likeness, claim(desk.connection, likeness.claim.key))


def _stance(likeness: Likeness, found: Claim) -> str:
    """Return a claim with its stance to the sentence, its place, and the claims that support or dispute it."""
    near = likeness.near
    stance = "the opposite" if near.contradicts else "says so" if near.agrees else "near"
    lines = [f"- *{stance}*: {found.statement} ({found.kind})", *(f"  - {place}" for place in found.places)]
    lines += [f"  - {one.says}: {one.statement} ({one.in_text})" for one in found.relations]
    return "\n".join(lines)
