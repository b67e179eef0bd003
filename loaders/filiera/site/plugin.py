"""Put our pages beside Datasette's tables."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import datasette.app as ds
from datasette.utils import asgi
from pluggy import HookimplMarker

from filiera.errors import BusyError, FilieraError, NotFoundError
from filiera.site.environment import POLICY
from filiera.site.pages import PAGES
from filiera.site.rebuilding import Trouble
from filiera.site.visits import TEXT, Answer, Reply, Site, Visit
from filiera.sparql.negotiation import best

hookimpl = HookimplMarker("datasette")

#: Arguments of a request; no page has so many.
MOST_ARGUMENTS = 50

#: On every page of ours.
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "Vary": "Accept",
    "X-Content-Type-Options": "nosniff",
}

View = Callable[[asgi.Request], Awaitable[asgi.Response | asgi.AsgiFileDownload]]


class Plugin:
    """The part of Datasette that shows our pages."""

    #: Datasette lists its plugins by this, as if each were a module.
    __name__ = "filiera.site"

    def __init__(self, site: Site) -> None:
        """Show the pages of a site."""
        self._site = site

    @hookimpl
    def register_routes(self, datasette: ds.Datasette) -> list[tuple[str, View]]:
        """Answer at the path of every page."""
        return [(f"^{page.pattern(self._site.schema.kinds)}$", self._view(datasette, page.answer)) for page in PAGES]

    @hookimpl
    def extra_template_vars(self) -> dict[str, Trouble | None]:
        """Tell Datasette's own pages of trouble too."""
        return {"trouble": self._site.trouble}

    def _view(self, datasette: ds.Datasette, answer: Answer) -> View:
        async def view(request: asgi.Request) -> asgi.Response | asgi.AsgiFileDownload:
            if request.method not in {"GET", "HEAD"}:
                return _response(_plain(405, f"{request.method} is not answered here; use GET", {"Allow": "GET, HEAD"}))
            tag = self._tag(request)
            if tag in re.findall(r'"([^"]*)"', request.headers.get("if-none-match", "")):
                return _response(Reply("", status=HTTPStatus.NOT_MODIFIED, headers=_cached(tag)))
            database = datasette.get_database("filiera")
            reply = await database.execute_fn(lambda connection: self._reply(connection, request, answer))
            if reply.status == HTTPStatus.OK:
                reply = replace(reply, headers=_cached(tag) | dict(reply.headers))
            return _response(replace(reply, body="") if request.method == "HEAD" else reply)

        return view

    def _tag(self, request: asgi.Request) -> str:
        told = "\n".join((self._site.tag, request.full_path, request.headers.get("accept", "")))
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def _reply(self, connection: sqlite3.Connection, request: asgi.Request, answer: Answer) -> Reply:
        names = {name: unquote(value or "") for name, value in request.url_vars.items()}
        visit = Visit(self._site, connection, request.path, names, {}, request.headers.get("accept", ""))
        try:
            given = _arguments(request)
            return answer(replace(visit, arguments=dict(given), given=given))
        except FilieraError as error:
            return _trouble(visit, error)


def _arguments(request: asgi.Request) -> list[tuple[str, str]]:
    """Return the arguments of a request in the order in which they are given."""
    try:
        return parse_qsl(request.query_string, keep_blank_values=True, max_num_fields=MOST_ARGUMENTS)
    except ValueError as error:
        raise FilieraError(f"the address has more than {MOST_ARGUMENTS} arguments") from error


def _trouble(visit: Visit, error: FilieraError) -> Reply:
    """Say what cannot be done, as a page or in plain text."""
    status, again = HTTPStatus.BAD_REQUEST, {}
    if isinstance(error, NotFoundError):
        status = HTTPStatus.NOT_FOUND
    if isinstance(error, BusyError):
        status, again = HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": str(error.seconds)}
    if best(visit.accept, ("text/html", "text/plain")) == "text/plain":
        return _plain(status, str(error), again)
    return replace(visit.page("error.html", status=status, message=str(error)), headers=again)


def _plain(status: int, reason: str, headers: dict[str, str] | None = None) -> Reply:
    return Reply(f"{reason}\n", TEXT, status, headers or {})


def _cached(tag: str) -> dict[str, str]:
    """Return headers by which a browser keeps a page and asks each time whether it still holds."""
    return {"Cache-Control": "no-cache", "ETag": f'"{tag}"'}


def _response(reply: Reply) -> asgi.Response | asgi.AsgiFileDownload:
    headers = HEADERS | dict(reply.headers)
    if isinstance(reply.body, Path):
        return asgi.AsgiFileDownload(reply.body, content_type=reply.media_type, headers=headers)
    return asgi.Response(reply.body, int(reply.status), headers, reply.media_type)
