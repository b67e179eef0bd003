r"""Refuse a query that must not run: too long, too deep, an update, or one that asks another server.

SERVICE has Oxigraph send a request from this machine to any address, and no switch turns that off. The guard has to
find the word as Oxigraph's parser does, which has no lexer: wherever a token may start it tries one reading after the
other, so that `e:p.SERVICE`, `1.0SERVICE` and `SERVICEe:x` hold the keyword, and `?SERVICE` does not. Each rule here
answers a query that got through a simpler one; they are rows of `tests/sparql/test_guard.py`. Where a text has two
readings and holds the word at all, it is refused.

A query that passes wrongly still meets the kernel, where `confinement` could take sockets from the worker.
"""

from __future__ import annotations

import re
from itertools import accumulate

from filiera.sparql.questions import Answer, refused

#: Characters of a query, and brackets within brackets: more may end a worker, though nothing else.
LONGEST = 50_000
DEEPEST = 100

#: A character by its number, which strings and IRIs may hold.
NUMBERED = r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}"

#: What a string may hold after a backslash. Anything else and the parser tries to read a shorter string.
ESCAPE = rf"""\\[tbnrf"'\\]|{NUMBERED}"""

#: What is not code: strings, IRIs and comments; and an escaped sign of a prefixed name, which may be a quotation mark.
NOT_CODE = re.compile(
    rf"""
      '''(?:'{{0,2}}(?:[^'\\]|{ESCAPE}))*+''' | "{{3}}(?:"{{0,2}}(?:[^"\\]|{ESCAPE}))*+"{{3}}
    | '(?:[^'\\\n\r]|{ESCAPE})*+' | "(?:[^"\\\n\r]|{ESCAPE})*+"
    | (?P<iri> <(?:[^<>"{{}}|^`\\\x00-\x20]|{NUMBERED})*+> )
    | \#[^\n\r]*+
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)

#: `<` before this cannot be "less than", as nothing may follow `https:` there but a name.
ABSOLUTE = re.compile(r"<[a-z][a-z0-9+.-]*://", re.IGNORECASE)

#: An IRI that stays one whatever letters follow, and so can be the namespace of every name: it has begun its path.
NAMESPACE = re.compile(r"<(?:[a-z][a-z0-9+.-]*://[^/]*/|[a-z][a-z0-9+.-]*:[^/]|#)", re.IGNORECASE)

VARIABLE = re.compile(r"[?$]\w+")
#: A prefixed name; its namespace is kept, as SERVICEe:x is the keyword before e:x.
NAME = re.compile(r"(?<![\w.-])([\w.-]*:)[\w:-]+")
#: The same where nothing could make the parser end the name before its last letter.
PLAIN_NAME = re.compile(r"(?<![\w.-])([\w.-]*:)[A-Za-z_][A-Za-z0-9_-]*(?=\.?(?:[\s,;(){}\[\]/|^*+?$=!<>&]|$))")

PROLOGUE = r"(?:\s*(?:BASE|PREFIX\s*[\w.-]*:))*+\s*"
UPDATE = re.compile(PROLOGUE + r"(INSERT|DELETE|LOAD|CLEAR|CREATE|DROP|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE)
CHANGING = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID)\s*\(", re.IGNORECASE)


def refusal(query: str) -> Answer | None:
    """Say why a query must not run, or return None.

    >>> refusal("SELECT * { ?service ?p 'SERVICE' }")
    >>> refusal("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }").status
    403
    """
    if len(query) > LONGEST:
        return refused(413, f"the query has {len(query):,} characters; at most {LONGEST:,} are read")
    code = _code(query)
    if _depth(code) > DEEPEST:
        return refused(400, f"the query has more than {DEEPEST} brackets within brackets")
    if update := UPDATE.match(code):
        return refused(
            403, f"this endpoint is read-only: it answers SELECT, ASK, CONSTRUCT and DESCRIBE, not {update[1]}"
        )
    if _asks_elsewhere(query, code):
        return refused(
            403,
            "SERVICE is refused: a query is answered from this store alone. If you do not use it: a name that holds "
            "the word must be plain, as in ?service or ex:service, and its namespace be an absolute IRI",
        )
    return None


def names_dataset(query: str) -> bool:
    """Whether a query says by FROM which graphs it asks.

    >>> names_dataset("SELECT * FROM <https://example.org/g> { }"), names_dataset("SELECT ?from { ?s :from ?o }")
    (True, False)
    """
    return "from" in NAME.sub(r"\1 ", VARIABLE.sub(" ", _code(query))).lower()


def is_changing(query: str) -> bool:
    """Whether a query may have another result each time, as it asks for the time or for chance.

    >>> is_changing("SELECT * { ?s ?p ?o } ORDER BY RAND()"), is_changing("SELECT * { ?now ?p 'NOW()' }")
    (True, False)
    """
    return CHANGING.search(_code(query)) is not None


def _code(query: str) -> str:
    return NOT_CODE.sub(" ", query)


def _depth(code: str) -> int:
    signs = re.findall(r"[({\[]|[)}\]]|<<|>>", code)
    return max(accumulate((1 if sign in "({[<<" else -1 for sign in signs), initial=0))


def _asks_elsewhere(query: str, code: str) -> bool:
    if "service" not in query.lower():
        return False
    iris = [match["iri"] for match in NOT_CODE.finditer(query) if match["iri"]]
    if re.search(r"\\[uU]", query) or any(map(_has_two_readings, iris)):
        return True
    bare = VARIABLE.sub(" ", code)
    if all(map(NAMESPACE.match, iris)):
        bare = PLAIN_NAME.sub(r"\1 ", bare)
    return "service" in bare.lower()


def _has_two_readings(iri: str) -> bool:
    """Whether `<…>` may also be "less than", with a string or a comment in it that hides what follows."""
    return not ABSOLUTE.match(iri) and not {"'", "#"}.isdisjoint(iri)
