"""Slips: the word that was meant by one written with a slip of the pen ("scool", "transprot")."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise, permutations
from typing import NamedTuple

MIN_CHARS = 5  # shorter words have too many neighbours
MIN_CHARS_OF_TWO_SLIPS = 12
OTHER_LETTER = 2  # what it counts for to write a letter that is not easily written for another

_ROWS = (
    "qwertyuiopå",
    "asdfghjklöä",
    "zxcvbnm",
)  # of a Swedish keyboard, each half a key further right than the one above
_SOUNDS = ("aeiouyåäö", "sczx", "ckqg", "vwf", "dt", "bp", "mn", "jyg")  # written for each other by ear
_BESIDE = [row[i : i + 2] for row in _ROWS for i in range(len(row) - 1)]
_BELOW = [
    pair for upper, lower in pairwise(_ROWS) for shift in (0, 1) for pair in zip(upper[shift:], lower, strict=False)
]
_EASILY = frozenset(pair for signs in (*_SOUNDS, *_BESIDE, *_BELOW) for pair in permutations(signs, 2))


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

    One slip is a letter too many or too few, one written for its neighbour on the keyboard or for one that sounds like it, or two
    that changed places; words of 12 letters may hold two, or one letter that is any other.
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
    """How many slips lie between two words (optimal string alignment), or `most` + 1 where there are more.

    A letter that is not easily written for another counts as `OTHER_LETTER`.
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, sign in enumerate(one):
        earlier, before, row = before, row, [i + 1]
        for j, meets in enumerate(other):
            wrong = 1 if (sign, meets) in _EASILY else OTHER_LETTER
            cost = before[j] if sign == meets else min(before[j] + wrong, before[j + 1] + 1, row[j] + 1)
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
