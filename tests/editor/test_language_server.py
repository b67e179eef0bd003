"""The language server, asked by a client over standard input and output, as an editor does."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sysconfig
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from filiera import building
from filiera.paths import SOURCES_VARIABLE, Project
from filiera.schema import Schema

TEXT = """# Lamps 😀 of Ødegård

In 😀 Farholm é [@odegard-2003x, p. 4] and (Odegaard & Strauß-O'Neill, 2014).

[@odegard-strauss-2014, p. 118]
"""
PATIENCE = 30
FILIERA = Path(sysconfig.get_path("scripts")) / "filiera"

Message = dict[str, Any]


class Editor:
    """A client of the protocol that knows nothing of the server but its messages."""

    def __init__(self, command: list[str], folder: Path) -> None:
        """Start the server."""
        environment = {name: value for name, value in os.environ.items() if name != SOURCES_VARIABLE}
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=folder, env=environment)
        self.answers: dict[int, Message] = {}
        self.told: queue.Queue[Message] = queue.Queue()
        self.number = 0
        self._arrived = threading.Condition()
        assert self.process.stdout
        assert self.process.stderr
        threads = (self._read, self.process.stdout), (IO.read, self.process.stderr)
        self.threads = [threading.Thread(target=target, args=(stream,), daemon=True) for target, stream in threads]
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        """End the server, if it has not ended, and close what was opened for it."""
        self.process.kill()
        self.process.wait()
        for thread in self.threads:
            thread.join()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            if stream and not stream.closed:
                stream.close()

    def _read(self, stream: IO[bytes]) -> None:
        while header := stream.readline():
            length = int(header.split(b":")[1])
            while stream.readline().strip():
                pass
            message = json.loads(stream.read(length))
            if "id" in message and "method" not in message:
                with self._arrived:
                    self.answers[message["id"]] = message
                    self._arrived.notify_all()
            else:
                self.told.put(message)

    def write(self, content: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def send(self, message: Message) -> None:
        """Send a message."""
        content = json.dumps({"jsonrpc": "2.0"} | message).encode()
        self.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))

    def tell(self, method: str, **params: Any) -> None:  # noqa: ANN401
        """Send a notification."""
        self.send({"method": method, "params": params})

    def answer(self, method: str, **params: Any) -> Message:  # noqa: ANN401
        """Send a request, and return the whole answer."""
        self.number += 1
        number = self.number
        self.send({"id": number, "method": method, "params": params})
        with self._arrived:
            assert self._arrived.wait_for(lambda: number in self.answers, PATIENCE), f"no answer to {method}"
        return self.answers.pop(number)

    def ask(self, method: str, **params: Any) -> Any:  # noqa: ANN401
        """Send a request, and return its result."""
        answer = self.answer(method, **params)
        assert "error" not in answer, answer
        return answer["result"]

    def hear(self, method: str) -> Message:
        """Wait for a notification, and return what it says."""
        while (message := self.told.get(timeout=PATIENCE))["method"] != method:
            pass
        params: Message = message["params"]
        return params

    def open(self, uri: str, text: str, language: str = "markdown") -> None:
        """Open a manuscript."""
        self.tell("textDocument/didOpen", textDocument={"uri": uri, "languageId": language, "version": 1, "text": text})

    def at(self, method: str, uri: str, line: int, character: int) -> Any:  # noqa: ANN401
        """Ask about a place."""
        return self.ask(method, textDocument={"uri": uri}, position={"line": line, "character": character})

    def labels(self, uri: str, line: int, character: int) -> list[str]:
        """Return the labels of the completions at a place."""
        found = self.at("textDocument/completion", uri, line, character)
        return [item["label"] for item in found["items"]]


Start = Callable[..., Editor]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Return a function that starts a server and shakes hands with it; at the end every server is gone."""
    started: list[Editor] = []

    def start(project: Project, encodings: list[str] | None = None) -> Editor:
        editor = Editor([str(FILIERA), "lsp", "--kb", str(project.kb), "--build", str(project.build)], tmp_path)
        started.append(editor)
        capabilities = {"general": {"positionEncodings": encodings}} if encodings else {}
        result = editor.ask("initialize", processId=os.getpid(), rootUri=None, capabilities=capabilities)
        editor.tell("initialized")
        assert result["capabilities"]["positionEncoding"] == (encodings or ["utf-16"])[0]
        return editor

    yield start
    for editor in started:
        editor.end()


@pytest.fixture
def uri(tmp_path: Path) -> str:
    """Return the address of a manuscript in Markdown."""
    return (tmp_path / "my essay é.md").as_uri()


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_a_session_from_opening_to_shutting_down(start: Start, built: Project, uri: str) -> None:
    """Diagnostics come on opening and change, with columns in units of UTF-16; the server ends when it is told to."""
    editor = start(built)
    editor.open(uri, TEXT)
    found = editor.hear("textDocument/publishDiagnostics")["diagnostics"]
    line = TEXT.splitlines()[2]

    assert [(one["code"], one["severity"], one["source"]) for one in found] == [
        ("unknown-key", 1, "filiera"),
        ("misspelt-name", 1, "filiera"),
    ]
    assert found[0]["range"]["start"] == {"line": 2, "character": _units(line[: line.index("@")])}
    assert found[0]["range"]["end"] == {"line": 2, "character": _units(line[: line.index(", p. 4")])}
    assert "did you mean 'odegard-2003a'?" in found[0]["message"]

    changed = TEXT.replace("odegard-2003x", "odegard-2003a").replace("Odegaard", "Ødegård")
    editor.tell("textDocument/didChange", textDocument={"uri": uri, "version": 2}, contentChanges=[{"text": changed}])
    assert [one["code"] for one in editor.hear("textDocument/publishDiagnostics")["diagnostics"]] == []

    editor.tell("textDocument/didSave", textDocument={"uri": uri})
    assert editor.hear("textDocument/publishDiagnostics")["version"] == 2
    editor.tell("textDocument/didClose", textDocument={"uri": uri})
    assert editor.hear("textDocument/publishDiagnostics")["diagnostics"] == []
    editor.ask("shutdown")
    editor.tell("exit")
    assert editor.process.wait(PATIENCE) == 0


@pytest.mark.parametrize(("encoding", "unit"), [("utf-8", "utf-8"), ("utf-32", "utf-32-le")])
def test_columns_are_counted_as_the_editor_asks(
    start: Start, built: Project, uri: str, encoding: str, unit: str
) -> None:
    """Neovim asks for UTF-8, Eglot for UTF-32; each gets what it asks for."""
    editor = start(built, [encoding, "utf-16"])
    editor.open(uri, TEXT)
    (first, *_) = editor.hear("textDocument/publishDiagnostics")["diagnostics"]
    line = TEXT.splitlines()[2]
    before = line[: line.index("@")].encode(unit)
    column = len(before) // (4 if encoding == "utf-32" else 1)

    assert first["range"]["start"]["character"] == column
    assert "Ødegård" in editor.at("textDocument/hover", uri, 4, 10)["contents"]["value"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("See 😀 é [@ode", "odegard-2003a"),
        ("See @strauss", "odegard-strauss-2014"),
        ("See @{brine-1987", "brine-1987"),
        ("See [see @brine-1987; @register", "harbour-register-2010"),
        ("See [@lamps", "lamps-2015"),
        ("See [@Meeting", "brine-1987"),
    ],
)
def test_a_key_is_completed(written: str, expected: str, start: Start, built: Project, uri: str) -> None:
    """By its beginning, an author's name or a word of the work; the item replaces what is written of it."""
    editor = start(built)
    editor.open(uri, f"{written}\n")
    found = editor.at("textDocument/completion", uri, 0, _units(written))
    (item,) = [one for one in found["items"] if one["label"] == expected]
    edit = item["textEdit"]

    assert found["isIncomplete"]
    assert edit["newText"] == expected
    assert edit["range"]["end"] == {"line": 0, "character": _units(written)}
    assert written.endswith(item["filterText"])
    assert item["detail"].endswith(expected.rpartition("-")[2][:4])  # who and when, so that works can be told apart


