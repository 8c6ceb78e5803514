"""The frame of a page in one language: header, ways to the views, filter bar, the views, and the reader beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import gradio as gr

from assistant.markup import Html, element
from assistant.model import Language
from assistant.texts import other, texts
from assistant.web import accessibility, ask, documents, filterbar, precedents, quality
from assistant.web.conversation import Service
from assistant.web.guard.login import ACCOUNT
from assistant.web.guard.words import words
from assistant.web.links import READER_FRAME
from assistant.web.shared import Shared

PATHS: dict[Language, str] = {"sv": "/", "en": "/en/"}  # where the page of each language is


@dataclass(frozen=True)
class Words:
    """The words of the frame in one language."""

    skip: str
    views: str
    theme: str
    themes: dict[str, str]
    reader: str
    close: str


SWEDISH = Words(
    skip="Hoppa till innehållet",
    views="Vyer",
    theme="Utseende",
    themes={"system": "Systemets utseende", "light": "Ljust utseende", "dark": "Mörkt utseende"},
    reader="Källan",
    close="Stäng",
)
ENGLISH = Words(
    skip="Skip to the content",
    views="Views",
    theme="Appearance",
    themes={"system": "System appearance", "light": "Light appearance", "dark": "Dark appearance"},
    reader="The source",
    close="Close",
)


@dataclass(frozen=True)
class View:
    """One view: the name it has in addresses, its title in each language, and what builds it."""

    name: str
    titles: dict[Language, str]
    build: Callable[[Shared], None]
    in_footer: bool = False  # its link stands at the foot of the page, not in the header


VIEWS = (
    View("ask", {"sv": "Fråga", "en": "Ask"}, ask.build),
    View("precedents", {"sv": "Prejudikat", "en": "Precedents"}, precedents.build),
    View("documents", {"sv": "Dokument", "en": "Documents"}, documents.build),
    View("quality", {"sv": "Kvalitet", "en": "Quality"}, quality.build),
    View("accessibility", {"sv": "Tillgänglighet", "en": "Accessibility"}, accessibility.build, in_footer=True),
)


def build(service: Service, language: Language) -> gr.Blocks:
    """The page in `language`, with its events wired to `service`."""
    words = texts(language)
    with gr.Blocks(title=words.page_title, analytics_enabled=False, fill_width=True) as blocks:
        shared = Shared(service, language, gr.State({}))
        gr.HTML(_header(language), elem_id="top", apply_default_css=False, js_on_load=None)
        filterbar.build(shared)
        with gr.Tabs(elem_id="views"):
            for view in VIEWS:
                with gr.Tab(view.titles[language], id=view.name, elem_id=f"view-{view.name}"):
                    view.build(shared)
        gr.HTML(_footer(service, language), elem_id="foot", apply_default_css=False, js_on_load=None)
        gr.HTML(_reader(language), elem_id="reader", apply_default_css=False, js_on_load="radslag.ready(element);")
    return blocks


def frame_words(language: Language) -> Words:
    return ENGLISH if language == "en" else SWEDISH


def _header(language: Language) -> Html:
    words = frame_words(language)
    options = (element("option", shown, value=value) for value, shown in words.themes.items())
    return element(
        "div",
        element("a", words.skip, href="#views", class_="skip"),
        element("h1", "Rådslag"),
        element("nav", *_links(language, in_footer=False), aria_label=words.views),
        element(
            "div",
            element("select", *options, id="theme", aria_label=words.theme),
            element(
                "a",
                texts(language).other_language,
                href=PATHS[other(language)],
                lang=other(language),
                hreflang=other(language),
                id="language",
            ),
            class_="tools",
        ),
        class_="header",
    )


def _footer(service: Service, language: Language) -> Html:
    links = _links(language, in_footer=True)
    if service.settings.accounts:
        links.append(element("a", words(language).log_out, href=f"{ACCOUNT}?lang={language}"))
    return element("div", element("p", texts(language).notice), *links, class_="footer")


def _links(language: Language, in_footer: bool) -> list[Html]:
    return [
        element("a", view.titles[language], href=f"#view={view.name}", data_view=view.name)
        for view in VIEWS
        if view.in_footer is in_footer
    ]


def _reader(language: Language) -> Html:
    """The frame that sources open in; hidden until a link is followed into it."""
    words = frame_words(language)
    close = element("button", words.close, type="button", class_="close")
    frame = element("iframe", name=READER_FRAME, title=words.reader)
    heading = element("div", element("h2", words.reader), close, class_="bar")
    return element("section", heading, frame, aria_label=words.reader, class_="reader", hidden="hidden")
