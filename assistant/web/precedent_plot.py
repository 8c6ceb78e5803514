"""The timeline of precedents: a row a matter, a mark a step, drawn as SVG that fits any width; the same as a table beside it.

Positions are in percent of the row's width, so nothing has to be measured in the browser.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from assistant.markup import Html, element, join
from assistant.model import Language, Precedent
from assistant.texts import DOCUMENT_LANGUAGE, outcome_label, texts
from assistant.web.links import READER_FRAME, reader_url
from assistant.web.precedent_texts import precedent_texts
from ingest.matters import Role, Step
from ingest.model import Status
from ingest.outcome import Outcome

MARGIN = 3.0  # percent of the width on either side, so that marks at the ends are whole
MOST_TICKS = 6  # years named below the rows, few enough for a phone
MIDDLE = 14  # pixels from the top of a row to its line


class Shape(StrEnum):
    """How a step is drawn; the form says as much as the colour."""

    BEGUN = "begun"  # a hollow circle
    PROPOSED = "proposed"  # a hollow diamond
    GRANTED = "granted"  # a filled circle
    REFUSED = "refused"  # a cross
    DECIDED = "decided"  # a filled square: decided otherwise, or it isn't said how
    OTHER = "other"  # a dot


def plot(precedents: Sequence[Precedent], language: Language) -> Html:
    """The rows with their legend, and a table of the same; nothing when no step has a date."""
    lanes = [(number, each, _dated(each)) for number, each in enumerate(precedents, start=1)]
    moments = [day for _, _, steps in lanes for _, day in steps]
    if not moments:
        return Html()
    words = precedent_texts(language)
    first, last = int(min(moments)), int(max(moments)) + 1
    rows = (_row(number, each, steps, first, last, language) for number, each, steps in lanes)
    shapes = dict.fromkeys(shape_of(step) for _, _, steps in lanes for step, _ in steps)
    return element(
        "figure",
        element("h3", words.timeline),
        element(
            "figcaption", words.timeline_hint, " ", element("span", _legend(list(shapes), language), class_="keys")
        ),
        element("div", *rows, _axis(first, last), class_="lanes", aria_hidden="true"),
        element("details", element("summary", words.as_table), _table(precedents, language)),
        class_="timeline",
    )


def shape_of(step: Step) -> Shape:
    """How a step is drawn, by what it is to its matter and what it decided."""
    if step.role is Role.INITIATIV:
        return Shape.BEGUN
    if step.role in {Role.FÖRSLAG, Role.BEREDNING}:
        return Shape.PROPOSED
    if step.outcome in {Outcome.BIFALL, Outcome.ANTAGEN}:
        return Shape.GRANTED
    if step.outcome is Outcome.AVSLAG:
        return Shape.REFUSED
    return Shape.DECIDED if step.role in {Role.BESLUT, Role.ÄNDRING} else Shape.OTHER


def year_of(day: str | None) -> float | None:
    """An ISO date as a year with its part gone by, 2024.5 for the middle of 2024; None for what is no date."""
    try:
        when = date.fromisoformat(day or "")
    except ValueError:
        return None
    return when.year + (when.timetuple().tm_yday - 1) / 366


def position(moment: float, first: int, last: int) -> float:
    """Where in the width `moment` lies, in percent; `first` and `last` are the years at the ends."""
    return round(MARGIN + (100 - 2 * MARGIN) * (moment - first) / (last - first), 2)


def ticks(first: int, last: int) -> tuple[int, ...]:
    """The years that are named: both ends or nearly, evenly apart, at most `MOST_TICKS`."""
    apart = -(-(last - first) // (MOST_TICKS - 1))
    return tuple(range(first, last + 1, apart))


def _steps(precedent: Precedent) -> tuple[Step, ...]:
    """The steps of its matter; where it belongs to none, the paper itself as one."""
    if precedent.steps:
        return precedent.steps
    status = Status(precedent.status) if precedent.status in set(Status) else Status.OKÄND
    role = {Status.BESLUT: Role.BESLUT, Status.FÖRSLAG: Role.FÖRSLAG, Status.MOTION: Role.INITIATIV}.get(
        status, Role.HANDLING
    )
    itself = (precedent.document, precedent.paragraph, precedent.paragraph, precedent.date, precedent.body)
    return (Step(*itself, precedent.title, role, status, precedent.outcome),)


def _dated(precedent: Precedent) -> list[tuple[Step, float]]:
    moments = ((step, year_of(step.date)) for step in _steps(precedent))
    return sorted(((step, moment) for step, moment in moments if moment is not None), key=lambda each: each[1])


def _row(
    number: int, precedent: Precedent, steps: Sequence[tuple[Step, float]], first: int, last: int, language: Language
) -> Html:
    places = [position(moment, first, last) for _, moment in steps]
    lines = [_line(place, "grid", 0, "100%") for place in (position(year, first, last) for year in ticks(first, last))]
    if len(places) > 1:
        lines.append(element("line", x1=f"{places[0]}%", x2=f"{places[-1]}%", y1=MIDDLE, y2=MIDDLE, class_="span"))
    marks = (_mark(shape_of(step), place) for (step, _), place in zip(steps, places, strict=True))
    outcome = outcome_label(precedent.outcome, language) if precedent.outcome else "–"
    name = precedent.title or texts(language).untitled
    return element(
        "div",
        element("span", f"{number}. ", element("span", name, lang=DOCUMENT_LANGUAGE), class_="name"),
        element("svg", *lines, *marks, width="100%", height=2 * MIDDLE, class_="track"),
        element("span", outcome, class_="result"),
        class_="lane",
    )


def _axis(first: int, last: int) -> Html:
    years = (
        element("text", str(year), x=f"{position(year, first, last)}%", y=14, text_anchor="middle")
        for year in ticks(first, last)
    )
    return element("div", element("svg", *years, width="100%", height=20, class_="track"), class_="lane axis")


def _line(place: float, kind: str, top: int | str, bottom: int | str) -> Html:
    return element("line", x1=f"{place}%", x2=f"{place}%", y1=top, y2=bottom, class_=kind)


def _mark(shape: Shape, place: float | None = None) -> Html:
    """The mark at a place of its row; without a place, alone for the legend."""
    left = "50%" if place is None else f"{place}%"
    return element("svg", _form(shape), x=left, y=MIDDLE, overflow="visible", class_=f"mark {shape}")


def _form(shape: Shape) -> Html:
    match shape:
        case Shape.BEGUN | Shape.GRANTED:
            return element("circle", r=6)
        case Shape.PROPOSED:
            return element("path", d="M0-7.5 7.5 0 0 7.5-7.5 0Z")
        case Shape.REFUSED:
            return element("path", d="M-5.5-5.5 5.5 5.5M5.5-5.5-5.5 5.5")
        case Shape.DECIDED:
            return element("path", d="M-5.5-5.5h11v11h-11Z")
        case Shape.OTHER:
            return element("circle", r=3)


def _legend(shapes: Sequence[Shape], language: Language) -> Html:
    roles = precedent_texts(language).roles

    def outcome(*outcomes: Outcome) -> str:
        return ", ".join(outcome_label(each, language) for each in outcomes)

    names = {
        Shape.BEGUN: roles[Role.INITIATIV],
        Shape.PROPOSED: f"{roles[Role.FÖRSLAG]}, {roles[Role.BEREDNING]}",
        Shape.GRANTED: outcome(Outcome.BIFALL, Outcome.ANTAGEN),
        Shape.REFUSED: outcome(Outcome.AVSLAG),
        Shape.DECIDED: roles[Role.BESLUT],
        Shape.OTHER: f"{roles[Role.HANDLING]}, {roles[Role.UPPFÖLJNING]}",
    }
    return join(
        (
            element("span", element("svg", _mark(shape), width=22, height=2 * MIDDLE, aria_hidden="true"), names[shape])
            for shape in Shape
            if shape in shapes
        ),
        " ",
    )


def _table(precedents: Sequence[Precedent], language: Language) -> Html:
    words = precedent_texts(language)
    heads = (words.matter, words.date, words.step, words.body, words.outcome)
    head = element("tr", *(element("th", each, scope="col") for each in heads))
    bodies = (_rows(number, each, language) for number, each in enumerate(precedents, start=1))
    table = element("table", element("thead", head), *bodies)
    return element("div", table, class_="wide", role="region", aria_label=words.as_table, tabindex="0")


def _rows(number: int, precedent: Precedent, language: Language) -> Html:
    """The steps of one matter, whose name stands once for all of them."""
    words, steps = precedent_texts(language), _steps(precedent)
    rows = []
    for place, step in enumerate(steps):
        role = words.roles[step.role]
        link = element(
            "a",
            role,
            href=reader_url(step.document, language=language),
            target=READER_FRAME,
            aria_label=f"{role}, {step.title or step.document}",
        )
        named = element("th", f"{number}. ", _title(precedent, language), scope="rowgroup", rowspan=len(steps))
        body = body_name(step.body)
        cells = (
            element("td", step.date or words.undated, class_="date"),
            element("td", link),
            element("td", body or "–", lang=DOCUMENT_LANGUAGE if body else None),
            element("td", outcome_label(step.outcome, language) if step.outcome else "–"),
        )
        rows.append(element("tr", *([named] if place == 0 else []), *cells))
    return element("tbody", *rows)


def body_name(body: str | None) -> str | None:
    """A body as steps name it, in lower case, with the capital it begins with in print."""
    return body[:1].upper() + body[1:] if body else None


def _title(precedent: Precedent, language: Language) -> Html:
    if precedent.title:
        return element("span", precedent.title, lang=DOCUMENT_LANGUAGE)
    return join([texts(language).untitled])