@pytest.mark.parametrize(
    "written", ["mail someone@ode", "`code @ode", "```\n@ode", "<!-- @ode", "$x_@ode", "no at sign ode", "\\@ode"]
)
def test_nothing_is_completed_where_there_is_no_citation(written: str, start: Start, built: Project, uri: str) -> None:
    """Addresses, code, comments and mathematics are left alone."""
    editor = start(built)
    closing = {"```": "\n```", "`co": "`", "$x_": "$", "<!-": " -->"}
    closed = closing.get(written[:3], "")
    editor.open(uri, f"{written}{closed}\n")
    last = written.splitlines()[-1]

    assert editor.labels(uri, written.count("\n"), len(last)) == []


def test_a_key_is_completed_in_latex(start: Start, built: Project, tmp_path: Path) -> None:
    """Inside of the braces of a command that cites, behind a comma too; not elsewhere, nor in comments."""
    editor = start(built)
    address = (tmp_path / "a.tex").as_uri()
    lines = ["\\parencite[see][3]{brine-1987, ode}", "\\emph{ode}", "% \\cite{ode}", "\\citet{ode"]
    editor.open(address, "\n".join(lines), "latex")

    assert editor.labels(address, 0, len(lines[0]) - 1)[0] == "odegard-2003a"
    assert editor.labels(address, 1, 9) == []
    assert editor.labels(address, 2, len(lines[2]) - 1) == []
    assert "odegard-strauss-2014" in editor.labels(address, 3, len(lines[3]))


