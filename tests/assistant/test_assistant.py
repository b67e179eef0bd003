"""An assistant asks over the Model Context Protocol: a real client, a real process, the tiny base."""

from __future__ import annotations

import asyncio
import os
import sysconfig
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from filiera.paths import Project

FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"

Call = tuple[str, dict[str, Any]]

#: Where "They drew lenses of their own" stands, as `tests/tiny/kb/claims/odegard-strauss-2014/2-farholm.yaml` says.
DRAWN = {
    "document": "odegard-strauss-2014-manuscript",
    "section": "2",
    "page": "104",
    "passage": {"start": "They drew lenses of their own", "end": "paid more for them"},
}


def converse(project: Project, *calls: Call) -> tuple[list[str], list[Any]]:
    """Start the server, call its tools one after the other, and return their names and the answers."""

    async def talk() -> tuple[list[str], list[Any]]:
        arguments = ["mcp", "--kb", str(project.kb)]
        parameters = StdioServerParameters(command=str(FILIERA), args=arguments, env=dict(os.environ))
        async with stdio_client(parameters) as streams, ClientSession(*streams) as session:
            await session.initialize()
            tools = [tool.name for tool in (await session.list_tools()).tools]
            return tools, [await session.call_tool(name, arguments) for name, arguments in calls]

    return asyncio.run(talk())


def place(answer: dict[str, Any]) -> dict[str, Any]:
    """Return the first place of an answer, without what is for people."""
    return {name: value for name, value in answer["places"][0].items() if name in DRAWN}


def test_every_answer_comes_with_its_passage(built: Project) -> None:
    """Finding, citing, asking and looking at a record all say where it is written."""
    calls: tuple[Call, ...] = (
        ("find", {"words": "workshops drew lenses", "kind": "claims"}),
        ("cite", {"wanted": "workshops take up design"}),
        ("ask", {"question": "claims-about", "values": {"subject": "farholm"}}),
        ("record", {"key": "os14-2-workshops-draw"}),
    )
    tools, (found, cited, asked, shown) = converse(built, *calls)

    assert tools == ["find", "cite", "questions", "ask", "record"]
    assert place(found.structured_content["records"][0]) == DRAWN
    assert place(cited.structured_content["claims"][0]) == DRAWN
    assert place({"places": asked.structured_content["places"]["os14-2-workshops-draw"]}) == DRAWN
    assert place(shown.structured_content) == DRAWN
    assert shown.structured_content["written_in"] == "kb/claims/odegard-strauss-2014/2-farholm.yaml:12"


def test_a_choice_and_a_warning_reach_the_assistant(built: Project) -> None:
    """What is not certain is handed over as such."""
    _, (choice, doubtful) = converse(built, ("cite", {"wanted": "Ødegård 2003"}), ("cite", {"wanted": "Brine 1987"}))

    assert (choice.structured_content["certain"], len(choice.structured_content["works"])) == (False, 2)
    assert "from memory" in doubtful.structured_content["works"][0]["warning"]


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        (("record", {"key": "os14-2-workshops-drew"}), "did you mean 'os14-2-workshops-draw'?"),
        (("find", {"words": "lamps", "kind": "clams"}), "did you mean 'claims'?"),
        (("find", {"words": "zzz qqq"}), "try fewer"),
        (("ask", {"question": "claims-abut"}), "did you mean 'claims-about'?"),
        (("ask", {"question": "claims-about", "values": {"who": "x"}}), "it has subject"),
    ],
)
def test_a_mistake_is_answered_with_the_way_out(call: Call, complaint: str, built: Project) -> None:
    """A tool's error says what there is, and the server goes on."""
    _, (mistaken, sound) = converse(built, call, ("cite", {"wanted": "Brine 1988"}))

    assert mistaken.is_error
    assert complaint in mistaken.content[0].text
    assert not sound.is_error


def test_questions_are_listed_with_examples_that_work(built: Project) -> None:
    """An assistant can put any listed question as it stands there."""
    _, (listed,) = converse(built, ("questions", {}))
    questions = {q["name"]: q for q in listed.structured_content["questions"]}

    assert questions["claims-about"]["parameters"].keys() == questions["claims-about"]["example"].keys() == {"subject"}


def test_without_a_build_a_sentence_says_what_to_do(tiny: Project, run: Any) -> None:  # noqa: ANN401  a fixture
    """No build is a message on standard error, not a traceback."""
    done = run("mcp", cwd=tiny.kb.parent)

    assert (done.code, "run `filiera build` first" in done.err, "Traceback" in done.err) == (1, True, False)
