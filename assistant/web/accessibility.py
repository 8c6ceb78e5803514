"""The view that says how accessible the web app is, and what answers here: the statement that lagen (2018:1937) om tillgänglighet
till digital offentlig service asks of public bodies, and the notice of article 50 of the EU's AI Act.

What the statement says is of the web app as it was tested at `TESTED`; who runs it is named by the settings.
"""

from __future__ import annotations

from dataclasses import dataclass

import gradio as gr

from assistant.markup import Html, element, join
from assistant.model import Engine, Language
from assistant.web.shared import Shared
from ingest.settings import Settings

TESTED = "2026-11-22"  # when the web app was last assessed; its tests assess it anew with every change
SUPERVISION = (
    "https://www.digg.se/tdosanmalan"  # where one tells the supervising authority; a link, asked for by nobody else
)


@dataclass(frozen=True)
class Words:
    """The words of one language; a tuple is a list."""

    title: str
    automated: str
    automated_text: tuple[str, ...]
    by_model: str
    who: str
    who_named: str  # with {operator}
    who_unnamed: str
    conformance: str
    conformance_text: str
    shortcomings: str
    shortcomings_list: tuple[str, ...]
    tested: str
    tested_text: str  # with {date}
    tests: tuple[str, ...]
    tell: str
    tell_named: str  # with {contact}
    tell_unnamed: str
    supervision: str
    supervision_link: str
    keyboard: str
    keyboard_list: tuple[str, ...]


SWEDISH = Words(
    title="Tillgänglighet och hur svaren kommer till",
    automated="Det är ett program som svarar",
    automated_text=(
        "Rådslag är ett automatiskt system, ingen människa läser frågan eller svaret innan det visas.",
        "Programmet söker i kommunens handlingar och citerar dem ordagrant. Varje citat kontrolleras mot handlingens text innan det visas.",
        "Det kan välja fel ställe, missa ett senare beslut eller inte hitta något alls. Läs källan innan du fattar beslut på ett svar.",
        "Ett förslag är inte ett beslut. Varje påstående är märkt med vad orden är: förslag, beslut, yttrande, motion eller information.",
    ),
    by_model="En språkmodell formulerar svar här. Sådana svar är märkta, och varje mening kontrolleras mot citaten innan den visas.",
    who="Vem som står bakom",
    who_named="{operator} driver den här webbplatsen och ansvarar för den.",
    who_unnamed="Den som driver webbplatsen har inte angett sitt namn i programmets inställningar (operator).",
    conformance="Hur tillgänglig webbplatsen är",
    conformance_text=(
        "Webbplatsen är delvis förenlig med lagen (2018:1937) om tillgänglighet till digital offentlig service, som ställer krav enligt "
        "WCAG 2.1 på nivå AA. Det som brister står här nedanför."
    ),
    shortcomings="Kända brister",
    shortcomings_list=(
        "Kommunens originalfiler återges som de är. Inlästa pappershandlingar kan sakna text, rubriker och läsordning för skärmläsare; "
        "läsaren visar därför också handlingens text, så långt den gått att läsa (WCAG 1.1.1, 1.3.1, 1.3.2).",
        "Bilden av en PDF-sida kan inte beskrivas med ord. Samma ord finns som text på samma sida (WCAG 1.1.1, 1.4.5).",
        "Handlingarna är på svenska. På den engelska sidan är citaten märkta som svenska men inte översatta.",
        "Sidan behöver JavaScript. Läsaren, där källorna visas, fungerar utan.",
    ),
    tested="Hur vi har prövat",
    tested_text="Bedömningen är en självskattning, gjord {date} och upprepad av automatiska prov vid varje ändring av programmet:",
    tests=(
        "axe-core i webbläsaren Chromium, i alla vyer, på båda språken, i ljust och mörkt utseende, på mobil och dator",
        "hela vägen med bara tangentbord, och att det syns var man är",
        "förstoring till 200 % utan att något försvinner",
        "inga rörelser för den som bett om det",
    ),
    tell="Tala om vad som brister",
    tell_named="Meddela oss om något inte går att använda, eller om du behöver en handling i annan form: {contact}.",
    tell_unnamed="Kontakta kommunen om något inte går att använda, eller om du behöver en handling i annan form.",
    supervision="Är du inte nöjd med svaret kan du anmäla det till tillsynsmyndigheten:",
    supervision_link="anmäl bristande tillgänglighet till Myndigheten för digital förvaltning",
    keyboard="Med tangentbordet",
    keyboard_list=(
        "Tabb och Skift+Tabb går mellan länkar, fält och knappar.",
        "Enter skickar frågan; Skift+Enter gör en ny rad.",
        "Siffran efter ett påstående öppnar källan vid de citerade orden.",
        "Esc stänger källan och återgår till siffran.",
    ),
)
ENGLISH = Words(
    title="Accessibility, and how answers come about",
    automated="A program answers",
    automated_text=(
        "Rådslag is an automated system; no person reads the question or the answer before it is shown.",
        "The program searches the municipality’s documents and quotes them word for word. Each quote is checked against the document’s text "
        "before it is shown.",
        "It may choose the wrong place, miss a later decision or find nothing at all. Read the source before you decide on an answer.",
        "A proposal is not a decision. Each statement is marked with what the words are: proposal, decision, opinion, motion or information.",
    ),
    by_model="A language model words answers here. Such answers are marked, and each sentence is checked against the quotes before it is shown.",
    who="Who is behind it",
    who_named="{operator} runs this website and is responsible for it.",
    who_unnamed="Whoever runs the website has not given a name in the program’s settings (operator).",
    conformance="How accessible the website is",
    conformance_text=(
        "The website partly conforms to the Swedish act (2018:1937) on accessibility of digital public service, which asks for WCAG 2.1 "
        "at level AA. What falls short is listed below."
    ),
    shortcomings="Known shortcomings",
    shortcomings_list=(
        "The municipality’s original files are given as they are. Scanned papers may lack text, headings and reading order for screen readers; "
        "the reader therefore shows the document’s text too, as far as it could be read (WCAG 1.1.1, 1.3.1, 1.3.2).",
        "The picture of a PDF page cannot be described in words. The same words stand as text on the same page (WCAG 1.1.1, 1.4.5).",
        "The documents are in Swedish. On the English page the quotes are marked as Swedish but not translated.",
        "The page needs JavaScript. The reader, where sources are shown, works without it.",
    ),
    tested="How it was tested",
    tested_text="The assessment is the maker’s own, made on {date} and repeated by automatic tests with every change of the program:",
    tests=(
        "axe-core in the browser Chromium, on every view, in both languages, in light and dark appearance, on phone and computer",
        "the whole way with the keyboard alone, and that one sees where one is",
        "magnified to 200% without loss",
        "no motion for those who have asked for none",
    ),
    tell="Tell what falls short",
    tell_named="Tell us if something can’t be used, or if you need a document in another form: {contact}.",
    tell_unnamed="Contact the municipality if something can’t be used, or if you need a document in another form.",
    supervision="If you are not content with the reply you can tell the supervising authority:",
    supervision_link="report lacking accessibility to the Swedish Agency for Digital Government",
    keyboard="With the keyboard",
    keyboard_list=(
        "Tab and Shift+Tab go between links, fields and buttons.",
        "Enter sends the question; Shift+Enter begins a new line.",
        "The number after a statement opens the source at the quoted words.",
        "Esc closes the source and goes back to the number.",
    ),
)


