"""Forms of a sheet for programs and manuscripts: how each is asked for, and what it is called."""

from __future__ import annotations

from dataclasses import dataclass

from filiera.comparisons import Sheet, write


@dataclass(frozen=True, slots=True)
class Download:
    """A form: its name for people, the suffix of its path, its media type, and the format of answers that it is."""

    name: str
    suffix: str
    media_type: str
    format: str

    def body(self, sheet: Sheet) -> str:
        """Return a sheet in this form."""
        return write(sheet, self.format) + "\n"


DOWNLOADS = (
    Download("CSV", ".csv", "text/csv", "csv"),
    Download("Markdown", ".md", "text/markdown", "markdown"),
    Download("LaTeX", ".tex", "application/x-tex", "latex"),
)
