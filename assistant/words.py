"""Words: how much of what a question names stands in a text, whatever the inflection or compound."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import snowballstemmer

from ingest.dates import dates_in
from ingest.terms import GRAM_CHARS, terms, terms_of, tokens

CACHED_TEXTS = 20_000  # passages, sentences and words whose terms are kept: some tens of megabytes
CACHED_LONG_TEXTS = 500  # whole §§ and documents
PARAGRAPH = re.compile(r"§§?\s*(\d+)")
NUMBER = re.compile(r"\d(?:[\d.,:/-]|[ \u00a0](?=\d{3}(?!\d)))*")
_NAME_OF_TWO = re.compile(r"(?<=[^\s.!?:] )([A-ZÅÄÖ][\w-]+)(?= ([A-ZÅÄÖ][\w-]+))")
_SPAN = re.compile(r"(?<![\d.,:/–-])(\d{1,2})\s?[–-]\s?(\d{1,2})(?![\d.,:/–-]*\d)")
_DIGIT = re.compile(r"\d")
_PLAIN_WORD = re.compile(r"[^\W\d_]+")
_MARKED = re.compile(r"[^\x00-\x7f]+")  # the only place for combining marks
_STEMMER = snowballstemmer.stemmer("swedish")
_WHOLE = {"mån": "månad", "tim": "timme", "st": "styck"}  # in the units of tables: "280 kr/mån"
_SHORTENED = re.compile(rf"(?<=/)(?:{'|'.join(_WHOLE)})\b", re.IGNORECASE)
SAME_WORD = 0.5  # share of a word's 5-grams that must stand in the text for the word to count as there
SAME_NAME = 0.75  # likeness of two words for one to be a slip of the pen for the other


@dataclass(frozen=True)
class Weighed:
    """The words of a question, each with what it weighs: a word that stands everywhere tells little."""

    words: tuple[tuple[str, ...], ...]  # alternatives for one word of the question
    weights: tuple[float, ...]

    def coverage(self, there: frozenset[str]) -> float:
        """Share, 0..1, of the weight of the words that stand among the terms `there`; 1 when there is nothing to find."""
        total = sum(self.weights)
        if not total:
            return 1.0
        here = self._terms & there
        if not here:
            return 0.0
        return sum(weight * found(word, here) for word, weight in zip(self.words, self.weights, strict=True)) / total

    @cached_property
    def _terms(self) -> frozenset[str]:
        """The terms of all the words."""
        return frozenset(term for group in self.words for word in group for term in stem_terms(word))


def weigh_words(words: Sequence[tuple[str, ...]], frequencies: Mapping[str, int], passages: int) -> Weighed:
    """Weigh each word by the mean inverse document frequency of its terms, its commonest alternative deciding.

    `frequencies` tells in how many of the index's `passages` each term stands; what stands nowhere is left out there.
    """
    return Weighed(tuple(words), tuple(min(_weight(word, frequencies, passages) for word in group) for group in words))


@lru_cache(maxsize=CACHED_TEXTS)
def letters(text: str) -> frozenset[str]:
    """The terms of a text, the beginnings of its words and their stems, which a stem shorter than a 5-gram is looked for among."""
    text = _SHORTENED.sub(lambda match: _WHOLE[match.group().casefold()], text)
    return frozenset().union(*map(_letters_of, set(tokens(text))))


@lru_cache(maxsize=CACHED_TEXTS)
def _letters_of(token: str) -> frozenset[str]:
    words = _PLAIN_WORD.findall(token)
    beginnings = (word[: GRAM_CHARS - 1] for word in words if len(word) >= GRAM_CHARS)
    short = (stem for word in words if len(stem := _STEMMER.stemWord(word)) < GRAM_CHARS)
    return frozenset([*terms_of(token), *beginnings, *short])


def found(word: tuple[str, ...], there: frozenset[str]) -> float:
    """How much of the word, 0..1, stands among the terms: the best of its alternatives; less than half counts as nothing."""
    best = 0.0
    for alternative in word:
        wanted = stem_terms(alternative)
        best = max(best, sum(map(there.__contains__, wanted)) / len(wanted) if wanted else 0.0)
    return best if best >= SAME_WORD else 0.0


@lru_cache(maxsize=CACHED_TEXTS)
def numbers_in(text: str) -> frozenset[str]:
    """The numbers of a text in one way of writing each: "§ 23", dates as 2024-05-13 (and their parts), 375000, 12,5."""
    if not _DIGIT.search(text):
        return frozenset()
    found = {f"§ {number}" for number in PARAGRAPH.findall(text)} | set(dates_in(text))
    for number in NUMBER.findall(text):
        joined = joined_number(number)
        found.update((joined, *re.findall(r"\d+", joined)))
    return frozenset(found)


@lru_cache(maxsize=CACHED_TEXTS)
def numbers_covered(text: str) -> frozenset[str]:
    """The numbers of a text with those between the ends of its spans: "årskurs 7–9" holds for årskurs 8."""
    between = (range(int(first), int(last)) for first, last in _SPAN.findall(text))
    return numbers_in(text).union(str(number) for span in between for number in span)


def joined_number(number: str) -> str:
    """A match of `NUMBER` without the spaces inside it and the signs after it."""
    return re.sub(r"[\s\u00a0]", "", number).strip(".,:/-")


def missing_names(names: Sequence[str], text: str) -> tuple[str, ...]:
    """The names that `text` doesn't hold, but for a genitive, missing marks over letters, or a slip of the pen."""
    plain = unmarked(text)
    return tuple(name for name in names if not _named(unmarked(name), plain))


