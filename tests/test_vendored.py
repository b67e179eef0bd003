"""Parts of others that come with the package are what their list says, and keep their licences."""

from __future__ import annotations

import hashlib
from pathlib import Path

import filiera

VENDOR = Path(filiera.__file__).parent / "site" / "static" / "vendor"


def test_every_file_is_the_one_that_is_listed() -> None:
    """The list names all files but itself and the README, each with its SHA-256."""
    lines = (VENDOR / "SHA256SUMS").read_text("utf-8").splitlines()
    listed = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    files = {p.relative_to(VENDOR).as_posix(): p for p in VENDOR.rglob("*") if p.is_file() and p.parent != VENDOR}

    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items()} == listed


def test_every_part_has_its_licence_and_is_explained() -> None:
    """Each folder holds a licence, and the README names it."""
    told = (VENDOR / "README.md").read_text("utf-8")
    parts = [folder for folder in VENDOR.iterdir() if folder.is_dir()]

    assert [folder.name for folder in parts if not (folder / "LICENSE").is_file()] == []
    assert [folder.name for folder in parts if f"`{folder.name}`" not in told] == []
