"""Metadata: what a document says of itself, taken from its head, never guessed from running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import PurePosixPath

from ingest.bodies import BODY, Adoption, body_addressed, body_alone, body_at, body_in, capitalised
from ingest.dates import first_date
from ingest.dnr import dnr_labelled_in, dnr_of_head, dnr_of_line
from ingest.elements import Element
from ingest.genres import MINUTES, Source, genre_of_mark
from ingest.head import Head
from ingest.kind import MAIL_SENDER, OF_MEETING, OPENING_CHARS, adoption_of, genre_of_paper
from ingest.model import Metadata
from ingest.municipality import MUNICIPALITY, municipality_of
from ingest.people import PERSON, office_of, person_alone

_ACTS = re.compile(
    rf"^\W*({BODY})\s(?:beslutar|föreslår|tillstyrker|avstyrker|antecknar|godkänner|fastställer|utser|antar|bifaller|avslår|överlämnar|beviljar)\b",
    re.IGNORECASE | re.MULTILINE,
)
_MEETING = re.compile(r"(?:sammanträdes|mötes)(?:datum|dag)\b|sammanträde(?=\s(?:den\s)?\d)", re.IGNORECASE)
_PROTOCOL = re.compile(r"\bprotokoll\b", re.IGNORECASE)
ABBREVIATED = {"kf": "Kommunfullmäktige", "ks": "Kommunstyrelsen"}  # those of boards differ from place to place
_DATE = re.compile(r"(?:datum|utfärda[dt]|upprätta[dt]|skapa[dt]|dokumentdatum|beslutsdatum)\b", re.IGNORECASE)
# "Köping den 3 maj 2024", at the foot of a letter, perhaps with who signs after it
_SIGNED = re.compile(
    r"(?!Den\b)[A-ZÅÄÖ][\w-]+(?:,?\sden|,)?\s(\d{4}-\d\d-\d\d|\d{1,2}\s[a-z]+\s\d{4})(?:\s[A-ZÅÄÖ].*)?"
)
_UPDATED = re.compile(r"\bupprätta[dt]\s(?:den\s)?", re.IGNORECASE)
_OFFICER = re.compile(
    r"(?:(?:kommunens )?handläggare|handlagt av|ansvarig handläggare|kontaktperson)\s*:?(?!\w)", re.IGNORECASE
)
_WITH_OFFICE = re.compile(
    rf"(?:^|\s)({PERSON},\s(?:[a-zåäö]|HR)[\w\såäö:-]*(?:,?\soch\s{PERSON},\s[a-zåäö][\w\såäö:-]*)?)$"
)
_TO = re.compile(r"(?:till\b|mottagare\b)\s*:?(?!\s+följd)", re.IGNORECASE)
_ADDRESS = re.compile(r"\s*<[^>]*>|\S+@\S+")
_SENT_ON = re.compile(r"(?:datum|skickat|date|sent)\s*:", re.IGNORECASE)
SHORT_LINE_CHARS = 60
MAX_RECIPIENT_CHARS = 80


def metadata_of(document: str, text: str, head: Head, elements: list[Element], title: str | None) -> Metadata:
    """What the document says of itself; `document` is its id (its folder and name count where the words are silent)."""
    title = " ".join(title.split()) if title else None
    genre = genre_of_paper(head, elements, title, text)
    kind = genre.name or None
    recipients = _recipients(head, kind)
    adoption = adoption_of(head, text) if genre.source is Source.ADOPTION else None
    meeting = _meeting(document, head, title, kind, text)
    body = _body(document, head, title, kind, recipients, adoption, text)
    date = _date(document, head, kind, meeting, adoption, text)
    return Metadata(
        title=title or (_title_of_minutes(kind, body, date) if kind in MINUTES else None),
        municipality=municipality_of(document, text),
        body=body,
        kind=kind,
        date=date,
        dnr=dnr_of_head(head, title) or (dnr_labelled_in(text) if kind == "handling" else None),  # of its first paper
        meeting=meeting,
        handläggare=_officer(head, kind),
        recipients=recipients,
    )


def _title_of_minutes(kind: str, body: str | None, date: str | None) -> str | None:
    """What minutes that bear no title are called, "Protokoll kommunstyrelsen 2024-05-13"; None where they don't say whose they are."""
    if body is None:
        return None
    return " ".join(filter(None, (kind.capitalize(), body[0].lower() + body[1:], date)))


def is_letterhead(words: str) -> bool:
    """Whether a line of a head is sender, genre, date or number: anything but the title."""
    folded = words.casefold().strip(" :")
    return bool(
        genre_of_mark(words)
        or body_alone(words)
        or dnr_of_line(words)
        or MUNICIPALITY.fullmatch(words)
        or _TO.match(words)
        or _OFFICER.match(words)
        or _MEETING.match(words)
        or OF_MEETING.match(words)
        or _DATE.match(words)
        or dnr_labelled_in(words)
        or re.fullmatch(r"[\d\s()/.:–-]+", words)
        or folded.endswith(("förvaltningen", "kontoret", "avdelningen", "enheten", "kansliet", "författningssamling"))
        or "@" in words
        or MAIL_SENDER.match(words)
        or _SENT_ON.match(words)
        or office_of(words)
        or (body_at(words) and _MEETING.search(words))
    )


