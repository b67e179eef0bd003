"""Where the pages of the site lie as files, and how one of them leads to another.

A page is a folder with an `index.html`, so that its address without that name works on any web host; links name the
file, so that they also work where no host is. Whatever has a dot in its last part is a file already. The arguments of
an address become a part of the name of the file.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from urllib.parse import parse_qsl, quote

#: Characters of arguments that can stand in the name of a file on any system and in any address.
UNSAFE = re.compile(r"[^A-Za-z0-9=,._-]")

#: Characters of arguments; longer ones are cut.
LONGEST = 100


def file_of(address: str) -> str:
    """Return the file of a page of the site, given by its path and arguments.

    >>> [file_of(one) for one in ("/", "/districts", "/districts?page=2", "/works/ben-1902.ttl", "/map.svg?west=3")]
    ['index.html', 'districts/index.html', 'districts/page=2.html', 'works/ben-1902.ttl', 'map.west=3.svg']
    """
    path, _, query = address.partition("?")
    path, given = path.strip("/"), _named(query)
    stem, suffix = posixpath.splitext(path)
    if suffix:
        return f"{stem}.{given}{suffix}" if given else path
    return posixpath.join(path, f"{given or 'index'}.html")


def _named(query: str) -> str:
    """Return arguments as a part of the name of a file; where they had to be changed, with a digest of them."""
    whole = ",".join(f"{name}={value}" for name, value in parse_qsl(query, keep_blank_values=True))
    named = UNSAFE.sub("-", whole)[:LONGEST]
    return named if named == whole else f"{named}.{hashlib.sha256(query.encode()).hexdigest()[:12]}"


def relative(file: str, other: str) -> str:
    """Return the address of a file as a link from another says it.

    >>> relative("districts/vicenza/index.html", "works/index.html")
    '../../works/index.html'
    """
    return quote(posixpath.relpath(other, posixpath.dirname(file) or "."), safe="/=,")


def public(file: str) -> str:
    """Return the address of a file below that of the site, as others should name it.

    >>> public("districts/index.html"), public("index.html")
    ('districts/', '')
    """
    return quote(file.removesuffix("index.html"), safe="/=,")
