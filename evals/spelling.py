"""Spelling: the words that `assistant.spelling` knows, gathered from training material."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.model import Language
from assistant.slips import index, meant
from evals.material import Matter

MIN_CHARS = 3
ASKED_IN = 2  # matters whose questions must hold a word that no sentence does: questions have slips of the pen
COMMONER = 20  # times as common is a word of which one that only questions hold is taken to be a slip

_WORD = re.compile(rf"[^\W\d_]{{{MIN_CHARS},}}")


def gathered(matters: Sequence[Matter]) -> str:
    """A line for each language and word, with tabs between: both, and in how many matters' questions it stands and, of Swedish ones,
    in how many matters' sentences besides. What only comes with a capital is a name, and left out.
    """
    told: Counter[str] = Counter()
    asked: dict[Language, Counter[str]] = {"en": Counter(), "sv": Counter()}
    lower: set[str] = set()
    for matter in matters:
        sentences = [text for unit in matter.units for text in (unit.header, *unit.sentences)]
        told.update(_words(sentences))
        lower |= _lower(sentences)
        for language, counts in asked.items():
            questions = [ask.text for ask in matter.asks if ask.language == language]
            counts.update(_words(questions))
            lower |= _lower(questions)
    uses: Counter[tuple[Language, str]] = Counter({("sv", word): number for word, number in told.items()})
    for language, counts in asked.items():
        sure = told + counts if language == "sv" else counts
        near = index({word: number for word, number in sure.items() if number > COMMONER})
        for word, number in counts.items():
            if language == "sv" and word in told:
                uses[language, word] += number
            elif number >= ASKED_IN and not ((better := meant(word, near)) and sure[better] > COMMONER * number):
                uses[language, word] = number
    return "".join(f"{key[0]}\t{key[1]}\t{number}\n" for key, number in sorted(uses.items()) if key[1] in lower)


def _words(texts: Iterable[str]) -> set[str]:
    return {word.casefold() for text in texts for word in _WORD.findall(text)}


def _lower(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(text) if word.islower()}
