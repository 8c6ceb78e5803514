"""Kind: which genre a paper is of, as its letterhead, title and headings tell."""

from __future__ import annotations

import re

from ingest.bodies import Adoption, adoption_in
from ingest.elements import Element, Heading
from ingest.genres import Genre, Source, genre_named, genre_of_mark, genre_of_title
from ingest.head import Head

_ANSWERS = frozenset(
    {"beslutet skickas till", "beslutsunderlag", "ärendet"}
)  # headings of a memo that answers a motion
_MEMO = frozenset(
    {"ärendebeskrivning", "ärendet", "sammanfattning", "bakgrund", "beslutsunderlag", "beskrivning av ärendet"}
)
_DECIDES = frozenset({"beslut", "förslag till beslut"})
_AUDITORS = re.compile(r"(?:stads|kommun|regions?)revisionen|kommunens revisorer", re.IGNORECASE)
MAIL_SENDER = re.compile(r"(?:från|fr\.?o\.?m|from)\s*:\s.*(?:@|<)", re.IGNORECASE)
OF_MEETING = re.compile(  # "Plats och tid: …"
    r"(?:plats(?: och tid)?|tid(?: och plats)?|ordförande|beslutande|tjänstgörande|närvarande|frånvarande|ledamöter|ersättare|övriga(?: (?:deltagare|närvarande))?"
    r"|justerare|justerande|utse[dt]d? att justera|justering(?:ens plats och tid)?|sekreterare|paragrafer|underskrifter|anslag\w*)\s*:",
    re.IGNORECASE,
)
OPENING_CHARS = 900  # in which a paper says that it is adopted


def genre_of_paper(head: Head, elements: list[Element], title: str | None, text: str) -> Genre:
    told = genre_of_title(title) if title else None
    if any(MAIL_SENDER.match(cell) for cell in head.cells):
        return told if told and told.mailed else genre_named("e-post")
    for words in (*head.cells, *head.aside):
        if genre := genre_of_mark(words):
            told = told or genre_of_title(text[head.end :])
            single = genre.name == "handling" and told is not None and told.source is Source.GENRE
            return told if single and told else genre  # a motion or the like, given a number among the council's papers
    if any(_AUDITORS.fullmatch(cell) for cell in head.cells):
        return genre_named("revisionsrapport")
    names = {element.words.casefold() for element in elements if isinstance(element, Heading)}
    if told and told.source is Source.ADOPTION and names & _DECIDES and adoption_of(head, text) is None:
        told = None  # a memo on a taxa bears its title
    of_meeting = any(OF_MEETING.match(cell) for cell in head.cells)
    return _genre_of_structure(elements, names, told, text, of_meeting) or told or genre_named(None)


def _genre_of_structure(
    elements: list[Element], names: set[str], told: Genre | None, text: str, of_meeting: bool
) -> Genre | None:
    """The genre that a paper's headings, `names`, tell, where its title tells another or none; `of_meeting` says that its head tells
    where, when or with whom a meeting was held.
    """
    paragraphs = sum(1 for element in elements if isinstance(element, Heading) and element.paragraph)
    if told and (told.source is Source.ADOPTION or (told.source is Source.GENRE and not names & _ANSWERS)):
        return told
    if "förslag till beslut" in names:
        return genre_named("tjänsteskrivelse") if names & _MEMO else None
    decides = "beslut" in names or of_meeting or (paragraphs >= 2 and re.search(r"\bbeslutar\b", text))
    if paragraphs and decides:
        return genre_named("protokoll" if paragraphs >= 2 else "protokollsutdrag")
    return genre_named("tjänsteskrivelse") if {"beslut", "bakgrund"} <= names and not told else None


def adoption_of(head: Head, text: str) -> Adoption | None:
    """The note that a body has adopted the paper, in its head or its first sentences."""
    return adoption_in("\n".join(head.cells)) or adoption_in(
        " ".join(text[head.end : head.end + OPENING_CHARS].split())
    )
