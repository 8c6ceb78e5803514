"""Ink: what Tesseract saw on a picture, word by word.

Its Swedish model has no §, % and @: it writes 8 or $ for the first, some number for the second, (a or Q for the third.
Lines where that may have happened are read again with the English model, and its word is taken for those signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

MIN_CONFIDENCE = 20.0  # of 100: what Tesseract is less certain of is dirt, unless it has letters in a row
_LETTERS = re.compile(r"[^\W\d_]{3}")
_DIRT = re.compile(r"[|\[\]_~=¦\\\ufffd\u0300-\u036f]+")  # rules of a table, specks
_MISREAD_WORD = re.compile(r"[lT]akttag(?=[a-zåäö])")  # "Iakttagelser" in fonts whose I is a bare stroke
_LONG_DASH = re.compile(r"(?<=\d)—(?=\d)")
_GROUP = re.compile(r"\d{3}")  # the digits after a space in 1 250 000
_DIGIT_OR_STRANGE = re.compile(r"[\d$&|]|^[SIl]$")
_DOMAIN = re.compile(r"\w\.(?:se|nu|com|org|eu|net)\b")
_STROKE = frozenset("Il|")
_SYMBOLS = re.compile(r"[§%]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+[.,;:)]*")
MIN_SYMBOL_CONFIDENCE = 50.0
ALIKE = 0.85  # similarity of an address read with and without its @
SURE_WORD = 60.0  # confidence: a § is read as JAS with less
_WORD = re.compile(r"(?!S+$)[a-zåäöéA-ZÅÄÖÉ]{2,}[.,:;)]*|[a-hj-kmnopr-zåäö]")  # I, l, Q and S may be signs
_NO_WORD = re.compile(r"[^a-zåäöéA-ZÅÄÖÉ]*")


@dataclass(frozen=True, slots=True)
class Ink:
    """A word as Tesseract saw it, in dots of the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float  # 0-100

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2


def inks_of(table: str) -> list[list[Ink]]:
    """The words of each line in Tesseract's table (TSV), without dirt."""
    lines: dict[tuple[str, ...], list[Ink]] = {}
    for row in table.split("\n")[1:]:
        fields = row.rstrip("\r").split("\t")
        if len(fields) != 12 or fields[0] != "5" or not fields[11].strip():
            continue
        left, top, width, height, confidence = map(float, fields[6:11])
        text = _LONG_DASH.sub("–", _MISREAD_WORD.sub("Iakttag", fields[11].strip()))
        if (confidence >= MIN_CONFIDENCE or _LETTERS.search(text)) and not _DIRT.fullmatch(text):
            ink = Ink(text, left, top, left + width, top + height, confidence)
            lines.setdefault(tuple(fields[1:5]), []).append(ink)
    return [sorted(inks, key=lambda ink: ink.left) for inks in lines.values()]


def is_suspect(line: Sequence[Ink]) -> bool:
    """Whether a §, % or @ may have been misread on a line, or left out: it has digits, or something like an address."""
    return any(_DIGIT_OR_STRANGE.search(ink.text) or _DOMAIN.search(ink.text) for ink in line)


def repaired(line: Sequence[Ink], other: Sequence[Ink]) -> list[Ink]:
    """A line with §, % and @ as the `other` reading of it, from left to right too, has them."""
    kept = list(line)
    for place, symbol in enumerate(other):
        covered = [ink for ink in kept if _lies_on(ink, symbol)]
        if _ADDRESS.fullmatch(symbol.text):
            if _is_alike("".join(ink.text for ink in covered), symbol.text):
                kept = _in_order([ink for ink in kept if ink not in covered], [symbol])
            continue
        if symbol.confidence < MIN_SYMBOL_CONFIDENCE or not _SYMBOLS.search(symbol.text):
            continue
        if not _NO_WORD.fullmatch(symbol.text) or any(map(_is_word, covered)):
            continue
        kept = [ink for ink in kept if ink not in covered]
        # What the other reading has beside the sign, where this one took both for one number (28 for 2 §).
        beside = [
            ink
            for ink in (*other[max(0, place - 1) : place], *other[place + 1 : place + 2])
            if _NO_WORD.fullmatch(ink.text) and not any(_touches(ink, seen) for seen in kept)
        ]
        kept = _in_order(kept, [symbol, *beside])
    after = [*kept[1:], None]
    return [_mended(*three) for three in zip([None, *kept[:-1]], kept, after, strict=True)] if kept else []


def _is_word(ink: Ink) -> bool:
    """Whether it is surely a word, not to be replaced by a sign."""
    return bool(_WORD.fullmatch(ink.text)) and ink.confidence >= SURE_WORD


def _in_order(kept: Sequence[Ink], more: Sequence[Ink]) -> list[Ink]:
    return sorted([*kept, *more], key=lambda ink: ink.left)


def _touches(one: Ink, other: Ink) -> bool:
    """Whether two words share some of their width."""
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > 0.2 * min(one.right - one.left, other.right - other.left)


def _is_alike(read: str, address: str) -> bool:
    """Whether what was read is the address with something else for its @."""
    letters = address.replace("@", "").casefold()
    return SequenceMatcher(None, read.casefold(), letters, autojunk=False).ratio() >= ALIKE


def _lies_on(one: Ink, other: Ink) -> bool:
    """Whether the middle of either word lies on the other, or a good part of the narrower one."""
    return _touches(one, other) or other.left <= one.middle <= other.right or one.left <= other.middle <= one.right


def _mended(before: Ink | None, ink: Ink, after: Ink | None) -> Ink:
    """An upright stroke that stands alone is 1 before digits, and else the word I, except for the litres of a number; a
    dollar sign is a § here."""
    if ink.text.startswith("$"):
        return replace(ink, text=ink.text.replace("$", "§"))
    if ink.text not in _STROKE:
        return ink
    if after and _GROUP.fullmatch(after.text.rstrip(".,;:)")):
        return replace(ink, text="1")
    litres = ink.text == "l" and before is not None and before.text[-1:].isdigit()
    return ink if litres else replace(ink, text="I")
