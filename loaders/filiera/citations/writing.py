"""Write what was found: for people, ready to paste, and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict

from filiera.citations.claims import Claim
from filiera.citations.finding import Found
from filiera.citations.works import Work


def as_json(found: Found) -> str:
    """Return what was found for programs."""
    works = [asdict(one) | {"pandoc": one.pandoc} for one in found.works]
    claims = [asdict(one) | {"pandoc": one.pandoc} for one in found.claims]
    answer = {"certain": found.certain, "remark": found.remark, "works": works, "claims": claims}
    return json.dumps(answer, ensure_ascii=False, indent=2)


def as_text(found: Found) -> str:
    """Return what was found for people, ready to paste."""
    return "\n\n".join([*map(_work, found.works), *("\n".join(_claim(one)) for one in found.claims)])


def _work(of: Work) -> str:
    warning = f"\n  warning: {of.warning}" if of.warning else ""
    return f"{of.in_text}  {of.pandoc}\n  {of.reference}{warning}"


def _claim(of: Claim) -> Iterator[str]:
    yield f"{of.statement}  {of.pandoc}"
    yield f"  {of.kind}, {of.key}"
    yield f"  said in: {of.work.in_text}, {'; '.join(of.places)}"
    yield f"  held by: {'; '.join(of.held_by)}"
    if of.rests_on:
        yield f"  rests on: {'; '.join(f'{work.in_text} {work.pandoc}' for work in of.rests_on)}"
    yield from (f"  warning: {work.in_text}: {work.warning}" for work in (of.work, *of.rests_on) if work.warning)
    for relation in of.relations:
        by = ", as the curators see it" if relation.by == "curator" else ""
        yield f"  {relation.says}{by}: {relation.statement}  {relation.pandoc}  {relation.key}"
