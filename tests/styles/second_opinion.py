"""Ask citeproc-js how the works of `library/` are cited, and write its answers into `library/expected.json`.

    npm ci --prefix tests/styles/citeproc-js
    python tests/styles/second_opinion.py            # writes the file
    python tests/styles/second_opinion.py --check    # ends with 1 when the file says otherwise

Each work is rendered as if it were the only one, with and without a place, in the common styles as the CSL project has
them; and all together as a list of references.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from filiera import building
from filiera.bibliography import csl
from filiera.engines import connect
from filiera.paths import Project
from filiera.schema import schema
from filiera.styles import catalogue

HERE = Path(__file__).parent
LIBRARY = HERE / "library"
EXPECTED = LIBRARY / "expected.json"

#: HTML of citeproc-js, and the small HTML of Filiera that means the same.
SAME = (
    (r"\s*\[NO_PRINTED_FORM\]\s*", ""),
    (r"<div[^>]*>|</div>", " "),
    (r'<span style="font-variant:\s*small-caps;">(.*?)</span>', r'<span class="smallcaps">\1</span>'),
    (r'<span style="font-style:normal;">(.*?)</span>', r"</i>\1<i>"),
    (r'<span class="nocase">(.*?)</span>', r"\1"),
    (r"&#38;", "&amp;"),
    (r"&#60;", "&lt;"),
    (r"&#62;", "&gt;"),
    (r"\s+", " "),
)


def items() -> list[dict[str, Any]]:
    """Return the works of the library as CSL-JSON."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project(LIBRARY / "kb", Path(folder))
        building.build(project, schema())
        connection = connect(project.database)
        found = list(csl.items(connection))
        connection.close()
    return [*found, *json.loads((LIBRARY / "more.json").read_text(encoding="utf-8"))]


def ask() -> dict[str, Any]:
    """Return what citeproc-js says."""
    works = items()
    places = json.loads((LIBRARY / "places.json").read_text(encoding="utf-8"))
    styles = {name: catalogue.find(name) for name in catalogue.COMMON}
    request = {
        "styles": {name: style.source.decode() for name, style in styles.items()},
        "locales": {name: style.locale for name, style in styles.items()},
        "items": works,
        "places": {
            work["id"]: dict(zip(("label", "locator"), places.get(work["id"], places[""])[1:], strict=True))
            for work in works
        },
    }
    done = subprocess.run(
        ["node", "render.js"],  # noqa: S607  whichever Node the developer has
        cwd=HERE / "citeproc-js",
        input=json.dumps(request),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    said: dict[str, Any] = json.loads(
        done.stdout, object_hook=lambda found: {k: small(v) if isinstance(v, str) else v for k, v in found.items()}
    )
    said["lists"] = {name: [[key, small(text)] for key, text in listed] for name, listed in said["lists"].items()}
    return said


def small(value: str) -> str:
    """Return HTML of citeproc-js as Filiera writes it."""
    for pattern, other in SAME:
        value = re.sub(pattern, other, value)
    return value.strip()


def main() -> None:
    """Write the answers, or compare them."""
    text = json.dumps(ask(), ensure_ascii=False, indent=1) + "\n"
    if sys.argv[1:] != ["--check"]:
        EXPECTED.write_text(text, encoding="utf-8")
    elif EXPECTED.read_text(encoding="utf-8") != text:
        sys.exit("citeproc-js says otherwise than library/expected.json")


if __name__ == "__main__":
    main()
