"""Spelling: a question with the words that were meant, where it holds slips of the pen or Swedish without å, ä and ö.

What is no slip stays as it is: words of the vocabulary and their usual forms, words that the documents hold, names, numbers,
addresses and short words. The vocabulary (`spelling.tsv`: language, word, how often it stands in the training material) was
gathered by `radslag spelling`; the English headwords and Swedish equivalents of the glossary belong to it too.
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
from assistant.municipalities import NAMES
from assistant.slips import MIN_CHARS, Index, index, meant
from assistant.words import unmarked

FILE = "spelling.tsv"
COMMON = 3  # a word that stands less often is not what others are slips for
COMMON_OPENING = 20  # nor is one less common than this what the first word of a sentence is, which may be a name
COMMONER = 20  # times as common as itself is the word that is meant by one that isn't wrong in itself ("ordforande" in an address)

_WORD = re.compile(
    rf"(?<![\w@/])(?<!\w\.)[^\W\d_]{{{MIN_CHARS},}}(?![\w@/]|\.\w|['’]t\b)"
)  # not within an address, a path or an id, nor "wouldn't"
_OPENS = re.compile(r"(?:^|[.!?:]\s)[^\w.!?:]*$")
# What usual forms of a Swedish word end in, and what stands there in the word itself.
_ENDINGS = "n en et t na ar er or arna erna orna s ns ens ets ad at ade ande ende de te dde r lse lser".split()
_INSTEAD = ("", "a", "e")


@dataclass(frozen=True)
class _Vocabulary:
    """The words of one language: all that are right, and those that may be meant, as written and without marks over letters."""

    right: frozenset[str]
    meanings: Index
    plain_meanings: Index
    marked: Mapping[str, str]  # for a word without marks, the commonest with them


def mended(question: str, language: Language | None, stands: Callable[[str], bool]) -> str:
    """The question with what was meant in place of each word that is a slip.

    Args:
        question: as it was put, on one line.
        language: its language, of which what is meant is a word; None where it doesn't tell.
        stands: whether the documents hold a word (lower case).
    """

    def in_place(match: re.Match[str]) -> str:
        word = match.group()
        if word.islower():
            return _meaning(word, language, stands) or word
        if not word.istitle() or not _OPENS.search(question[: match.start()]):
            return word
        found = _meaning(word.lower(), language, stands)
        return found.capitalize() if found and max(uses[found] for uses in _uses().values()) >= COMMON_OPENING else word

    return _WORD.sub(in_place, question)


def _meaning(word: str, language: Language | None, stands: Callable[[str], bool]) -> str | None:
    """The word that is meant, or None where the word is no slip or its meaning isn't clear."""
    if language == "sv" and (marked := _marked(word, stands)):
        return marked
    if _is_right(word) or stands(word):
        return None
    if language:
        return _nearest(word, language)
    found = {_nearest(word, "sv"), _nearest(word, "en")} - {None}
    return found.pop() if len(found) == 1 else None


def _marked(word: str, stands: Callable[[str], bool]) -> str | None:
    """A Swedish word with the marks that it lacks, where it is far commoner with them."""
    uses, marked = _uses()["sv"], _vocabulary("sv").marked.get(word)
    if marked in (None, word) or word in _names() or (not uses[word] and stands(word)):
        return None
    return marked if uses[marked] > COMMONER * uses[word] else None


def _is_right(word: str) -> bool:
    """Whether it is a name, or a vocabulary has the word or one that it is a usual form of."""
    swedish, english = _vocabulary("sv").right, _vocabulary("en").right
    if word in swedish or word in _names() or any(base in english for base in possible_bases(word)):
        return True
    if f"{word}s" in english or (word.endswith("e") and f"{word}d" in english):
        return True
    bases = (word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending))
    return any(len(base) > 2 and base + instead in swedish for base in bases for instead in _INSTEAD)


def _nearest(word: str, language: Language) -> str | None:
    """The word of the language that it is a slip for; a Swedish one without marks may lack them all."""
    known = _vocabulary(language)
    if language == "en" or not word.isascii():
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


@cache
def _names() -> frozenset[str]:
    """The words of municipalities' names, lower case, and their genitives."""
    words = {word for name in NAMES for word in re.findall(r"[^\W\d_]+", name.casefold())}
    return frozenset(words | {f"{word}s" for word in words})
