"""The view of precedents: a matter described or a document chosen, and the earlier matters that are like it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import gradio as gr

from assistant.markup import element
from assistant.web import precedent_fragments as fragments
from assistant.web.guard.visitor import seconds_to_wait
from assistant.web.guard.words import too_many
from assistant.web.precedent_search import Request, checked, offered, searched
from assistant.web.precedent_texts import precedent_texts
from assistant.web.shared import Shared

SEARCHED_AT_ONCE = 2  # the others wait in line


def build(shared: Shared) -> None:
    """The view, with its events wired to the service."""
    service, language = shared.service, shared.language
    words = precedent_texts(language)
    asked = gr.State(Request())
    with gr.Column(elem_id="precedents"):
        intro = element("div", element("h2", words.title), element("p", words.intro, class_="tagline"))
        gr.HTML(intro, apply_default_css=False, js_on_load=None)
        with gr.Row(elem_classes="start"):
            with gr.Column():
                text = gr.Textbox(
                    label=words.describe, info=words.describe_hint, lines=3, max_lines=8, elem_classes="field"
                )
                send = gr.Button(words.search, variant="primary", elem_classes="primary")
            with gr.Column():
                typed = gr.Textbox(
                    label=words.choose,
                    info=words.choose_hint,
                    lines=1,
                    max_lines=1,
                    elem_classes="field",
                    html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
                )
                offer = gr.HTML(fragments.message(""), apply_default_css=False, js_on_load=None)
                choices = gr.HTML("", apply_default_css=False, js_on_load=_CHOOSE)
        status = gr.HTML(fragments.message(""), apply_default_css=False, js_on_load=None)
        shown = gr.HTML("", apply_default_css=False, js_on_load=_FOLLOW, elem_id="precedents-found")

    def search(request: Request, filters: Mapping[str, str], visit: gr.Request) -> Iterator[tuple[Any, ...]]:
        wrong = checked(request, language)
        if not wrong and (wait := seconds_to_wait(visit)):
            wrong = too_many(wait, language)
        if wrong:
            yield gr.skip(), gr.skip(), fragments.message(wrong)
            return
        yield request, fragments.waiting(language), fragments.message(words.searching, is_error=False)
        outcome = searched(service, request, filters, language)
        yield request, outcome.shown, fragments.message(outcome.said, outcome.is_error)

    def search_text(written: str | None, filters: Mapping[str, str], visit: gr.Request) -> Iterator[tuple[Any, ...]]:
        yield from search(Request(text=written or ""), filters, visit)

    def search_document(
        event: gr.EventData, filters: Mapping[str, str], visit: gr.Request
    ) -> Iterator[tuple[Any, ...]]:
        yield from search(Request(document=str(getattr(event, "document", ""))), filters, visit)

    def search_anew(before: Request, filters: Mapping[str, str], visit: gr.Request) -> Iterator[tuple[Any, ...]]:
        if before == Request():
            yield gr.skip(), gr.skip(), gr.skip()
            return
        yield from search(before, filters, visit)

    def fail() -> tuple[Any, ...]:
        return gr.skip(), "", fragments.message(words.failed)

    def offer_documents(written: str | None) -> tuple[Any, ...]:
        listed, said = offered(service, written or "", language)
        return listed, fragments.message(said)

    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    few_at_a_time: dict[str, Any] = {"concurrency_id": "precedents", "concurrency_limit": SEARCHED_AT_ONCE, **quiet}
    parts = [asked, shown, status]
    for event in (
        send.click(search_text, [text, shared.filters], parts, **few_at_a_time),
        choices.click(search_document, shared.filters, parts, **few_at_a_time),
        shared.filters.change(search_anew, [asked, shared.filters], parts, **few_at_a_time),
    ):
        event.failure(fail, None, parts, **quiet)
    typed.input(offer_documents, typed, [choices, offer], trigger_mode="always_last", **quiet)
    typed.submit(offer_documents, typed, [choices, offer], **quiet)


_CHOOSE = """
element.addEventListener('click', event => {
    const chosen = event.target.closest('button[data-document]');
    if (chosen) trigger('click', {document: chosen.dataset.document});
});
"""

# What was found is brought into sight, and the focus to its heading, when a search has ended.
_FOLLOW = """
watch('value', () => requestAnimationFrame(() => {
    const heading = element.querySelector('.heading');
    const filtering = document.activeElement && document.activeElement.closest('#filters');
    if (!heading || filtering || !element.getClientRects().length) return;
    heading.focus({preventScroll: true});
    heading.scrollIntoView({block: 'start'});
}));
"""
