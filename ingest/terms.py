"""Terms: how text is cut into the units the lexical index counts.

Words become character 5-grams, which find Swedish inflections and compounds from either side (samordningsförbund ↔
länssamordningsförbundet). What carries a digit stays whole: §§, diarienummer, dates, amounts.
"""

from __future__ import annotations

import re
import unicodedata

GRAM_CHARS = 5

# "§ 23" and "375 000" are written with a space (ordinary, no-break or thin) that does not divide them.
_JOINED = re.compile(r"(?<=§)[ \u00a0\u2009]+(?=\d)|(?<=\d)[ \u00a0\u2009](?=\d{3}(?!\d))")
_TERM = re.compile(r"§§?\d+|\w+(?:[-/:.,]\w+)*")
ABBREVIATIONS = {
    "ks": ("kommunstyrelsen",),
    "kf": ("kommunfullmäktige",),
    "au": ("arbetsutskottet",),
    "ksau": ("kommunstyrelsens", "arbetsutskott"),
    "dnr": ("diarienummer",),
    "tkr": ("tusen", "kronor"),
    "mnkr": ("miljoner", "kronor"),
}


def terms(text: str) -> list[str]:
    """The terms of `text` in order, lower-cased, with repeats; å, ä and ö stay themselves."""
    folded = _JOINED.sub("", unicodedata.normalize("NFC", text).casefold())
    found: list[str] = []
    for match in _TERM.finditer(folded):
        token = match.group()
        if token.isalpha() and token not in ABBREVIATIONS:  # nearly all: the same as below, sooner
            found.extend(_grams(token))
            continue
        if any(sign.isdigit() for sign in token):
            found.append(token)
            continue
        for word in re.split(r"[-/:.,]", token):
            for part in (word, *ABBREVIATIONS.get(word, ())):
                found.extend(_grams(part))
    return found


def _grams(word: str) -> list[str]:
    """All substrings of 5 letters, or the word itself when it is not longer."""
    return [word[i : i + GRAM_CHARS] for i in range(max(1, len(word) - GRAM_CHARS + 1))]
