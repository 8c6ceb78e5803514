"""Check: whether a sentence that a model wrote says only what its sources say. Nothing else of it reaches the reader.

Every rule may be too strict, none may be too kind: what is dropped costs a sentence, what is let through wrongly costs trust.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.llm.figures import Figures, figures_of, unsupported
from assistant.llm.names import unsupported_bodies, unsupported_names
from assistant.llm.source import Source
from assistant.llm.standing import is_downgraded, is_upgraded, tells_of_done
from assistant.llm.wording import foreign_outcome, keeps_denials, opposite, unsaid
from assistant.model import Language
from assistant.question import language_of
from ingest.model import Status

MAX_MARKERS = 3  # of one sentence: more than this isn't evidence but a list
BESIDE = 0.02  # how much farther than the nearest source another one may lie that the sentence also rests on
MAX_SENTENCE_CHARS = 400

# Words for when something holds: a date beside them is not that of the paper.
_APPLIES = re.compile(
    r"\b(?:gäller|gälla|från|till|senast|före|innan|efter|upphör\w*|i kraft|börja\w*|startar?|införs?|tidigast|klar\w*|öppn\w*|from|until|till|by|before|after|applies|apply"
    r"|effective|into force|effect|starts?|begins?|ends?|expires?|due|deadline|opens?)\b",
    re.IGNORECASE,
)
_SAYS_WHAT_IT_IS = re.compile(
    r"\b(?:beslut\w*|föresl\w+|\w*förslag\w*|anta\w*|antog\w*|fastställ\w*|bif\w+|avsl\w+|protokoll\w*|tjänsteskrivelse\w*|yttrande\w*|motion\w*|daterad\w*|decid\w+|decision\w*"
    r"|propos\w+|adopt\w*|approv\w*|reject\w*|minutes|memo\w*|report|dated)\b",
    re.IGNORECASE,
)


class Fault(StrEnum):
    """Why a sentence is dropped."""

    NO_MARKER = "no marker at its end"
    WRONG_MARKER = "a marker of no source"
    MARKERS = "too many markers"
    LONG = "too long"
    LANGUAGE = "another language than the question's"
    FIGURE = "a number, date or § that its sources don't have"
    NAME = "a name that its sources don't have"
    DENIAL = "a negation dropped or added"
    OPPOSITE = "the opposite of what its sources say"
    CLAIM = "a claim that its sources don't make"
    OUTCOME = "an outcome that its sources don't tell of"
    STANDING = "another standing than its sources have"
    MEANING = "too far from its sources in meaning"


@dataclass(frozen=True)
class Nearness:
    """How near in meaning is near enough.

    `cosine` gives the likeness of two texts, `least` what a sentence's nearest source must reach; None where that hasn't been
    measured for the encoder: then no source that was shown may be nearer than the nearest of its own.
    """

    cosine: Callable[[str, str], float]
    least: float | None


@dataclass(frozen=True)
class Checked:
    """A sentence without its markers, the numbers of the sources it rests on, and what is wrong with it, if anything."""

    text: str
    numbers: tuple[int, ...]
    fault: Fault | None = None
    what: str = ""  # the offending words


def check(
    text: str, numbers: tuple[int, ...], sources: Mapping[int, Source], language: Language, near: Nearness
) -> Checked:
    """Judge a sentence (`text` without its markers) that rests on the sources with these `numbers`."""
    asked = Checked(text, numbers)
    if not numbers:
        return replace(asked, fault=Fault.NO_MARKER)
    if unknown := [number for number in numbers if number not in sources]:
        return replace(asked, fault=Fault.WRONG_MARKER, what=str(unknown[0]))
    if len(numbers) > MAX_MARKERS:
        return replace(asked, fault=Fault.MARKERS)
    if len(text) > MAX_SENTENCE_CHARS:
        return replace(asked, fault=Fault.LONG)
    if language_of(text) not in (None, language):
        return replace(asked, fault=Fault.LANGUAGE)
    if tells_of_done(text, language) and any(sources[number].status is Status.BESLUT for number in numbers):
        # What is said to be decided must rest on the decisions alone, not on a proposal beside them.
        numbers = tuple(number for number in numbers if sources[number].status is Status.BESLUT)
    cited = [sources[number] for number in numbers]
    fault, what = _fault(text, cited, language) or _too_far(text, numbers, sources, near) or (None, "")
    return Checked(text, numbers, fault, what)


def _fault(text: str, cited: list[Source], language: Language) -> tuple[Fault, str] | None:
    quoted, known = (" ".join(words) for words in ([each.quoted for each in cited], [each.known for each in cited]))
    said, there = figures_of(text), figures_of(quoted)
    if lacking := unsupported(said, _with_place(there, cited, text)):
        return Fault.FIGURE, lacking[0]
    body = next((each.first.body for each in cited if each.first.body), "")
    if lacking := unsupported_names(text, quoted, known, language) or unsupported_bodies(text, quoted, body, language):
        return Fault.NAME, lacking[0]
    if any(is_upgraded(text, quoted, status, said, there, language) for status in _statuses(cited)):
        return Fault.STANDING, "made a decision"
    if all(is_downgraded(text, quoted, each.status) for each in cited):
        return Fault.STANDING, "made a proposal"
    if not keeps_denials(text, quoted, language):
        return Fault.DENIAL, ""
    decided = any(each.status is Status.BESLUT for each in cited)
    if word := foreign_outcome(text, quoted, decided):
        return Fault.OUTCOME, word
    if word := opposite(text, quoted):
        return Fault.OPPOSITE, word
    if word := unsaid(text, quoted):
        return Fault.CLAIM, word
    return None


def _statuses(cited: list[Source]) -> frozenset[Status]:
    """The standings that a sentence resting on these may not exceed: a decision among them carries what is decided."""
    statuses = frozenset(each.status for each in cited)
    return statuses & {Status.BESLUT} or statuses


def _with_place(there: Figures, cited: list[Source], text: str) -> Figures:
    """The figures of the sources with those of where they stand: §, point and diarienummer, and of what is spoken of as a decision or paper, its date."""
    dated = bool(_SAYS_WHAT_IT_IS.search(text)) and not _APPLIES.search(text)
    places = [each.first for each in cited]
    return replace(
        there,
        dates=there.dates | ({each.date for each in places if each.date} if dated else set()),
        paragraphs=there.paragraphs | {each.paragraph for each in places if each.paragraph},
        points=there.points | {str(each.point) for each in places if each.point is not None},
        codes=there.codes | {code for each in places if each.dnr for code in figures_of(each.dnr).codes},
    )


def _too_far(
    text: str, numbers: tuple[int, ...], sources: Mapping[int, Source], near: Nearness
) -> tuple[Fault, str] | None:
    likeness = {number: near.cosine(text, sources[number].quoted) for number in numbers}
    best = max(likeness.values())
    if near.least is None:
        others = (near.cosine(text, each.quoted) for number, each in sources.items() if number not in numbers)
        return (Fault.MEANING, f"{best:.3f}") if best < max(others, default=best) else None
    if best < near.least or min(likeness.values()) < near.least - BESIDE:
        return Fault.MEANING, f"{min(likeness.values()):.3f}"
    return None
