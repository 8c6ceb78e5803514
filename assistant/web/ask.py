"""The view a question is asked in: the conversation, the question box, examples to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import gradio as gr

from assistant.markup import Html, element, join
from assistant.model import Engine, Language
from assistant.texts import EXAMPLES_FROM, coverage_line, texts
from assistant.web import feedback
from assistant.web.conversation import (
    MAX_QUESTION_CHARS,
    Conversation,
    Coverage,
    Exchange,
    Service,
    answered,
    begun,
    failed,
)
from assistant.web.export import view as export
from assistant.web.export.view import SCRIPT, copy_button
from assistant.web.filterbar import valid
from assistant.web.guard.visitor import seconds_to_wait
from assistant.web.guard.words import too_many
from assistant.web.shared import Shared

LINK: dict[Language, tuple[str, str]] = {  # the button that copies an answer's address, and what it says then
    "sv": ("Kopiera länk", "Länken till frågan är kopierad."),
    "en": ("Copy link", "The link to the question is copied."),
}
ENGINES: dict[Language, tuple[str, dict[Engine, str]]] = {  # the choice of who words answers, where there is one
    "sv": (
        "Svaret ges",
        {"extractive": "i handlingarnas egna ord", "llm": "av en språkmodell, kontrollerad mot citaten"},
    ),
    "en": (
        "The answer is given",
        {"extractive": "in the documents’ own words", "llm": "by a language model, checked against the quotes"},
    ),
}
MAX_REOPENED = 20  # questions that an address may ask at once
ASKED_AT_ONCE = 8  # while one reads the index, the others are encoded, drawn and sent

Shown = tuple[Conversation, Any, Any, Any]  # what an event gives to the parts of the view


def build(shared: Shared) -> None:
    """The view, with its events wired to the service."""
    service, language = shared.service, shared.language
    words = texts(language)
    conversation = gr.State(())
    gr.HTML(_intro(service, language), elem_id="intro", apply_default_css=False, js_on_load=None)
    shown = gr.HTML("", elem_id="conversation", apply_default_css=False, js_on_load=SCRIPT + feedback.SCRIPT + _FOLLOW)
    with gr.Column(elem_id="composer"):
        with gr.Row():
            question = gr.Textbox(
                label=words.question_label,
                lines=1,
                max_lines=4,
                max_length=MAX_QUESTION_CHARS,
                elem_id="question",
                html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="send"),
            )
            send = gr.Button(words.send, variant="primary", elem_id="send")
        engine = _engines(service, language)
        status = gr.HTML(_status(""), elem_id="status", apply_default_css=False, js_on_load=None)
    buttons = []
    if _has_examples(service.covered()):
        with gr.Column(elem_id="examples"):
            gr.HTML(element("h2", words.examples_label), apply_default_css=False, js_on_load=None)
            buttons = [gr.Button(example, elem_classes="example") for example in words.examples]
    with gr.Row(elem_id="after"):
        restart = gr.Button(words.new_conversation, elem_id="restart")
        export.build(shared, conversation)

    def actions(number: int, exchange: Exchange) -> Html:
        name, copied = LINK[language]
        link = element("button", name, type="button", class_="copy-link", data_copied=copied)
        said = feedback.form(number, exchange, language) if service.settings.feedback else Html()
        return join([copy_button(exchange, language), link, said])

    def ask(
        asked: str, before: Conversation, filters: Mapping[str, str], engine: Engine | None, request: gr.Request
    ) -> Iterator[Shown]:
        after = begun(asked or "", before, language, filters, engine)
        if after == before:
            empty = gr.skip() if (asked or "").strip() else _status(words.empty_question, seen=True)
            yield before, gr.skip(), gr.skip(), empty
            return
        if wait := seconds_to_wait(request):
            yield before, gr.skip(), gr.skip(), _status(too_many(wait, language), seen=True)
            return
        yield after, _conversation(after, language), "", _status(words.searching)
        for further, said in answered(service, after, language, actions):
            announced = _status(said) if said else gr.skip()
            yield further, _conversation(further, language), gr.skip(), announced

    def reopen(
        event: gr.EventData, filters: Mapping[str, str], engine: Engine | None, request: gr.Request
    ) -> Iterator[Shown]:
        """Ask again what an address holds."""
        given = getattr(event, "questions", [])
        asked = [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
        narrowed = valid(getattr(event, "filters", {})) or filters
        before: Conversation = ()
        for each in asked[:MAX_REOPENED]:
            for step in ask(each, before, narrowed, engine, request):
                before = step[0]
                yield step

    def fail(before: Conversation) -> Shown:
        after, message = failed(before, language)
        return after, _conversation(after, language), gr.skip(), _status(message)

    def tell(event: gr.EventData, before: Conversation) -> Shown:
        """Keep what a reader says of an answer."""
        given = {key: getattr(event, key, None) for key in ("number", "verdict", "comment")}
        after, message = feedback.received(
            service, before, given, language, datetime.now(UTC).isoformat(timespec="seconds")
        )
        return after, _conversation(after, language), gr.skip(), _status(message)

    def begin_anew() -> Shown:
        return (), "", "", _status(words.ready_for_question)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    few_at_a_time: dict[str, Any] = {"concurrency_id": "ask", "concurrency_limit": ASKED_AT_ONCE, **quiet}
    parts = [conversation, shown, question, status]
    asking = [
        trigger(ask, [source, conversation, shared.filters, engine], parts, **few_at_a_time)
        for trigger, source in [
            (question.submit, question),
            (send.click, question),
            *((button.click, button) for button in buttons),
        ]
    ]
    asking.append(shown.reopen(reopen, [shared.filters, engine], parts, **few_at_a_time))
    for each in asking:
        each.failure(fail, conversation, parts, **quiet)
    shown.feedback(tell, conversation, parts, **quiet)
    restart.click(begin_anew, None, parts, **quiet)


def _engines(service: Service, language: Language) -> Any:
    """The choice of who words answers; where there is none, a part of the page that holds nothing."""
    if len(service.engines) < 2:
        return gr.State(None)
    label, names = ENGINES[language]
    choices = [(names[engine], engine) for engine in service.engines]
    return gr.Radio(choices, value=service.engines[0], label=label, elem_id="engine")


# A new question, and its answer, are brought to the top of the window. When the control that had the focus has gone (an
# example, "New conversation"), the focus goes where the reader continues. An address that holds questions asks them.
_FOLLOW = """
let seen = '';
watch('value', () => requestAnimationFrame(() => {
    const questions = element.querySelectorAll('.question');
    const last = questions[questions.length - 1];
    const now = last ? last.id + (element.querySelector('.pending') ? ' pending' : '') : '';
    if (now === seen) return;
    seen = now;
    radslag.conversationChanged(element);
    const active = document.activeElement;
    const lost = !active || active === document.body || active.offsetParent === null;
    if (!last) document.querySelector('#question textarea').focus();
    else {
        if (lost) last.focus({preventScroll: true});
        last.scrollIntoView({block: 'start'});
    }
}));
const questions = radslag.questions();
if (questions.length) trigger('reopen', {questions, filters: radslag.addressed()});
"""


def _intro(service: Service, language: Language) -> Html:
    """What this is, whether questions are kept, and what is searched."""
    words, covered = texts(language), service.covered()
    kept = words.logged if service.settings.log_questions else words.not_logged
    dates = covered.first_date, covered.last_date
    line = coverage_line(covered.documents, covered.municipalities, *dates, language, covered.undated)
    return element(
        "div",
        element("p", words.tagline, class_="tagline"),
        element("p", line),
        element("p", f"{words.notice} {kept}"),
    )


def _conversation(conversation: Conversation, language: Language) -> Html:
    if not conversation:
        return Html()
    label = texts(language).conversation
    return element("section", *(exchange.shown for exchange in conversation), aria_label=label)


def _status(message: str, seen: bool = False) -> Html:
    """A line that screen readers read out when it changes; `seen` shows it on the page too."""
    return element("p", message, role="status", class_="message" if seen else "visually-hidden")


def _has_examples(covered: Coverage) -> bool:
    """The examples are about one municipality; elsewhere they would only mislead."""
    names = covered.municipalities
    return bool(covered.documents) and (not names or any(EXAMPLES_FROM in name for name in names))
