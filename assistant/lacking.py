"""Lacking: whether what would be quoted holds no such thing as is asked for, so that it answers nothing however near it comes.

A number of things is asked for, and none of them is counted; or three names, and nothing is enumerated.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.glossary import translations
from assistant.kinds import Kind
from assistant.question import Ask
from assistant.words import numbers_in
from ingest.model import Sentence
from ingest.registry import Found

NEAR = 6  # words from a number within which stands what it counts, before it or after
STEM = 5  # letters by which a word and its inflections and compounds are told
_SMALL = (
    r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton|(?:tjugo|(?:tret|fyr|fem|sex|sjut|åt|nit)tio)\w*"
    r"|\w*(?:hundra|tusen)\w*"
)
_COUNTING = re.compile(rf"(?:{_SMALL}|ett|en|ingen|inga|inget|\d+)")
_QUANTITY = re.compile(
    rf"\b(?:{_SMALL}|hälften|halv\w*|dubb(?:l|el)\w*|\w*(?:tredje|fjärde|femte|tion)del\w*|(?:avgifts|kostnads)fri\w*|gratis|ingen"
    r"|inget|inga|oförändrad\w*|kostnadsneutral\w*|inte|ej|ett|en)\b",
    re.IGNORECASE,
)
_HOW_MANY = re.compile(
    r"\b(?:hur många|how many) (?:av |of )?(?:de |dem |the )?(?P<counted>[a-zåäö]{4,}(?: [a-zåäö]{4,}){0,2})",
    re.IGNORECASE,
)
_NO_THING = frozenset(
    "hade voted människor people var ville times gånger".split()
)  # what is counted goes without saying
_KRONOR = re.compile(r"\d[\d\s.,]*(?:kr\b|kronor|tkr|mnkr|mkr|miljon)")
_SO_MANY = r"(?:two|three|four|five|six|seven|eight|nine|ten|seventeen|två|tre|fyra|fem|sex|sju|åtta|\d{1,2})"
_NAMED_BY_NUMBER = re.compile(
    r"\b(?:which|what|name|names of|called|vilka|vad heter|vad hette|vem|who)\b (?:were |are |is |was )?(?:the |de |of the |av de )?"
    rf"{_SO_MANY} \w",
    re.IGNORECASE,
)
_ENUMERATION = re.compile(
    r"\w, (?:att )?\w[^.;]{0,200}? (?:och|samt|eller) \w|[A-ZÅÄÖ]\w+ \(?[^.]{0,40}(?:,|och|samt) [A-ZÅÄÖ]\w+|:\s|\w+, \w+ [A-ZÅÄÖ]"
)


def lacks(ask: Ask, told: Sequence[tuple[Found, Sequence[Sentence]]]) -> bool:
    """Whether the sentences that would be told hold nothing of the sort that is asked for."""
    words = " ".join(_words(found, sentences) for found, sentences in told)
    if _NAMED_BY_NUMBER.search(ask.own_text):
        return not _ENUMERATION.search(words)
    if ask.kind is not Kind.AMOUNT:
        return False
    if not _QUANTITY.search(words) and not numbers_in(words) - set(ask.numbers):
        return True
    row = any(sentence.row for _, sentences in told for sentence in sentences)
    return not row and _counts_others(ask.own_text, words)


def _counts_others(question: str, words: str) -> bool:
    """Whether the question is how many of something there are, and the words, no row of a table, count none of it."""
    asked = _HOW_MANY.search(question)
    if asked is None:
        return False
    counted = asked["counted"].casefold().split()
    if counted[0] in _NO_THING:
        return False
    if counted[0] in ("kronor", "kronorna"):
        return not _KRONOR.search(words)
    swedish = (word for group in translations(asked["counted"]) for word in group)
    stems = {word[:STEM] for word in (*counted, *swedish)}
    tokens = re.findall(r"[\w-]+", words.casefold().replace("%", " procent "))
    return not any(
        _COUNTING.fullmatch(token)
        and any(stem in near for near in tokens[max(0, place - NEAR) : place + 1 + NEAR] for stem in stems)
        for place, token in enumerate(tokens)
    )


def _words(found: Found, sentences: Sequence[Sentence]) -> str:
    """The sentences of a passage as it holds them."""
    passage = found.passage
    words = dict(zip(passage.sentences, passage.sentence_spans(), strict=True))
    return " ".join(words[sentence].of(passage.text) for sentence in sentences)
