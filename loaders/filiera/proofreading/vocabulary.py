"""Lists of words, kept in `vocabulary.txt`, each under its name in brackets, with a comment that says its use."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def vocabulary(name: str) -> frozenset[str]:
    """Return the words of a list.

    >>> "never" in vocabulary("negations")
    True
    """
    return _lists()[name]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = (files("filiera.proofreading") / "vocabulary.txt").read_text(encoding="utf-8")
    lists: dict[str, list[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            lists.setdefault(name, []).extend(line.split())
    return {name: frozenset(words) for name, words in lists.items()}
