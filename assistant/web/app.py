"""The web app: a thin skin on the assistant. An event comes in, a function is called, a fragment is shown.

Gradio draws the controls; the conversation is HTML of our own (`assistant.web.fragments`), because nothing in it may be taken for
markup that wasn't made here. Importing this module imports Gradio, so only the serve command does.
"""

from __future__ import annotations

import contextlib
import os
import socket
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported

import gradio as gr
from fastapi import FastAPI

from assistant.markup import Html, element
from assistant.model import Language
from assistant.texts import EXAMPLES_FROM, coverage_line, other, texts
from assistant.web.conversation import (
    MAX_QUESTION_CHARS,
    Conversation,
    Coverage,
    Service,
    answered,
    begun,
    failed,
)
from assistant.web.page import Page
from assistant.web.server import Server, listen
from ingest.settings import Settings

FIRST_LANGUAGE: Language = "sv"


def build(service: Service) -> gr.Blocks:
    """The page, with its events wired to `service`."""
    language: Language = FIRST_LANGUAGE
    words = texts(language)
    has_examples = _has_examples(service.covered())
    with gr.Blocks(title=words.page_title, analytics_enabled=False, fill_width=True) as blocks:
        chosen = gr.State(language)
        conversation = gr.State(())
        with gr.Row(elem_id="top"):
            heading = gr.HTML(
                _heading(language), elem_id="heading", apply_default_css=False, js_on_load=_FOLLOW_LANGUAGE
            )
            toggle = gr.HTML(_toggle(language), elem_id="language", apply_default_css=False)
        intro = gr.HTML(_intro(service, language), elem_id="intro", apply_default_css=False)
        shown = gr.HTML("", elem_id="conversation", apply_default_css=False, js_on_load=_FOLLOW_CONVERSATION)
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
            status = gr.HTML(_status(""), elem_id="status", apply_default_css=False)
        with gr.Column(elem_id="examples", visible=has_examples) as examples:
            examples_label = gr.HTML(element("h2", words.examples_label), apply_default_css=False)
            buttons = [gr.Button(example, elem_classes="example") for example in words.examples]
        restart = gr.Button(words.new_conversation, elem_id="restart", visible=False)

        def on_question(asked: str, before: Conversation, language: Language) -> tuple[Any, ...]:
            after = begun(asked or "", before, language)
            if after == before:
                empty = _status(texts(language).empty_question, seen=True)
                unless_waiting = gr.skip() if (asked or "").strip() else empty
                return before, gr.skip(), gr.skip(), unless_waiting, gr.skip(), gr.skip()
            searching = _status(texts(language).searching)
            hidden, visible = gr.update(visible=False), gr.update(visible=True)
            return after, _conversation(after, language), "", searching, hidden, visible

        def on_begun(before: Conversation, language: Language) -> tuple[Any, ...]:
            after, message = answered(service, before, language)
            return after, _conversation(after, language), _status(message) if message else gr.skip()

        def on_failure(before: Conversation, language: Language) -> tuple[Any, ...]:
            after, message = failed(before, language)
            return after, _conversation(after, language), _status(message)

        def on_restart(language: Language) -> tuple[Any, ...]:
            ready = _status(texts(language).ready_for_question)
            return (), "", "", ready, gr.update(visible=has_examples), gr.update(visible=False)

        def on_toggle(before: Conversation, current: Language) -> tuple[Any, ...]:
            language = other(current)
            words = texts(language)
            return (
                language,
                _heading(language),
                _toggle(language),
                _intro(service, language),
                _conversation(before, language),
                gr.update(label=words.question_label),
                words.send,
                _status(""),
                element("h2", words.examples_label),
                words.new_conversation,
                *words.examples,
            )

        quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        asked = [conversation, shown, question, status, examples, restart]
        for trigger, source in [
            (question.submit, question),
            (send.click, question),
            *((button.click, button) for button in buttons),
        ]:
            answer = trigger(on_question, [source, conversation, chosen], asked, **quiet).then(
                on_begun,
                [conversation, chosen],
                [conversation, shown, status],
                concurrency_id="ask",  # one question is answered at a time, whatever asked it
                concurrency_limit=1,
                **quiet,
            )
            answer.failure(on_failure, [conversation, chosen], [conversation, shown, status], **quiet)
        restart.click(on_restart, chosen, asked, **quiet)
        toggled = [chosen, heading, toggle, intro, shown, question, send, status, examples_label, restart]
        toggle.click(on_toggle, [conversation, chosen], [*toggled, *buttons], **quiet)
    return blocks


def application(service: Service) -> Page:
    """The whole web application, ready for an ASGI server."""
    font = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "Consolas", "monospace")]
    no_documentation: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    mounted = gr.mount_gradio_app(
        FastAPI(**no_documentation),
        build(service),
        path="/",
        app_kwargs=no_documentation,
        theme=gr.themes.Base(font=font, font_mono=mono).set(
            body_background_fill="#fbfaf7", body_background_fill_dark="#14181a"
        ),
        css=Path(__file__).with_name("web.css").read_text(encoding="utf-8"),
        head=_ICON,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        mcp_server=False,
        pwa=False,
        ssr_mode=False,
        show_error=False,
        max_file_size=1,  # bytes: nothing here takes a file
    )
    return Page(mounted, FIRST_LANGUAGE)


def server(service: Service, bound: socket.socket) -> Server:
    """A server of the web app on a socket that is bound already; `run(sockets=[bound])` starts it."""
    return Server(application(service), bound)


def serve(service: Service, settings: Settings) -> None:
    """Serve the page until Ctrl-C.

    Raises:
        UsageError: the address or the port can't be used.
    """
    with listen(settings.host, settings.port) as bound, contextlib.suppress(KeyboardInterrupt):
        server(service, bound).run(sockets=[bound])


# The page's title and language follow its words; Gradio would set the language to the browser's, once or later.
_FOLLOW_LANGUAGE = """
const follow = () => {
    const chosen = element.querySelector('[data-language]').dataset;
    if (document.documentElement.lang !== chosen.language) document.documentElement.lang = chosen.language;
    document.title = chosen.title;
};
new MutationObserver(follow).observe(document.documentElement, {attributes: true, attributeFilter: ['lang']});
follow();
watch('value', follow);
"""

# A new question, and its answer, are brought to the top of the window. When the control that had the focus has gone (an
# example, "New conversation"), the focus goes where the reader continues.
_FOLLOW_CONVERSATION = """
let seen = '';
watch('value', () => requestAnimationFrame(() => {
    const questions = element.querySelectorAll('.question');
    const last = questions[questions.length - 1];
    const now = last ? last.id + (element.querySelector('.pending') ? ' pending' : '') : '';
    if (now === seen) return;
    seen = now;
    const lost = !document.activeElement || document.activeElement === document.body;
    if (!last) document.querySelector('#question textarea').focus();
    else {
        if (lost) last.focus({preventScroll: true});
        last.scrollIntoView({block: 'start'});
    }
}));
"""

_ICON = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='4' "
    "fill='%23154c56'/%3E%3Cpath d='M9 8h14v10H15l-6 6z' fill='%23fff'/%3E%3C/svg%3E\">"
)


def _heading(language: Language) -> Html:
    words = texts(language)
    return element("div", element("h1", "Rådslag"), data_language=language, data_title=words.page_title)


def _toggle(language: Language) -> Html:
    """The button that changes the words of the page, named in the language it changes to."""
    return element("button", texts(language).other_language, lang=other(language), type="button")


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
