"""Slips: the word that was meant by one written with a slip of the pen ("scool", "transprot")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

MIN_CHARS = 5  # shorter words have too many neighbours
MIN_CHARS_OF_TWO_SLIPS = 10


class Known(NamedTuple):
    """A word that may be meant, its letters as bits, and how often it is used."""

    word: str
    letters: int
    uses: int


Index = Mapping[tuple[str, int], Sequence[Known]]  # by first letter and number of letters


def index(words: Iterable[str] | Mapping[str, int]) -> Index:
    """The words that may be meant, given with how often they are used or as often as they are."""
    found: defaultdict[tuple[str, int], list[Known]] = defaultdict(list)
    for word, uses in Counter(words).items():
        found[word[0], len(word)].append(Known(word, _letters(word), uses))
    return dict(found)


def meant(word: str, known: Index) -> str | None:
    """The known word that `word` is a slip for, or None where none is near enough or several are equally near.

    One slip is a letter too many, too few or wrong, or two neighbours that changed places; words of 10 letters may hold two.
    The first letter must be right. Fewest slips win, then use, then likeness of length.
    """
    most = _allowed(word)
    letters = _letters(word)
    near: list[tuple[tuple[int, int, int], str]] = []
    for chars in range(len(word) - most, len(word) + most + 1) if most else ():
        for other in known.get((word[0], chars), ()):
            if (letters ^ other.letters).bit_count() <= 2 * most:
                slips = distance(word, other.word, most)
                if slips <= most:
                    near.append(((slips, -other.uses, abs(chars - len(word))), other.word))
    near.sort()
    if not near or (len(near) > 1 and near[0][0] == near[1][0]):
        return None
    return near[0][1]


def distance(one: str, other: str, most: int) -> int:
    """How many slips lie between two words (optimal string alignment), or `most` + 1 where there are more."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, meets in enumerate(other):
            cost = before[j] if sign == meets else min(before[j], before[j + 1], row[j]) + 1
            if i and j and sign == other[j - 1] and one[i - 1] == meets:
                cost = min(cost, earlier[j - 1] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def _allowed(word: str) -> int:
    """How many slips a word of its length may hold."""
    return 0 if len(word) < MIN_CHARS else 1 if len(word) < MIN_CHARS_OF_TWO_SLIPS else 2


def _letters(word: str) -> int:
    """The letters of a word as bits: a slip changes two at most."""
    bits = 0
    for sign in word:
        bits |= 1 << (ord(sign) & 31)
    return bits