@pytest.mark.parametrize(
    "row",  # the file, what the editor has closed, what is replaced, and what takes its place
    [
        ("a.md", "", "@@lenses companies", "[@odegard-strauss-2014, sec. 2]"),
        ("a.md", "]", "[@@lenses companies]", "[@odegard-strauss-2014, sec. 2]"),
        ("a.tex", "", "@@lenses companies", "\\citep[sec.~2]{odegard-strauss-2014}"),
    ],
)
def test_a_claim_is_completed_by_words(
    row: tuple[str, str, str, str], start: Start, built: Project, tmp_path: Path
) -> None:
    """Two at signs and words give claims; the citation with its place stands in for them, with one pair of brackets."""
    (name, closing, replaced, inserted), editor = row, start(built)
    address = (tmp_path / name).as_uri()
    text = "So 😀 " + replaced.removesuffix(closing)
    editor.open(address, f"{text}{closing} end.\n", "latex" if name.endswith("tex") else "markdown")
    found = editor.at("textDocument/completion", address, 0, _units(text))
    (item,) = [one for one in found["items"] if one["label"].startswith("Shipping companies from abroad")]
    edit = item["textEdit"]

    assert edit["newText"] == inserted
    assert edit["range"]["start"]["character"] == _units("So 😀 ")
    assert edit["range"]["end"]["character"] == _units(f"So 😀 {replaced}")
    assert item["detail"] == "Ødegård & Strauß-O'Neill 2014 sec. 2"
    assert "section 2: “The companies named the … and the workshops obeyed”" in item["documentation"]["value"]


def test_hovering_shows_reference_stance_and_passage(start: Start, built: Project, uri: str) -> None:
    """The reference, a warning, and the claim that the sentence is about, with its passage and its relations."""
    editor = start(built)
    said = "Shipping companies from abroad set price and form of what Farholm grinds"
    text = f"{said} [@odegard-strauss-2014]. 😀 @brine-1987"
    editor.open(uri, text)
    shown = editor.at("textDocument/hover", uri, 0, text.index("@odegard") + 3)
    value = shown["contents"]["value"]
    uncertain = editor.at("textDocument/hover", uri, 0, _units(text) - 2)

    assert "`odegard-strauss-2014`" in value
    assert f"*says so*: {said}." in value
    assert "section 2: “The companies named the … and the workshops obeyed”" in value
    assert "qualified by: The workshops of Farholm take up design once the fog is over." in value
    assert shown["range"]["start"]["character"] == text.index("@odegard")
    assert "**Warning:** the data of this work are from memory" in uncertain["contents"]["value"]
    assert editor.at("textDocument/hover", uri, 0, 3) is None


def test_going_to_the_record_of_a_work(start: Start, built: Project, uri: str) -> None:
    """A citation leads to the file and line of its record; of several works, to each."""
    editor = start(built)
    editor.open(uri, "[@brine-1987] and Ødegård (2003) and @nothing.")
    (single,) = editor.at("textDocument/definition", uri, 0, 5)
    several = editor.at("textDocument/definition", uri, 0, 20)

    assert single["uri"] == (built.kb / "works" / "brine-1987.yaml").absolute().as_uri()
    assert single["range"]["start"] == {"line": 0, "character": 0}
    assert [Path(one["uri"]).stem for one in several] == ["odegard-2003a", "odegard-2003b"]
    assert editor.at("textDocument/definition", uri, 0, 45) == []


def test_a_correction_is_offered_as_a_quick_fix(start: Start, built: Project, uri: str) -> None:
    """The finding itself carries what to write; applied, the fault is gone."""
    editor = start(built)
    editor.open(uri, TEXT)
    found = editor.hear("textDocument/publishDiagnostics")["diagnostics"]
    actions = editor.ask(
        "textDocument/codeAction",
        textDocument={"uri": uri},
        range=found[0]["range"],
        context={"diagnostics": found[:1]},
    )
    (edit,) = actions[0]["edit"]["changes"][uri]

    assert (edit["newText"], edit["range"]) == ("@odegard-2003a", found[0]["range"])
    assert actions[0]["kind"] == "quickfix"


