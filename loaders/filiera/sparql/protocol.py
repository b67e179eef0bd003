"""Answer a request as the SPARQL 1.1 Protocol has it, whatever the web framework.

https://www.w3.org/TR/sparql11-protocol/ says what a client may rely on. A refusal is plain text, so that no part of a
query comes back as markup.
"""

from __future__ import annotations

import hashlib
import math
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus

from filiera.sparql import description, guard, negotiation, page
from filiera.sparql.negotiation import GRAPHS, TABLES, Choice
from filiera.sparql.page import Editor, Example, Outcome
from filiera.sparql.pool import Pool
from filiera.sparql.questions import Answer, Limits, Question
from filiera.sparql.requests import METHODS, Asked, RefusedError, Request, read

#: Bytes of a result that becomes a page: the HTML is made in this process, and nobody reads so much.
PAGE_BYTES = 2 << 20

#: What a page is made from.
PAGE_CHOICE = Choice("application/sparql-results+json", "text/turtle")

#: On every response. The data are public, so any site may ask; whatever a result holds, a browser runs nothing of it.
HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}

PREFLIGHT = {
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Max-Age": "86400",
    "Allow": METHODS,
}

NOT_ACCEPTABLE = (
    f"no accepted format fits; SELECT and ASK are answered in {', '.join(TABLES)}, "
    f"CONSTRUCT and DESCRIBE in {', '.join(GRAPHS)}"
)


@dataclass(frozen=True, slots=True)
class Response:
    """What to answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A place that answers SPARQL queries.

    `graph` describes `<#graph>` in Turtle; `editor` and `notice` are for the page.
    """

    pool: Pool
    examples: Sequence[Example] = ()
    graph: str = ""
    editor: Editor | None = None
    notice: str = ""

    async def answer(self, request: Request) -> Response:
        """Answer a request, whatever it is."""
        try:
            response = await self._answer(request)
        except RefusedError as error:
            response = _plain(error.status, str(error).encode(), error.headers)
        body = b"" if request.method == "HEAD" else response.body
        return Response(response.status, HEADERS | dict(response.headers), body)

    async def _answer(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(HTTPStatus.NO_CONTENT, PREFLIGHT)
        asked = read(request)
        if negotiation.prefers_page(asked.accept):
            return await self._page(asked)
        if asked.query is None:
            return self._description(asked.accept)
        return await self._result(request, asked, asked.query)

    async def _page(self, asked: Asked) -> Response:
        outcome = None
        if asked.query is not None:
            began = time.perf_counter()
            limits = replace(self.pool.limits, result_bytes=min(PAGE_BYTES, self.pool.limits.result_bytes))
            answer = await self._ask(asked, asked.query, PAGE_CHOICE, limits)
            outcome = Outcome(answer, time.perf_counter() - began)
        html = page.render(asked.query or "", outcome, self.examples, self.editor, self.notice)
        headers = {"Content-Type": _named("text/html"), "Content-Security-Policy": page.policy(self.editor)}
        return Response(outcome.answer.status if outcome else HTTPStatus.OK, headers, html.encode())

    async def _result(self, request: Request, asked: Asked, query: str) -> Response:
        choice = negotiation.choose(asked.accept)
        if choice == Choice(None, None):
            raise RefusedError(406, NOT_ACCEPTABLE)
        is_stable = request.method != "POST" and not guard.is_changing(query)
        if is_stable and _is_known(request, _tag(self.pool.store.build, choice)):
            return Response(HTTPStatus.NOT_MODIFIED, _cached(self.pool.store.build, choice))
        answer = await self._ask(asked, query, choice, self.pool.limits)
        if answer.status == HTTPStatus.NOT_ACCEPTABLE:  # there is a format, but for the other kind of result
            raise RefusedError(406, NOT_ACCEPTABLE)
        if answer.status != HTTPStatus.OK:
            return _plain(answer.status, answer.body, self._retry(answer))
        cached = _cached(answer.build, choice) if is_stable else {}
        return Response(answer.status, {"Content-Type": _named(answer.media_type), **cached}, answer.body)

    async def _ask(self, asked: Asked, query: str, choice: Choice, limits: Limits) -> Answer:
        """Ask the pool, unless the guard refuses; all graphs together, unless the request or the query names some."""
        if refusal := guard.refusal(query):
            return refusal
        named = asked.default_graphs or asked.named_graphs or guard.names_dataset(query)
        question = Question(query, choice.table, choice.graph, not named, asked.default_graphs, asked.named_graphs)
        return await self.pool.ask(question, limits)

    def _description(self, accept: str) -> Response:
        if negotiation.best(accept, (description.MEDIA_TYPE,)) is None:
            raise RefusedError(
                400, f"exactly one query is needed; without one there is a {description.MEDIA_TYPE} description"
            )
        turtle = description.describe(self.graph, self.examples)
        return Response(HTTPStatus.OK, {"Content-Type": _named(description.MEDIA_TYPE)}, turtle.encode())

    def _retry(self, answer: Answer) -> dict[str, str]:
        if answer.status != HTTPStatus.SERVICE_UNAVAILABLE:
            return {}
        return {"Retry-After": str(math.ceil(self.pool.limits.seconds))}


def _plain(status: int, reason: bytes, headers: Mapping[str, str]) -> Response:
    return Response(status, {"Content-Type": _named("text/plain"), **headers}, reason + b"\n")


def _named(media_type: str) -> str:
    """Return the header Content-Type: text is UTF-8, and must say so."""
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


def _tag(build: str, choice: Choice) -> str:
    """Return what tells one build's result in these formats from another's at the same address."""
    return hashlib.sha256(f"{build} {choice.table} {choice.graph}".encode()).hexdigest()[:32]


def _is_known(request: Request, tag: str) -> bool:
    return tag in re.findall(r'"([^"]*)"', request.headers.get("if-none-match", ""))


def _cached(build: str, choice: Choice) -> dict[str, str]:
    """Return headers by which a cache keeps a result and asks each time whether it still holds.

    The tag is weak, as the same build may give the same rows in another order.
    """
    return {"Cache-Control": "no-cache", "ETag": f'W/"{_tag(build, choice)}"'} if build else {}
