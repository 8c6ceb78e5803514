"""Metadata: title, municipality, body, kind, date and diarienummer of a document, as its own words give them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from pathlib import PurePosixPath

from ingest.dates import first_date
from ingest.elements import Element, Heading, plain_words
from ingest.model import Metadata

_MUNICIPALITY = re.compile(r"\b([A-ZÅÄÖ][a-zåäöé]+(?:\s[A-ZÅÄÖ][a-zåäöé]+)?)\s(kommun|[Ss]tad)\b")
_BODY = re.compile(
    r"\b(Kommunfullmäktige|Kommunstyrelsens? (?:\w+utskott)|Kommunstyrelsen"
    r"|(?:[A-ZÅÄÖ]\w+-?\s?(?:,\s\w+-?\s)?(?:och\s)?)?\w*nämnden|[A-ZÅÄÖ]\w*utskottet|Förbundsdirektionen)\b"
)
_DATE_LABEL = re.compile(r"(?:sammanträdesdatum|sammanträdesdag|datum|tjänsteskrivelse)\b", re.IGNORECASE)
_DNR = re.compile(
    r"\b(?:dnr|diarienummer|diarienr|ärendenummer)\.?:?\s*([A-ZÅÄÖ]{2,6}[ -]?\d{4}[/-]\d{2,6}|[A-ZÅÄÖ]{2,6}-\d{4}-\d{2,6}|\d{3,5}/\d{2})",
    re.IGNORECASE,
)
_KIND_WORDS = (  # first that begins a line of the head wins
    (re.compile(r"protokollsutdrag|utdrag ur protokoll", re.IGNORECASE), "protokollsutdrag"),
    (re.compile(r"(?:sammanträdes)?protokoll\b", re.IGNORECASE), "protokoll"),
    (re.compile(r"tjänste(?:skrivelse|utlåtande)\b", re.IGNORECASE), "tjänsteskrivelse"),
    (re.compile(r"motion\b", re.IGNORECASE), "motion"),
    (re.compile(r"medborgarförslag\b", re.IGNORECASE), "medborgarförslag"),
    (re.compile(r"interpellation\b", re.IGNORECASE), "interpellation"),
    (re.compile(r"(?:remissvar|yttrande)\b", re.IGNORECASE), "yttrande"),
    (re.compile(r"reglemente\b", re.IGNORECASE), "reglemente"),
    (re.compile(r"(?:taxa|taxor|avgifter)\b", re.IGNORECASE), "taxa"),
)
HEAD_ELEMENTS = 8
SHORT_LINE_CHARS = 60


def metadata_of(document: str, text: str, elements: list[Element], title: str | None) -> Metadata:
    """What the document says of itself; `document` is its id (the folder helps to tell which municipality is meant)."""
    head = _head(elements)
    kind = _kind(head, elements, title)
    return Metadata(
        title=" ".join(title.split()) if title else None,
        municipality=_municipality(document, text),
        body=_body(head) or (_body_of_minutes(text) if kind in {"protokoll", "protokollsutdrag"} else None),
        kind=kind,
        date=_date(document, head, text, kind),
        dnr=match.group(1) if (match := _DNR.search(text[:4000])) else None,
    )


def _head(elements: list[Element]) -> list[str]:
    """The lines above the first prescribed heading: letterhead, sender, recipient, title."""
    head: list[str] = []
    for element in elements[:HEAD_ELEMENTS]:
        if isinstance(element, Heading):
            if element.level > 1 or element.paragraph:
                break
            head.append(element.words)
        else:
            head.extend(plain_words(words) for words in element.words)
    return head


def _kind(head: list[str], elements: list[Element], title: str | None) -> str | None:
    for words in (*head, title or ""):
        for pattern, kind in _KIND_WORDS:
            if pattern.match(words):
                return kind
    headings = [element for element in elements if isinstance(element, Heading)]
    if sum(1 for heading in headings if heading.paragraph) >= 2:
        return "protokoll"
    names = {heading.words.casefold() for heading in headings}
    if "förslag till beslut" in names and names & {"ärendebeskrivning", "ärendet", "sammanfattning", "bakgrund"}:
        return "tjänsteskrivelse"
    return None


def _municipality(document: str, text: str) -> str | None:
    """The municipality named most often; short lines (letterhead, footers) count double, and so does a name that the folder or
    a web address has too.
    """
    short = "\n".join(line for line in text.splitlines() if len(line.strip()) <= SHORT_LINE_CHARS)
    names = Counter(f"{name} {sort}" for place in (short, text) for name, sort in _MUNICIPALITY.findall(place))
    if not names:
        return None
    hints = {_plain(part) for part in PurePosixPath(document).parts[:-1]}
    hints |= {_plain(domain) for domain in re.findall(r"(?:www\.|@)([\w-]+)\.se\b", text)}

    def weight(name: str) -> tuple[int, int]:
        stem = _plain(name.split()[0])
        hinted = stem in hints or stem.removesuffix("s") in hints
        return names[name] * (2 if hinted else 1), -text.find(name)

    return max(names, key=weight)


def _plain(word: str) -> str:
    """Lower case without diacritics, as folders and web addresses are written."""
    decomposed = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _body(head: list[str]) -> str | None:
    """The recipient of a memo, or the body whose minutes these are."""
    for number, words in enumerate(head[:-1]):
        if words.strip(": ").casefold() in {"mottagare", "till"} and (match := _BODY.match(head[number + 1])):
            return match.group(1)
    return next((match.group(1) for words in head if (match := _BODY.match(words))), None)


def _body_of_minutes(text: str) -> str | None:
    """The body that most lines of their own name: minutes say on every page whose they are."""
    lines = (line.strip() for line in text.splitlines())
    bodies = Counter(
        match.group(1) for line in lines if len(line) <= SHORT_LINE_CHARS and (match := _BODY.search(line))
    )
    return bodies.most_common(1)[0][0] if bodies else None


def _date(document: str, head: list[str], text: str, kind: str | None) -> str | None:
    """The paper's or the meeting's date: from the head, else where it names itself, else from the file's name."""
    for words in head:
        if found := first_date(words):
            return found
    for line in text.splitlines():
        label = _DATE_LABEL.match(line.strip())
        if label and (kind == "tjänsteskrivelse" or label.group().casefold() != "tjänsteskrivelse"):
            found = first_date(line)
            if found:
                return found
    return first_date(PurePosixPath(document).stem.replace("_", " "))
