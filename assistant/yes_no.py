"""Yes or no: said before the words only where they decide it.

Two things decide it: what became of the matter, asked whether something went through; and a sentence that says all the question
says, denied or not. What was put to the vote ("Nej för avslag"), a sentence with a reservation that the question lacks, or with other numbers, decides nothing, and neither
does what was granted or refused in part, a proposal or an opinion.
"""

from __future__ import annotations

import re

from assistant.evidence import Evidence
from assistant.kinds import asks_yes_or_no
from assistant.question import Ask
from assistant.words import numbers_in
from ingest.model import Status
from ingest.outcome import Outcome, verdict_of

# The share of the weight of the question's words that must stand in the sentence: what is denied is denied in other words too,
# but a sentence that says much of the same may affirm something else.
AFFIRMED, DENIED = 0.9, 0.55
_DECIDING = frozenset({Status.BESLUT, Status.INFORMATION})
_OR = re.compile(r"\b(?:eller|or)\b", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:inte|ej|icke|ingen|inget|inga|aldrig|varken|not|no|never|neither)\b|n['’]t\b", re.IGNORECASE
)
_RESERVED = re.compile(
    r"\b(?:endast|bara|enbart|högst|minst|utom|undantag\w*|om|förutsatt|förutsättning\w*|villkor\w*|såvida|när|tidigast|senast"
    r"|föresl\w+|yrka\w+|vill|ville|anse\w*|ansåg|bör|borde|only|except|unless|if|provided)\b",
    re.IGNORECASE,
)
_IN_PART = re.compile(
    r"\bdelvis\b|\bi (?:den|de) del(?:en|ar)?\b|\btill (?:viss|en) del\b|\bin part\b|\bpartly\b", re.IGNORECASE
)
_THROUGH = re.compile(
    r"\b(?:bif(?:all|ölls?|alles|alls|allits?)|igenom|godkän\w+|anta(?:gits|gen|get|gna)|antogs?|bevilja\w+|ja|approved?|adopted?"
    r"|granted?|through|yes|accepted?)\b",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:avsl(?:og|ogs|ag|agits|agen|ås)|nej|rejected?|reject|turned? down|refused?|no)\b", re.IGNORECASE
)
_PUT_TO_THE_VOTE = re.compile(
    r"\W*(?:ja|nej|yes|no)\b(?:-röst\w*)?(?::| (?:för|till|betyder|innebär|for|to)\b)", re.IGNORECASE
)
_OUTCOMES = {Outcome.BIFALL: True, Outcome.ANTAGEN: True, Outcome.AVSLAG: False}


def yes_or_no(ask: Ask, first: Evidence) -> bool | None:
    """What the first sentence of an answer says to a question that is answered by yes or no; None when it doesn't decide it."""
    question = ask.own_text
    if not asks_yes_or_no(question) or _OR.search(question) or first.missing:
        return None
    if _IN_PART.search(first.words) and not _IN_PART.search(question):
        return None
    if (went := _went_through(question, first)) is not None:
        return went
    words = first.words
    denied = bool(_DENIED.search(words))
    reserved = {match.casefold() for match in _RESERVED.findall(words)}
    if (
        first.found.passage.status not in _DECIDING
        or _PUT_TO_THE_VOTE.match(words)
        or first.signals.within < (DENIED if denied else AFFIRMED)
        or not set(ask.numbers) <= numbers_in(words)
        or reserved - {match.casefold() for match in _RESERVED.findall(question)}
    ):
        return None
    return denied == bool(_DENIED.search(question))


def _went_through(question: str, first: Evidence) -> bool | None:
    """Whether what was put before the body went through, asked just that, when the words are the decision that its matter ended with."""
    asked = bool(_THROUGH.search(question)), bool(_DOWN.search(question))
    if asked[0] == asked[1] or _DENIED.search(question) or not first.ranked.settles:
        return None
    passage = first.found.passage
    outcome = verdict_of([passage.text], None, None).outcome if passage.status is Status.BESLUT else None
    granted = _OUTCOMES.get(outcome) if outcome else None
    return granted if granted is None or asked[0] else not granted
