"""What the view of precedents decides: what can be searched for, what is found, which documents are offered."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.markup import Html
from assistant.model import Language, Precedent
from assistant.phrases import PHRASES
from assistant.service import MAX_QUESTION_CHARS
from assistant.web import precedent_fragments as fragments
from assistant.web.conversation import Service
from assistant.web.precedent_texts import precedent_texts
from ingest.errors import RadslagError
from ingest.matters import Step

CHOICES = 8  # documents offered at once
SEARCHED = 20  # papers and §§ looked at; several may be of one matter
MATTERS = 10  # shown

logger = logging.getLogger("radslag")


@dataclass(frozen=True)
class Request:
    """What is looked for: matters like those words, or like that document of the index."""

    text: str | None = None
    document: str | None = None


@dataclass(frozen=True)
class Outcome:
    """What the view shows after a search, and what it says; `is_error` says that there is nothing to show."""

    shown: Html
    said: str
    is_error: bool = False


def checked(request: Request, language: Language) -> str | None:
    """What is wrong with a request, in a sentence for the reader; None when it can be searched for."""
    words = precedent_texts(language)
    if request.document is not None:
        return None if request.document else words.no_choice
    text = (request.text or "").strip()
    if not text:
        return words.empty
    if len(text) > MAX_QUESTION_CHARS:
        return words.too_long.format(length=len(text), most=MAX_QUESTION_CHARS)
    return None


def searched(service: Service, request: Request, filters: Mapping[str, str], language: Language) -> Outcome:
    """The earlier matters like what is asked for, or why there are none."""
    words = precedent_texts(language)
    if wrong := checked(request, language):
        return Outcome(Html(), wrong, is_error=True)
    if request.text and service.settings.log_questions:
        logger.info("precedents: %r", request.text)
    try:
        about = service.archive.about(request.document) if request.document else None
        if request.document and about is None:
            return Outcome(Html(), words.gone, is_error=True)
        text = request.text.strip() if request.text else None
        found = service.precedents(text, request.document, SEARCHED, filters)
        note = service.unmatched(filters, language) or PHRASES[language].nothing_alike
    except RadslagError as error:
        logger.error("%s", error)
        return Outcome(Html(), words.failed, is_error=True)
    if not found.precedents:
        return Outcome(fragments.unlike(note, one_each(found.nearest), language), note)
    matters = one_each(found.precedents)[:MATTERS]
    count = len(matters)
    said = words.found_one if count == 1 else words.found.format(count=count)
    named = (about.title or request.document) if about else None
    return Outcome(fragments.alike(matters, named, language), said)


def one_each(found: Sequence[Precedent]) -> tuple[Precedent, ...]:
    """One of each matter, in the order in which the matters come: the decision that settled it, else the one most alike."""
    matters: dict[object, list[Precedent]] = {}
    for each in found:
        matters.setdefault(each.steps or (each.document, each.paragraph), []).append(each)
    return tuple(next(filter(_settles, several), several[0]) for several in matters.values())


def _settles(precedent: Precedent) -> bool:
    """Whether it is itself the step that gave its matter the outcome it has."""
    itself = [step for step in precedent.steps if _is_step(precedent, step)]
    return precedent.outcome is not None and any(step.outcome is precedent.outcome for step in itself)


def _is_step(precedent: Precedent, step: Step) -> bool:
    return step.document == precedent.document and step.paragraph in {None, precedent.paragraph}


def offered(service: Service, typed: str, language: Language) -> tuple[Html, str]:
    """The documents to choose from, for some words of their title, dnr or id, and what there is to say of them."""
    words = precedent_texts(language)
    if not typed.strip():
        return Html(), ""
    found = service.archive.documents(words=typed)
    if not found:
        return Html(), words.none_matching
    more = words.more_matching.format(total=len(found), shown=CHOICES) if len(found) > CHOICES else ""
    return fragments.choices(found[:CHOICES], language), more