def build(shared: Shared) -> None:
    """The view; nothing in it changes."""
    shown = statement(shared.service.settings, shared.service.engines, shared.language)
    gr.HTML(shown, elem_id="accessibility", apply_default_css=False, js_on_load=None)


def statement(settings: Settings, engines: tuple[Engine, ...], language: Language) -> Html:
    """The whole statement in one language; `engines` are those that may word an answer."""
    words = ENGLISH if language == "en" else SWEDISH
    who = words.who_named.format(operator=settings.operator) if settings.operator else words.who_unnamed
    tell = words.tell_named.format(contact=settings.contact) if settings.contact else words.tell_unnamed
    supervision = element("a", words.supervision_link, href=SUPERVISION, rel="noreferrer")
    model = [element("li", words.by_model)] if "llm" in engines else []
    return element(
        "div",
        element("h2", words.title),
        element("h3", words.automated),
        element("ul", *_items(words.automated_text), *model),
        element("h3", words.who),
        element("p", who),
        element("h3", words.conformance),
        element("p", words.conformance_text),
        element("h3", words.shortcomings),
        element("ul", *_items(words.shortcomings_list)),
        element("h3", words.tell),
        element("p", tell),
        element("p", join([words.supervision, " ", supervision, "."])),
        element("h3", words.tested),
        element("p", words.tested_text.format(date=TESTED)),
        element("ul", *_items(words.tests)),
        element("h3", words.keyboard),
        element("ul", *_items(words.keyboard_list)),
        class_="statement-page",
    )


def _items(listed: tuple[str, ...]) -> list[Html]:
    return [element("li", each) for each in listed]
