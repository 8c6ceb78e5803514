"""Glossary: an English question as Swedish search words, from a hand-written table of municipal vocabulary.

The table (`glossary.tsv`) holds one entry a line: an English headword or phrase in its base form, a tab, and its Swedish
equivalents with `|` between them, the most usual first. Lines that open with `#` divide the subjects. Headwords are in
British spelling, without articles, hyphens and apostrophes; short Swedish words also stand in the forms papers use,
because the lexical index compares 5-grams and `väg` shares none with `vägar`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

from assistant.inflection import possible_bases
from ingest.errors import RadslagError

TABLE = "glossary.tsv"
MAX_PHRASE_WORDS = 4
MAX_EQUIVALENTS = 5

_WORD = r"[a-zåäöé]+(?:-[a-zåäöé]+)*-?"
_EQUIVALENT = rf"{_WORD}(?: {_WORD})*"
_ENTRY = re.compile(
    rf"^([a-z]+(?: [a-z]+){{0,{MAX_PHRASE_WORDS - 1}}})\t({_EQUIVALENT}(?:\|{_EQUIVALENT}){{0,{MAX_EQUIVALENTS - 1}}})$",
    re.MULTILINE,
)
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?|[^\w\s'’-]")  # a word, a number or a sign that divides phrases
_ARTICLES = frozenset("a an the".split())
# Words inside Swedish equivalents that every paper is full of.
_SMALL = frozenset("i på av till för och om att sig en ett den det de med vid från är som mot".split())


@dataclass(frozen=True)
class Glossary:
    """The table by headword, equivalents as written (`borgen|garanti`), and every word the headwords are made of."""

    equivalents: Mapping[str, str]
    vocabulary: frozenset[str]


def translations(question: str) -> tuple[tuple[str, ...], ...]:
    """What an English question names, one by one: the Swedish words or phrases that would do for each word or phrase of it.

    They come in the order of the question, lower case, without words such as "och" and "i". The longest phrase of the glossary
    is taken first; a word that the glossary doesn't know gives nothing.
    """
    glossary = _glossary()
    readings = [reading for token in _tokens(question) for reading in _readings(token, glossary)]
    found: dict[tuple[str, ...], None] = {}
    position = 0
    while position < len(readings):
        size, equivalents = _longest(glossary, readings[position : position + MAX_PHRASE_WORDS])
        if equivalents:
            found[tuple(dict.fromkeys(map(_without_small_words, equivalents.split("|"))))] = None
        position += size
    return tuple(found)


def swedish_words(question: str) -> tuple[str, ...]:
    """Swedish search words for an English question: all words of its `translations`, none twice."""
    return tuple(dict.fromkeys(word for group in translations(question) for phrase in group for word in phrase.split()))


def parse(text: str, source: str) -> Glossary:
    """The glossary that the table `text` holds; `source` names it in messages.

    Raises:
        RadslagError: a line is no entry, or its headword stands on an earlier line.
    """
    equivalents = dict(_ENTRY.findall(text))
    if len(equivalents) < sum(map(_is_entry, text.split("\n"))):
        raise next(_faults(text, source))
    return Glossary(equivalents, frozenset(" ".join(equivalents).split()))


@cache
def _glossary() -> Glossary:
    return parse(files("assistant").joinpath(TABLE).read_text(encoding="utf-8"), TABLE)


def _is_entry(line: str) -> bool:
    return line != "" and not line.startswith("#")


def _faults(text: str, source: str) -> Iterator[RadslagError]:
    """What is wrong with each bad line of the table."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not _is_entry(line):
            continue
        headword = line.partition("\t")[0]
        if not _ENTRY.fullmatch(line):
            yield RadslagError(
                f"{source}, line {number}: found {line!r}, needed an English headword (1-{MAX_PHRASE_WORDS} words), a tab "
                f"and 1-{MAX_EQUIVALENTS} Swedish equivalents with | between, all in lower case: mend the line"
            )
        elif headword in seen:
            yield RadslagError(f"{source}, line {number}: {headword!r} has an entry already: join the two lines")
        seen.add(headword)


def _without_small_words(phrase: str) -> str:
    return " ".join(word.strip("-") for word in phrase.split() if word not in _SMALL)


def _tokens(question: str) -> list[str]:
    """Words, numbers and dividing signs in order, in lower case, without articles.

    "May" is the month only with a capital and inside the question: elsewhere the verb is likelier, and gives "".
    """
    tokens = []
    for match in _TOKEN.finditer(question.strip()):
        word = match.group()
        if word == "may" or (word == "May" and match.start() == 0):
            tokens.append("")
        elif word.lower() not in _ARTICLES:
            tokens.append(word.lower())
    return tokens


def _readings(token: str, glossary: Glossary) -> list[tuple[str, ...]]:
    """The words of the glossary that each part of the token may be: one part, unless a hyphen divides it ("long-term")."""
    whole, *parts = (
        tuple(base for base in possible_bases(part) if base in glossary.vocabulary)
        for part in (token.replace("-", ""), *token.split("-"))
    )
    return [whole] if whole else parts


def _longest(glossary: Glossary, readings: list[tuple[str, ...]]) -> tuple[int, str]:
    """How many words the longest phrase at the start of `readings` has, and its equivalents; 1 and "" without one."""
    for size in range(len(readings), 0, -1):
        for words in product(*readings[:size]):
            if equivalents := glossary.equivalents.get(" ".join(words)):
                return size, equivalents
    return 1, ""
