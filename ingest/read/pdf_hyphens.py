"""Hyphens: what the end of one line and the beginning of the next are together."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

SUSPENDING = frozenset("och eller samt respektive resp till alternativt and or to".split())  # "Social- och …"
_ABBREVIATIONS = frozenset("it ai eu id ip".split())  # small letters that keep their hyphen: "it-system"
_SOFT = "\u00ad"
_BEFORE = re.compile(r"([^\W_]+)[-\u00ad]$")
_AFTER = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)+")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S*[./_=?&%-]$", re.IGNORECASE)
VOWELS = frozenset("aeiouyåäöé")
SHORT_PREFIX = 3  # letters: so short a part before a hyphen may be an abbreviation


class Seam(Enum):
    """How two lines are put together."""

    LINES = 0  # they stay two lines
    CLOSED = 1  # the next word closes up to the line
    JOINED = 2  # it does, and the hyphen between them goes


@dataclass(frozen=True)
class Spellings:
    """Words as they are written inside the lines of a page: evidence for what stands across two."""

    words: frozenset[str]
    compounds: frozenset[str]  # with their hyphens
    prefixes: frozenset[str]  # what stands before the hyphen of a compound


def spellings_of(lines: Iterable[str]) -> Spellings:
    """What can be learnt from the lines, without the ends of those that end in a hyphen."""
    words: set[str] = set()
    compounds: set[str] = set()
    for line in lines:
        lowered = line.lower()
        words.update(_WORD.findall(lowered))
        compounds.update(_COMPOUND.findall(lowered))
    prefixes = {compound.split("-", 1)[0] for compound in compounds}
    return Spellings(frozenset(words), frozenset(compounds), frozenset(prefixes))


def seam(upper: str, lower: str, spellings: Spellings) -> Seam:
    """How the line `upper` and the line `lower` below it are put together.

    föreskrif-/ter is one word; "Social-/och …" stays two lines; the hyphen of KS-/2021, EU-/stöd and e-/post stays.
    """
    if _ADDRESS.search(upper.rsplit(maxsplit=1)[-1] if upper.strip() else "") and lower[:1].isalnum():
        return Seam.CLOSED
    if re.search(r"[^\W_]/$", upper) or (re.search(r"\d–$", upper) and lower[:1].isdigit()):
        return Seam.CLOSED if lower[:1].isalnum() else Seam.LINES
    before, after = _BEFORE.search(upper), _AFTER.match(lower)
    if before is None or after is None:
        return Seam.LINES
    if upper.endswith(_SOFT):
        return Seam.JOINED
    first, second = before.group(1), after.group()
    if second in SUSPENDING and not lower[after.end() : after.end() + 1].isalnum():
        return Seam.LINES
    return Seam.CLOSED if _keeps_hyphen(first, second, spellings) else Seam.JOINED


def _keeps_hyphen(first: str, second: str, spellings: Spellings) -> bool:
    """Whether the hyphen between two parts of a word belongs to its spelling."""
    if second[0].isupper() or second[0].isdigit() or first[-1].isdigit():
        return True
    if len(first) == 1 or first[-2:].isupper() or not VOWELS & set(first.lower()):
        return True
    one, other = first.lower(), second.lower()
    if one + other in spellings.words:
        return False
    if f"{one}-{other}" in spellings.compounds or one in _ABBREVIATIONS:
        return True
    return len(one) <= SHORT_PREFIX and one in spellings.prefixes
