"""A query with what its answer may be, what it may cost, and the answer."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one query may take before it is ended."""

    #: Seconds of the clock, from the moment that a worker begins.
    seconds: float = 5.0
    #: Memory of the worker, of which some 30 MB are its own.
    memory_mb: int = 512
    #: Size of the result; it is held in memory, so that a limit that is passed is still a clean error.
    result_bytes: int = 20 << 20
    #: Seconds to wait for a worker while all are busy.
    patience: float = 5.0


@dataclass(frozen=True)
class Question:
    """A query, the media types of its result, and the graphs that it asks."""

    query: str
    #: Media type for SELECT and ASK, or None when the asker takes none.
    table: str | None = "application/sparql-results+json"
    #: Media type for CONSTRUCT and DESCRIBE, or None when the asker takes none.
    graph: str | None = "text/turtle"
    #: Whether the default graph is all graphs together; this would override FROM and the graphs below.
    union: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a question: a result, or a reason in plain text. Its status is that of HTTP."""

    status: int
    media_type: str
    body: bytes
    #: The build that the answer is from, where it is from one.
    build: str = ""


def refused(status: int, reason: str) -> Answer:
    """Answer with a reason in place of a result.

    >>> refused(403, "this endpoint is read-only").body
    b'this endpoint is read-only'
    """
    return Answer(status, "text/plain", reason.encode())
