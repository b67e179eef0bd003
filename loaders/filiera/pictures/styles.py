"""Write the style of a picture into its elements, for the programs that show files.

A page gives a picture its look by `static/pictures.css`, light or dark. Word processors know little of style sheets,
and nothing of their variables, so a file has the light look as attributes. Of CSS this reads what that file uses: rules
for classes and elements within a picture, in which the later one wins.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from xml.etree import ElementTree as ET

STYLESHEET = ("site", "static", "pictures.css")

#: From here on the style sheet has rules; before it are the colours, the light ones first.
RULES = "/* rules */"

#: Rules for what only a page has.
PAGE_ONLY = (":", "@", ">", "figure")

VARIABLE = re.compile(r"(--picture-[a-z0-9-]+):\s*([^;]+);")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PART = re.compile(r"\.?[a-z][a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Rule:
    """What is said of every element that has a name, where one is given, and all of some classes."""

    tag: str
    classes: frozenset[str]
    said: tuple[tuple[str, str], ...]

    def suits(self, tag: str, classes: set[str]) -> bool:
        """Tell whether an element is meant."""
        return self.tag in {"", tag} and self.classes <= classes


def styled(root: ET.Element) -> None:
    """Give every element of a picture its look, in place of its classes."""
    for element in root.iter():
        classes = set(element.attrib.pop("class", "").split())
        look = {name: value for rule in rules() if rule.suits(element.tag, classes) for name, value in rule.said}
        colour = look.pop("color", "#000000")
        for name, value in look.items():
            element.set(name, colour if value == "currentColor" else value)


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of the style sheet with its variables filled in, those that say more after the others."""
    text = files("filiera").joinpath(*STYLESHEET).read_text(encoding="utf-8")
    colours = dict(reversed(VARIABLE.findall(text)))  # the first value of each, which is the light one
    filled = re.sub(r"var\((--picture-[a-z0-9-]+)\)", lambda m: colours[m[1]], text.partition(RULES)[2])
    found = []
    for selectors, body in RULE.findall(re.sub(r"/\*.*?\*/", "", filled, flags=re.DOTALL)):
        said = tuple((name, value) for name, value in re.findall(r"([a-z-]+):\s*([^;]+);", body))
        found += [_rule(selector, said) for selector in selectors.split(",") if not _only_for_pages(selector)]
    return tuple(sorted(found, key=lambda rule: len(rule.classes)))


def _only_for_pages(selector: str) -> bool:
    return any(sign in selector for sign in PAGE_ONLY)


def _rule(selector: str, said: tuple[tuple[str, str], ...]) -> Rule:
    """Read a selector such as `.picture .bar.uncertain`; `.picture` alone is the picture itself."""
    within = selector.split()
    parts = PART.findall(within[-1])
    tag = next((part for part in parts if not part.startswith(".")), "")
    return Rule(tag, frozenset(part[1:] for part in parts if part.startswith(".")), said)
