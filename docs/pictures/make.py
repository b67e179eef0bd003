"""Make the pictures of the README and of these pages from the real records, in a real browser.

Run it as `python docs/pictures/make.py`, with Chromium and Playwright installed, and look at what it made. To add a
picture, list it in `PICTURES`.
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
ADDRESS = re.compile(r"Filiera is at (http://\S+)/")
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
    """A picture: its file, the page, and the screen that it is seen on."""

    name: str
    path: str
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("home", "/"),
    Picture("search", "/search?q=downgrading+Vicenza"),
    Picture("district", "/districts/vicenza"),
    Picture("work", "/works/gaggio-2006"),
    Picture("claim", "/claims/dlg14-6-vicenza-firms-downgrade-to-silver"),
    Picture("claim-phone-dark", "/claims/dlg14-6-vicenza-firms-downgrade-to-silver", PHONE, "dark"),
    Picture("concept", "/concepts/upgrading"),
    Picture("document", "/documents/de-marchi-lee-gereffi-2014-manuscript"),
    Picture("kind", "/works"),
    Picture("not-found", "/works/gagio-2006"),
    Picture("cite", "/cite?work=gaggio-2006&style=world-development&locator=p.+23"),
    Picture("sparql", f"/sparql?query={quote(QUESTION)}"),
)


def main(names: list[str]) -> None:
    """Make the pictures that are named, or all of them."""
    path = shutil.which("chromium")
    if path is None:
        sys.exit("Chromium is not installed (apt-get install chromium)")
    with serving() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for picture in PICTURES:
            if not names or picture.name in names:
                take(browser, address, picture)
        browser.close()


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Make one picture."""
    width, height = picture.size
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=picture.scheme)
    page = context.new_page()
    page.goto(address + picture.path, wait_until="networkidle")
    page.screenshot(path=HERE / f"{picture.name}.png")
    context.close()


@contextmanager
def serving() -> Iterator[str]:
    """Serve the real records from a process of its own, and give the address."""
    program = Path(sys.executable).with_name("filiera")
    with tempfile.TemporaryDirectory() as folder:
        command = [str(program), "serve", "--port", "0", "--build", folder]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
            try:
                yield next(found[1] for line in process.stderr or () if (found := ADDRESS.search(line)))
            finally:
                process.send_signal(signal.SIGINT)
                process.communicate()


if __name__ == "__main__":
    main(sys.argv[1:])
