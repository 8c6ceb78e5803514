"""Glossary: an English question as Swedish search words, from a hand-written table of municipal vocabulary.

The table (`glossary.tsv`) holds one entry a line: an English headword or phrase in its base form, a tab, and its Swedish
equivalents with `|` between them, the most usual first. Lines that open with `#` divide the subjects. Headwords are in
British spelling, without articles, hyphens and apostrophes; short Swedish words also stand in the forms papers use,
because the lexical index compares 5-grams and `väg` shares none with `vägar`. A word that is no English of the table may be
Swedish that the asker has from the papers ("the grundbidrag").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product

from assistant.inflection import possible_bases
from ingest.errors import RadslagError

TABLE = "glossary.tsv"
MAX_PHRASE_WORDS = 4
MAX_EQUIVALENTS = 5
MIN_SWEDISH_CHARS = 5  # of a word in an English question; shorter ones may be anything

_WORD = r"[a-zåäöé]+(?:-[a-zåäöé]+)*-?"
_EQUIVALENT = rf"{_WORD}(?: {_WORD})*"
_ENTRY = re.compile(
    rf"[a-z]+(?: [a-z]+){{0,{MAX_PHRASE_WORDS - 1}}}\t{_EQUIVALENT}(?:\|{_EQUIVALENT}){{0,{MAX_EQUIVALENTS - 1}}}"
)
_SENTENCE_ENDS = frozenset(".?!:")
_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*['’]?|[^\w\s'’-]")  # a word, a number or a sign that divides phrases
_ARTICLES = frozenset("a an the".split())
# English words that carry no topic and are not translated.
_TOPICLESS = frozenset(
    "about above according across after again against almost along already also although always among another any anybody "
    "anyone anything apart around aside ask because become been before behind being below beside besides between beyond "
    "both call come could does doing done during each either else enough even ever every everybody everyone everything "
    "exact exactly from get give go had happen has have having hence hers herself him himself his how however indeed "
    "instead into its itself just keep kind know let like likewise look make manner maybe might mine myself need neither "
    "never nobody none nothing often only onto other others ought ours ourselves over perhaps please precise precisely put "
    "quite rather really say see seem shall should since some somebody somehow someone something sometimes somewhere soon "
    "such take tell than that their theirs them themselves then there therefore these they thing things think this those "
    "though through throughout thus together toward towards try under unless until upon use very want was way were what "
    "whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will with within "
    "without would your yours yourself".split()
)
# Words inside Swedish equivalents that every paper is full of.
_SMALL = frozenset("i på av till för och om att sig en ett den det de med vid från är som mot".split())


@dataclass(frozen=True)
class Glossary:
    """The table by headword, equivalents as written (`borgen|garanti`), and every word the headwords are made of."""

    equivalents: Mapping[str, str]
    vocabulary: frozenset[str]

    def is_equivalent(self, word: str) -> bool:
        """Whether the Swedish word is an equivalent of some headword, or one of the words of one."""
        return any(
            word in equivalents and word in re.split("[| ]", equivalents) for equivalents in self.equivalents.values()
        )


def translations(question: str) -> tuple[tuple[str, ...], ...]:
    """What an English question names, one by one: the Swedish words or phrases that would do for each word or phrase of it.

    They come in the order of the question, lower case, without words such as "och" and "i". The longest phrase of the glossary
    is taken first. Swedish words stand for themselves; names (capitals inside the question) and other unknown words give nothing.
    """
    glossary = _glossary()
    readings: list[tuple[str, ...]] = []
    swedish: dict[int, str] = {}  # by place among the readings
    for token in _tokens(question):
        parts = _readings(token.lower(), glossary)
        if not any(parts) and _is_swedish(token):
            swedish[len(readings)] = token
        readings.extend(parts)
    found: dict[tuple[str, ...], None] = {}
    position = 0
    while position < len(readings):
        size, equivalents = _longest(glossary, readings[position : position + MAX_PHRASE_WORDS])
        if equivalents:
            found[tuple(dict.fromkeys(map(_without_small_words, equivalents.split("|"))))] = None
        elif position in swedish:
            found[(swedish[position],)] = None
        position += size
    return tuple(found)


def is_english(word: str) -> bool:
    """Whether the glossary has the word, or a form of it, as it is written."""
    glossary = _glossary()
    readings = _readings(word.lower(), glossary)
    return all(_longest(glossary, [reading])[1] for reading in readings)


@cache
def english_words() -> frozenset[str]:
    """Every English word that the glossary translates, in its base form, and those that carry no topic."""
    return _glossary().vocabulary | _TOPICLESS


@cache
def swedish_words() -> frozenset[str]:
    """Every Swedish word of the glossary."""
    return frozenset(re.findall(r"[^\W\d_]+", " ".join(_glossary().equivalents.values())))


def parse(text: str, source: str) -> Glossary:
    """The glossary that the table `text` holds; `source` names it in messages.

    Raises:
        RadslagError: a line is no entry, or its headword stands on an earlier line.
    """
    if fault := next(_faults(text, source), None):
        raise fault
    return _read(text)


@cache
def _glossary() -> Glossary:
    """The glossary of the package; a test parses its table, so that no start of the program has to."""
    return _read(files("assistant").joinpath(TABLE).read_text(encoding="utf-8"))


def _read(text: str) -> Glossary:
    equivalents = dict(line.split("\t") for line in text.split("\n") if _is_entry(line))
    return Glossary(equivalents, frozenset(" ".join(equivalents).split()))


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
    """Words, numbers and dividing signs in order, without articles; only what may be a name keeps its capitals.

    "May" is the month only with a capital and inside the question: elsewhere the verb is likelier, and gives "".
    """
    tokens: list[str] = []
    opens = True  # a sentence
    for match in _TOKEN.finditer(question.strip()):
        word = match.group()
        if word == "may" or (word == "May" and match.start() == 0):
            tokens.append("")
        elif word.lower() not in _ARTICLES:
            tokens.append(word.lower() if opens else word)
        opens = word in _SENTENCE_ENDS
    return tokens


def _readings(token: str, glossary: Glossary) -> list[tuple[str, ...]]:
    """The words of the glossary that each part of the token may be: one part, unless a hyphen divides it ("long-term")."""
    whole, *parts = (
        tuple(base for base in possible_bases(part) if base in glossary.vocabulary)
        for part in (token.replace("-", ""), *token.split("-"))
    )
    return [whole] if whole else parts


@lru_cache(maxsize=1_000)
def _is_swedish(token: str) -> bool:
    """Whether a word that the glossary doesn't know is a Swedish one: no name, no number, nothing topicless."""
    return (
        len(token) >= MIN_SWEDISH_CHARS
        and token.islower()
        and re.sub("['’]", "", token).isalpha()
        and not any(base in _TOPICLESS for base in possible_bases(token))
        and (not token.replace("’", "").isascii() or _glossary().is_equivalent(token))
    )


def _longest(glossary: Glossary, readings: list[tuple[str, ...]]) -> tuple[int, str]:
    """How many words the longest phrase at the start of `readings` has, and its equivalents; 1 and "" without one."""
    for size in range(len(readings), 0, -1):
        for words in product(*readings[:size]):
            if equivalents := glossary.equivalents.get(" ".join(words)):
                return size, equivalents
    return 1, ""
