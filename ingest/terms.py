"""Terms: how text is cut into the units the lexical index counts.

Words become character 5-grams, which find Swedish inflections and compounds from either side (samordningsförbund ↔
länssamordningsförbundet). What carries a digit stays whole: §§, diarienummer, dates, amounts.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

GRAM_CHARS = 5
TOKENS_KEPT = 20_000  # words whose terms are kept, some 10 MB

# "§ 23" and "375 000" are written with a space (ordinary, no-break or thin) that does not divide them.
_JOINED = re.compile(r"(?<=§)[ \u00a0\u2009]+(?=\d)|(?<=\d)[ \u00a0\u2009](?=\d{3}(?!\d))")
_TOKEN = re.compile(r"§§?\d+|\w+(?:[-/:.,]\w+)*")
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
    return [term for token in tokens(text) for term in terms_of(token)]


def tokens(text: str) -> list[str]:
    """The words of `text` in order, lower-cased, those joined by a hyphen or with digits in them as one."""
    return _TOKEN.findall(_JOINED.sub("", unicodedata.normalize("NFC", text).casefold()))


@lru_cache(maxsize=TOKENS_KEPT)
def terms_of(token: str) -> tuple[str, ...]:
    """The terms of one of the `tokens`."""
    if any(sign.isdigit() for sign in token):
        return (token,)
    words = re.split(r"[-/:.,]", token)
    return tuple(term for word in words for part in (word, *ABBREVIATIONS.get(word, ())) for term in _grams(part))


def _grams(word: str) -> list[str]:
    """All substrings of 5 letters, or the word itself when it is not longer."""
    return [word[i : i + GRAM_CHARS] for i in range(max(1, len(word) - GRAM_CHARS + 1))]
