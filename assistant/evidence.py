"""Evidence: sentences of the retrieved passages, weighed as answers to a question."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.fitted import Signals, fitted
from assistant.question import Ask, Kind
from assistant.retrieve import Ranked
from assistant.words import letters, missing_names, weigh_words
from ingest.model import DECISIONS, Sentence, Status
from ingest.registry import Found

PASSAGES = 20  # best passages whose sentences are looked at

ELSEWHERE = 0.25  # how much a name is missed that stands in the same § or document, but not in the passage

_MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_DATE = rf"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{{1,2}}\s(?:{_MONTH})\b|\b\d{{1,2}}/\d{{1,2}}(?:\s|[-/.])(?:20)?\d\d\b|\b(?:{_MONTH})\s(?:19|20)\d\d\b"
_NUMBER_WORD = "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften"
# For each kind of question, what answers it, from the surest sign (worth 1) to the weakest.
_SIGNS: Mapping[Kind, tuple[tuple[float, str], ...]] = {
    Kind.WHEN: (
        (1.0, _DATE),
        (
            0.8,
            r"\bnär\b|\binnan\b|\bsenast\b|\binom\b|\bfrån och med\b|\bfr\.o\.m|\btill och med\b|\bt\.o\.m|\btills vidare\b",
        ),
        (0.5, rf"\b(?:19|20)\d\d\b|\b(?:{_MONTH})\b|\bårlig|\bvarje år\b|\bdagar\b|\bmånader\b|\bkl(?:ockan|\.)"),
    ),
    Kind.AMOUNT: (
        (1.0, r"\d[\d\s\u00a0.,]*(?:kr\b|kronor|tkr|mnkr|mkr|miljon|miljard|procent|%|euro)"),
        (
            0.7,
            rf"\b(?:{_NUMBER_WORD})\s\w|\d+\s?[–-]\s?\d+|kostnadsneutral|befintlig budget|\b\d+ \w|avgiftsfri|kostnadsfri",
        ),
    ),
    Kind.CONDITION: (
        (1.0, r"\bförutsättning|\bförutsatt\b|\bförbehåll|\bvillkor|\bendast om\b|\bunder den\b"),
        (0.6, r"\bkrävs\b|\bska\b|\bmåste\b|\bsenast\b|\bminst\b|\bnär alla\b|\binom\b"),
    ),
    Kind.WHO: (
        (
            1.0,
            r"\b[A-ZÅÄÖ][a-zåäöé]+(?:\s[A-ZÅÄÖ][a-zåäöé]+)+\b|\w+(?:nämnd|styrels|fullmäktige|förvaltning|utskott|presidi|ordförand|representant|direktör|chef)\w*",
        ),
        (0.5, r"\w+(?:kassan|medlingen|kommun|bolag|förbund|medlem|part)\w*"),
    ),
    Kind.LIST: (
        (1.0, r":$|\w+, \w[^,.;]*(?:, \w[^,.;]*)*,? (?:och|samt|eller) \w"),
        (0.6, r"\boch\b|\bsamt\b|/\w"),
    ),
    Kind.WHY: (
        (1.0, r"\beftersom\b|\bdärför\b|\bsyfte|\bmål\w* att\b|\bmotiv|\bgrund av\b"),
        (0.6, r"\bför att\b|\beffektivis|\bmöjlig|\bbehov"),
    ),
}
_COMPILED = {
    kind: [(worth, re.compile(sign, re.IGNORECASE if kind is not Kind.WHO else 0)) for worth, sign in signs]
    for kind, signs in _SIGNS.items()
}


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage as an answer; `score` orders evidence within one question."""

    ranked: Ranked
    number: int  # of the sentence in its passage
    score: float
    signals: Signals
    missing: tuple[str, ...]  # names and numbers of the question that its § or document doesn't hold

    @property
    def found(self) -> Found:
        return self.ranked.found

    @property
    def sentence(self) -> Sentence:
        return self.found.passage.sentences[self.number]

    @property
    def words(self) -> str:
        """The sentence on one line."""
        return self.found.passage.sentence_spans()[self.number].of(self.found.passage.text)


def weigh(
    ask: Ask,
    ranked: Sequence[Ranked],
    vector: NDArray[np.float32],
    frequencies: Mapping[str, int],
    passages: int,
    matter_text: Callable[[str, str | None], str],
) -> list[Evidence]:
    """The sentences of the best passages, best first.

    `vector` is the ask's; `frequencies` tells in how many of the index's `passages` each term stands; `matter_text` gives the
    words of the § or document that a passage belongs to, where a name may stand that the passage itself needn't repeat.
    """
    words = weigh_words(ask.words, frequencies, passages)
    own_words = weigh_words(ask.own_words, frequencies, passages)
    weights = fitted().ranking
    evidence = []
    for each in ranked[:PASSAGES]:
        passage = each.found.passage
        around = words.coverage(letters(passage.embedded_text))
        away = missing(ask, passage.embedded_text) if ask.names or ask.numbers else ()
        absent = missing(ask, matter_text(passage.document, passage.paragraph)) if away else ()
        named = 1 - (len(absent) + ELSEWHERE * (len(away) - len(absent))) / max(1, len(ask.names) + len(ask.numbers))
        for number, (span, likeness) in enumerate(
            zip(passage.sentence_spans(), each.found.sentence_vectors @ vector, strict=True)
        ):
            sentence = span.of(passage.text)
            signals = Signals(
                likeness=float(likeness),
                passage=each.score,
                around=around,
                within=own_words.coverage(letters(sentence)),
                fits=fits(ask.kind, sentence, passage.status),
                named=named,
                prose=float(sentence.endswith((".", "!", "?", ":"))),
            )
            evidence.append(Evidence(each, number, weights.dot(signals), signals, absent))
    evidence.sort(key=lambda item: (-item.score, item.found.passage.id, item.number))
    return _decision_first(evidence) if ask.kind is Kind.DECISION else evidence


def _decision_first(evidence: list[Evidence]) -> list[Evidence]:
    """Asked what was decided, the best sentence only tells in which matter: what is decided or proposed there goes first."""
    if not evidence:
        return evidence
    best = evidence[0].found.passage

    def elsewhere(item: Evidence) -> bool:
        passage = item.found.passage
        same = (passage.document, passage.paragraph) == (best.document, best.paragraph)
        return not (same and passage.status in DECISIONS)

    return sorted(evidence, key=elsewhere)  # stable: otherwise the order stays


def fits(kind: Kind, sentence: str, status: Status) -> float:
    """How surely, 0..1, the sentence holds the sort of thing that this kind of question asks for."""
    if kind is Kind.DECISION:
        return 1.0 if status in DECISIONS else 0.0
    if kind not in _COMPILED:
        return 1.0
    return max((worth for worth, sign in _COMPILED[kind] if sign.search(sentence)), default=0.0)


def missing(ask: Ask, text: str) -> tuple[str, ...]:
    """Names and numbers of the ask that `text` doesn't hold."""
    digits = re.sub(r"(?<=\d)[\s\u00a0](?=\d{3})", "", text)
    return (*missing_names(ask.names, text), *(number for number in ask.numbers if number and number not in digits))
