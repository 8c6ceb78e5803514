"""The view of documents: which there are, what they cover and don't, what the last ingest did, and uploads by editors."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import gradio as gr
from gradio.context import Context

from assistant.markup import element
from assistant.web import archive_fragments as fragments
from assistant.web import archive_search as search
from assistant.web.archive_texts import archive_texts
from assistant.web.guard.visitor import may_upload
from assistant.web.shared import Shared
from assistant.web.upload_form import SEND, form

LOOK_SECONDS = 2.0  # between two looks at an ingest that goes on
UPLOAD_LOOK_SECONDS = 0.5  # between two looks at the reading of one's own upload

Filters = Mapping[str, str]


def build(shared: Shared) -> None:
    """The view, with its events wired to the service."""
    service, language = shared.service, shared.language
    words, archive, uploads = archive_texts(language), shared.service.archive, shared.service.uploads
    still: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
    quiet: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
    number = gr.State(0)
    with gr.Column(elem_id="documents"):
        intro = element("div", element("h2", words.title), element("p", words.intro, class_="tagline"))
        gr.HTML(intro, **still)
        typed = gr.Textbox(
            label=words.search,
            info=words.search_hint,
            lines=1,
            max_lines=1,
            max_length=search.MAX_WORDS_CHARS,
            elem_classes="field",
            html_attributes=gr.InputHTMLAttributes(autocomplete="off", enterkeyhint="search"),
        )
        listed = gr.HTML("", elem_id="documents-list", **still)
        with gr.Row(elem_classes="pages"):
            previous = gr.Button(words.previous, interactive=False)
            following = gr.Button(words.next, interactive=False)
        gr.HTML(element("h3", words.covered), **still)
        plotted = gr.HTML("", **still)
        gr.HTML(element("h3", words.gaps), **still)
        missing = gr.HTML("", **still)
        gr.HTML(element("h3", words.ingests), **still)
        ran = gr.HTML("", **still)
        refresh = gr.Button(words.refresh, elem_classes="plain")
        clock = gr.Timer(LOOK_SECONDS, active=False)
        with gr.Column(visible=False, elem_id="uploads") as for_editors:
            gr.HTML(element("h3", words.upload), **still)
            sending = gr.HTML(
                form(service.settings, search.municipalities(archive), language),
                apply_default_css=False,
                js_on_load=SEND,
            )
            read = gr.HTML(fragments.message(""), apply_default_css=False, js_on_load=None)
            outcome = gr.HTML("", apply_default_css=False, js_on_load=_FOLLOW)
            gr.HTML(element("h3", words.uploaded), **still)
            said = gr.HTML(fragments.message(""), **still)
            held = gr.HTML("", apply_default_css=False, js_on_load=_FORGET)

    def list_page(written: str | None, filters: Filters, wanted: int) -> tuple[Any, ...]:
        page = search.page(archive, written or "", filters, wanted, language)
        buttons = gr.update(interactive=page.has_previous), gr.update(interactive=page.has_next)
        return page.number, page.shown, *buttons

    def first_page(written: str | None, filters: Filters) -> tuple[Any, ...]:
        return list_page(written, filters, 0)

    def page_before(written: str | None, filters: Filters, now: int) -> tuple[Any, ...]:
        return list_page(written, filters, now - 1)

    def page_after(written: str | None, filters: Filters, now: int) -> tuple[Any, ...]:
        return list_page(written, filters, now + 1)

    def everything(written: str | None, filters: Filters) -> tuple[Any, ...]:
        return *list_page(written, filters, 0), *search.covered(archive, filters, language), *look()

    def look() -> tuple[Any, ...]:
        shown, goes_on = search.runs(archive, language)
        return shown, gr.Timer(active=goes_on)

    def welcome(request: gr.Request) -> tuple[Any, ...]:
        if not may_upload(request):
            return gr.update(visible=False), ""
        return gr.update(visible=True), search.shown_uploads(uploads, None, language)

    def read_in(event: gr.EventData, request: gr.Request) -> Iterator[tuple[Any, ...]]:
        if not may_upload(request):
            yield fragments.message(words.not_allowed), "", gr.skip(), gr.skip()
            return
        files = search.sent(getattr(event, "files", None))
        yield fragments.message(words.reading), "", gr.skip(), gr.skip()
        with ThreadPoolExecutor(1) as thread:
            reading = thread.submit(search.read_in, uploads, files, language)
            while not reading.done():
                time.sleep(UPLOAD_LOOK_SECONDS)
                progress, _ = search.runs(archive, language)
                yield fragments.message(words.reading), gr.skip(), gr.skip(), progress
        shown, told = reading.result()
        ran_now, _ = search.runs(archive, language)
        yield fragments.message(told, seen=False), shown, search.shown_uploads(uploads, None, language), ran_now

    def forget(event: gr.EventData, request: gr.Request) -> tuple[Any, ...]:
        """Ask whether it is meant, and when that has been said, do it."""
        document = str(getattr(event, "document", ""))
        if not may_upload(request):
            return gr.skip(), fragments.message(words.not_allowed)
        if getattr(event, "sure", "") != "yes":
            return search.shown_uploads(uploads, document, language), fragments.message("")
        told = search.forgotten(uploads, document, language)
        return search.shown_uploads(uploads, None, language), fragments.message(told)

    page_parts = [number, listed, previous, following]
    given = [typed, shared.filters]
    typed.input(first_page, given, page_parts, trigger_mode="always_last", **quiet)
    typed.submit(first_page, given, page_parts, **quiet)
    previous.click(page_before, [*given, number], page_parts, **quiet)
    following.click(page_after, [*given, number], page_parts, **quiet)
    all_parts = [*page_parts, plotted, missing, ran, clock]
    gr.on([shared.filters.change, refresh.click], everything, given, all_parts, **quiet)
    clock.tick(look, None, [ran, clock], **quiet)
    blocks = Context.root_block
    assert blocks is not None  # a view is built inside of the page
    blocks.load(everything, given, all_parts, **quiet)
    blocks.load(welcome, None, [for_editors, held], **quiet)
    sent_off = sending.submit(read_in, None, [read, outcome, held, ran], **quiet)
    sent_off.then(everything, given, all_parts, **quiet)
    held.click(forget, None, [held, said], **quiet).then(everything, given, all_parts, **quiet)


# What became of an upload gets the focus.
_FOLLOW = """
watch('value', () => requestAnimationFrame(() => {
    const heading = element.querySelector('.heading');
    if (heading) heading.focus();
}));
"""

# The button that asks again takes the focus of the one it replaces.
_FORGET = """
element.addEventListener('click', event => {
    const button = event.target.closest('button[data-document]');
    if (button) trigger('click', {document: button.dataset.document, sure: button.dataset.sure || 'no'});
});
watch('value', () => requestAnimationFrame(() => {
    const sure = element.querySelector('[data-sure]');
    if (sure) sure.focus();
}));
"""
