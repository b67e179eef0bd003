"""What is written is whole or not there, and nothing of others is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from filiera.errors import FilieraError, RefusedError
from filiera.publishing import staging


def write(target: Path, text: str) -> None:
    """Write a folder with a page."""
    with staging.folder(target) as stage:
        (stage / "page").mkdir()
        (stage / "page" / "index.html").write_text(text, encoding="utf-8")


def fail(target: Path, reason: BaseException | type[BaseException]) -> None:
    """Write half of a folder, and come to a stop."""
    with staging.folder(target) as stage:
        (stage / "half.html").write_text("half", encoding="utf-8")
        raise reason


def names(folder: Path) -> list[str]:
    """Return all that lies below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_a_complete_folder_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """The new one holds only what is new, and nothing is left beside it."""
    with staging.folder(tmp_path / "www") as stage:
        (stage / "old.html").write_text("old", encoding="utf-8")
    write(tmp_path / "www", "new")

    assert names(tmp_path) == ["www", "www/SHA256SUMS", "www/page", "www/page/index.html"]
    assert (tmp_path / "www" / "page" / "index.html").read_text("utf-8") == "new"


@pytest.mark.parametrize("reason", [KeyboardInterrupt, OSError(28, "No space left on device"), FilieraError("broken")])
def test_what_is_not_complete_is_not_left(tmp_path: Path, reason: BaseException | type[BaseException]) -> None:
    """Ctrl-C, a full disk or a broken page leave the earlier folder, and nothing else."""
    write(tmp_path / "www", "old")
    with pytest.raises((KeyboardInterrupt, FilieraError)):
        fail(tmp_path / "www", reason)

    assert names(tmp_path) == ["www", "www/SHA256SUMS", "www/page", "www/page/index.html"]
    assert (tmp_path / "www" / "page" / "index.html").read_text("utf-8") == "old"


def test_while_it_is_written_it_says_so(tmp_path: Path) -> None:
    """Whoever looks meanwhile, or after the process was killed, sees that it is not complete."""
    with staging.folder(tmp_path / "www") as stage:
        seen = stage.name

    assert seen.startswith(".www.")
    assert seen.endswith(".partial")


def test_an_empty_folder_may_be_filled(tmp_path: Path) -> None:
    """A folder that somebody made for it is as good as none."""
    (tmp_path / "www").mkdir()
    write(tmp_path / "www", "new")

    assert (tmp_path / "www" / "page" / "index.html").is_file()


def test_what_others_put_into_a_copy_stays(tmp_path: Path) -> None:
    """A file that was added, and one that was changed, are named, and the folder is left as it is."""
    write(tmp_path / "www", "old")
    (tmp_path / "www" / "CNAME").write_text("example.org", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"CNAME' was not written by Filiera; move it elsewhere first"):
        write(tmp_path / "www", "new")
    (tmp_path / "www" / "page" / "index.html").write_text("mended by hand", encoding="utf-8")
    with pytest.raises(RefusedError, match=r"CNAME' and 1 more was not written by Filiera"):
        write(tmp_path / "www", "new")

    assert (tmp_path / "www" / "CNAME").read_text("utf-8") == "example.org"
    assert (tmp_path / "www" / "page" / "index.html").read_text("utf-8") == "mended by hand"


def test_a_link_to_a_folder_is_followed(tmp_path: Path) -> None:
    """A folder that is reached by a link is replaced where it lies, and the link stays."""
    write(tmp_path / "there", "old")
    (tmp_path / "www").symlink_to(tmp_path / "there")
    write(tmp_path / "www", "new")

    assert (tmp_path / "www").is_symlink()
    assert (tmp_path / "there" / "page" / "index.html").read_text("utf-8") == "new"


def test_a_place_where_nothing_can_be_written_is_named(tmp_path: Path) -> None:
    """A file in the way of the folder above is said, and there is no traceback."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(FilieraError, match="cannot be written"):
        write(tmp_path / "file" / "www", "new")
