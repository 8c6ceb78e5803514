"""Units: the pieces that matters are made of, a § of minutes or a whole other paper, each with what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from ingest.body_keys import body_key, last_body
from ingest.mentions import Mention, Sort, dnr_key, mentions_of
from ingest.model import Metadata, Span, Status
from ingest.outcome import Verdict, verdict_of
from ingest.vocabulary import status_of_heading

MINUTES, EXTRACT = "protokoll", "protokollsutdrag"
HEAD_PASSAGES = 4  # in which an extract says what it is, and a letter which matter it is about
TITLE_CHARS = 300


@dataclass(frozen=True)
class Words:
    """A passage, as far as matters are concerned."""

    paragraph: str | None
    section: str | None
    status: Status
    dnr: str | None
    text: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True)
class Reference:
    """Another decision (with `paragraph`) or paper (with `kind`) that a unit names.

    `same` says that the words treat it as an earlier step of the same matter; `how` that they change or cancel it.
    """

    date: str
    body: str | None = None
    paragraph: str | None = None
    kind: str | None = None
    same: bool = False
    how: str | None = None


@dataclass(frozen=True)
class Unit:
    """A § of minutes (`paragraph`), or a whole other paper; what it doesn't say is None."""

    document: str
    paragraph: str | None
    number: str | None  # of the § that it is or is an extract of
    municipality: str | None
    body: str | None  # as `body_key` writes it
    kind: str | None  # genre of the document
    date: str | None
    title: str | None
    dnr: str | None  # as written
    status: Status
    decision: bool  # a § or an extract: what it says under "Beslut" was decided
    verdict: Verdict = field(default_factory=Verdict)
    references: tuple[Reference, ...] = ()
    on_proposal: bool = False  # it names what was proposed or applied for
    adopted: Reference | None = None  # the decision that a paper says it was adopted by

    @property
    def key(self) -> tuple[str, str]:
        return self.document, self.paragraph or ""


_EXTRACT = re.compile(r"\bprotokollsutdrag\b|\butdrag ur protokoll", re.IGNORECASE)
_EXTRACT_TITLE = re.compile(
    r"^(?:protokollsutdrag|utdrag ur protokoll)\b[^§]*§\s*(\d+\w?)\s*[:.–-]?\s*|^(?:protokollsutdrag|tjänsteskrivelse|tjänsteutlåtande)\b[\s:–-]*",
    re.IGNORECASE,
)
_PARAGRAPH_SIGN = re.compile(r"^§+\s*\d+\w?\.?\s*")
_HEADING_DNR = re.compile(
    r"^(?:(?:ärendenummer|dnr|diarienummer)\.?:?\s*)?(?:[A-ZÅÄÖ]{2,6}[ -]?\d{4}[/-]\d+|\d{3,5}/\d{2})?\s*",
    re.IGNORECASE,
)
_BARE_HEADING = re.compile(r"(?:ärendenummer|dnr)?\s*", re.IGNORECASE)
_RUNNING_HEAD = re.compile(
    r"^(?:protokoll\s*(?:\(?nr \d+\)?)?\s*)?(?:sammanträdesdatum:?\s*\d{4}-\d\d-\d\d\s*)?", re.IGNORECASE
)
_OWN_DNR = re.compile(r"^(?:dnr|diarienummer|diarienr|ärendenummer)\b", re.IGNORECASE)
_NUMBER = re.compile(r"§\s*(\d{1,4}\w?)")
_SAME = re.compile(
    r"\b(?:bordl|återremi|remitter|anmäl|tillstyrk|avstyrk|föresl|hänsk|överl|yttra)\w*|\b(?:tidigare behandling|återkom)",
    re.IGNORECASE,
)
_LISTS = re.compile(r"besluts?underlag|handling(?:ar)?|underlag|tidigare behandling|ärendets gång|bilag", re.IGNORECASE)
_PROPOSED = re.compile(
    r"\bföresl|\bförslag|\bansök|\btjänste(?:skrivelse|utlåtande)|\bhemställ|\bbegär\w* om\b", re.IGNORECASE
)
_ADOPTED = re.compile(
    r"\b(?:antag(?:en|na|et|its)|fastställ(?:d|da|t|ts)|beslutad?e?|godkän(?:d|da|t|ts))\b", re.IGNORECASE
)
_CANCELS = re.compile(r"\b(?:upphäv|upphör|ersätt|återkalla|inte längre)\w*", re.IGNORECASE)
_CHANGES = re.compile(r"\b(?:ändr|förläng|höj|sänk|revider|komplett|justera|tillägg|utök|minsk)\w*", re.IGNORECASE)


