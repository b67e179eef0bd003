"""What programs that follow links are told of a copy: which pages there are, and that they may read them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from filiera.publishing.addresses import public

#: Addresses that one sitemap may hold, by https://www.sitemaps.org/protocol.html.
MOST = 50_000

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def write(folder: Path, url: str, pages: Sequence[str]) -> None:
    """Write `sitemap.xml` and `robots.txt` for pages, given by their files, of a site at an address."""
    parts = list(_sitemaps(sorted(pages), url))
    if len(parts) == 1:
        names = ["sitemap.xml"]
    else:
        names = [f"sitemap-{n}.xml" for n in range(1, len(parts) + 1)]
        listed = "".join(f"<sitemap><loc>{escape(url + name)}</loc></sitemap>\n" for name in names)
        _write(folder / "sitemap.xml", f"<sitemapindex {NAMESPACE}>\n{listed}</sitemapindex>\n")
    for name, text in zip(names, parts, strict=True):
        _write(folder / name, text)
    (folder / "robots.txt").write_text(f"User-agent: *\nAllow: /\n\nSitemap: {url}sitemap.xml\n", encoding="utf-8")


def _sitemaps(pages: Sequence[str], url: str) -> Iterator[str]:
    for group in _batched(pages):
        listed = "".join(f"<url><loc>{escape(url + public(page))}</loc></url>\n" for page in group)
        yield f"<urlset {NAMESPACE}>\n{listed}</urlset>\n"


def _batched(pages: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(pages), MOST):
        yield pages[start : start + MOST]


def _write(path: Path, text: str) -> None:
    path.write_text(f'<?xml version="1.0" encoding="UTF-8"?>\n{text}', encoding="utf-8")
