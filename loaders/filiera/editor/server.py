"""The language server: messages of the protocol in, answers out.

Two threads answer, each with a connection of its own, so that completion does not wait for proofreading. Whatever goes
wrong with one message is answered as an error, and the next one is read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import TypeVar
from urllib.parse import unquote

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.workspace import TextDocument

from filiera.editor import completion, diagnostics, hover, navigation
from filiera.editor.session import Desk, Open, Session
from filiera.errors import NotBuiltError
from filiera.paths import Project
from filiera.proofreading.outcomes import Finding
from filiera.proofreading.places import Lines
from filiera.proofreading.reading import LARGEST

#: Seconds without a change before a manuscript is proofread.
PAUSE = 0.4

#: Characters after which an editor asks for completions; a space goes on with the words of a claim.
TRIGGERS = ["@", "{", ",", " "]

SEVERITIES = {
    "error": lsp.DiagnosticSeverity.Error,
    "warning": lsp.DiagnosticSeverity.Warning,
    "note": lsp.DiagnosticSeverity.Information,
}

SOURCE = "filiera"

Answer = TypeVar("Answer")


class Server(LanguageServer):
    """Answers for one base."""

    def __init__(self, project: Project) -> None:
        """Begin with nothing open."""
        super().__init__(SOURCE, version("filiera"), text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self.project = project
        self._threads = {name: ThreadPoolExecutor(1, thread_name_prefix=name) for name in ("answers", "proofs")}
        self._sessions = {name: Session(project) for name in self._threads}
        self._waiting: dict[str, asyncio.Task[None]] = {}
        self._said = False

    async def ask(self, question: Callable[[Desk], Answer], thread: str = "answers") -> Answer | None:
        """Put a question to the base in a thread of its own; without a build, say so once, and answer nothing."""
        session = self._sessions[thread]
        loop = asyncio.get_running_loop()
        try:
            answer = await loop.run_in_executor(self._threads[thread], lambda: question(session.desk()))
        except NotBuiltError as error:
            self._say(str(error))
            return None
        self._said = False
        return answer

    def _say(self, text: str) -> None:
        if not self._said:
            self._said = True
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"Filiera: {text}"))

    def open(self, uri: str) -> Open | None:
        """Return a manuscript that is open, if it is in a format that can be read."""
        open_ = self._opened(uri)
        return open_ if open_ and open_.readable else None

    def _opened(self, uri: str) -> Open | None:
        document = self._document(uri)
        return Open(uri, document.source, document.language_id or "") if document else None

    def say_what_is_too_long(self, uri: str) -> None:
        """Say that a manuscript is not read, rather than nothing about it."""
        open_ = self._opened(uri)
        if open_ and open_.too_long:
            limit = f"{LARGEST // 1_000_000} million characters"
            text = f"{open_.name} is not proofread: it has more than {limit}; divide it"
            self.window_show_message(lsp.ShowMessageParams(lsp.MessageType.Warning, f"Filiera: {text}"))

    def _document(self, uri: str) -> TextDocument | None:
        """Return what pygls holds of a file that is open; it keeps addresses without escapes."""
        documents: dict[str, TextDocument] = self.workspace.text_documents
        return documents.get(unquote(uri))

    @property
    def encoding(self) -> str:
        """The units in which the editor counts columns."""
        return str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or "utf-16")

    def offset(self, open_: Open, position: lsp.Position) -> int:
        """Return the offset of a position."""
        return Lines(open_.text).offset(position.line, position.character, self.encoding)

    def range(self, lines: Lines, start: int, end: int) -> lsp.Range:
        """Return the range of a stretch."""
        first, last = lines.position(start, self.encoding), lines.position(end, self.encoding)
        return lsp.Range(lsp.Position(*first), lsp.Position(*last))

    def proofread_soon(self, uri: str, pause: float) -> None:
        """Proofread a manuscript when nothing has changed for a while."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._proofread(uri, pause))

    async def _proofread(self, uri: str, pause: float) -> None:
        await asyncio.sleep(pause)
        open_, document = self.open(uri), self._document(uri)
        if open_ is None or document is None:
            return
        found = await self.ask(lambda desk: diagnostics.findings(desk, open_), "proofs")
        if found is not None and self._document(uri) is document and document.source == open_.text:
            lines = Lines(open_.text)
            items = [self.diagnostic(lines, finding) for finding in found]
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, items, document.version))

    def forget(self, uri: str) -> None:
        """Take back what was said of a manuscript that is closed."""
        if waiting := self._waiting.pop(uri, None):
            waiting.cancel()
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    def diagnostic(self, lines: Lines, finding: Finding) -> lsp.Diagnostic:
        """Return a finding as an editor shows it; what could be written instead goes with it."""
        hint = f"\n{finding.hint}" if finding.hint else ""
        return lsp.Diagnostic(
            range=self.range(lines, finding.start, finding.start + finding.length),
            message=f"{finding.message}{hint}",
            severity=SEVERITIES[finding.level],
            code=finding.check,
            source=SOURCE,
            data={"fix": finding.fix} if finding.fix else None,
        )


