"""Lacking: whether what would be quoted holds no such thing as is asked for, so that it answers nothing however near it comes.

It is asked whose a motion is and that isn't told; a quantity is asked for and none is told, a sum or the figures of a vote and none are told; or so many things are to be named, and the words only
say how many there are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.acts import PUTTING_FORWARD, act_told
from assistant.kinds import Kind, asks_count, tells_share
from assistant.question import Ask
from assistant.words import numbers_in
from ingest.model import Sentence
from ingest.registry import Found

_NUMERAL = (
    r"två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|(?:tret|fjor|fem|sex|sjut|ar|nit)ton|(?:tjugo|(?:tret|fyr|fem|sex|sjut|åt|nit)tio)\w*"
    r"|\w*(?:hundra|tusen)\w*|ett|en|ingen|inga|inget"
)
_QUANTITY = re.compile(
    rf"\b(?:{_NUMERAL}|hälften|halv\w*|dubb(?:l|el)\w*|\w*(?:tredje|fjärde|femte|tion)del\w*|(?:avgifts|kostnads)fri\w*|gratis"
    r"|oförändrad\w*|kostnadsneutral\w*|inte|ej|enhällig\w*|utan (?:avgift|kostnad|ersättning|omröstning|votering))\b",
    re.IGNORECASE,
)
_HOW_MANY_KRONOR = re.compile(r"\b(?:hur många|how many) kronor\b", re.IGNORECASE)
_KRONOR = re.compile(r"\d[\d\s.,]*(?:kr\b|kronor|tkr|mnkr|mkr|miljon)")
_IN_LAW = re.compile(r"\blaga ?kraft|\blegal(?:ly)? (?:force|binding|effect)\b|\bgained legal\b", re.IGNORECASE)
_TWO = r"two|två|2"
_MORE = r"three|four|five|six|seven|eight|nine|ten|\w+teen|tre|fyra|fem|sex|sju|åtta|nio|tio|\w+ton|[3-9]|\d\d"
_NAMED = re.compile(  # "Vilka tre föreningar …": not how many, but which
    rf"\b(?:which|what|name|names of|called|vilka|vad heter|vad hette|vem|who)\b (?:were |are |is |was )?(?:of )?(?:the |de |av de )?(?:(?P<two>{_TWO})|{_MORE}) [^\W\d]",
    re.IGNORECASE,
)
_PAIR = re.compile(r"\w (?:och|samt|respektive|eller) \w|/\w")
_ENUMERATION = re.compile(r"\w\)?[,;] (?:att )?\w[^.;]{0,200}? (?:och|samt|eller) \w|\w\)?, [A-ZÅÄÖ]|\w; \w|:\s")


def lacks(ask: Ask, told: Sequence[tuple[Found, Sequence[Sentence]]]) -> bool:
    """Whether the sentences that would be told hold nothing of the sort that is asked for."""
    sentences = [sentence for _, stretch in told for sentence in stretch]
    words = " ".join(_words(found, stretch) for found, stretch in told)
    if named := _NAMED.search(ask.own_text):
        return len(sentences) == 1 and not (_ENUMERATION.search(words) or (named["two"] and _PAIR.search(words)))
    if ask.put_forward:
        return not PUTTING_FORWARD.search(words)
    if ask.kind is Kind.WHO and (act := act_told(ask.own_text)) and not act.search(words):
        return True
    if _IN_LAW.search(ask.own_text) and not _IN_LAW.search(words):
        return True
    if ask.share and not any(tells_share(ask.share, sentence.row, words) for sentence in sentences):
        return True
    counted = ask.kind is Kind.VOTE and asks_count(ask.own_text)
    if ask.kind is not Kind.AMOUNT and not counted:
        return False
    if not _QUANTITY.search(words) and not numbers_in(words) - set(ask.numbers):
        return True
    row = any(sentence.row for sentence in sentences)
    return bool(_HOW_MANY_KRONOR.search(ask.own_text)) and not row and not _KRONOR.search(words)


def _words(found: Found, sentences: Sequence[Sentence]) -> str:
    """The sentences of a passage as it holds them."""
    passage = found.passage
    words = dict(zip(passage.sentences, passage.sentence_spans(), strict=True))
    return " ".join(words[sentence].of(passage.text) for sentence in sentences)
