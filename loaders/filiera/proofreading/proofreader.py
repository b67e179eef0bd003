"""Hold manuscripts against a base by all rules."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from pathlib import Path

from filiera.errors import FilieraError
from filiera.proofreading.claims import Claims
from filiera.proofreading.gazetteer import Gazetteer
from filiera.proofreading.manuscripts import Manuscript
from filiera.proofreading.observations import Observations
from filiera.proofreading.outcomes import Fault, Finding, NotRun, Outcome, Proof
from filiera.proofreading.outside import Outside, named, outside
from filiera.proofreading.reading import read
from filiera.proofreading.resolution import Resolved, Resolver, Verdict
from filiera.proofreading.rules import RULES
from filiera.proofreading.rules.base import Base, Cited, Rule
from filiera.proofreading.works import Works


class Proofreader:
    """Proofreads manuscripts against a built base; it keeps what it has looked up."""

    def __init__(self, connection: sqlite3.Connection, *, advice: bool = False) -> None:
        """Read nothing yet."""
        gazetteer = Gazetteer(connection)
        claims = Claims(connection, gazetteer)
        self.base = Base(Resolver(connection), Works(connection), gazetteer, claims, Observations(connection))
        self.rules = tuple(rule for rule in RULES if advice or not rule.advice)

    def files(self, paths: Iterable[Path], bibliographies: Iterable[Path] = ()) -> Proof:
        """Proofread files, each with what it includes; works of the bibliographies are known.

        What cannot be read is kept in the proof. Raises FilieraError when a bibliography cannot be read.
        """
        proof = Proof()
        libraries = list(bibliographies)
        outside(libraries)
        for path in paths:
            try:
                parts = read(path)
            except FilieraError as error:
                proof.unread.append(str(error))
                continue
            names = [name for part in parts for name in part.bibliographies]
            listed = [entry for part in parts for entry in part.listed]
            defined = [key for part in parts for key in part.defined]
            known = outside([*libraries, *named(path, names)], listed, defined)
            self.proofread(parts, known, proof)
        return proof

    def proofread(self, parts: list[Manuscript], known: Outside, proof: Proof) -> None:
        """Proofread the files of one manuscript."""
        resolved = [[self.base.resolver.resolve(one, known) for one in part.citations] for part in parts]
        everywhere = frozenset(key for part in resolved for one in part for key in _works(one))
        for part, citations in zip(parts, resolved, strict=True):
            proof.manuscripts += 1
            proof.citations += sum(one.verdict is not Verdict.NO_CITATION for one in citations)
            proof.sentences += len(part.sentences)
            for one in citations:
                self._citation(one, part, proof)
            for sentence in cited(part, citations, everywhere):
                self._sentence(sentence, proof)

    def _citation(self, one: Resolved, part: Manuscript, proof: Proof) -> None:
        for rule in self.rules:
            if rule.of_citation:
                _count(rule, part, rule.of_citation(one, self.base), proof)

    def _sentence(self, sentence: Cited, proof: Proof) -> None:
        for rule in self.rules:
            for outcome in rule.of_sentence(sentence, self.base) if rule.of_sentence else ():
                _count(rule, sentence.manuscript, outcome, proof)


def _works(one: Resolved) -> tuple[str, ...]:
    return one.keys if one.verdict is Verdict.WORK else ()


def cited(part: Manuscript, citations: list[Resolved], everywhere: frozenset[str]) -> Iterator[Cited]:
    """Yield the sentences of a file with their citations, and the works that are cited around them."""
    citations = [one for one in citations if one.verdict is not Verdict.NO_CITATION]
    places = [one.citation.start for one in citations]
    of = [citations[bisect_left(places, one.start) : bisect_left(places, one.end)] for one in part.sentences]
    near: dict[int, set[str]] = {}
    for sentence, inside in zip(part.sentences, of, strict=True):
        near.setdefault(sentence.paragraph, set()).update(key for one in inside for key in _works(one))
    for sentence, inside in zip(part.sentences, of, strict=True):
        yield Cited(sentence, inside, frozenset(near[sentence.paragraph]), everywhere, part)


def _count(rule: Rule, part: Manuscript, outcome: Outcome, proof: Proof) -> None:
    """Count one check, and keep its fault."""
    if outcome is None:
        return
    if isinstance(outcome, NotRun):
        proof.skip(rule.name, outcome.reason)
        return
    proof.made(rule.name)
    if isinstance(outcome, Fault):
        proof.fail(finding(rule, part, outcome))


def finding(rule: Rule, part: Manuscript, fault: Fault) -> Finding:
    """Place a fault in its file."""
    line, column = part.lines.place(fault.start)
    end_line, end_column = part.lines.place(fault.end)
    return Finding(
        part.file,
        line,
        column,
        fault.message,
        fault.hint,
        rule.name,
        end_line,
        end_column,
        rule.level,
        fault.fix,
        fault.start,
        fault.end - fault.start,
    )
