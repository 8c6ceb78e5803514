"""Signs: what a glyph of a PDF means as text."""

from __future__ import annotations

import re
import unicodedata

SOFT_HYPHEN = "\u00ad"
NOT_SIGN = 0xAC  # what some OCR programs write for a hyphen at the end of a line
BULLET = "•"
_WINGDINGS = {"ü": "✓", "þ": "☑", "ý": "☒", "x": "☒", "o": "☐", "q": "☐", "¨": "☐"}
_LIGATURES = range(0xFB00, 0xFB07)
_PRIVATE = range(0xE000, 0xF900)
_REPLACEMENT = "\ufffd"
_LEADERS = frozenset("._…-–")  # rules and lines of dots are no text
_VOWELS = frozenset("aeiouyåäöéüøæ")
_WORD = re.compile(r"[^\W\d_]{3,}")
MAX_UNREADABLE = 0.3  # share of signs without a meaning above which a text layer is garbage
MIN_LETTERS = 0.5  # of the signs of prose and tables at least this share are letters or digits
VOWELS = (0.2, 0.65)  # share of vowels among the letters of Swedish or English words
ENOUGH_SIGNS, ENOUGH_WORDS = 120, 25  # fewer signs, or different words of three letters, say nothing


def sign(code: int, font: str) -> str:
    """The text a glyph with this code point stands for: mostly one sign, "" for none, several for a ligature.

    Spaces of all kinds become " ", hyphens "-" (a soft hyphen stays, for the end of its line decides), signs of picture
    fonts bullets and boxes.
    """
    if code in {0x2, 0xFFFE, 0x2010, 0x2011}:  # pdfium gives \\x02 (earlier \\ufffe) for a hyphen at the end of a line
        return "-"
    if code == NOT_SIGN:
        return SOFT_HYPHEN
    if code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return " " if code in {0x9, 0xA, 0xC, 0xD} else ""
    text = chr(code)
    if text.isspace():
        return " "
    lowered = font.lower()
    if "wingdings" in lowered or "webdings" in lowered:
        return _WINGDINGS.get(chr(code - 0xF000) if 0xF020 <= code <= 0xF0FF else text, BULLET)
    if code in _PRIVATE:
        return BULLET if 0xF000 <= code <= 0xF0FF else ""
    if "symbol" in lowered and text == "·":
        return BULLET
    if code in _LIGATURES:
        return unicodedata.normalize("NFKC", text)
    return "" if unicodedata.category(text) in {"Cf", "Cn", "Cc"} and text != SOFT_HYPHEN else text


def meaningless(code: int) -> bool:
    """Whether a code point is none that text is written in: private, a control, or the replacement sign."""
    return code in _PRIVATE or code < 0x20 or chr(min(code, 0x10FFFF)) == _REPLACEMENT or 0x80 <= code < 0xA0


def reads_as_text(text: str, unreadable: int) -> bool:
    """Whether signs read as language: few are `unreadable`, most are letters or digits, and enough letters are vowels.

    Fonts without a table of their signs come out as private signs or as other letters ("7KH ODZ" for "The law").
    """
    signs = [part for part in text if not part.isspace() and part not in _LEADERS]
    if unreadable > MAX_UNREADABLE * (len(signs) + unreadable):
        return False
    if len(signs) >= ENOUGH_SIGNS and sum(map(str.isalnum, signs)) < MIN_LETTERS * len(signs):
        return False
    words = set(_WORD.findall(text.lower()))
    if len(words) < ENOUGH_WORDS:
        return True
    letters = "".join(words)
    return VOWELS[0] <= sum(letter in _VOWELS for letter in letters) / len(letters) <= VOWELS[1]
