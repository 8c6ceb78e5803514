"""Spelling: a question with the words that were meant, where it holds slips of the pen or Swedish without å, ä and ö.

What is no slip stays as it is: words of the vocabulary, words that the documents hold, names (capitals), numbers and short
words. The vocabulary (`spelling.tsv`: language, word, in how many matters of the training material it stands) was gathered by
`radslag spelling`; the English headwords and Swedish equivalents of the glossary belong to it too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from assistant.glossary import english_words, swedish_words
from assistant.inflection import possible_bases
from assistant.model import Language
from assistant.slips import MIN_CHARS, Index, index, meant
from assistant.words import unmarked

FILE = "spelling.tsv"
COMMONER = 20  # times as common as itself is the word that is meant by one that isn't wrong in itself ("ordforande" in an address)
COMMON = 2  # a word that stands in fewer matters is not what others are slips for

_WORD = re.compile(rf"[^\W\d_]{{{MIN_CHARS},}}")
_ENDING = re.compile(
    r"(?<=\w{3})(?:n|en|et|t|na|ar|er|or|arna|erna|orna|s|ens|ets|ad|at|ade|de|te|dde|ande|ende|r)$"
)  # the longest that a Swedish form may have
_OPENS = re.compile(r"(?:^|[.!?:]\s)\W*$")


@dataclass(frozen=True)
class _Vocabulary:
    """The words of one language: all that are right, and those that may be meant, as written and without marks over letters."""

    right: frozenset[str]
    meanings: Index
    plain_meanings: Index
    marked: Mapping[str, str]  # for a word without marks, the commonest with them


def mended(question: str, language: Language, stands: Callable[[str], bool]) -> str:
    """The question with what was meant in place of each word that is a slip.

    Args:
        question: as it was put.
        language: its language; what is meant is a word of that language.
        stands: whether the documents hold a word (lower case).
    """

    def in_place(match: re.Match[str]) -> str:
        word = match.group()
        opens = word.istitle() and _OPENS.search(question[: match.start()]) is not None
        if not (word.islower() or opens):
            return word
        found = _marked(word.lower()) if language == "sv" else None
        if not found and not _is_right(word.lower()) and not stands(word.lower()):
            found = _meaning(word.lower(), language)
        return (found.capitalize() if opens else found) if found else word

    return _WORD.sub(in_place, question)


def _is_right(word: str) -> bool:
    """Whether a vocabulary has the word, or one that it is a usual form of."""
    swedish, english = _vocabulary("sv").right, _vocabulary("en").right
    if word in swedish or any(base in english for base in possible_bases(word)):
        return True
    base = _ENDING.sub("", word)
    return base != word and (base in swedish or f"{base}a" in swedish)


def _marked(word: str) -> str | None:
    """A Swedish word with the marks that it lacks, where it is far commoner with them."""
    uses, marked = _uses()["sv"], _vocabulary("sv").marked.get(word)
    return marked if marked and marked != word and uses[marked] > COMMONER * uses[word] else None


def _meaning(word: str, language: Language) -> str | None:
    """The word that is meant; a Swedish one without marks may lack them all."""
    known = _vocabulary(language)
    if language == "en":
        return meant(word, known.meanings)
    if not word.isascii():
        return meant(word, known.meanings)
    plain = word if word in known.marked else meant(word, known.plain_meanings)
    return known.marked[plain] if plain else None


@cache
def _vocabulary(language: Language) -> _Vocabulary:
    uses = _uses()[language]
    common = {word: number for word, number in uses.items() if number >= COMMON and len(word) >= MIN_CHARS}
    marked: dict[str, str] = {}
    plain: Counter[str] = Counter()
    for word, number in sorted(common.items(), key=lambda each: (-each[1], each[0])):
        marked.setdefault(unmarked(word), word)
        plain[unmarked(word)] += number
    return _Vocabulary(frozenset(uses), index(common), index(plain), marked)


@cache
def _uses() -> Mapping[Language, Counter[str]]:
    """How common each word is."""
    uses: dict[Language, Counter[str]] = {
        "sv": Counter(dict.fromkeys(swedish_words(), COMMON)),
        "en": Counter(dict.fromkeys(english_words(), COMMON)),
    }
    for line in files("assistant").joinpath(FILE).read_text(encoding="utf-8").splitlines():
        language, word, number = line.split("\t")
        uses["en" if language == "en" else "sv"][word] += int(number)
    return uses