def server(project: Project) -> Server:
    """Return a server for a base, ready to be started."""
    made = Server(project)
    for name, handler, options in FEATURES:
        made.feature(name, options)(handler)
    return made


async def did_open(server: Server, params: lsp.DidOpenTextDocumentParams) -> None:
    """Proofread a manuscript that is opened."""
    server.say_what_is_too_long(params.text_document.uri)
    server.proofread_soon(params.text_document.uri, 0)


async def did_change(server: Server, params: lsp.DidChangeTextDocumentParams) -> None:
    """Proofread a manuscript some time after a change."""
    server.proofread_soon(params.text_document.uri, PAUSE)


async def did_save(server: Server, params: lsp.DidSaveTextDocumentParams) -> None:
    """Proofread a manuscript that is saved."""
    server.proofread_soon(params.text_document.uri, 0)


async def did_close(server: Server, params: lsp.DidCloseTextDocumentParams) -> None:
    """Forget a manuscript that is closed."""
    server.forget(params.text_document.uri)


async def complete(server: Server, params: lsp.CompletionParams) -> lsp.CompletionList | None:
    """Complete a key or a claim."""
    open_ = server.open(params.text_document.uri)
    if open_ is None:
        return None
    offset = server.offset(open_, params.position)
    offers = await server.ask(lambda desk: completion.complete(desk, open_, offset)) or []
    lines = Lines(open_.text)
    items = [_item(server, lines, number, offer) for number, offer in enumerate(offers)]
    return lsp.CompletionList(is_incomplete=True, items=items)


def _item(server: Server, lines: Lines, number: int, offer: completion.Offer) -> lsp.CompletionItem:
    """Return an offer; what is written already is its filter, for it was found by more than its label."""
    return lsp.CompletionItem(
        label=offer.label,
        kind=lsp.CompletionItemKind.Text if offer.is_claim else lsp.CompletionItemKind.Reference,
        detail=offer.detail,
        documentation=lsp.MarkupContent(lsp.MarkupKind.Markdown, offer.documentation),
        sort_text=f"{number:04}",
        filter_text=lines.text[offer.start : offer.end] or offer.label,
        text_edit=lsp.TextEdit(server.range(lines, offer.start, offer.end), offer.text),
    )


async def show(server: Server, params: lsp.HoverParams) -> lsp.Hover | None:
    """Show what the citation under the pointer means."""
    open_ = server.open(params.text_document.uri)
    if open_ is None:
        return None
    offset = server.offset(open_, params.position)
    shown = await server.ask(lambda desk: hover.hover(desk, open_, offset))
    if shown is None:
        return None
    range_ = server.range(Lines(open_.text), shown.start, shown.end)
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, shown.text), range_)


async def go_to(server: Server, params: lsp.DefinitionParams) -> list[lsp.Location] | None:
    """Go to the record of a work."""
    open_ = server.open(params.text_document.uri)
    if open_ is None:
        return None
    offset = server.offset(open_, params.position)
    found = await server.ask(lambda desk: navigation.definitions(desk, server.project, open_, offset)) or []
    starts = [(path, lsp.Position(line - 1, 0)) for path, line in found]
    return [lsp.Location(path.as_uri(), lsp.Range(place, place)) for path, place in starts]


async def correct(server: Server, params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
    """Offer the corrections of the findings at a place."""
    if server.open(params.text_document.uri) is None:
        return None
    return [
        _correction(params.text_document.uri, finding, finding.data["fix"])
        for finding in params.context.diagnostics
        if finding.source == SOURCE and isinstance(finding.data, dict) and isinstance(finding.data.get("fix"), str)
    ]


def _correction(uri: str, finding: lsp.Diagnostic, text: str) -> lsp.CodeAction:
    edit = lsp.WorkspaceEdit({uri: [lsp.TextEdit(finding.range, text)]})
    kind = lsp.CodeActionKind.QuickFix
    return lsp.CodeAction(f"Write {text!r}", kind=kind, diagnostics=[finding], edit=edit, is_preferred=True)


#: The messages that are answered, and what the server says of itself for them.
FEATURES = (
    (lsp.TEXT_DOCUMENT_DID_OPEN, did_open, None),
    (lsp.TEXT_DOCUMENT_DID_CHANGE, did_change, None),
    (lsp.TEXT_DOCUMENT_DID_SAVE, did_save, None),
    (lsp.TEXT_DOCUMENT_DID_CLOSE, did_close, None),
    (lsp.TEXT_DOCUMENT_COMPLETION, complete, lsp.CompletionOptions(trigger_characters=TRIGGERS)),
    (lsp.TEXT_DOCUMENT_HOVER, show, None),
    (lsp.TEXT_DOCUMENT_DEFINITION, go_to, None),
    (lsp.TEXT_DOCUMENT_CODE_ACTION, correct, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix])),
)
