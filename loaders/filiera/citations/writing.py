"""Write what was found: for people, with all that is known, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from filiera.citations.claims import Claim
from filiera.citations.finding import Found
from filiera.citations.styled import Styled
from filiera.citations.works import Work


def as_json(found: Found, styled: Styled | None = None) -> str:
    """Return what was found for programs; renderings are small HTML."""
    works = [_cited(one, one, styled) for one in found.works]
    claims = [_cited(one, one.work, styled) for one in found.claims]
    answer = {"certain": found.certain, "remark": found.remark, "works": works, "claims": claims}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def _cited(one: Work | Claim, work: Work, styled: Styled | None) -> dict[str, Any]:
    found = asdict(one) | {"pandoc": one.pandoc}
    return found | {"rendered": styled.as_dict(work)} if styled else found


def as_text(found: Found, styled: Styled | None = None) -> str:
    """Return what was found for people, ready to paste; without a style, with plain references."""
    works = ("\n".join(_work(one, styled)) for one in found.works)
    return "\n\n".join([*works, *("\n".join(_claim(one, styled)) for one in found.claims)])


def _work(of: Work, styled: Styled | None) -> Iterator[str]:
    if styled:
        yield f"{styled.plain(styled.in_text(of))}  {of.pandoc}"
        yield f"  in a sentence: {styled.plain(styled.narrative(of))}"
        yield f"  {styled.plain(styled.reference(of)) or of.reference}"
    else:
        yield f"{_placed(of)}  {of.pandoc}"
        yield f"  {of.reference}"
    if of.warning:
        yield f"  warning: {of.warning}"


def _placed(of: Work) -> str:
    return f"{of.in_text}, {of.locator}" if of.locator else of.in_text


def _claim(of: Claim, styled: Styled | None) -> Iterator[str]:
    yield f"{of.statement}  {of.pandoc}"
    yield f"  {of.kind}, {of.key}"
    yield f"  said in: {of.work.in_text}, {'; '.join(of.places)}"
    yield f"  held by: {'; '.join(of.held_by)}"
    if styled:
        yield f"  cite as: {styled.plain(styled.in_text(of.work))}"
        yield f"  reference: {styled.plain(styled.reference(of.work)) or of.work.reference}"
    if of.rests_on:
        yield f"  rests on: {'; '.join(f'{work.in_text} {work.pandoc}' for work in of.rests_on)}"
    yield from (f"  warning: {work.in_text}: {work.warning}" for work in (of.work, *of.rests_on) if work.warning)
    for relation in of.relations:
        by = ", as the curators see it" if relation.by == "curator" else ""
        yield f"  {relation.says}{by}: {relation.statement}  {relation.pandoc}  {relation.key}"
