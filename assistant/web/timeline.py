"""The course of a matter as HTML: its steps by date, each a link into the reader, and what isn't there."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.library import Source
from assistant.markup import Html, element, join
from assistant.model import Language
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, outcome_label, texts
from assistant.timeline import Event, Timeline
from assistant.web.links import READER_FRAME, reader_url
from assistant.web.reader_texts import reader_texts
from ingest.matters import Matter


def timeline(shown: Timeline, language: Language, theme: str | None = None, frame: bool = False) -> Html:
    """The timeline of one matter; with `frame`, its links open in the frame beside the page it stands on."""
    words = reader_texts(language)
    events = (_event(event, language, theme, frame) for event in shown.events)
    missing = [words.missing[each] for each in shown.missing]
    papers = [words.paper.format(kind=kind_label(kind, language), date=date) for kind, date in shown.papers]
    return element(
        "div",
        _about(shown.matter, language),
        element("ol", *events, class_="steps"),
        *(element("p", each, class_="missing") for each in missing),
        element("p", f"{words.papers}: {', '.join(papers)}.", class_="missing") if papers else "",
        class_="timeline",
    )


def matter_list(matters: Sequence[Matter], source: Source, language: Language, theme: str | None = None) -> Html:
    """The matters of a document that has many, each a link to its § there."""
    return element("ul", *(_matter(matter, source, language, theme) for matter in matters), class_="matters")


def _matter(matter: Matter, source: Source, language: Language, theme: str | None) -> Html:
    step = next(step for step in matter.steps if step.document == source.document)
    sign = f"§ {step.number} " if step.number else ""
    title = element("span", step.title or matter.title or texts(language).untitled, lang=DOCUMENT_LANGUAGE)
    passage = next((each for each in source.passages if step.paragraph in (None, each.paragraph)), None)
    start, end = (passage.span.start, passage.span.end) if passage else (None, None)
    link = element("a", sign, title, href=reader_url(source.document, start, end, language, theme=theme))
    outcome = f" – {outcome_label(step.outcome, language)}" if step.outcome else ""
    return element("li", link, outcome)


def _about(matter: Matter, language: Language) -> Html:
    words = reader_texts(language)
    title = element("strong", matter.title or texts(language).untitled, lang=DOCUMENT_LANGUAGE)
    outcome = f"{words.outcome}: {outcome_label(matter.outcome, language)}" if matter.outcome else ""
    facts = " · ".join(filter(None, (matter.dnr, outcome)))
    return element("p", title, element("span", facts, class_="facts") if facts else "", class_="matter")


def _event(event: Event, language: Language, theme: str | None, frame: bool) -> Html:
    words, step = reader_texts(language), event.step
    role = words.later[event.how] if event.how else words.roles[step.role]
    day = element("time", step.date, datetime=step.date) if step.date else element("span", words.undated)
    place = join(
        filter(None, (step.body and _named(step.body), f"§ {step.number}" if step.number else None)),
        " ",
    )
    start, end = (event.words.start, event.words.end) if event.words else (None, None)
    title = element("span", step.title or texts(language).untitled, lang=DOCUMENT_LANGUAGE)
    link = element(
        "a",
        title,
        href=reader_url(step.document, start, end, language, theme=theme),
        target=READER_FRAME if frame else None,
        aria_current="step" if event.present else None,
    )
    outcome = outcome_label(step.outcome, language) if step.outcome else ""
    details = join(filter(None, (place, outcome)), " · ")
    return element(
        "li",
        element("p", day, " ", element("span", role, class_=f"role role-{step.role.value}"), class_="when"),
        element("p", link),
        element("p", details, class_="facts") if details else "",
        element("p", words.present, class_="now") if event.present else "",
        class_="present" if event.present else None,
    )


def _named(body: str) -> Html:
    return element("span", body[:1].upper() + body[1:], lang=DOCUMENT_LANGUAGE)
