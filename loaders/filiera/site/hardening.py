"""Keep one request from taking the machine, and other sites from reading this one through a browser.

SQLite's own time limit is looked at only between steps: `zeroblob(999999999)` once took 23 GB in a single step. So
sizes are limited, and the functions that make large values are refused.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from datasette import hookimpl

LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 20_000,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 200,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 50,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 200,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
}

#: Functions that make values of any size, or show the inside of the process.
REFUSED = frozenset(
    {"printf", "format", "zeroblob", "randomblob", "fts3_tokenizer", "load_extension", "sqlite_compileoption_get"}
)

#: Bytes that SQLite may use, over all connections.
HEAP = 400_000_000

#: Names under which this machine is reached from itself.
HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Callable[[], Awaitable[Any]], Callable[[Any], Awaitable[None]]], Awaitable[None]]


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Limit what a query on this connection can do."""
    for limit, value in LIMITS.items():
        conn.setlimit(limit, value)
    conn.execute(f"pragma hard_heap_limit = {HEAP}")
    conn.set_authorizer(_authorize)


def _authorize(action: int, _first: str | None, second: str | None, _database: str | None, _trigger: str | None) -> int:
    if action == sqlite3.SQLITE_FUNCTION and second in REFUSED:
        return sqlite3.SQLITE_DENY
    if action in {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}:
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[App], App]:
    """Answer only requests that name this machine, so that a foreign name bound to 127.0.0.1 gets nothing."""
    return _only_here


def _only_here(app: App) -> App:
    async def guarded(
        scope: Scope, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        headers = dict(scope.get("headers") or [])
        host = headers.get(b"host", b"").decode("latin-1").rsplit(":", 1)[0]
        if scope["type"] != "http" or host in HOSTS:
            await app(scope, receive, send)
            return
        body = f"this server answers to 127.0.0.1 and localhost, not to {host!r}\n".encode()
        head = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 421, "headers": head})
        await send({"type": "http.response.body", "body": body})

    return guarded
