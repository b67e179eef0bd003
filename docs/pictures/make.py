"""Make the pictures of the README and of these pages from the real records, in a real browser.

Run it as `python docs/pictures/make.py`, with Chromium and Playwright installed, and look at what it made. To add a
picture, list it in `PICTURES`.

No sentence of a document may be kept, in a picture neither: on pages of the real records the passages are folded up,
and how they look is shown on a page of the tiny base, whose texts are invented.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ADDRESS = re.compile(r"Filiera is at (http://\S+)/")
HOSTED = re.compile(r"\((http://\S+)/\)")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run"]

DESK, PHONE = (1280, 860), (390, 844)

QUESTION = """\
PREFIX fil: <https://w3id.org/filiera/schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dcterms: <http://purl.org/dc/terms/>
SELECT ?name ?place {
  ?district a fil:IndustrialDistrict ; skos:prefLabel ?name ; dcterms:spatial/skos:prefLabel ?place
} ORDER BY ?name
"""


@dataclass(frozen=True)
class Picture:
    """A picture: its file, the page, the screen that it is seen on, whether it is of the tiny base, or of a copy."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    invented: bool = False
    copied: bool = False


PICTURES = (
    Picture("home", "/"),
    Picture("district", "/districts/vicenza"),
    Picture("work", "/works/gaggio-2006"),
    Picture("claim", "/claims/dlg14-6-vicenza-firms-downgrade-to-silver"),
    Picture("passage", "/claims/os14-2-companies-decide", (1280, 560), invented=True),
    Picture("claim-phone-dark", "/claims/dlg14-6-vicenza-firms-downgrade-to-silver", PHONE, "dark"),
    Picture("concept", "/concepts/global-value-chain"),
    Picture("author", "/authors/gereffi-gary"),
    Picture("case", "/cases/case-vicenza-2001-2010"),
    Picture("document", "/documents/de-marchi-lee-gereffi-2014-manuscript"),
    Picture("erratum", "/errata/dlg14-erratum-a-high-percentages"),
    Picture("firm", "/firms/bulgari"),
    Picture("indicator", "/indicators/firms-count"),
    Picture("institution", "/institutions/arezzo-collective-institutions"),
    Picture("place", "/places/vicenza-province"),
    Picture("kind", "/works"),
    Picture("schema", "/schema"),
    Picture("citation", "/cite?q=Bair+2009"),
    Picture("missing", "/works/gagio-2006"),
    Picture("rows", "/filiera/districts"),
    Picture("question", "/ask/claims-under-concept"),
    Picture("search", "/search?q=downgrading+Vicenza"),
    Picture("map", "/map"),
    Picture("plots", "/plots?indicator=largest-export-market-share", (1280, 960)),
    Picture("timeline", "/timeline", (1280, 1000)),
    Picture("graph", "/graph/dlg14-7-districts-changed-strategy-over-time", (1280, 860), "dark"),
    Picture("cases", "/compare/cases"),
    Picture("gaps", "/compare/gaps"),
    Picture("disputes", "/compare/disputes"),
    Picture("numbers", "/compare/numbers"),
    Picture(
        "side-by-side", "/compare/districts?indicators=jewellery-exports-value&indicators=firms-count", (1280, 1150)
    ),
    Picture("table", "/tables/dlg14-table-7"),
    Picture("sparql", f"/sparql?query={quote(QUESTION)}"),
    Picture("copy-search", "/search/?q=downgrading+Vicenza", copied=True),
    Picture("copy-about", "/copy/", copied=True),
)


def main(names: list[str]) -> None:
    """Make the pictures that are named, or all of them."""
    path = shutil.which("chromium")
    if path is None:
        sys.exit("Chromium is not installed (apt-get install chromium)")
    wanted = [picture for picture in PICTURES if not names or picture.name in names]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for pictures, host, base in (
            ([p for p in wanted if not p.invented and not p.copied], serving, ROOT),
            ([p for p in wanted if p.invented], serving, ROOT / "tests" / "tiny"),
            ([p for p in wanted if p.copied], hosting, ROOT),
        ):
            if pictures:
                with host(base) as address:
                    for picture in pictures:
                        take(browser, address, picture)
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Make one picture."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(address + picture.path, wait_until="networkidle")
    if not picture.invented:
        page.evaluate("document.querySelectorAll('.evidence details').forEach(one => one.open = false)")
    page.screenshot(path=HERE / f"{picture.name}.png")
    context.close()


@contextmanager
def serving(base: Path) -> Iterator[str]:
    """Serve a base from a process of its own, and give the address."""
    program = Path(sys.executable).with_name("filiera")
    own = base / "sources"
    sources = [f"--sources={own}"] if own.is_dir() else []
    with tempfile.TemporaryDirectory() as folder:
        command = [str(program), "serve", "--port", "0", "--kb", str(base / "kb"), "--build", folder, *sources]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield next(found[1] for line in process.stderr or () if (found := ADDRESS.search(line)))
            finally:
                process.send_signal(signal.SIGINT)
                process.communicate()


@contextmanager
def hosting(base: Path) -> Iterator[str]:
    """Write the site over a base as files, serve them as any web host does, and give the address."""
    program = str(Path(sys.executable).with_name("filiera"))
    with tempfile.TemporaryDirectory() as folder:
        build, copy = Path(folder, "build"), Path(folder, "copy")
        for command in (["build"], ["export", "site", str(copy)]):
            subprocess.run([program, *command, "--kb", str(base / "kb"), "--build", str(build)], check=True)
        command = [sys.executable, "-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", str(copy), "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            try:
                yield next(found[1] for line in process.stdout or () if (found := HOSTED.search(line)))
            finally:
                process.terminate()


if __name__ == "__main__":
    main(sys.argv[1:])