def test_a_new_build_is_used_without_a_restart(start: Start, copy: Project, known: Schema, uri: str) -> None:
    """A work that is added to the records is completed as soon as it is built."""
    editor = start(copy)
    editor.open(uri, "See @newcomer")
    record = copy.kb / "works" / "brine-1987.yaml"

    assert editor.labels(uri, 0, 13) == []
    text = record.read_text(encoding="utf-8").replace("id: brine-1987", "id: newcomer-1987")
    text = text.replace("Four Hundred Lamps", "Five Hundred Lamps")
    (copy.kb / "works" / "newcomer-1987.yaml").write_text(text, encoding="utf-8")
    building.build(copy, known)
    assert editor.labels(uri, 0, 13) == ["newcomer-1987"]


def test_without_a_build_there_is_a_message_and_no_crash(start: Start, tiny: Project, known: Schema, uri: str) -> None:
    """The editor is told once what to do; when there is a build, answers come."""
    editor = start(tiny)
    editor.open(uri, "See @brine")

    assert "run `filiera build` first" in editor.hear("window/showMessage")["message"]
    assert editor.labels(uri, 0, 10) == []
    building.build(tiny, known)
    assert "brine-1987" in editor.labels(uri, 0, 10)


def test_bad_requests_do_not_end_the_server(start: Start, built: Project, uri: str) -> None:
    """After unknown methods, missing parameters, and places and files that are not there, the next answer comes."""
    editor = start(built)
    editor.open(uri, "See @brine")
    somewhere = {"line": 999, "character": 999}

    assert "error" in editor.answer("textDocument/nothing")
    editor.send({"id": "no parameters", "method": "textDocument/hover", "params": {"nonsense": 1}})
    assert editor.ask("textDocument/hover", textDocument={"uri": "file:///none.md"}, position=somewhere) is None
    assert editor.ask("textDocument/hover", textDocument={"uri": "nonsense"}, position=somewhere) is None
    assert editor.ask("textDocument/completion", textDocument={"uri": uri}, position=somewhere)["items"] != []
    editor.tell("textDocument/didChange", textDocument={"uri": "file:///none.md", "version": 1}, contentChanges=[])
    editor.write(b"Content-Length: 9\r\n\r\n{broken}}")
    assert "brine-1987" in editor.labels(uri, 0, 10)


def test_other_files_are_left_alone(start: Start, built: Project, tmp_path: Path) -> None:
    """A format that is no manuscript's gets no answers, and no complaint."""
    editor = start(built)
    address = (tmp_path / "a.py").as_uri()
    editor.open(address, "x = '@brine'", "python")

    assert editor.at("textDocument/completion", address, 0, 11) is None
    assert editor.at("textDocument/hover", address, 0, 7) is None


def test_a_manuscript_that_is_too_long_is_said_to_be(start: Start, built: Project, uri: str) -> None:
    """Silence would look as if nothing were wrong with it."""
    editor = start(built)
    editor.open(uri, "See [@brine-1986]. " * 110_000)
    said = editor.hear("window/showMessage")

    assert (
        said["message"] == "Filiera: my essay é.md is not proofread: it has more than 2 million characters; divide it"
    )
    assert editor.at("textDocument/hover", uri, 0, 8) is None


def test_a_manuscript_without_a_file_is_read_by_its_language(start: Start, built: Project) -> None:
    """What is not saved yet is completed and proofread too."""
    editor = start(built)
    editor.open("untitled:Untitled-1", "See [@brine-1986].")
    found = editor.hear("textDocument/publishDiagnostics")

    assert [one["code"] for one in found["diagnostics"]] == ["unknown-key"]
    assert found["uri"] == "untitled:Untitled-1"


def test_bibliographies_beside_the_manuscript_are_known(start: Start, built: Project, tmp_path: Path, uri: str) -> None:
    """A work of a bibliography that the manuscript names is no unknown key."""
    (tmp_path / "refs.bib").write_text("@book{out-2001, author = {Out}, year = 2001}", encoding="utf-8")
    editor = start(built)
    editor.open(uri, "---\nbibliography: refs.bib\n---\n\nSee [@out-2001].\n")

    assert editor.hear("textDocument/publishDiagnostics")["diagnostics"] == []
    assert "outside the base" in editor.at("textDocument/hover", uri, 4, 8)["contents"]["value"]


def test_the_server_ends_with_its_editor(start: Start, built: Project) -> None:
    """When the editor goes away without a word, the server does too."""
    editor = start(built)
    assert editor.process.stdin
    editor.process.stdin.close()

    assert editor.process.wait(PATIENCE) is not None
