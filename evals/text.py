"""How two texts are compared: the folding every metric agrees on."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

MINUS = "\u2212"  # typeset like a dash, yet a mathematical sign to Unicode
ENOUGH_WORDS = (3, 5)  # a quote stands for a gold quote when it shares three fifths (60 %) of its words

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,:]\d+)*")  # in folded text: 375 000, 21:75, 1.5, 2019


@lru_cache(maxsize=4096)  # every metric folds the same few quotes and documents again
def fold(text: str) -> str:
    """Return `text` as it is compared: NFC, case folded, white space collapsed, "-" for every dash.

    Folding twice equals folding once, which is why the case is folded on decomposed letters.
    """
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFD", text).casefold())
    return collapse("".join("-" if _is_dash(character) else character for character in folded))


@lru_cache(maxsize=4096)
def collapse(text: str) -> str:
    """One space for any run of white space (no-break space, line and page breaks too), none at the ends."""
    return " ".join(text.split())


def contains(text: str, words: str) -> bool:
    """Whether `words` stand in `text`, both folded; nothing stands nowhere."""
    return bool(fold(words)) and fold(words) in fold(text)


def place(text: str, words: str) -> int | None:
    """Where `words` first stand in `text`, both folded, with every number whole; None where they don't.

    "5 procent" doesn't stand in "0,5 procent", nor "350 000" in "1 350 000". The place is an index into the folded text.
    """
    folded, sought = fold(text), fold(words)
    inside = {place for number in _NUMBER.finditer(folded) for place in range(number.start() + 1, number.end())}
    at = folded.find(sought) if sought else -1
    while at >= 0 and not inside.isdisjoint((at, at + len(sought))):
        at = folded.find(sought, at + 1)
    return at if at >= 0 else None


def states(text: str, words: str) -> bool:
    """Whether `words` stand in `text` with every number whole, as a fact must."""
    return place(text, words) is not None


def matches(quote: str, gold: str) -> bool:
    """Whether `quote` contains `gold` or shares at least 60 % of its words.

    A word is shared as often as it stands in both: one "inte" doesn't meet two.
    """
    if contains(quote, gold):
        return True
    wanted = Counter(_WORD.findall(fold(gold)))
    shared = (wanted & Counter(_WORD.findall(fold(quote)))).total()
    enough, of = ENOUGH_WORDS
    return shared > 0 and shared * of >= wanted.total() * enough


def _is_dash(character: str) -> bool:
    return character == MINUS or unicodedata.category(character) == "Pd"
