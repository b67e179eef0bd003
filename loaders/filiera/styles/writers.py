"""Write text, fonts and links in the formats of manuscripts.

To add a format, write a `Writer` and list it in `WRITERS`.
"""

from __future__ import annotations

import html
import re
from typing import ClassVar


class Writer:
    """Writes plain text; the other formats change what differs."""

    RAISED: ClassVar = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
    LOWERED: ClassVar = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")

    def text(self, text: str) -> str:
        """Write text so that it reads as it is."""
        return text

    def font(self, name: str, inner: str) -> str:
        """Set what is written already in a font; here, with Unicode's own figures where there are all of them."""
        moved = inner.translate({"sup": self.RAISED, "sub": self.LOWERED}.get(name, {}))
        return inner if any(one == other for one, other in zip(moved, inner, strict=True)) else moved

    def link(self, address: str, inner: str) -> str:
        """Make a link of what is written already."""
        del address
        return inner

    def address(self, address: str) -> str:
        """Write a link whose text is its address."""
        return self.link(address, self.text(address))

    def whole(self, written: str) -> str:
        """Finish a paragraph."""
        return written


class Html(Writer):
    """Writes the same small HTML, clean."""

    def text(self, text: str) -> str:
        """Write text so that it reads as it is."""
        return html.escape(text, quote=False)

    def font(self, name: str, inner: str) -> str:
        """Set what is written already in a font."""
        return f'<span class="smallcaps">{inner}</span>' if name == "smallcaps" else f"<{name}>{inner}</{name}>"

    def link(self, address: str, inner: str) -> str:
        """Make a link of what is written already."""
        return f'<a href="{html.escape(address)}">{inner}</a>'


class Markdown(Writer):
    """Writes Pandoc's Markdown, one paragraph."""

    SIGNS: ClassVar = {"i": "*", "b": "**", "sup": "^", "sub": "~"}
    SPECIAL = re.compile(r"[\\`*_{}\[\]<$@~^|\"']|&(?=#?\w+;)|(?<=-)-|(?<=\.\.)\.")
    #: What would begin a list, a heading, a quotation or a title at the beginning of a paragraph.
    BEGINNING = re.compile(r"\(?(?:\d+|[A-Za-z]|[IVXLCDMivxlcdm]+|#)(?=[.)](?:\s|\Z))|(?=[-+](?:\s|\Z)|[#>:%=])")

    def text(self, text: str) -> str:
        """Write text so that it reads as it is."""
        return self.SPECIAL.sub(lambda match: "\\" + match[0], text)

    def font(self, name: str, inner: str) -> str:
        """Set what is written already in a font; spaces at its ends stay outside."""
        if name == "smallcaps":
            return f"[{inner}]{{.smallcaps}}"
        bare = inner.strip(" ")
        if not bare:
            return inner
        before, _, after = inner.partition(bare)
        sign = self.SIGNS[name]
        moved = bare.replace(" ", "\\ ") if name in {"sup", "sub"} else bare
        return f"{before}{sign}{moved}{sign}{after}"

    def link(self, address: str, inner: str) -> str:
        """Make a link of what is written already."""
        return f"[{inner}]({address.replace('(', '%28').replace(')', '%29')})"

    def address(self, address: str) -> str:
        """Write a link whose text is its address."""
        return f"<{address}>"

    def whole(self, written: str) -> str:
        """Finish a paragraph, whose beginning must not be taken for that of a list."""
        match = self.BEGINNING.match(written)
        return f"{match[0]}\\{written[match.end() :]}" if match else written


class Latex(Writer):
    """Writes LaTeX, whatever the encoding of its fonts; links need hyperref."""

    COMMANDS: ClassVar = {
        "i": "textit",
        "b": "textbf",
        "sup": "textsuperscript",
        "sub": "textsubscript",
        "smallcaps": "textsc",
    }
    SIGNS: ClassVar = {
        **{sign: f"\\{sign}" for sign in "{}$&#%_"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "`": r"\textasciigrave{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        "[": "{[}",
        "]": "{]}",
        '"': "''",
        "\xa0": "~",
        "-": "{}-",
        ",": "{},",
        "'": "{}'",
    }
    #: The last three would be set as one sign with the one before.
    SPECIAL = re.compile(r"""[{}$&#%_\\~^`<>|\[\]"\xa0]|(?<=-)-|(?<=,),|(?<=')'""")

    def text(self, text: str) -> str:
        """Write text so that it reads as it is."""
        return self.SPECIAL.sub(lambda match: self.SIGNS[match[0]], text)

    def font(self, name: str, inner: str) -> str:
        """Set what is written already in a font."""
        return f"\\{self.COMMANDS[name]}{{{inner}}}"

    def link(self, address: str, inner: str) -> str:
        """Make a link of what is written already."""
        return f"\\href{{{_escaped(address, '%#')}}}{{{inner}}}"

    def address(self, address: str) -> str:
        """Write a link whose text is its address."""
        return f"\\url{{{_escaped(address, '%#')}}}"


class Rtf(Writer):
    """Writes a paragraph of RTF, which word processors paste as rich text."""

    COMMANDS: ClassVar = {"i": "i", "b": "b", "sup": "super", "sub": "sub", "smallcaps": "scaps"}

    def text(self, text: str) -> str:
        """Write text so that it reads as it is; what is not ASCII is written in units of UTF-16, as RTF has them."""
        return "".join(c if c.isascii() else _units(c) for c in _escaped(text, "\\{}"))

    def font(self, name: str, inner: str) -> str:
        """Set what is written already in a font."""
        return f"{{\\{self.COMMANDS[name]} {inner}}}"

    def link(self, address: str, inner: str) -> str:
        """Make a link of what is written already."""
        return f'{{\\field{{\\*\\fldinst{{HYPERLINK "{self.text(address)}"}}}}{{\\fldrslt{{\\ul {inner}}}}}}}'


def _units(character: str) -> str:
    code = character.encode("utf-16-le")
    return "".join(f"\\u{int.from_bytes(code[at : at + 2], 'little', signed=True)} ?" for at in range(0, len(code), 2))


def _escaped(text: str, special: str) -> str:
    return text.translate({ord(sign): f"\\{sign}" for sign in special})


WRITERS: dict[str, Writer] = {"text": Writer(), "html": Html(), "markdown": Markdown(), "latex": Latex(), "rtf": Rtf()}
