"""The Quality view: the last evaluation, what its figures mean, and whether they hold for the program that is running."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from assistant.fingerprint import Basis, basis_of
from assistant.markup import Html, element
from assistant.model import Language
from assistant.web.quality_report import PUBLISHED, Group, Rate, Report, read_report, report_file
from assistant.web.quality_words import QualityWords, quality_words
from assistant.web.shared import Shared
from ingest.errors import UsageError

LEAST_QUESTIONS = 5  # a group with fewer tells nothing: its interval covers nearly everything
OF_GRADES = frozenset({"absent", "offtopic"})  # kinds that are grades as well, and stand there
SHOWN_DIGITS = 12  # of a digest

logger = logging.getLogger("radslag")


def build(shared: Shared) -> None:
    """The view; it is made anew for every visit, since documents and evaluation change while the program runs."""
    shown = gr.HTML(elem_id="quality", apply_default_css=False, js_on_load=None)
    gr.on(
        fn=lambda: render(shared),
        inputs=[],
        outputs=shown,
        show_progress="hidden",
        api_visibility="private",
        api_name=None,
    )


def render(shared: Shared) -> Html:
    """The whole view, or, where there is no evaluation that can be read, that there is none."""
    words, file = quality_words(shared.language), report_file(shared.service.settings)
    try:
        report = read_report(file)
    except UsageError as error:
        logger.error("%s", error)
        return element("section", element("h2", words.title), element("p", words.missing), class_="quality")
    return quality(report, basis_of(shared.service), shared.language, published=file == PUBLISHED)


def quality(report: Report, running: Basis, language: Language, published: bool = False) -> Html:
    """An evaluation beside what the running program rests on; `published`: it is the one that comes with the program."""
    words = quality_words(language)
    lead = words.lead.format(questions=_questions(report), date=f"{report.fingerprint.date:%Y-%m-%d}")
    return element(
        "section",
        element("h2", words.title),
        element("p", lead, f" {words.published}" if published else "", class_="lead"),
        element("ul", *_measures(report.overall, words), class_="measures"),
        element("p", words.advice, class_="advice"),
        element("h3", words.same_title),
        *_sameness(report, running, words),
        _table(words.language_title, None, report.language, words.languages, words),
        _table(words.grade_title, words.grade_lead, report.grade, words.grades, words),
        _table(words.kind_title, words.kind_lead, _kinds(report), words.kinds, words),
        element("p", words.few.format(least=LEAST_QUESTIONS), class_="note"),
        element("h3", words.method_title),
        *(element("p", paragraph, class_="note") for paragraph in words.method),
        class_="quality",
    )


def changed(report: Report, running: Basis) -> tuple[str, ...]:
    """What of the running program isn't as it was evaluated: keys of `QualityWords.parts`."""
    return tuple(
        part
        for part in ("code", "corpus", "model", "settings", "libraries")
        if getattr(report.fingerprint, part) != getattr(running, part)
    )


def _questions(report: Report) -> int:
    correct = report.overall.correct
    return correct.n if correct else report.overall.attempted


def _measures(overall: Group, words: QualityWords) -> Iterator[Html]:
    for metric, (sentence, meaning) in words.measures.items():
        if rate := overall.rates.get(metric):
            between = words.between.format(
                low=_share(rate.low), high=_share(rate.high), n=rate.n, counted=words.counted[metric]
            )
            before, _, after = sentence.partition("{share}")
            yield element(
                "li",
                element("p", before, element("strong", str(_share(rate.value))), after, class_="figure"),
                _bar(rate),
                element("p", meaning),
                element("p", between, class_="note"),
            )


def _sameness(report: Report, running: Basis, words: QualityWords) -> Iterator[Html]:
    parts = changed(report, running)
    if parts:
        yield element("p", words.changed.format(parts=", ".join(words.parts[part] for part in parts)), class_="changed")
        if "corpus" in parts:
            yield element("p", words.other_documents)
    else:
        yield element("p", words.same)
    rows = [
        element(
            "tr",
            element("th", _capitalized(words.parts[part]), scope="row"),
            element("td", element("code", _short(getattr(report.fingerprint, part)))),
            element("td", element("code", _short(getattr(running, part)))),
            element("td", words.unequal if part in parts else words.equal),
        )
        for part in ("code", "corpus", "model", "settings")
    ]
    head = element(
        "tr",
        *(element("th", name, scope="col") for name in (words.part, words.evaluated, words.running)),
        element("td"),
    )
    digest = f"{words.fingerprint} {_short(report.fingerprint.digest)}, {report.fingerprint.date:%Y-%m-%d %H:%M %Z}"
    table = element("table", element("caption", digest), element("thead", head), element("tbody", *rows))
    yield element("details", element("summary", words.fingerprint), _scrolled(table, words.fingerprint))


def _kinds(report: Report) -> Mapping[str, Group]:
    return {name: group for name, group in report.kind.items() if name not in OF_GRADES}


def _table(
    title: str, lead: str | None, groups: Mapping[str, Group], names: Mapping[str, str], words: QualityWords
) -> Html:
    """What is correct in each of some groups, the best first; nothing where none is large enough."""
    rates = {name: rate for name, group in groups.items() if (rate := group.correct) and rate.n >= LEAST_QUESTIONS}
    if not rates:
        return Html()
    rows = [
        element(
            "tr",
            element("th", _capitalized(names.get(name, name)), _bar(rate), scope="row"),
            element("td", str(_share(rate.value))),
            element("td", f"{_share(rate.low)}–{_share(rate.high)}"),
            element("td", str(rate.n)),
        )
        for name, rate in sorted(rates.items(), key=lambda each: (-each[1].value, names.get(each[0], each[0])))
    ]
    columns = (words.questions, words.of_hundred, words.interval, words.count)
    head = element("tr", *(element("th", column, scope="col") for column in columns))
    caption = element("caption", element("h3", title), *([element("p", lead)] if lead else []))
    return element("table", caption, element("thead", head), element("tbody", *rows), class_="rates")


def _bar(rate: Rate) -> Html:
    """The share as a bar and its interval as a line; all of it is also said in words beside it."""
    share, low, high = (round(100 * value, 1) for value in (rate.value, rate.low, rate.high))
    shapes: tuple[tuple[str, dict[str, Any]], ...] = (
        ("rect", {"width": "100", "height": "10", "class_": "track"}),
        ("rect", {"width": str(share), "height": "10", "class_": "value"}),
        ("line", {"x1": str(low), "x2": str(high), "y1": "5", "y2": "5", "class_": "whisker"}),
    )
    return element(
        "svg",
        *(element(name, **attributes) for name, attributes in shapes),
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="bar",
        aria_hidden="true",
        focusable="false",
    )


def _scrolled(table: Html, label: str) -> Html:
    """A table that is too wide for a phone, which the keyboard can scroll."""
    return element("div", table, class_="scrolled", tabindex="0", role="region", aria_label=label)


def _share(value: float) -> int:
    """Of a hundred."""
    return round(100 * value)


def _short(digest: str) -> str:
    """A digest cut to what an eye compares; a name, such as the encoder's, stays whole."""
    return digest[:SHOWN_DIGITS] if len(digest) == 64 else digest


def _capitalized(words: str) -> str:
    return words[:1].upper() + words[1:]
