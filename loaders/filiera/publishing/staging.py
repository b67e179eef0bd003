"""Write a folder or a file whole or not at all, and never over something that Filiera did not write.

A folder is made beside the place where it is wanted, under a name that says so, and moved there when it is complete.
Its `SHA256SUMS` names every file in it: a folder that holds anything else, or a file that is no longer what was
written, is somebody's, and stays.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filiera.errors import FilieraError, RefusedError
from filiera.paths import shown

#: The list of the files in a folder, with their digests, in the format of `sha256sum --check`.
SUMS = "SHA256SUMS"

#: What the name of something that is not complete ends in.
PARTIAL = ".partial"

#: Bytes at the beginning of a file among which its mark stands.
MARKED = 256


@contextmanager
def folder(wanted: Path) -> Iterator[Path]:
    """Give a new folder to write in, which is put in the place of `wanted` when all went well.

    Raises RefusedError when something that Filiera did not write is there.
    """
    target = wanted.resolve()
    _look_at(target)
    with _errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        stage = Path(tempfile.mkdtemp(prefix=f".{target.name}.", suffix=PARTIAL, dir=target.parent))
        try:
            stage.chmod(0o755)
            yield stage
            (stage / SUMS).write_text(sums(stage), encoding="utf-8")
            _put(stage, target)
        except BaseException:
            shutil.rmtree(stage, ignore_errors=True)
            raise


@contextmanager
def file(wanted: Path, mark: bytes) -> Iterator[Path]:
    """Give a path to write to, which is put in the place of `wanted` when all went well.

    Raises RefusedError when a file is there that has not the mark near its beginning.
    """
    target = wanted.resolve()
    if target.exists() and not _is_marked(target, mark):
        raise RefusedError(f"{shown(target)!r} was not written by Filiera; name another file, or move it away")
    with _errors(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=PARTIAL, dir=target.parent)
        os.close(descriptor)
        stage = Path(name)
        try:
            stage.chmod(0o644)
            yield stage
            stage.replace(target)
        finally:
            stage.unlink(missing_ok=True)


def _is_marked(target: Path, mark: bytes) -> bool:
    if not target.is_file():
        return False
    with target.open("rb") as opened:
        return mark in opened.read(MARKED)


def sums(of: Path) -> str:
    """Return the list of the files in a folder, sorted, with their SHA-256."""
    paths = sorted(p.relative_to(of).as_posix() for p in of.rglob("*") if p.is_file())
    return "".join(f"{_digest(of / path)}  {path}\n" for path in paths if path != SUMS)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _look_at(target: Path) -> None:
    """Refuse a place that holds what is not ours."""
    if not target.exists() or (target.is_dir() and not any(target.iterdir())):
        return
    if not (target / SUMS).is_file():
        raise RefusedError(f"{shown(target)!r} was not written by Filiera; name another folder, or move it away")
    listed = set((target / SUMS).read_text(encoding="utf-8").splitlines())
    changed = [line.partition("  ")[2] for line in sums(target).splitlines() if line not in listed]
    if changed:
        more = f" and {len(changed) - 1:,} more" if len(changed) > 1 else ""
        raise RefusedError(f"{shown(target / changed[0])!r}{more} was not written by Filiera; move it elsewhere first")


def _put(stage: Path, target: Path) -> None:
    """Move a complete folder to its place; the one that was there goes when the new one stands."""
    if not target.exists():
        stage.rename(target)
        return
    old = stage.with_suffix(".old")
    target.rename(old)
    try:
        stage.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


@contextmanager
def _errors(target: Path) -> Iterator[None]:
    """Say which place could not be written, and why."""
    try:
        yield
    except OSError as error:
        raise FilieraError(f"{shown(target)!r} cannot be written: {error.strerror}") from error
