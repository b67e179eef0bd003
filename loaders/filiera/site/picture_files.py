"""Pictures as files: the drawing, or the table behind it."""

from __future__ import annotations

from filiera.formats import as_csv
from filiera.pictures.svg import Picture
from filiera.site.visits import Reply

#: A file is looked at on its own, and needs nothing that a page needs.
POLICY = "default-src 'none'"

#: The forms that a picture is kept in, by the suffix of its address.
FORMS = {"svg": "image/svg+xml; charset=utf-8", "csv": "text/csv; charset=utf-8"}


def filed(picture: Picture, form: str) -> Reply:
    """Return a picture in one of its forms."""
    body = picture.file() if form == "svg" else as_csv(picture.table.answer()) + "\n"
    headers = {
        "Content-Security-Policy": POLICY,
        "Content-Disposition": f'inline; filename="{picture.name}.{form}"',
    }
    return Reply(body, FORMS[form], headers=headers)
