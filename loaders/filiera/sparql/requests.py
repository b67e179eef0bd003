"""Read a request of the SPARQL 1.1 Protocol: by GET, as a form, or with the query as its body.

What is not such a request raises RefusedError, which says with which status, why, and what to send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.message import Message
from urllib.parse import parse_qsl

from filiera.sparql import guard
from filiera.sparql.negotiation import SHORT_NAMES

METHODS = "GET, HEAD, POST, OPTIONS"

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"

#: Bytes of a body: the longest query, with every byte of every character percent-encoded.
LONGEST_BODY = 12 * guard.LONGEST

#: Fields of a form; a query takes one, and each graph one more.
MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Request:
    """What a web framework was asked; the names of headers are in lower case."""

    method: str
    query_string: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asks for; a request without a query asks what this endpoint is."""

    query: str | None
    accept: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class RefusedError(Exception):
    """The request is none of the protocol, or asks for what is not offered."""

    def __init__(self, status: int, reason: str, headers: Mapping[str, str] | None = None) -> None:
        """Keep what the response will say."""
        super().__init__(reason)
        self.status = status
        self.headers = headers or {}


def read(request: Request) -> Asked:
    """Return what a request asks for.

    Raises RefusedError.
    """
    fields = _fields(request)
    if "update" in fields:
        raise _read_only()
    queries = fields.get("query", [])
    if len(queries) > 1 or (request.method == "POST" and not queries):
        raise RefusedError(400, f"exactly one query is needed; the request has {len(queries)}")
    return Asked(
        query=queries[0] if queries else None,
        accept=_accept(request, fields.get("format", [])),
        default_graphs=tuple(fields.get("default-graph-uri", [])),
        named_graphs=tuple(fields.get("named-graph-uri", [])),
    )


def _accept(request: Request, formats: list[str]) -> str:
    """Return what the request accepts; the field `format` is for people and goes before the header."""
    if not formats:
        return request.headers.get("accept", "")
    if formats[-1] not in SHORT_NAMES:
        raise RefusedError(400, f"there is no format {formats[-1]!r}; there are: {', '.join(SHORT_NAMES)}")
    return SHORT_NAMES[formats[-1]]


def _fields(request: Request) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for name, value in _parse(request.query_string) + _body(request):
        fields.setdefault(name, []).append(value)
    return fields


def _body(request: Request) -> list[tuple[str, str]]:
    if request.method in {"GET", "HEAD"}:
        return []
    if request.method != "POST":
        raise RefusedError(405, f"{request.method} is not answered here; use one of {METHODS}", {"Allow": METHODS})
    if len(request.body) > LONGEST_BODY:
        raise RefusedError(413, f"the body is larger than {LONGEST_BODY:,} bytes")
    media_type = _media_type(request.headers.get("content-type", ""))
    if media_type == FORM:
        return _parse(request.body)
    if media_type == QUERY:
        return [("query", _text(request.body))]
    if media_type == UPDATE:
        raise _read_only()
    raise RefusedError(415, f"a POST has the type {FORM} or {QUERY}, not {media_type!r}")


def _media_type(content_type: str) -> str:
    message = Message()
    message["Content-Type"] = content_type
    if (charset := message.get_content_charset("utf-8")) not in {"utf-8", "utf8"}:
        raise RefusedError(415, f"the body must be UTF-8, not {charset!r}")
    return message.get_content_type()


def _parse(fields: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(_text(fields), keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the percent-encoded bytes {error.object!r} are not UTF-8") from error
    except ValueError as error:
        raise RefusedError(400, f"the request has more than {MOST_FIELDS:,} fields") from error


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise RefusedError(400, f"the request is not UTF-8 at byte {error.start:,}") from error


def _read_only() -> RefusedError:
    return RefusedError(403, "this endpoint is read-only; it takes no updates")
