"""Numbers of list items and headings as documents write them: 3, c, C, iii, III."""

from __future__ import annotations

import re

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_INTEGER = re.compile(r"\s*[+-]?\d{1,9}\s*")
MAX_REPEATED_LETTERS = 5
MAX_ROMAN = 3999


def integer(value: str | None, default: int) -> int:
    """The whole number that an attribute holds, or `default` when it holds none (or an absurd one)."""
    return int(value) if value is not None and _INTEGER.fullmatch(value) else default


def letters(value: int) -> str:
    """1 is a, 26 is z, 27 is aa, 53 is aaa, as word processors count."""
    repeats, index = divmod(value - 1, 26)
    if value < 1 or repeats >= MAX_REPEATED_LETTERS:
        return str(value)
    return "abcdefghijklmnopqrstuvwxyz"[index] * (repeats + 1)


def roman(value: int) -> str:
    """Lower-case Roman numerals; outside 1..3999 the number itself."""
    if not 1 <= value <= MAX_ROMAN:
        return str(value)
    signs = []
    for worth, sign in _ROMAN:
        count, value = divmod(value, worth)
        signs.append(sign * count)
    return "".join(signs)


def numeral(value: int, style: str) -> str:
    """`value` in one of the styles 1, 01, a, A, i, I; any other style is written as 1."""
    written = {"a": letters, "A": letters, "i": roman, "I": roman}.get(style)
    if written is None:
        return f"{value:02}" if style == "01" else str(value)
    return written(value).upper() if style.isupper() else written(value)
