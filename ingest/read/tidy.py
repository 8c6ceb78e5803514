"""Tidy: the signs that word processors and web pages need for setting a text, and its reader doesn't."""

from __future__ import annotations

import re

# Signs of the fonts Symbol and Wingdings, which documents hold in the private use area.
_SYMBOLS = {
    "\uf0b7": "•", "\uf0a7": "▪", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☒", "\uf0fd": "☒", "\uf078": "☒",
    "\uf0fc": "✓", "\uf0e0": "→", "\uf0e8": "→", "\uf0d8": "•", "\uf02d": "–", "\uf0be": "–", "\uf0a3": "≤", "\uf0b3": "≥",
    "\uf0b1": "±", "\uf0b4": "×", "\uf0b0": "°",
}  # fmt: skip
# C1 controls are cp1252 letters that went through Latin-1; five of the places are unused there.
_MISTAKEN_CONTROLS = {code: bytes([code]).decode("cp1252", errors="ignore") for code in range(0x80, 0xA0)}
_DELETED = (
    *range(0x00, 0x09), *range(0x0E, 0x1C), 0x7F,
    0xAD, 0x61C, 0x180E, 0x200B, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF, 0xFFFC,
    *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF,
)  # fmt: skip
_SPACES = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_LINE_ENDS = (0x0B, 0x0C, 0x0D, 0x1C, 0x1D, 0x1E, 0x1F, 0x2028, 0x2029)
_SIGNS: dict[int, str | None] = {
    **_MISTAKEN_CONTROLS,
    **dict.fromkeys(range(0xE000, 0xF900)),
    **{ord(sign): plain for sign, plain in _SYMBOLS.items()},
    **dict.fromkeys(_DELETED),
    **dict.fromkeys(_SPACES, " "),
    **dict.fromkeys(_LINE_ENDS, "\n"),
    0x2011: "-",
}
# Only the few odd signs of a text are looked up: translating every sign takes ten times as long.
_ODD = re.compile(f"[{''.join(re.escape(chr(code)) for code in _SIGNS)}]")
_RUNS_OF_SPACE = re.compile(r" {2,}")
_SPACE_AT_BREAK = re.compile(r" *\n[ \n]*")


def tidy(text: str) -> str:
    """`text` without soft hyphens and other invisible signs, with plain spaces, and no blank line in it.

    A no-break hyphen becomes `-`, every kind of space one space, a line break stays one.
    """
    signs = _ODD.sub(lambda match: _SIGNS[ord(match.group())] or "", text.replace("\r\n", "\n"))
    if "  " in signs:
        signs = _RUNS_OF_SPACE.sub(" ", signs)
    if "\n" in signs:
        signs = _SPACE_AT_BREAK.sub("\n", signs)
    return signs.strip()


def one_line(text: str) -> str:
    """`text`, tidied, with its line breaks as spaces."""
    return tidy(text).replace("\n", " ")
