"""Ink: what Tesseract saw on a picture, word by word, and how it becomes words of a page.

Its Swedish model has no §, % and @: it writes 8 or $ for the first, some number for the second, (a or Q for the third.
Lines where that may have happened are read again with the English model, and its word is taken for those signs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from statistics import median

from PIL import Image

from ingest.read.pdf_word import Word, spread

MIN_CONFIDENCE = 20.0  # of 100: what Tesseract is less certain of is dirt, unless it has letters in a row
_LETTERS = re.compile(r"[^\W\d_]{3}")
_DIRT = re.compile(r"[|\[\]_~=¦\\\ufffd\u0300-\u036f]+")  # rules of a table, specks
# What is made of a round bullet, and the gap after it as a share of the font size: signs, and letters.
_MISREAD_BULLETS = {**dict.fromkeys("« » . .« + * © ® ¢ °".split(), 0.15), **dict.fromkeys("eo", 0.5)}
_MISREAD_WORD = re.compile(r"[lT]akttag(?=[a-zåäö])")  # "Iakttagelser" in fonts whose I is a bare stroke
_LONG_DASH = re.compile(r"(?<=\d)—(?=\d)")
_ASCENDING = re.compile(r"[A-ZÅÄÖÉ0-9bdfhklt§åäöi!?()/]")
_DESCENDING = re.compile(r"[gjpqy,;§()/Q]")
# Height of a word's ink as a share of the font size, by whether it has letters that reach up, and down.
_INK = {(True, True): 0.93, (True, False): 0.71, (False, True): 0.70, (False, False): 0.49}
_DEPTH = 0.21  # how far letters reach below the baseline, as a share of the font size
SAME_SIZE = 0.12  # sizes that differ less from the page's usual one are measured badly, not meant
BOLD = 1.35  # times the ink of the page's usual letters
MIN_WEIGHED_SIGNS = 4
DARK = 128  # of 256 shades of grey
_GROUP = re.compile(r"\d{3}")  # the digits after a space in 1 250 000
_DIGIT_OR_STRANGE = re.compile(r"[\d$&|]|^[SIl]$")
_DOMAIN = re.compile(r"\w\.(?:se|nu|com|org|eu|net)\b")
_STROKE = frozenset("Il|")
_SYMBOLS = re.compile(r"[§%]")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+[.,;:)]*")
MIN_SYMBOL_CONFIDENCE = 50.0
ALIKE = 0.85  # similarity of an address read with and without its @
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

    @property
    def size(self) -> float:
        """The font size its height speaks of."""
        return (self.bottom - self.top) / _INK[bool(_ASCENDING.search(self.text)), self.descends]

    @property
    def descends(self) -> bool:
        return bool(_DESCENDING.search(self.text))


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
    """A line with §, % and @ as the `other` reading of it has them."""
    kept = list(line)
    for symbol in other:
        covered = [ink for ink in kept if _lies_on(ink, symbol)]
        if _ADDRESS.fullmatch(symbol.text):
            if _is_alike("".join(ink.text for ink in covered), symbol.text):
                kept = sorted([*(ink for ink in kept if ink not in covered), symbol], key=lambda ink: ink.left)
            continue
        if symbol.confidence < MIN_SYMBOL_CONFIDENCE or not _SYMBOLS.search(symbol.text):
            continue
        if not _NO_WORD.fullmatch(symbol.text) or any(_LETTERS.search(ink.text) for ink in covered):
            continue
        kept = [ink for ink in kept if ink not in covered]
        # What the other reading has beside the sign, where this one took both for one number (28 for 2 §).
        beside = [
            ink
            for ink in other
            if ink is not symbol and _NO_WORD.fullmatch(ink.text) and not any(_lies_on(ink, seen) for seen in kept)
        ]
        kept = sorted([*kept, symbol, *beside], key=lambda ink: ink.left)
    after = [*kept[1:], None]
    return [_mended(*three) for three in zip([None, *kept[:-1]], kept, after, strict=True)] if kept else []


def _is_alike(read: str, address: str) -> bool:
    """Whether what was read is the address with something else for its @."""
    letters = address.replace("@", "").casefold()
    return SequenceMatcher(None, read.casefold(), letters, autojunk=False).ratio() >= ALIKE


def _lies_on(one: Ink, other: Ink) -> bool:
    """Whether the middle of either word lies on the other."""
    return other.left <= one.middle <= other.right or one.left <= other.middle <= one.right


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


def words_of(lines: Sequence[Sequence[Ink]], picture: Image.Image, scale: float) -> tuple[tuple[Word, ...], ...]:
    """The words of each line with its baseline, font size and weight; `scale` is points to a dot of the picture."""
    measured = [(inks, _line_size(inks)) for inks in lines]
    weights = [_weight(inks, size, picture) for inks, size in measured]
    regular = median([weight for weight in weights if weight] or [0.0])
    sizes = sorted(size for inks, size in measured for ink in inks for _ in ink.text)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    found = []
    order = 0
    for (inks, line_size), weight in zip(measured, weights, strict=True):
        bold = weight > BOLD * regular and line_size >= (1 - SAME_SIZE) * usual
        size = usual if abs(line_size - usual) < SAME_SIZE * usual else line_size
        baseline = median(ink.bottom - (_DEPTH * size if ink.descends else 0) for ink in inks)
        words = []
        for ink in _with_bullet(inks, size):
            text, edges = spread(ink.text, ink.left * scale, ink.right * scale)
            words.append(Word(text, edges, baseline * scale, size * scale, bold, order=order))
            order += 1
        found.append(tuple(words))
    return tuple(found)


def _line_size(inks: Sequence[Ink]) -> float:
    letters = [ink.size for ink in inks if sum(map(str.isalnum, ink.text)) >= 2]
    return max(1.0, median(letters or [ink.size for ink in inks]))


def _weight(inks: Sequence[Ink], size: float, picture: Image.Image) -> float:
    """How many dots of ink a sign has, as a share of the square of the font size; 0 where there is too little to tell."""
    signs = sum(sum(map(str.isalnum, ink.text)) for ink in inks)
    if signs < MIN_WEIGHED_SIGNS:
        return 0.0
    boxes = [(int(ink.left), int(ink.top), int(ink.right) + 1, int(ink.bottom) + 1) for ink in inks]
    return sum(sum(picture.crop(box).histogram()[:DARK]) for box in boxes) / signs / size**2


def _with_bullet(inks: Sequence[Ink], size: float) -> list[Ink]:
    """The line with what was made of a round bullet in front of it as one."""
    gap = _MISREAD_BULLETS.get(inks[0].text)
    if gap is not None and len(inks) > 1 and inks[1].left - inks[0].right > gap * size:
        return [replace(inks[0], text="•"), *inks[1:]]
    return list(inks)
