"""Records whose texts look like markup: they stay texts on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from filiera import building
from filiera.paths import Project
from filiera.schema import Schema

Ask = Any


def test_no_record_can_end_the_data_of_a_page(
    tiny: Project, known: Schema, edit: Callable[..., None], over: Callable[[Project], AbstractContextManager[Ask]]
) -> None:
    """A name that looks like the end of a script stays a name, in the data and in the drawing."""
    name = "</script><script>alert(1)</script>"
    edit(tiny.kb / "districts" / "farholm.yaml", "name: Farholm", f"name: {name}")
    building.build(tiny, known)
    with over(tiny) as site:
        text = site.get("/map").text
    data = re.search(r'<script type="application/json" id="spots">(.*?)</script>', text)

    assert data
    assert json.loads(data[1])["spots"][0]["label"] == name
    assert "<script>alert" not in text
