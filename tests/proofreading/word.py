"""Make manuscript-word.docx from manuscript-word.md: pandoc, with Zotero's fields where ⟦key | page⟧ stands.

A word processor's file has no citation keys: author and year are typed as words, or a field carries the whole record.
Run `python tests/proofreading/word.py [TARGET]` after a change of the text; the same text gives the same bytes.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).parent

#: What stands in the text for a field: a work, and the page if there is one.
PLACE = re.compile(r"⟦([a-z0-9-]+)(?: \| ([0-9-]+))?⟧")

#: What Zotero would say of each work, typed from title pages, and how its style prints the citation.
ITEMS: dict[str, tuple[str, dict[str, Any]]] = {
    "rabellotti-carabelli-hirsch-2009": (
        "Rabellotti et al., 2009",
        {
            "type": "article-journal",
            "title": "Italian Industrial Districts on the Move: Where Are They Going?",
            "container-title": "European Planning Studies",
            "volume": "17",
            "issue": "1",
            "page": "19-41",
            "author": [
                {"family": "Rabellotti", "given": "Roberta"},
                {"family": "Carabelli", "given": "Anna"},
                {"family": "Hirsch", "given": "Giovanna"},
            ],
            "issued": {"date-parts": [["2009"]]},
        },
    ),
    "humphrey-schmitz-2002": (
        "Humphrey & Schmitz, 2002",
        {
            "type": "article-journal",
            "title": "How does insertion in global value chains affect upgrading in industrial clusters?",
            "container-title": "Regional Studies",
            "volume": "36",
            "issue": "9",
            "page": "1017-1027",
            "author": [{"family": "Humphrey", "given": "John"}, {"family": "Schmitz", "given": "Hubert"}],
            "issued": {"date-parts": [["2002"]]},
        },
    ),
    "giuliani-pietrobelli-rabellotti-2005": (
        "Giuliani et al., 2005",
        {
            "type": "article-journal",
            "title": "Upgrading in Global Value Chains: Lessons from Latin American Clusters",
            "container-title": "World Development",
            "volume": "33",
            "issue": "4",
            "page": "549-573",
            "DOI": "10.1016/j.worlddev.2005.01.002",
            "author": [
                {"family": "Giuliani", "given": "Elisa"},
                {"family": "Pietrobelli", "given": "Carlo"},
                {"family": "Rabellotti", "given": "Roberta"},
            ],
            "issued": {"date-parts": [["2005"]]},
        },
    ),
    "camuffo-grandinetti-2011": (
        "Camuffo & Grandinetti, 2011",
        {
            "type": "article-journal",
            "title": "Italian industrial districts as cognitive systems: Are they still reproducible?",
            "container-title": "Entrepreneurship & Regional Development",
            "volume": "23",
            "issue": "9-10",
            "page": "815-852",
            "DOI": "10.1080/08985626.2011.577815",
            "author": [{"family": "Camuffo", "given": "Arnaldo"}, {"family": "Grandinetti", "given": "Roberto"}],
            "issued": {"date-parts": [["2011"]]},
        },
    ),
    "zingales-2000": (
        "Zingales, 2000",
        {
            "type": "article-journal",
            "title": "In Search of New Foundations",
            "container-title": "The Journal of Finance",
            "volume": "55",
            "issue": "4",
            "page": "1623-1653",
            "DOI": "10.1111/0022-1082.00262",
            "author": [{"family": "Zingales", "given": "Luigi"}],
            "issued": {"date-parts": [["2000"]]},
        },
    ),
    "mef-dps-2003-lezione-patti": (
        "Ministero dell’Economia e delle Finanze, 2003",
        {
            "type": "report",
            "title": "La lezione dei Patti territoriali per la progettazione integrata territoriale nel Mezzogiorno",
            "publisher-place": "Roma",
            "language": "it",
            "author": [
                {"literal": "Ministero dell'Economia e delle Finanze, Dipartimento per le Politiche di Sviluppo"},
            ],
            "issued": {"date-parts": [["2003"]]},
        },
    ),
}


def _citation(number: int, key: str, page: str | None) -> tuple[str, dict[str, Any]]:
    """Return what the field prints, and what it carries, as Zotero 6 writes it."""
    printed, item = ITEMS[key]
    name = "p." if page and "-" not in page else "pp."
    text = f"({printed}, {name} {page})" if page else f"({printed})"
    identity = 100 + list(ITEMS).index(key)
    cited: dict[str, Any] = {
        "id": identity,
        "uris": [f"http://zotero.org/users/local/a1b2c3d4/items/KEY{identity:05d}"],
        "itemData": {"id": identity, **item},
    }
    if page:
        cited |= {"locator": page, "label": "page"}
    return text, {
        "citationID": f"field{number:03d}",
        "properties": {"formattedCitation": text, "plainCitation": text, "noteIndex": 0},
        "citationItems": [cited],
        "schema": "https://github.com/citation-style-language/schema/raw/master/csl-citation.json",
    }


def _field(number: int, key: str, page: str | None) -> str:
    """Return a field as raw OpenXML, in pandoc's Markdown."""
    text, carried = _citation(number, key, page)
    code = escape(f" ADDIN ZOTERO_ITEM CSL_CITATION {json.dumps(carried, ensure_ascii=False)} ")
    runs = (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve">{code}</w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        f"<w:t>{escape(text)}</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    )
    return f"`{''.join(f'<w:r>{run}</w:r>' for run in runs)}`{{=openxml}}"


def make(source: Path, target: Path) -> None:
    """Write the word processor's file."""
    places = iter(range(1, 1000))
    text = PLACE.sub(lambda place: _field(next(places), place[1], place[2]), source.read_text(encoding="utf-8"))
    pandoc = import_module("pypandoc").get_pandoc_path()  # it carries no types
    command = [pandoc, "--from=markdown", "--to=docx", f"--output={target}"]
    subprocess.run(command, input=text, encoding="utf-8", check=True, env=os.environ | {"SOURCE_DATE_EPOCH": "0"})


if __name__ == "__main__":
    make(HERE / "manuscript-word.md", Path(sys.argv[1]) if sys.argv[1:] else HERE / "manuscript-word.docx")
