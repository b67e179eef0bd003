"""Parts of others that come with the package are what their list says, and keep their licences."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import zipfile
from pathlib import Path

import filiera

ROOT = Path(__file__).parents[1]
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


def test_the_wheel_carries_them(tmp_path: Path) -> None:
    """A wheel has every static file of the site, vendored or our own, and every template."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    site = ROOT / "loaders" / "filiera" / "site"
    files = (path for folder in ("static", "markup") for path in (site / folder).rglob("*") if path.is_file())
    wanted = {path.relative_to(ROOT / "loaders").as_posix() for path in files}

    assert wanted - set(zipfile.ZipFile(wheel).namelist()) == set()
    assert len(wanted) > 20