def units_of(document: str, about: Metadata, passages: Sequence[Words]) -> Iterator[Unit]:
    """The units of one document: its §§ when it is minutes, else itself."""
    if about.kind == MINUTES or (about.kind is None and _numbered(passages) > 1):
        ordered = sorted((words for words in passages if words.paragraph), key=lambda words: words.paragraph or "")
        for paragraph, group in groupby(ordered, key=lambda words: words.paragraph):
            yield _paragraph(document, about, paragraph or "", list(group))
    elif passages:
        yield _whole(document, about, passages)


def _numbered(passages: Sequence[Words]) -> int:
    return len({words.paragraph for words in passages if words.paragraph})


def _paragraph(document: str, about: Metadata, paragraph: str, passages: list[Words]) -> Unit:
    body = body_key(about.body)
    title = _title_of_paragraph(passages)
    return Unit(
        document=document,
        paragraph=paragraph,
        number=paragraph,
        municipality=about.municipality,
        body=body,
        kind=about.kind,
        date=about.date,
        title=title,
        dnr=_dnr_of_paragraph(about, passages),
        status=_standing(passages),
        decision=True,
        verdict=verdict_of(_decided(passages), title, body),
        references=(*_references(passages, body), *_references_of_title(title, body)),
        on_proposal=_names_proposal(passages),
    )


def _whole(document: str, about: Metadata, passages: Sequence[Words]) -> Unit:
    head = list(passages[:HEAD_PASSAGES])
    opening = " ".join(f"{words.section or ''} {words.text}" for words in head)
    extract = about.kind == EXTRACT or (about.kind is None and bool(_EXTRACT.search(opening)))
    title = about.title or _title_of_extract(head)
    number = _NUMBER.search(title or "") or _NUMBER.search(opening) if extract else None
    body = body_key(about.body) or (last_body(opening[: number.start()] if number else opening) if extract else None)
    if title:
        title = _EXTRACT_TITLE.sub("", title).strip()[:TITLE_CHARS] or None
    return Unit(
        document=document,
        paragraph=None,
        number=number.group(1) if number else None,
        municipality=about.municipality,
        body=body,
        kind=EXTRACT if extract else about.kind,
        date=about.date,
        title=title,
        dnr=about.dnr or _dnr_of_letter(about, head),
        status=_standing(passages),
        decision=extract,
        verdict=verdict_of(_decided(passages) if extract else _proposed(passages), title, body if extract else None),
        references=_references(passages, body if extract else None),
        on_proposal=_names_proposal(passages),
        adopted=None if extract else _adopted(passages),
    )


def _title_of_extract(head: Sequence[Words]) -> str | None:
    """The heading that names the § it is an extract of."""
    headings = [(words.section or "").split(" › ")[0] for words in head]
    return next((heading for heading in headings if (match := _EXTRACT_TITLE.match(heading)) and match.group(1)), None)


def _title_of_paragraph(passages: Sequence[Words]) -> str | None:
    """The heading without § and diarienummer; where nothing is left, the words below it."""
    heading = _PARAGRAPH_SIGN.sub("", (passages[0].section or "").split(" › ")[0])
    title = _HEADING_DNR.sub("", heading).strip()
    if _BARE_HEADING.fullmatch(title):
        below = next((words.text for words in passages if " › " not in (words.section or "")), "")
        title = _RUNNING_HEAD.sub("", below)
    return title.strip()[:TITLE_CHARS] or None