def _body(
    document: str,
    head: Head,
    title: str | None,
    kind: str | None,
    recipients: Iterable[str],
    adoption: Adoption | None,
    text: str,
) -> str | None:
    """The body that decides: of minutes whose they are, of an adopted paper who adopted it, of others to whom they go."""
    if adoption:
        return adoption.body
    alone = next(filter(None, map(body_alone, (*head.cells, *head.aside))), None)
    if kind in MINUTES:
        named = next((body for words in head.aside if (body := body_at(words))), None)
        told = alone or named or (body_in(title) if title else None)
        return told or _body_of_pages(text) or _body_of_acts(text) or _body_of_name(document) or _body_of_lines(text)
    addressed = (*recipients, *(cell for cell in head.cells if _TO.match(cell)))
    return next(filter(None, map(body_addressed, addressed)), None) or alone


def _body_of_pages(text: str) -> str | None:
    """The body that the page headers of minutes name, "Norrby kommun Socialnämnden, protokoll"."""
    lines = (line.strip() for line in text.splitlines())
    named = (body_in(line) for line in lines if len(line) <= SHORT_LINE_CHARS and _PROTOCOL.search(line))
    return _commonest(named, at_least=3)


def _body_of_acts(text: str) -> str | None:
    """The body that most decisions begin with, "Kommunstyrelsen beslutar …"."""
    return _commonest(capitalised(body) for body in _ACTS.findall(text))


def _body_of_name(document: str) -> str | None:
    """The body whose usual abbreviation the file's name holds, "ks-2024-05-13"."""
    parts = re.split(r"[\W_]+", PurePosixPath(document).stem.casefold())
    return next((body for short, body in ABBREVIATED.items() if short in parts), None)


def _body_of_lines(text: str) -> str | None:
    """The body that most short lines name."""
    lines = (line.strip() for line in text.splitlines())
    return _commonest(body_in(line) for line in lines if len(line) <= SHORT_LINE_CHARS)


def _commonest(bodies: Iterable[str | None], at_least: int = 1) -> str | None:
    """The body named most often, and no fewer times than `at_least`."""
    counted = Counter(filter(None, bodies)).most_common(1)
    return counted[0][0] if counted and counted[0][1] >= at_least else None


def _meeting(document: str, head: Head, title: str | None, kind: str | None, text: str) -> str | None:
    """The day of the meeting whose minutes, extract, notice or papers these are."""
    if kind not in {*MINUTES, "kallelse", "handling"}:
        return None
    for value, *_ in head.labelled(_MEETING):
        if found := first_date(value):
            return found
    for line in (*head.aside, *text.splitlines()):
        words = line.strip()
        opens = len(words) <= SHORT_LINE_CHARS and body_at(words)  # "Socialnämnden, sammanträde den 3 mars 2024"
        label = _MEETING.match(words) or (_MEETING.search(words) if opens else None)
        if label and (found := first_date(words[label.end() :])):
            return found
    return (first_date(title) if title else None) or _date_of_name(document)


def _date(
    document: str, head: Head, kind: str | None, meeting: str | None, adoption: Adoption | None, text: str
) -> str | None:
    """The date answers show: of minutes the meeting's, else the paper's; of an undated paper the day it was adopted."""
    if meeting and kind != "handling":
        return meeting
    for value, *_ in (*head.labelled(_DATE), *head.labelled(_SENT_ON)):
        if found := first_date(value):
            return found
    for cell in (*head.cells, *head.aside):
        if (found := first_date(cell)) and _begins_with_date(cell):
            return found
    opening = text[head.end : head.end + OPENING_CHARS]
    for line in text.splitlines():
        signed = _SIGNED.fullmatch(" ".join(line.split()))
        if signed and (found := first_date(signed.group(1))):
            return found
    if (match := _UPDATED.search(opening)) and _begins_with_date(opening[match.end() :]):
        return first_date(opening[match.end() :])
    named = None if kind == "handling" else _date_of_name(document)  # a bundle's name bears the meeting's day
    return (adoption.date if adoption else None) or named


def _begins_with_date(words: str) -> bool:
    return bool(re.match(r"(?:den\s)?(?:\d{4}-\d\d-\d\d|\d{1,2}\s[a-zA-ZåäöÅÄÖ]+,?\s\d{4})\b", words))


def _date_of_name(document: str) -> str | None:
    return first_date(PurePosixPath(document).stem.replace("_", " "))


def _officer(head: Head, kind: str | None) -> str | None:
    """Who has handled the matter, name and title, where the head labels it or, in a memo, names a person and an office."""
    for person, *below in head.labelled(_OFFICER):
        if person_alone(person):
            office = office_of(below[0]) if below and "," not in person else None
            return f"{person}, {office}" if office else person
    if kind != "tjänsteskrivelse":
        return None
    for cell in head.cells:
        if match := _WITH_OFFICE.search(cell):
            return match.group(1)
    lines = [line for line in head.lines if line]
    for line, following in pairwise(lines):
        if person_alone(line[0]) and (office := office_of(following[0])):
            return f"{line[0]}, {office}"
    return None


def _recipients(head: Head, kind: str | None) -> tuple[str, ...]:
    """To whom the paper goes, as its head says."""
    found = [
        _ADDRESS.sub("", words).strip(" ,;")
        for line in head.below(_TO)[:6]
        for words in (re.split(r",\s(?=[^<]*<)|;", line) if "<" in line else [line])
    ]
    named = tuple(words for words in found if words and len(words) <= MAX_RECIPIENT_CHARS and not words.endswith("."))
    if named or kind != "tjänsteskrivelse":
        return named
    return tuple(filter(None, map(body_alone, head.cells)))[
        :1
    ]  # a memo's letterhead names a body only as its recipient
