"""The search of a copy: what a script in the browser needs to find records as `filiera.search` does.

It is handed over as a script, as a page that was opened from a disk may read nothing else. Inflected forms are those of
SQLite's own stemmer: every word of the base is listed with its stem, so that the browser needs no stemmer.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from filiera.folding import APOSTROPHES, folded_words
from filiera.site.labels import Labels
from filiera.sqlite import TOKENIZER

#: The file of the records, beside the page of the search.
FILE = "search/records.js"

#: The script calls this with what the file holds.
CALL = "filieraRecords"


def write(connection: sqlite3.Connection, out: Path) -> None:
    """Write the records and the stems of their words, as a call of the script."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("w", encoding="utf-8", newline="\n") as file:
        file.write(f'{CALL}({{\n"stems": {_json(stems(connection))},\n"records": [\n')
        file.write(",\n".join(_json(record) for record in records(connection)))
        file.write("\n]})\n")


def records(connection: sqlite3.Connection) -> Iterator[list[str]]:
    """Yield kind, key, short title, title and text of every record."""
    labels = Labels(connection)
    for kind, key, title, text in connection.execute("select kind, id, label, text from records order by kind, id"):
        label = labels.get(key)
        yield [kind, key, label.short if label else "", title, text]


def stems(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the folded words of all records that have another stem than themselves, each with its stem."""
    words: set[str] = set()
    for row in connection.execute("select label, text from records"):
        text = " ".join(row)
        # SQLite takes a word apart at an apostrophe, and finds it whole as well, as the text holds it in both ways.
        words.update(folded_words(text), folded_words(APOSTROPHES.sub(" ", text)))
    return {word: stem for word, stem in _stemmed(sorted(words)) if stem != word}


def _stemmed(words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each word with the stem that SQLite's tokenizer gives it; a word that it takes apart has none."""
    listed = list(words)
    memory = sqlite3.connect(":memory:")
    memory.execute(f"create virtual table words using fts5(word, tokenize = '{TOKENIZER}')")
    memory.executemany("insert into words (rowid, word) values (?, ?)", [(n, w) for n, w in enumerate(listed, start=1)])
    memory.execute("create virtual table terms using fts5vocab(words, instance)")
    query = "select doc, min(term) from terms group by doc having count(*) = 1 order by doc"
    yield from ((listed[doc - 1], term) for doc, term in memory.execute(query))
    memory.close()


def _json(value: object) -> str:
    r"""Return JSON that is a script as well: U+2028 and U+2029 end a line in old ones."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
