"""Precedents as HTML: what was found, the nearest when nothing is alike, a message when something is wrong."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.markup import Html, element, join
from assistant.model import Language, Precedent
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, outcome_label, texts
from assistant.web.fragments import badge
from assistant.web.links import READER_FRAME, reader_url
from assistant.web.precedent_plot import body_name, plot
from assistant.web.precedent_texts import precedent_texts
from ingest.filters import Listed
from ingest.matters import Step


def alike(precedents: Sequence[Precedent], of_document: str | None, language: Language) -> Html:
    """The earlier matters, best first, with when they were dealt with; `of_document` is what the document is called."""
    words = precedent_texts(language)
    heading = words.alike_document if of_document is not None else words.alike
    named = element("p", element("span", of_document, lang=DOCUMENT_LANGUAGE), class_="asked") if of_document else ""
    cards = (_card(number, each, language) for number, each in enumerate(precedents, start=1))
    return element(
        "section",
        element("h3", heading, tabindex="-1", class_="heading"),
        named,
        plot(precedents, language),
        element("ol", *cards, class_="matters"),
        aria_label=words.title,
    )


def unlike(note: str, nearest: Sequence[Precedent], language: Language) -> Html:
    """That nothing is alike, in the words of `note`, with what came nearest."""
    words = precedent_texts(language)
    said = element("div", element("h3", note, tabindex="-1", class_="heading"), class_="notice")
    if not nearest:
        return element("section", said, aria_label=words.title)
    cards = (_card(number, each, language) for number, each in enumerate(nearest, start=1))
    return element(
        "section",
        said,
        element("h3", words.unlike),
        element("p", words.unlike_hint, class_="hint"),
        element("ol", *cards, class_="matters unlike"),
        aria_label=words.title,
    )


def choices(documents: Sequence[Listed], language: Language) -> Html:
    """Documents to choose between, each a button that names its document."""
    words = precedent_texts(language)
    items = (
        element("li", element("button", *_label(each), type="button", data_document=each.id)) for each in documents
    )
    return element("div", element("h3", words.matching), element("ul", *items), class_="choices")


def waiting(language: Language) -> Html:
    """That the search goes on."""
    return element("p", precedent_texts(language).searching, class_="pending")


def message(words: str, is_error: bool = True) -> Html:
    """A line that screen readers read out when it changes; an error is seen too."""
    return element("p", words, role="status", class_="message" if is_error and words else "visually-hidden")


def _card(number: int, precedent: Precedent, language: Language) -> Html:
    words, common = precedent_texts(language), texts(language)
    title = element("span", precedent.title, lang=DOCUMENT_LANGUAGE) if precedent.title else common.untitled
    conditions = (
        element(
            "p",
            element("strong", f"{words.condition}: "),
            element("span", each, lang=DOCUMENT_LANGUAGE),
            class_="condition",
        )
        for each in precedent.conditions
    )
    facts = (
        (common.date, precedent.date or words.undated),
        (words.body, precedent.body),
        (words.municipality, precedent.municipality),
        (common.document_kind, kind_label(precedent.kind, language) if precedent.kind else None),
        (common.dnr, precedent.dnr),
        (common.amounts, ", ".join(precedent.amounts)),
    )
    address = reader_url(precedent.document, precedent.start, precedent.end, language)
    unseen = element("span", f": {precedent.title or precedent.document}", class_="visually-hidden")
    return element(
        "li",
        element("h4", element("span", f"{number}. ", class_="number"), title),
        element("p", badge(precedent.status, language), " ", _outcome(precedent, language), class_="standing"),
        *conditions,
        element("blockquote", element("p", precedent.quote), lang=DOCUMENT_LANGUAGE),
        element("p", element("a", words.read, unseen, href=address, target=READER_FRAME, class_="read")),
        _course(precedent, language),
        element("dl", *(element("div", element("dt", name), element("dd", fact)) for name, fact in facts if fact)),
        class_="matter",
    )


def _label(listed: Listed) -> tuple[str, ...]:
    about = listed.about
    title = element("span", about.title or listed.id, lang=DOCUMENT_LANGUAGE, class_="name")
    return title, element("span", " · ".join(filter(None, (about.date, about.body, about.dnr))), class_="details")


def _course(precedent: Precedent, language: Language) -> Html:
    """The steps of its matter, each a link to its paper; nothing when it is the only one."""
    if len(precedent.steps) < 2:
        return Html()
    words = precedent_texts(language)
    heading = f"{words.course} ({len(precedent.steps)})"
    return element(
        "details",
        element(
            "summary", heading, element("span", f": {precedent.title or precedent.document}", class_="visually-hidden")
        ),
        element("ol", *(_step(step, language) for step in precedent.steps)),
        class_="course",
    )


def _step(step: Step, language: Language) -> Html:
    words = precedent_texts(language)
    role = words.roles[step.role]
    name = element("span", step.title or step.document, lang=DOCUMENT_LANGUAGE)
    link = element("a", name, href=reader_url(step.document, language=language), target=READER_FRAME)
    outcome = outcome_label(step.outcome, language) if step.outcome else ""
    facts = " · ".join(filter(None, (step.date or words.undated, body_name(step.body), role, outcome)))
    return element("li", element("span", facts, class_="details"), " ", link)


def _outcome(precedent: Precedent, language: Language) -> Html:
    words = precedent_texts(language)
    if precedent.outcome is None:
        return element("span", words.no_outcome, class_="outcome unknown")
    said = join([f"{words.decided}: ", element("strong", outcome_label(precedent.outcome, language))])
    return element("span", said, class_=f"outcome outcome-{precedent.outcome.value}")
