"""Put an endpoint under /sparql of Datasette.

The launcher registers a plugin of its own making, so that two servers in one process share nothing:

    endpoint = Endpoint(Pool(Store(folder / "store", build)), examples)
    pm.register(Plugin(endpoint))
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import datasette.app as ds
from datasette.utils import asgi
from pluggy import HookimplMarker

from filiera.sparql.protocol import Endpoint, Response
from filiera.sparql.requests import LONGEST_BODY, Request

PATH = "/sparql"

hookimpl = HookimplMarker("datasette")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
View = Callable[..., Awaitable[asgi.Response | None]]


class Plugin:
    """The part of Datasette that answers SPARQL."""

    #: Datasette lists its plugins by this, as if each were a module.
    __name__ = "filiera.sparql"

    def __init__(self, endpoint: Endpoint) -> None:
        """Answer from an endpoint, whose workers end when the server does."""
        self._endpoint = endpoint

    @hookimpl
    def register_routes(self) -> list[tuple[str, View]]:
        """Answer at one address."""
        return [(rf"^{PATH}$", self._view)]

    @hookimpl
    def skip_csrf(self, datasette: ds.Datasette, scope: Message) -> bool:
        """Let programs POST a query: nothing is changed by one, so there is nothing to forge."""
        return bool(scope["path"] == datasette.urls.path(PATH))

    @hookimpl
    def asgi_wrapper(self) -> Callable[[App], App]:
        """End the workers before the server says that it has shut down."""

        def wrap(app: App) -> App:
            async def wrapped(scope: Message, receive: Receive, send: Send) -> None:
                await app(scope, self._closing(receive) if scope["type"] == "lifespan" else receive, send)

            return wrapped

        return wrap

    def _closing(self, receive: Receive) -> Receive:
        async def closing() -> Message:
            message = await receive()
            if message["type"] == "lifespan.shutdown":
                await self._endpoint.pool.close()
            return message

        return closing

    async def _view(self, request: asgi.Request, receive: Receive) -> asgi.Response | None:
        """Answer a request, unless the client goes away; then its query is ended."""
        body = await _body(receive)
        asked = Request(request.method, request.scope.get("query_string", b""), request.headers, body)
        answering = asyncio.create_task(self._endpoint.answer(asked))
        leaving = asyncio.create_task(_gone(receive))
        try:
            await asyncio.wait((answering, leaving), return_when=asyncio.FIRST_COMPLETED)
            return _response(answering.result()) if answering.done() else None
        finally:
            answering.cancel()
            leaving.cancel()


async def _body(receive: Receive) -> bytes:
    """Read the body, but not much more of it than is allowed."""
    parts: list[bytes] = []
    while sum(map(len, parts)) <= LONGEST_BODY:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            break
    return b"".join(parts)


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _response(response: Response) -> asgi.Response:
    headers = dict(response.headers)
    media_type = headers.pop("Content-Type", "text/plain")
    return asgi.Response(response.body, response.status, headers, media_type)
