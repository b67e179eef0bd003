"""Speak the Model Context Protocol on standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from filiera.assistant.desk import Desk
from filiera.engines import connect
from filiera.errors import FilieraError
from filiera.paths import Project
from filiera.questions import questions
from filiera.schema import schema

if TYPE_CHECKING:
    from mcp.server import MCPServer

INSTRUCTIONS = """\
Filiera is a knowledge base of what the literature says: claims, numbers, works, people, places and terms, each traced
to its passage in a document. Answer from these tools and not from memory. Begin with `find` or `cite` (by words), or
with `questions` and `ask`. Every answer comes with `places`: the document, section, table, page, and the first and last
words of the passage that says it. Give them with what you say. A statement is its work's, not Filiera's: say who holds
it (`held_by`, otherwise the work's authors), keep its strength, and mention what disputes or qualifies it. Repeat the
warning of a work whose data are not confirmed. When nothing is found, say so.
"""

#: The protocol's library is an extra; this is how it is brought.
MISSING = "the Model Context Protocol needs the extra 'mcp'; install it with: pip install 'filiera[mcp]'"


def server(project: Project) -> MCPServer:
    """Make the server of a built base.

    Raises NotBuiltError when there is no build, and FilieraError when the protocol's library is not installed.
    """
    try:
        from mcp.server import MCPServer  # noqa: PLC0415  an extra, and only paid by this command
    except ModuleNotFoundError as error:
        raise FilieraError(MISSING) from error
    desk = Desk(connect(project.database), schema(), questions(project.kb.absolute().parent / "queries"))
    made: MCPServer = MCPServer(
        "filiera", title="Filiera", instructions=INSTRUCTIONS, version=version("filiera"), log_level="WARNING"
    )
    for tool in _tools(desk):
        made.tool()(tool)
    return made


def _tools(desk: Desk) -> tuple[Callable[..., Any], ...]:
    """Return the tools; the protocol shows their docstrings and the remarks on their parameters to the assistant.

    They run in the event loop, on the one connection of the desk: each takes milliseconds.
    """

    async def find(words: str, kind: str = "", limit: int = 10) -> dict[str, Any]:
        """Search all records for words, best first; `kind` narrows it, such as claims, works, districts, concepts."""
        return _answered(lambda: desk.find(words, kind, limit))

    async def cite(wanted: str, limit: int = 5) -> dict[str, Any]:
        """Cite a work (by key, DOI, author and year, title), or the claims that say something (by plain words).

        `certain` is false when several could be meant: show the choice and do not choose.
        """
        return _answered(lambda: desk.cite(wanted, limit))

    async def questions() -> dict[str, Any]:
        """List the stored questions, with their parameters and an example of each."""
        return desk.list_questions()

    async def ask(question: str, values: dict[str, str] | None = None) -> dict[str, Any]:
        """Put a stored question by its name; `values` gives its parameters, otherwise the example's are used."""
        return _answered(lambda: desk.ask(question, values or {}))

    async def record(key: str) -> dict[str, Any]:
        """Show one record whole: its fields, the titles of the records that it names, and its places."""
        return _answered(lambda: desk.record(key))

    return find, cite, questions, ask, record


def _answered(answer: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Answer, or say as a tool's error what the user of the tool can do about it."""
    from mcp.server.mcpserver.exceptions import ToolError  # noqa: PLC0415  comes with the extra

    try:
        return answer()
    except FilieraError as error:
        raise ToolError(str(error)) from error
