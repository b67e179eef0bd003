"""The words of a statement, made comparable: folded, stemmed as in the search, synonyms joined, opposites told apart.

The lexicon is `lexicon.txt`. A word of it becomes the name of its line, with a sign for the side where it stands.
"""

from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from filiera.folding import folded_words
from filiera.proofreading.vocabulary import vocabulary

#: British and American spellings of one word.
SPELLINGS = (
    (re.compile(r"is(e|ed|es|ing|er|ers|ation|ations|ational)\Z"), r"iz\1"),
    (re.compile(r"our"), "or"),
    (re.compile(r"jeweller(y|ies)\Z"), "jewelry"),
    (re.compile(r"(cent|met|theat)re(s?)\Z"), r"\1er\2"),
)

NEGATIONS = vocabulary("negations")

#: Words that nearly deny; a word such as "weak" can say the same.
SOFT = vocabulary("near negations")
DEGREES = frozenset({"~strong", "~large", "~high", "~heavy", "~sufficient"})

#: Words that say nothing about what a sentence states.
STOPWORDS = vocabulary("empty")

PASSED_OVER = STOPWORDS | NEGATIONS | SOFT

#: What keeps a statement from being about all: what is true of some does not contradict what is true of others.
PARTIAL = re.compile(
    r"\b(?:some|certain|several|partly|may|might|could|sometimes|occasionally)\b|"
    r"^(?:\w+\s){0,2}(?:another|others?|part)\b",
    re.IGNORECASE,
)

#: Words that lessen what follows: "less quickly" is "more slowly".
LESSENING = frozenset({"less", "fewer"})

#: Verbs of two words and the like, by what they mean.
PHRASES = {
    "to": r"(?:in order|so as) to",
    "abandon": r"(?:give|gives|gave|given|giving)\s+up",
    "rise": r"(?:go|goes|going|went|gone)\s+up",
    "fall": r"(?:go|goes|going|went|gone|come|comes|came)\s+down",
    "developing": r"less[\s-]developed",
    "hinder": r"(?:hold|holds|held|holding)\s+(?:\w+\s+)?back",
    "cause": r"(?:bring|brings|brought|come|comes|came)\s+about",
}
PHRASE = re.compile(
    rf"\b(?:{'|'.join(f'(?P<{meaning}>{pattern})' for meaning, pattern in PHRASES.items())})\b", re.IGNORECASE
)

#: Beginnings of words that deny what follows.
DENYING = re.compile(r"(?:un|non)(?!(?:i(?:ted|on|t|que|vers|form|cred|lat)|der|til|like|less|cert|import))(?=\w{5})")
NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|merely|least)|no (?:less|doubt|other|matter)|nothing but|whether or not|"
    r"a (?:few|little)|little (?:more|less))\b",
    re.IGNORECASE,
)
COMPARED = re.compile(r"(?:ier|iest|er|est|r|st)\Z")


#: The words of as many texts as this are kept.
TEXTS = 4096

#: What is known of as many words as this is kept.
TOKENS = 65_536


@dataclass(frozen=True, slots=True)
class Word:
    """A word that counts: what it is compared by, on which side of its opposite it stands, and its folded form."""

    name: str
    sign: int
    text: str


TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Lexicon:
    """Turns words into what they are compared by; the stems are those of SQLite's search."""

    def __init__(self) -> None:
        """Read the lexicon."""
        self._connection = sqlite3.connect(":memory:")
        self._connection.executescript("""
            create virtual table words using fts5(word, tokenize = 'porter unicode61 remove_diacritics 2');
            create virtual table stems using fts5vocab(words, instance);
        """)
        self._stems: dict[str, str] = {}
        self.words = lru_cache(maxsize=TEXTS)(self._words)
        self.token = lru_cache(maxsize=TOKENS)(self._token)
        self.denial = lru_cache(maxsize=TOKENS)(self._denial)
        self._sides: dict[str, tuple[str, int]] = {}
        lines = [line.split("|") for line in _lines()]
        self.learn(word for line in lines for side in line for word in folded_words(side))
        for line in lines:
            name = f"~{folded_words(line[0])[0]}"
            for sign, side in zip((1, -1), line, strict=False):
                self._sides |= dict.fromkeys(map(self.stem, folded_words(side)), (name, sign if len(line) > 1 else 0))

    def learn(self, words: Iterable[str]) -> None:
        """Stem many words at once."""
        new = sorted({word for word in words if word not in self._stems})
        self._connection.execute("delete from words")
        self._connection.executemany("insert into words values (?)", [(_spelt(word),) for word in new])
        stems = self._connection.execute("select term, doc from stems order by doc, offset").fetchall()
        first = self._connection.execute("select min(rowid) from words").fetchone()[0] or 0
        found = {doc - first: term for term, doc in reversed(stems)}
        self._stems |= {word: found.get(number, word) for number, word in enumerate(new)}

    def stem(self, word: str) -> str:
        """Return the stem of a folded word."""
        if word not in self._stems:
            self.learn([word])
        return self._stems[word]

    def _words(self, text: str) -> tuple[Word, ...]:
        """Return the words of a text that count; what is said twice in a row ("more and more") is said once."""
        found: list[Word] = []
        for token in TOKEN.findall(phrased(text)):
            for word in self.token(token):
                if not (word.sign and found and (found[-1].name, found[-1].sign) == (word.name, word.sign)):
                    found.append(word)
        return tuple(found)

    def _token(self, token: str) -> tuple[Word, ...]:
        """Return the words of a token that count; with a hyphen or an apostrophe it may be several."""
        return tuple(Word(*self.side(word), word) for word in folded_words(token) if word not in PASSED_OVER)

    def denials(self, text: str) -> tuple[int, int]:
        """Count the words of a text that deny, and those that nearly do; "not only" and "a few" do neither.

        >>> [lexicon().denials(text) for text in ("It is not only large but never weak", "They don't lack brands")]
        [(1, 0), (1, 1)]
        """
        kinds = [self.denial(token) for token in TOKEN.findall(NO_DENIAL.sub("", text))]
        return sum(denies for denies, _ in kinds), sum(nearly for _, nearly in kinds)

    def _denial(self, token: str) -> tuple[int, int]:
        """Count how often a token denies and nearly denies; so does its beginning, as in "unbranded"."""
        words = folded_words(token)
        denying = sum(word in NEGATIONS or self._denies(word) for word in words)
        return denying, sum(word in SOFT for word in words)

    def _denies(self, folded: str) -> bool:
        """Tell whether the beginning of a word denies the rest, as in "unbranded" but not in "united"."""
        return bool(DENYING.match(folded)) and self.stem(folded) not in self._sides

    def side(self, folded: str) -> tuple[str, int]:
        """Return what a word is compared by, and on which side of its opposite it stands."""
        for form in (folded, *_positives(folded)):
            if known := self._sides.get(self.stem(form)):
                return known
        rest = DENYING.sub("", folded)
        return self._sides.get(self.stem(rest)) or (self.stem(rest), 0)


def phrased(text: str) -> str:
    """Return a text with its verbs of two words made one.

    >>> phrased("It went up and was held back")
    'It rise and was hinder'
    """
    return PHRASE.sub(lambda match: match.lastgroup or "", text)


def _positives(folded: str) -> list[str]:
    """Return what a word may be compared from: "easiest" from "easy"."""
    match = COMPARED.search(folded)
    if not match or len(folded) < len("wider"):
        return []
    stem = folded[: match.start()]
    return [
        stem + ("y" if match[0].startswith("i") else ""),
        f"{stem}e",
        stem[:-1] if stem[-1:] == stem[-2:-1] else stem,
    ]


def _spelt(word: str) -> str:
    """Return a word in the spelling that both sides of the Atlantic share here.

    >>> _spelt("globalisation"), _spelt("jewellery"), _spelt("labour")
    ('globalization', 'jewelry', 'labor')
    """
    for pattern, replacement in SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


def _lines() -> list[str]:
    text = (files("filiera.proofreading") / "lexicon.txt").read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip() and not line.startswith("#")]


_LEXICONS = threading.local()


def lexicon() -> Lexicon:
    """Return the one lexicon of this thread: its stems come from a connection that no other thread may use."""
    if not hasattr(_LEXICONS, "one"):
        _LEXICONS.one = Lexicon()
    one: Lexicon = _LEXICONS.one
    return one
