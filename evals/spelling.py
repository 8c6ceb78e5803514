"""Spelling: the words that `assistant.spelling` knows, gathered from training material."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.model import Language
from evals.material import Matter

MIN_CHARS = 3
ASKED_IN = 2  # matters whose questions must hold a word that no sentence does: questions have slips of the pen

_WORD = re.compile(rf"[^\W\d_]{{{MIN_CHARS},}}")


def gathered(matters: Sequence[Matter]) -> str:
    """A line for each language and word: both, and in how many matters it stands, with tabs between."""
    told: Counter[str] = Counter()
    asked: dict[Language, Counter[str]] = {"en": Counter(), "sv": Counter()}
    for matter in matters:
        told.update(_words(text for unit in matter.units for text in (unit.header, *unit.sentences)))
        for language, counts in asked.items():
            counts.update(_words(ask.text for ask in matter.asks if ask.language == language))
    uses = {
        (language, word): matters_with + (told[word] if language == "sv" else 0)
        for language, counts in asked.items()
        for word, matters_with in counts.items()
        if matters_with >= ASKED_IN or (language == "sv" and word in told)
    }
    uses = {("sv", word): number for word, number in told.items()} | uses
    return "".join(f"{language}\t{word}\t{number}\n" for (language, word), number in sorted(uses.items()))


def _words(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text.casefold())}