def others_named(question: str, sentence: str) -> tuple[str, ...]:
    """The names of two words in a question of which a sentence holds the first with another second ("Anna Berg" for "Anna Lind")."""
    return tuple(
        f"{first} {second}"
        for first, second in _NAME_OF_TWO.findall(question)
        if not missing_names((first,), sentence)
        and missing_names((second,), sentence)
        and re.search(rf"\b{re.escape(first)}\w? [A-ZÅÄÖ]", sentence)
    )


@lru_cache(maxsize=CACHED_TEXTS)
def unmarked(text: str) -> str:
    """Lower case, one hyphen; å, ä and ö without their marks, as English questions write them."""
    decomposed = unicodedata.normalize("NFD", text.casefold().replace("–", "-"))
    return _MARKED.sub(_without_marks, decomposed)


def _without_marks(match: re.Match[str]) -> str:
    return "".join(sign for sign in match.group() if not unicodedata.combining(sign))


@lru_cache(maxsize=CACHED_TEXTS)
def stem_terms(word: str) -> tuple[str, ...]:
    """The terms of the word without its Swedish ending (Snowball), which stand in every inflection and compound of it."""
    return tuple(terms(_STEMMER.stemWord(word)))


def _named(name: str, text: str) -> bool:
    stem = unmarked(_STEMMER.stemWord(name)) if len(name) > GRAM_CHARS else name.removesuffix("s") or name
    if stem in text and re.search(rf"\b{re.escape(stem)}", text):
        return True
    return len(name) > GRAM_CHARS and any(
        _alike(name, word) >= SAME_NAME
        for word in _words_in(text)
        if word[0] == name[0] and abs(len(word) - len(name)) <= 2
    )


@lru_cache(maxsize=CACHED_LONG_TEXTS)
def _words_in(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text))


def _alike(one: str, other: str) -> float:
    """Dice's coefficient of the letter pairs of two words, 0..1."""
    first, second = set(_pairs(one)), set(_pairs(other))
    return 2 * len(first & second) / (len(first) + len(second))


def _pairs(word: str) -> list[str]:
    return [word[i : i + 2] for i in range(len(word) - 1)]


def counted_terms(word: str) -> tuple[str, ...]:
    """The terms whose frequencies tell what a word weighs: those of its stem and, where an index of 5-grams can't know that, its own."""
    stem = stem_terms(word)
    return stem if len(stem) != 1 or len(stem[0]) >= GRAM_CHARS else (*stem, *terms(word))


def _weight(word: str, frequencies: Mapping[str, int], passages: int) -> float:
    wanted = stem_terms(word)
    if len(wanted) == 1:
        return idf(max(frequencies.get(term, 0) for term in counted_terms(word)), passages)
    return sum(idf(frequencies.get(term, 0), passages) for term in wanted) / len(wanted) if wanted else 0.0


def idf(frequency: int, passages: int) -> float:
    """Inverse document frequency, smoothed so that a word which stands nowhere doesn't drown the others: ln(1 + (N + 1) / (n + 1))."""
    return math.log(1 + (passages + 1) / (frequency + 1))
