r"""Write text as LaTeX for .bib files, and read the LaTeX of other people's.

Written braces are always balanced: to BibTeX `\{` opens a group as `{` does. Reading is for text only; addresses and
identifiers are never decoded, so that `%` in them stays what it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

#: Characters that mean something to LaTeX.
SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "&": r"\&", "%": r"\%",
    "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}", "\N{NO-BREAK SPACE}": "~",
}  # fmt: skip

#: Characters that have a name of their own in LaTeX, for files in ASCII.
NAMED = {
    "ß": r"\ss", "ẞ": r"\SS", "æ": r"\ae", "Æ": r"\AE", "œ": r"\oe", "Œ": r"\OE", "ø": r"\o", "Ø": r"\O", "ł": r"\l",
    "Ł": r"\L", "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH", "ŋ": r"\ng",
    "Ŋ": r"\NG", "ı": r"\i", "ȷ": r"\j", "’": r"\textquoteright", "‘": r"\textquoteleft", "“": r"\textquotedblleft",
    "”": r"\textquotedblright", "„": r"\quotedblbase", "‚": r"\quotesinglbase", "«": r"\guillemotleft",
    "»": r"\guillemotright", "‹": r"\guilsinglleft", "›": r"\guilsinglright", "…": r"\textellipsis",
    "¡": r"\textexclamdown", "¿": r"\textquestiondown", "§": r"\S", "¶": r"\P", "©": r"\textcopyright",
    "®": r"\textregistered",
    "™": r"\texttrademark", "£": r"\pounds", "€": r"\texteuro", "¥": r"\textyen", "°": r"\textdegree",
    "•": r"\textbullet", "·": r"\textperiodcentered", "†": r"\dag", "‡": r"\ddag", "ª": r"\textordfeminine",
    "º": r"\textordmasculine", "×": r"\texttimes", "÷": r"\textdiv", "±": r"\textpm", "µ": r"\textmu",
    "–": r"\textendash", "—": r"\textemdash", "¼": r"\textonequarter", "½": r"\textonehalf",
    "¾": r"\textthreequarters", "‰": r"\textperthousand",
}  # fmt: skip

#: Combining marks and the commands that set them.
ACCENTS = {
    "\N{COMBINING GRAVE ACCENT}": "`", "\N{COMBINING ACUTE ACCENT}": "'", "\N{COMBINING CIRCUMFLEX ACCENT}": "^",
    "\N{COMBINING TILDE}": "~", "\N{COMBINING DIAERESIS}": '"', "\N{COMBINING MACRON}": "=",
    "\N{COMBINING DOT ABOVE}": ".", "\N{COMBINING BREVE}": "u", "\N{COMBINING CARON}": "v",
    "\N{COMBINING DOUBLE ACUTE ACCENT}": "H", "\N{COMBINING CEDILLA}": "c", "\N{COMBINING OGONEK}": "k",
    "\N{COMBINING RING ABOVE}": "r", "\N{COMBINING DOT BELOW}": "d", "\N{COMBINING MACRON BELOW}": "b",
}  # fmt: skip

#: Commands that stand for one character besides those above.
MORE = {
    r"\aa": "å", r"\AA": "Å", r"\ldots": "…", r"\dots": "…", r"\copyright": "©", r"\slash": "/", r"\textless": "<",
    r"\textgreater": ">", r"\textbar": "|", r"\textquotesingle": "'", r"\textquotedbl": '"', r"\textunderscore": "_",
    r"\textdollar": "$", r"\textpercent": "%", r"\textampersand": "&", r"\textsection": "§", r"\euro": "€",
    r"\textsterling": "£", r"\cdot": "·", r"\times": "×", r"\pm": "±", r"\mu": "µ", r"\alpha": "α", r"\beta": "β",
    r"\gamma": "γ", r"\delta": "δ", r"\epsilon": "ε", r"\lambda": "λ", r"\pi": "π", r"\sigma": "σ", r"\omega": "ω",
    r"\theta": "θ", r"\tau": "τ", r"\phi": "φ", r"\chi": "χ", r"\psi": "ψ", r"\rho": "ρ", r"\Delta": "Δ",
    r"\Omega": "Ω", r"\Sigma": "Σ", r"\rightarrow": "→", r"\to": "→", r"\leftarrow": "←", r"\infty": "∞",
    r"\leq": "≤", r"\geq": "≥", r"\neq": "≠", r"\approx": "≈", r"\textasteriskcentered": "*",
    r"\TeX": "TeX", r"\LaTeX": "LaTeX", r"\BibTeX": "BibTeX", r"\quad": " ", r"\qquad": " ", r"\newline": " ",
    r"\space": " ", r"\relax": "", r"\noopsort": "", r"\bf": "", r"\it": "", r"\em": "", r"\sc": "", r"\rm": "",
    r"\sf": "", r"\tt": "", r"\sl": "", r"\itshape": "", r"\bfseries": "", r"\scshape": "", r"\textcopyleft": "🄯",
    r"\hyphen": "-", r"\allowbreak": "", r"\penalty0": "", r"\break": "", r"\noindent": "", r"\textvisiblespace": "␣",
}  # fmt: skip

#: What a backslash and one sign stand for.
SIGNS = {"&": "&", "%": "%", "#": "#", "$": "$", "_": "_", "{": "{", "}": "}", " ": " ", "-": "", "/": "",
         ",": "\N{THIN SPACE}", "@": "", "\\": " ", "!": "", ";": " ", ":": " ", "(": "", ")": "",
         "[": "", "]": "", "|": "‖"}  # fmt: skip

CHARACTERS = {
    **{command: char for char, command in NAMED.items()},
    **{value.removesuffix("{}"): char for char, value in SPECIAL.items() if value.endswith("{}")},
    **MORE,
}

#: Marks that leave an i its dot.
UNDER = frozenset(
    {"\N{COMBINING CEDILLA}", "\N{COMBINING OGONEK}", "\N{COMBINING DOT BELOW}", "\N{COMBINING MACRON BELOW}"}
)

MARKS = {command: mark for mark, command in ACCENTS.items()}

#: Commands whose argument is set in another way, which plain text cannot show.
SET = frozenset(
    {r"\emph", r"\textit", r"\textbf", r"\textsc", r"\texttt", r"\textsl", r"\textsf", r"\underline", r"\textrm"}
)

#: Commands whose argument stands as it is.
PLAIN = frozenset(
    {r"\mbox", r"\text", r"\textnormal", r"\mkbibquote", r"\url", r"\path", r"\nolinkurl", r"\mathrm", r"\ensuremath",
     r"\uppercase", r"\lowercase", r"\MakeUppercase", r"\textup", r"\hbox", r"\nocase", r"\NoCaseChange", r"\mathit"}
)  # fmt: skip


SHIFTS = {r"\textsuperscript": "^", r"\textsubscript": "_"}

#: Every command that takes what follows it.
ARGUMENT = SET | PLAIN | SHIFTS.keys() | {r"\href", r"\enquote"}


def escape(text: str) -> str:
    r"""Return a text as LaTeX in UTF-8.

    >>> escape("R&D at 4 % {sic}"), escape("a--b")
    ('R\\&D at 4 \\% \\textbraceleft{}sic\\textbraceright{}', 'a-{}-b')
    """
    text = "".join(SPECIAL.get(c, c) for c in text)
    return re.sub(r"(?<=-)(?=-)|(?<=')(?=')", "{}", text) if "--" in text or "''" in text else text


def ascii_only(text: str) -> str:
    r"""Return a text that is LaTeX with its accents written out; what has no command stays as it is.

    >>> ascii_only("Łukasz Ødegård, Çatal, naïve"), ascii_only("Ελλάς")
    ('{\\L}ukasz {\\O}deg{\\r a}rd, {\\c C}atal, na{\\"\\i}ve', 'Ελλάς')
    """
    if text.isascii():
        return text
    return "".join(c if c.isascii() else _letter(c) for c in unicodedata.normalize("NFC", text))


def _letter(char: str) -> str:
    if char in NAMED:
        return f"{{{NAMED[char]}}}"
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or not base.isascii() or any(mark not in ACCENTS for mark in marks):
        return char
    set_ = f"\\{base}" if base in "ij" and marks[0] not in UNDER else base
    for number, mark in enumerate(marks):
        command = ACCENTS[mark]
        inner = set_ if number == 0 else f"{{{set_}}}"
        set_ = f"\\{command}{' ' if command.isalpha() and inner[0].isalpha() else ''}{inner}"
    return f"{{{set_}}}"


@dataclass(slots=True)
class Decoded:
    """What LaTeX says as plain text, and which commands of it plain text cannot show or are not known."""

    text: str
    lost: list[str] = field(default_factory=list)


PIECE = re.compile(r"\\(?:[a-zA-Z]+\*?|.|\Z)|[{}$~^_]|-{2,3}|``|''|[?!]`|[^\\{}$~^_\-`'?!]+|.", re.DOTALL)
LIGATURES = {"~": "\N{NO-BREAK SPACE}", "--": "–", "---": "—", "``": "“", "''": "”", "?`": "¿", "!`": "¡"}
MARKUP = re.compile(r"[\\{}$~^_`]|--|''")


def decode(latex: str) -> Decoded:
    r"""Return what a text of a .bib file says, without its braces.

    >>> decode(r"The {DNA} of {\'E}mile, na\"{\i}ve {\ss} --- \emph{now}")
    Decoded(text='The DNA of Émile, naïve ß — now', lost=['\\emph'])
    """
    if not MARKUP.search(latex):
        return Decoded(latex)
    reader = _Reader(PIECE.findall(latex))
    text = reader.read()
    return Decoded(unicodedata.normalize("NFC", text), list(dict.fromkeys(reader.lost)))


class _Reader:
    """Reads the pieces of one text."""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.place = 0
        self.lost: list[str] = []
        self.math = False

    def read(self, *, group: bool = False) -> str:
        """Read up to the end of the group, or of the text."""
        parts = []
        while self.place < len(self.pieces):
            piece = self.pieces[self.place]
            self.place += 1
            if piece == "}":
                if group:
                    break
                continue
            parts.append(self._one(piece))
        return "".join(parts)

    def _one(self, piece: str) -> str:
        if piece == "{":
            return self.read(group=True)
        if piece[0] == "\\":
            return self._command(piece)
        if piece == "$":
            self.math = not self.math
            return ""
        if piece in "^_":
            return self._shifted(piece) if self.math else piece
        return LIGATURES.get(piece, piece)

    def _command(self, piece: str) -> str:
        if piece in CHARACTERS:
            self._skip_space(piece)
            return CHARACTERS[piece]
        if piece[1:] in MARKS:
            return self._accent(MARKS[piece[1:]])
        if piece[1:] in SIGNS:
            return SIGNS[piece[1:]]
        if piece in ARGUMENT:
            return self._with_argument(piece)
        self.lost.append(piece)
        return piece

    def _with_argument(self, piece: str) -> str:
        if piece in SHIFTS:
            return self._shifted(SHIFTS[piece])
        if piece == r"\href":
            self.lost.append(f"{piece}{{{self._argument()}}}")
        elif piece in SET:
            self.lost.append(piece)
        inner = self._argument()
        return f"“{inner}”" if piece == r"\enquote" else inner

    def _skip_space(self, piece: str) -> None:
        """Leave out the blank that only ends a command's name, and the empty group that does the same."""
        if not piece[-1].isalpha():
            return
        following = self.pieces[self.place : self.place + 2]
        if following == ["{", "}"]:
            self.place += 2
        elif following and following[0].startswith((" ", "\t", "\n")):
            self.pieces[self.place] = following[0].lstrip()
            if not self.pieces[self.place]:
                self.place += 1

    def _argument(self) -> str:
        """Read the next group, command or character."""
        while self.place < len(self.pieces) and not self.pieces[self.place].strip():
            self.place += 1
        if self.place >= len(self.pieces):
            return ""
        piece = self.pieces[self.place].lstrip()
        if piece[0] in "{\\":
            self.place += 1
            return self._one(piece)
        self.pieces[self.place] = piece[1:]
        if not piece[1:]:
            self.place += 1
        return piece[0]

    def _accent(self, mark: str) -> str:
        letter = self._argument()
        letter = {"ı": "i", "ȷ": "j"}.get(letter, letter)
        end = next((n for n, c in enumerate(letter) if n and not unicodedata.combining(c)), len(letter))
        return letter[:end] + mark + letter[end:] if letter else ""

    def _shifted(self, sign: str) -> str:
        digits = "0123456789+-"
        raised = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻" if sign == "^" else "₀₁₂₃₄₅₆₇₈₉₊₋"
        inner = self._argument()
        if inner and all(c in digits for c in inner):
            return inner.translate(str.maketrans(digits, raised))
        self.lost.append(r"\textsuperscript" if sign == "^" else r"\textsubscript")
        return inner
