"""Every fixed word of the reader, in Swedish and English. `{…}` is filled in by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.model import Language
from assistant.timeline import Missing
from ingest.matters import Role
from ingest.original import Lost


@dataclass(frozen=True)
class ReaderTexts:
    """The words of one language."""

    product: str
    skip: str  # to the words that were asked for
    about: str
    meeting: str
    dated: str
    for_meeting: str
    dates: str  # that the marked words mention
    date_kinds: Mapping[str, str]  # a `DateKind` as an explanation; empty where none is needed
    original: str
    own_window: str
    other_language: str
    light: str
    dark: str
    quote: str
    not_there: str  # the place asked for isn't in the document
    no_boxes: str  # it is, but can't be found on the picture
    boxes_later: str
    look_again: str
    continues: str
    continued: str
    # pages
    pages: str
    page: str
    part: str
    of: str  # "3 av 12", as it is read out
    previous: str
    next: str
    go: str
    zoom: str
    larger: str
    smaller: str
    picture: str  # what the picture of a page is called
    page_text: str  # the text of the page below its picture
    text_of_page: str
    no_text: str
    # when something is missing
    lost: Mapping[Lost, str]
    stored_text: str  # that what follows was read from the file earlier
    not_drawn: str
    busy: str
    unknown_title: str
    unknown: str
    failed_title: str
    failed: str
    no_original: str
    # the matter
    timeline: str
    matters: str
    outcome: str
    present: str
    roles: Mapping[Role, str]
    later: Mapping[str, str]
    undated: str
    papers: str
    paper: str
    missing: Mapping[Missing, str]


SWEDISH = ReaderTexts(
    product="Rådslag",
    skip="Till de citerade orden",
    about="Om handlingen",
    meeting="Sammanträde",
    dated="Daterad",
    for_meeting="Till sammanträde",
    dates="Datum i de citerade orden",
    date_kinds={},
    original="Hämta originalet",
    own_window="Öppna i eget fönster",
    other_language="English",
    light="Ljust",
    dark="Mörkt",
    quote="De citerade orden",
    not_there="Stället som länken pekar på finns inte i handlingen. Den kan ha lästs in på nytt sedan länken gjordes.",
    no_boxes="Orden kunde inte pekas ut på bilden av sidan. Här står de som de lästes in.",
    boxes_later="Sidan är inskannad. Orden letas upp på bilden; det tar några sekunder.",
    look_again="Visa sidan igen",
    continues="Citatet fortsätter på nästa sida",
    continued="Citatet börjar på föregående sida",
    pages="Sidor",
    page="Sida",
    part="Del",
    of="av",
    previous="Föregående",
    next="Nästa",
    go="Gå till",
    zoom="Storlek",
    larger="Större",
    smaller="Mindre",
    picture="Bild av sidan {page}. Texten står nedanför.",
    page_text="Sidans text",
    text_of_page="Handlingens text",
    no_text="Sidan har ingen text.",
    lost={
        Lost.GONE: "Originalfilen finns inte kvar där den lästes in.",
        Lost.CHANGED: "Originalfilen har ändrats sedan den lästes in.",
        Lost.OUTSIDE: "Originalfilen har ersatts av en länk till en annan mapp och lämnas inte ut.",
        Lost.UNREADABLE: "Originalfilen kan inte läsas just nu.",
    },
    stored_text="Här visas texten som den var när den lästes in.",
    not_drawn="Sidan kan inte visas som bild. Här visas texten som den lästes in.",
    busy="Många sidor visas just nu. Försök igen om en liten stund.",
    unknown_title="Handlingen finns inte",
    unknown="Ingen inläst handling heter så. Den kan ha tagits bort sedan länken gjordes.",
    failed_title="Något gick fel",
    failed="Handlingen kan inte visas just nu. Försök igen om en liten stund.",
    no_original="Originalet kan inte hämtas",
    timeline="Ärendets gång",
    matters="Ärenden i handlingen",
    outcome="Utfall",
    present="Visas nu",
    roles={
        Role.INITIATIV: "Initiativ",
        Role.FÖRSLAG: "Förslag",
        Role.BEREDNING: "Beredning",
        Role.BESLUT: "Beslut",
        Role.ÄNDRING: "Ändring",
        Role.UPPFÖLJNING: "Uppföljning",
        Role.HANDLING: "Handling",
    },
    later={"ändrar": "Ändrar beslutet", "upphäver": "Upphäver beslutet"},
    undated="Utan datum",
    papers="Nämns men finns inte bland handlingarna",
    paper="{kind} {date}",
    missing={
        Missing.PROPOSAL: "Förslaget till beslutet finns inte bland handlingarna.",
        Missing.DECISION: "Inget beslut i ärendet finns bland handlingarna.",
    },
)

ENGLISH = ReaderTexts(
    product="Rådslag",
    skip="To the quoted words",
    about="About the document",
    meeting="Meeting",
    dated="Dated",
    for_meeting="For the meeting",
    dates="Dates in the quoted words",
    date_kinds={
        "beslutad": "decided",
        "gäller från": "in force from",
        "upphör": "ends",
        "senast": "no later than",
    },
    original="Download the original",
    own_window="Open in a window of its own",
    other_language="Svenska",
    light="Light",
    dark="Dark",
    quote="The quoted words",
    not_there="The place the link points to is not in the document. It may have been read in anew since the link was made.",
    no_boxes="The words could not be pointed out on the picture of the page. Here they are as they were read in.",
    boxes_later="The page is a scan. The words are being looked up on the picture, which takes some seconds.",
    look_again="Show the page again",
    continues="The quote continues on the next page",
    continued="The quote begins on the previous page",
    pages="Pages",
    page="Page",
    part="Part",
    of="of",
    previous="Previous",
    next="Next",
    go="Go to",
    zoom="Size",
    larger="Larger",
    smaller="Smaller",
    picture="Picture of page {page}. Its text stands below.",
    page_text="Text of the page",
    text_of_page="Text of the document",
    no_text="The page has no text.",
    lost={
        Lost.GONE: "The original file is no longer where it was read from.",
        Lost.CHANGED: "The original file has changed since it was read in.",
        Lost.OUTSIDE: "The original file has been replaced by a link to another folder and is not handed out.",
        Lost.UNREADABLE: "The original file cannot be read just now.",
    },
    stored_text="This is the text as it was when it was read in.",
    not_drawn="The page cannot be shown as a picture. This is the text as it was read in.",
    busy="Many pages are being shown just now. Try again in a moment.",
    unknown_title="No such document",
    unknown="No document of that name has been read in. It may have been removed since the link was made.",
    failed_title="Something went wrong",
    failed="The document cannot be shown just now. Try again in a moment.",
    no_original="The original cannot be downloaded",
    timeline="Course of the matter",
    matters="Matters in the document",
    outcome="Outcome",
    present="Shown now",
    roles={
        Role.INITIATIV: "Initiative",
        Role.FÖRSLAG: "Proposal",
        Role.BEREDNING: "Preparation",
        Role.BESLUT: "Decision",
        Role.ÄNDRING: "Change",
        Role.UPPFÖLJNING: "Follow-up",
        Role.HANDLING: "Paper",
    },
    later={"ändrar": "Changes the decision", "upphäver": "Repeals the decision"},
    undated="Without a date",
    papers="Named, but not among the documents",
    paper="{kind} {date}",
    missing={
        Missing.PROPOSAL: "The proposal for the decision is not among the documents.",
        Missing.DECISION: "No decision in the matter is among the documents.",
    },
)


def reader_texts(language: Language) -> ReaderTexts:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH
