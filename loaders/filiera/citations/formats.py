"""Write what was found in the form that a manuscript needs.

    text                     for people: in the text, the key, the reference, what is doubtful; of a claim, all of it
    markdown, html, word     the citation and the reference, rendered in a style; word is RTF
    pandoc                   the citation by its key, for Pandoc's Markdown
    latex                    the citation by its key, for biblatex; the reference is a comment
    bibtex, biblatex, ris, csl-json    the entries of the works, for a library
    json                     all of it, for programs

A citation that is certain is written once for all works that it cites, where a format can put them together. A work
that is not certain carries its warning wherever a format can show it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from html import escape

from filiera.citations import writing
from filiera.citations.finding import Found
from filiera.citations.styled import Styled
from filiera.citations.works import Work

#: The style of the formats that need one, where the writer names none.
STYLE = "apa"

#: Formats of libraries, which `filiera.bibliography` writes.
LIBRARIES = ("bibtex", "biblatex", "ris", "csl-json")

#: Formats that have no place for a warning that everyone sees.
SILENT = frozenset({"pandoc", *LIBRARIES})


def write(connection: sqlite3.Connection, found: Found, format_: str, style: str = "") -> str:
    """Return what was found in a format; without a style, text has plain references and the others have APA's.

    Raises NotFoundError for a style that is not known, and StyleError for one that cannot be followed.
    """
    if format_ in LIBRARIES:
        from filiera.bibliography import formats  # noqa: PLC0415  only paid by these formats

        return "".join(formats.write(connection, format_, [work.key for work in cited(found)])).rstrip("\n")
    if format_ in STYLED:
        return STYLED[format_](found, Styled(connection, cited(found), style or STYLE))
    return PLAIN[format_](found, Styled(connection, cited(found), style) if style else None)


def cited(found: Found) -> list[Work]:
    """Return the works that are cited, those of claims included, each place once."""
    return list(dict.fromkeys([*found.works, *(claim.work for claim in found.claims)]))


def warnings(found: Found, format_: str) -> list[str]:
    """Return the warnings that the format does not show."""
    works = cited(found) if format_ in SILENT else []
    return list(dict.fromkeys(f"{work.in_text}: {work.warning}" for work in works if work.warning))


def _pandoc(found: Found, _: Styled | None) -> str:
    if found.works and found.certain:
        return f"[{'; '.join(work.cited for work in found.works)}]"
    sentences = (_sentence(claim.statement, claim.pandoc) for claim in found.claims)
    return "\n".join([*(work.pandoc for work in found.works), *sentences])


def _sentence(statement: str, citation: str) -> str:
    """Return a statement with its citation before the full stop.

    >>> _sentence("Trust matters.", "[@gaggio-2006]"), _sentence("Does it?", "(Gaggio, 2006)")
    ('Trust matters [@gaggio-2006].', 'Does it? (Gaggio, 2006)')
    """
    return f"{statement[:-1]} {citation}." if statement.endswith(".") else f"{statement} {citation}"


def _latex(found: Found, styled: Styled) -> str:
    from filiera.citations import latex  # noqa: PLC0415  only paid by LaTeX

    together = [found.works] if found.certain and found.works else [[work] for work in found.works]
    lines = [line for works in together for line in _latex_works(works, styled)]
    for claim in found.claims:
        lines += [_sentence(_converted(escape(claim.statement), "latex"), latex.cited([claim.work]))]
        lines += _comments(claim.work, styled)
    return "\n".join(lines)


def _latex_works(works: list[Work], styled: Styled) -> Iterator[str]:
    from filiera.citations import latex  # noqa: PLC0415  only paid by LaTeX

    yield latex.cited(works)
    yield f"% {latex.cited(works, 'textcite')}"
    for work in works:
        yield from _comments(work, styled)


def _comments(work: Work, styled: Styled) -> Iterator[str]:
    yield f"% {_converted(styled.reference(work), 'latex')}"
    if work.warning:
        yield f"% warning: {work.in_text}: {work.warning}"


def _markdown(found: Found, styled: Styled) -> str:
    return "\n\n".join(_converted(paragraph, "markdown") for paragraph in _paragraphs(found, styled))


def _html(found: Found, styled: Styled) -> str:
    return "\n".join(f"<p>{_converted(paragraph, 'html')}</p>" for paragraph in _paragraphs(found, styled))


def _word(found: Found, styled: Styled) -> str:
    from filiera.styles.markup import rtf  # noqa: PLC0415  only paid by RTF

    return rtf(_paragraphs(found, styled)).rstrip("\n")


def _paragraphs(found: Found, styled: Styled) -> Iterator[str]:
    """Yield what is cited, then the references, in small HTML."""
    for claim in found.claims:
        yield _sentence(escape(claim.statement, quote=False), styled.in_text(claim.work))
    yield from dict.fromkeys(styled.in_text(work) for work in found.works)
    yield from dict.fromkeys(entry for work in cited(found) for entry in _entry(work, styled))


def _entry(work: Work, styled: Styled) -> Iterator[str]:
    if reference := styled.reference(work):
        yield reference
    if work.warning:
        yield f"<b>warning</b>: {escape(work.in_text)}: {escape(work.warning)}"


def _converted(source: str, to: str) -> str:
    from filiera.styles.markup import convert  # noqa: PLC0415  only paid by these formats

    return convert(source, to)


#: Formats that have a style in any case, and those that have one where the writer names it.
STYLED: dict[str, Callable[[Found, Styled], str]] = {
    "markdown": _markdown,
    "html": _html,
    "latex": _latex,
    "word": _word,
}
PLAIN: dict[str, Callable[[Found, Styled | None], str]] = {
    "text": writing.as_text,
    "pandoc": _pandoc,
    "json": writing.as_json,
}

#: The names of all formats, in the order of the documentation.
NAMES = ("text", "markdown", "html", "pandoc", "latex", *LIBRARIES, "word", "json")
