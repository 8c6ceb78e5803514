"""Evidence: sentences of the retrieved passages, weighed as answers to a question."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.question import Kind, Question
from assistant.retrieve import Ranked
from ingest.model import Sentence
from ingest.registry import Found
from ingest.terms import terms

PASSAGES = 12  # best passages whose sentences are looked at

_MONTH = "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
_TIME = re.compile(
    rf"\b(?:19|20)\d\d\b|\b\d{{1,2}}(?:\s|/)(?:{_MONTH}|\d{{1,2}}\b)|\b(?:{_MONTH})\b|\bnär\b|\bsenast\b|\binom\b|\bårlig|\bvarje år\b"
    r"|\bfrån och med\b|\bfr\.o\.m|\btill och med\b|\bt\.o\.m|\btills vidare\b|\bdagar\b|\bmånader\b|\bkl(?:ockan|\.)",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"\d[\d\s\u00a0.,]*(?:kr\b|kronor|tkr|mnkr|mkr|miljon|miljard|procent|%|kvm|kvadratmeter|st\b|år\b|personer|platser|euro)"
    r"|\b(?:en|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|hälften|dubbelt)\b|\bkostnadsneutral|\bbefintlig budget|\b\d[\d\s–-]*\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\bunder förutsättning(?:en)? att\b|\bförutsatt att\b|\bförutsättning(?:en|ar)?\b|\bförbehåll\b|\bvillkor|\bendast om\b|\bkrävs\b"
    r"|\bsenast\b|\bminst\b|\bnär alla\b",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?<=[a-zåäö,;:()] )[A-ZÅÄÖ][a-zåäö]+|\w+(?:nämnden|styrelsen|fullmäktige|förvaltningen|kassan|utskottet|bolaget)\b"
)
_REASON = re.compile(
    r"\beftersom\b|\bdärför\b|\bsyfte|\bmål(?:et)? att\b|\bför att\b|\bmotiv|\beffektivis|\bmöjlig", re.IGNORECASE
)
_FITS: Mapping[Kind, re.Pattern[str]] = {
    Kind.WHEN: _TIME,
    Kind.AMOUNT: _AMOUNT,
    Kind.CONDITION: _CONDITION,
    Kind.WHO: _NAME,
    Kind.WHY: _REASON,
}


@dataclass(frozen=True)
class Evidence:
    """One sentence of a passage as an answer.

    `score` orders evidence within one question. The parts are kept for calibration: `likeness` is the cosine of the
    sentence to the question, `coverage` the share (0..1, by idf) of the question's terms that stand in the passage or its
    header, `own_coverage` the share that stand in the sentence, `fits` whether it holds the sort of thing asked for.
    """

    ranked: Ranked
    number: int  # of the sentence in its passage
    score: float
    likeness: float
    coverage: float
    own_coverage: float
    fits: bool

    @property
    def found(self) -> Found:
        return self.ranked.found

    @property
    def sentence(self) -> Sentence:
        return self.found.passage.sentences[self.number]


@dataclass(frozen=True)
class Weights:
    """What each part is worth in `Evidence.score`; fitted on the dev cases."""

    likeness: float = 10.0
    passage: float = 0.5
    coverage: float = 1.0
    own_coverage: float = 1.5
    fits: float = 0.6


WEIGHTS: Mapping[str, Weights] = {"sv": Weights(), "en": Weights(coverage=0.3, own_coverage=0.5)}


def weigh(
    question: Question,
    ranked: Sequence[Ranked],
    vector: NDArray[np.float32],
    frequencies: Mapping[str, int],
    passages: int,
) -> list[Evidence]:
    """The sentences of the best passages, best first.

    `frequencies` tells in how many of the index's `passages` each term of the question stands.
    """
    wanted = {term: idf(frequencies.get(term, 0), passages) for term in terms(question.text)}
    weights = WEIGHTS[question.language]
    evidence = []
    for each in ranked[:PASSAGES]:
        passage = each.found.passage
        around = _covered(wanted, passage.embedded_text)
        spans = passage.sentence_spans()
        for number, likeness in enumerate(each.found.sentence_vectors @ vector):
            words = passage.text[spans[number].start : spans[number].end]
            own = _covered(wanted, words)
            fits = has(question.kind, words)
            score = (
                weights.likeness * float(likeness)
                + weights.passage * each.score
                + weights.coverage * around
                + weights.own_coverage * own
                + weights.fits * fits
            )
            evidence.append(Evidence(each, number, score, float(likeness), around, own, fits))
    return sorted(evidence, key=lambda item: (-item.score, item.found.passage.id, item.number))


def has(kind: Kind, words: str) -> bool:
    """Whether the words hold the sort of thing that the kind of question asks for."""
    pattern = _FITS.get(kind)
    return pattern is None or bool(pattern.search(words))


def idf(frequency: int, passages: int) -> float:
    """Inverse document frequency as BM25 has it: ln(1 + (N - n + 0.5) / (n + 0.5))."""
    return math.log(1 + (passages - frequency + 0.5) / (frequency + 0.5))


def _covered(wanted: Mapping[str, float], words: str) -> float:
    """Share of the wanted terms' weight that stands in `words`."""
    total = sum(wanted.values())
    if not total:
        return 0.0
    there = set(terms(words))
    return sum(weight for term, weight in wanted.items() if term in there) / total
