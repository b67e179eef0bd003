"""What the tests of styles share: a few invented works as CSL-JSON."""

from __future__ import annotations

from typing import Any

import pytest

Item = dict[str, Any]


@pytest.fixture
def items() -> list[Item]:
    """Return works that would change each other in a manuscript: namesakes of one year, and a third by all three."""
    rossi = {"family": "Rossi", "given": "Anna"}
    other = {"family": "Rossi", "given": "Ugo"}
    bianchi = {"family": "Bianchi", "given": "Carla"}
    journal = {"type": "article-journal", "container-title": "Journal of Invented Results", "language": "en"}
    return [
        journal | {"id": "rossi-2000a", "title": "Small firms", "author": [rossi], "issued": {"date-parts": [[2000]]}},
        journal | {"id": "rossi-2000b", "title": "Large firms", "author": [rossi], "issued": {"date-parts": [[2000]]}},
        journal | {"id": "rossi-u-2000", "title": "No firms", "author": [other], "issued": {"date-parts": [[2000]]}},
        journal
        | {
            "id": "rossi-bianchi-2000",
            "title": "All firms",
            "author": [rossi, bianchi, other, {"family": "Verdi", "given": "Piero"}],
            "issued": {"date-parts": [[2000]]},
        },
        journal
        | {
            "id": "rossi-verdi-2000",
            "title": "Other firms",
            "author": [rossi, {"family": "Verdi", "given": "Piero"}, bianchi, other],
            "issued": {"date-parts": [[2000]]},
        },
    ]