def _dnr_of_paragraph(about: Metadata, passages: Sequence[Words]) -> str | None:
    """The §'s own diarienummer; one that the whole paper bears says nothing about a §."""
    heading = (passages[0].section or "").split(" › ")[0]
    for words in passages[:2]:
        if _OWN_DNR.match(words.text):
            for mention in words.mentions:
                if mention.sort is Sort.DNR:
                    return mention.span.of(words.text)
    in_heading = _PARAGRAPH_SIGN.sub("", heading)
    if dnr_key(in_heading) and _HEADING_DNR.sub("", in_heading) != in_heading:
        return in_heading.split()[0] if dnr_key(in_heading.split()[0]) else dnr_key(in_heading)
    own = passages[0].dnr
    return own if own != about.dnr else None


def _dnr_of_letter(about: Metadata, head: Sequence[Words]) -> str | None:
    """The one diarienummer that a paper without its own names in its title or its first lines."""
    if dnr_key(about.title):
        return dnr_key(about.title)
    named = {
        mention.value: mention.span.of(words.text)
        for words in head
        for mention in words.mentions
        if mention.sort is Sort.DNR
    }
    return next(iter(named.values())) if len(named) == 1 else None


def _standing(passages: Sequence[Words]) -> Status:
    """The standing of the weightiest words: decided before proposed before the rest."""
    statuses = {words.status for words in passages}
    order = (Status.BESLUT, Status.FÖRSLAG, Status.MOTION, Status.YTTRANDE)
    return next((status for status in order if status in statuses), Status.INFORMATION)


def _decided(passages: Sequence[Words]) -> list[str]:
    """The points of what was decided."""
    return [words.text for words in passages if _innermost(words) is Status.BESLUT and not _is_list(words)]


def _proposed(passages: Sequence[Words]) -> list[str]:
    return [words.text for words in passages if words.status is Status.FÖRSLAG and not _is_list(words)]


def _innermost(words: Words) -> Status | None:
    """The standing that the innermost heading prescribes, else that of the words."""
    heading = (words.section or "").split(" › ")[-1]
    return status_of_heading(heading) or words.status


def _is_list(words: Words) -> bool:
    return bool(_LISTS.match((words.section or "").split(" › ")[-1]))


def _references(passages: Sequence[Words], body: str | None) -> tuple[Reference, ...]:
    found: dict[Reference, None] = {}
    for words in passages:
        decided = words.status in {Status.BESLUT, Status.FÖRSLAG}
        listed = _is_list(words)
        for mention in words.mentions:
            if mention.date is None or mention.sort not in {Sort.BESLUT, Sort.HANDLING}:
                continue
            sentence = _around(words.text, mention)
            how = None
            if decided and mention.sort is Sort.BESLUT:
                how = _how(sentence)
            same = listed or bool(_SAME.search(sentence))
            whose = mention.body or (body if mention.sort is Sort.BESLUT else None)
            found[Reference(mention.date, whose, mention.paragraph, mention.kind, same, how)] = None
    return tuple(found)


def _references_of_title(title: str | None, body: str | None) -> Iterator[Reference]:
    """Decisions that the title of a § names: "Upphävande av kommunfullmäktiges beslut den 23 maj 2024 § 201"."""
    for mention in mentions_of(title or "", [Span(0, len(title or ""))]):
        if mention.sort is Sort.BESLUT and mention.date:
            how = _how(title or "")
            yield Reference(mention.date, mention.body or body, mention.paragraph, None, how is None, how)


def _how(words: str) -> str | None:
    return "upphäver" if _CANCELS.search(words) else "ändrar" if _CHANGES.search(words) else None


def _names_proposal(passages: Sequence[Words]) -> bool:
    return any(words.status is Status.FÖRSLAG or _PROPOSED.search(words.text) for words in passages)


def _adopted(passages: Sequence[Words]) -> Reference | None:
    """The decision that the first words of a paper say it was adopted by."""
    for words in passages[: 2 * HEAD_PASSAGES]:
        for mention in words.mentions:
            if mention.sort is Sort.BESLUT and mention.date and _ADOPTED.search(_around(words.text, mention)):
                return Reference(mention.date, mention.body, mention.paragraph)
    return None


def _around(text: str, mention: Mention) -> str:
    """The sentence that a mention stands in."""
    start = text.rfind(". ", 0, mention.span.start) + 1
    end = text.find(". ", mention.span.end)
    return text[start : end if end != -1 else None]
