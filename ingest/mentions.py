"""Mentions: what a passage says of dates, conditions, other decisions and diarienummer, with where it says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.body_keys import last_body
from ingest.dates import MONTH_NAMES, dated
from ingest.model import Span


class Sort(StrEnum):
    """What is mentioned, and what `Mention.value` then holds."""

    DATUM = "datum"  # a date: "2024-05-13", or only "2024-05" or "2024"
    VILLKOR = "villkor"  # a condition: its words
    BESLUT = "beslut"  # a decision: "kommunfullmäktige 2022-03-28 § 23", without the body where it isn't said
    HANDLING = "handling"  # a paper by its kind and date: "motion 2018-12-10"
    DNR = "dnr"  # a matter: its diarienummer as `dnr_key` writes it


class DateKind(StrEnum):
    """What happens on a date."""

    BESLUTAD = "beslutad"  # something was decided
    GÄLLER_FRÅN = "gäller från"  # something begins to apply
    UPPHÖR = "upphör"  # the last day something applies
    SENAST = "senast"  # the last day to do something


@dataclass(frozen=True)
class Mention:
    """Something a passage mentions; `span` is a stretch of the passage's text."""

    sort: Sort
    span: Span
    value: str
    kind: str | None = None  # of a date: a `DateKind`; of a paper: its genre; None when the words don't tell
    body: str | None = None  # of a decision, as `ingest.body_keys.body_key` writes it
    date: str | None = None  # of a decision or a paper, ISO
    paragraph: str | None = None  # of a decision


CONDITION = re.compile(
    r"\b(?:under (?:den )?förutsättning(?:en)?\b|förutsatt att\b|med (?:det )?förbehåll(?:et)?\b|(?:på|med|som) villkor\b|villkora[ts] av\b"
    r"|(?:gäller )?endast om\b)",
    re.IGNORECASE,
)
_DNR = re.compile(
    r"(?<![\w/-])(?:(?!\w*FS\b|SOU|DS|EU|EG|IF)([A-ZÅÄÖ]{2,6})[ /-]?(?!\d{4}-\d\d-\d\d\b)((?:19|20)\d{2})[/:-](\d{1,6})"  # KS 2016/00093, SLK-2024-00577
    r"|(?:([A-ZÅÄÖ]{2,6})[ ])?(\d{3,5})/(\d{2}))(?:-\d{1,3})?(?![\w/]|-\d)"  # KS 93/16, 0901/22
)
_LABELLED_DNR = re.compile(
    r"(?:([A-ZÅÄÖ]{2,8})[ /-]?)?((?:19|20)\d{2})[ /:.-](\d{1,6})(?:-\d{1,4})?", re.IGNORECASE
)  # known to be one: also 2023-123, without whose it is
_LABEL = re.compile(r"(?:\bd(?:ia)?(?:rie)?(?:nr|nummer)|ärendenummer)\.?:?\s*$|^\s*$|[(]$", re.IGNORECASE)
_PARAGRAPH_AFTER = re.compile(r"[\s,()]{1,3}§\s?(\d{1,4}[a-z]?)\b")
_PARAGRAPH_BEFORE = re.compile(r"§\s?(\d{1,4}[a-z]?)[\s,(]{1,3}(?:den\s)?$")
_ONWARD = re.compile(r"[\s,]*(?:och|samt)?[\s,]*(?:den\s)?")
_PAPER = re.compile(
    r"\b(motion|medborgarförslag|interpellation|tjänsteskrivelse|tjänsteutlåtande|ansökan|begäran|skrivelse|e-post|granskning"
    r"|revisionsrapport)(?:en|et)?\b([^§\d.;]{0,90}?)(?:den\s)?$",
    re.IGNORECASE,
)
_DAY = r"(?:\s(?:den|dagen den|[a-zåäö]+dagen den))?\s*$"
_SENAST = re.compile(
    rf"(?:\bsenast|\binnan|\bföre(?:\sutgången\sav)?|\bsista\s\w*dag\w*[^.;]{{0,40}}\b(?:är|till))(?:\still)?{_DAY}",
    re.IGNORECASE,
)
_UPPHÖR = re.compile(
    rf"(?:\btill och med|\bt\.?\s?o\.?\s?m\.?|\bupphör(?:\satt gälla)?|\blöper ut|\bgäller till|\bfram till|\bförläng\w+ till|\blängst till|\bförfaller|\d\s?[–-]|\bfrån[^.;]*\btill)"
    rf"(?:\s(?:vid|före)?\s?utgången\sav)?{_DAY}",
    re.IGNORECASE,
)
_FRÅN = re.compile(
    rf"(?:\bfrån(?:\soch med)?|\bfr\.?\s?o\.?\s?m\.?|\bträder i kraft|\bbörjar gälla){_DAY}", re.IGNORECASE
)
_ENDING = re.compile(r"\b(?:upphör|upphäv|avveckla|avsluta|stäng)\w*[^.;]*$", re.IGNORECASE)
_BESLUTAD = re.compile(
    rf"\b(?:beslut\w*|antag\w+|antogs|fastställ\w+|protokoll\w*|bordlagt|återremitterat|sammanträde\w*)(?:\s(?:av|i|från)\s[\w-]+)?{_DAY}",
    re.IGNORECASE,
)
_PART = re.compile(rf"\b(?:({MONTH_NAMES})\s)?((?:19|20)\d{{2}})\b(?![-/–]?\d)", re.IGNORECASE)
_MONTHS = MONTH_NAMES.split("|")


def mentions_of(text: str, sentences: Sequence[Span]) -> tuple[Mention, ...]:
    """Everything mentioned in a passage's text, sentence by sentence, in order."""
    found = [_moved(mention, sentence.start) for sentence in sentences for mention in _in_sentence(sentence.of(text))]
    return tuple(sorted(found, key=lambda mention: (mention.span, mention.sort)))


def dnr_key(dnr: str | None) -> str | None:
    """A diarienummer in one form, whatever its spaces, signs and zeros: "KS 2016/93"; None when it is none.

    The number of a paper within the matter ("KS 2023/123-5") is left out.
    """
    if labelled := _LABELLED_DNR.fullmatch((dnr or "").strip()):
        return f"{(labelled[1] or '').upper()} {labelled[2]}/{int(labelled[3])}".strip()
    match = _DNR.search(dnr or "")
    return _key(match) if match else None


def _key(match: re.Match[str]) -> str:
    prefix, year, number, short_prefix, short_number, short_year = match.groups()
    if year:
        return f"{prefix} {year}/{int(number)}"
    century = "19" if int(short_year) >= 70 else "20"
    return f"{short_prefix or ''} {century}{short_year}/{int(short_number)}".strip()


def _moved(mention: Mention, by: int) -> Mention:
    span = Span(mention.span.start + by, mention.span.end + by)
    return Mention(mention.sort, span, mention.value, mention.kind, mention.body, mention.date, mention.paragraph)


def _in_sentence(words: str) -> Iterator[Mention]:
    dates = dated(words)
    yield from _decisions(words, dates)
    for start, (span, date) in zip([0, *(span.end for span, _ in dates)], dates, strict=False):
        yield Mention(Sort.DATUM, span, date, _date_kind(words, span))
        if paper := _PAPER.search(words[start : span.start]):
            kind = paper.group(1).casefold()
            yield Mention(Sort.HANDLING, Span(start + paper.start(), span.end), f"{kind} {date}", kind, date=date)
    yield from _partial_dates(words, dates)
    for match in _DNR.finditer(words):
        if match.group(1) or match.group(4) or _LABEL.search(words[: match.start()]):
            yield Mention(Sort.DNR, Span(*match.span()), _key(match))
    if condition := CONDITION.search(words):
        end = len(words.rstrip(" .;"))
        yield Mention(Sort.VILLKOR, Span(condition.start(), end), words[condition.start() : end])


def _decisions(words: str, dates: Sequence[tuple[Span, str]]) -> Iterator[Mention]:
    """Decisions named by date and §, each with the body named before it, or before the one it is listed with."""
    ended, body = 0, None
    for span, date in dates:
        after, before = _PARAGRAPH_AFTER.match(words, span.end), _PARAGRAPH_BEFORE.search(words[ended : span.start])
        paragraph = after or before
        if paragraph is None:
            continue
        between = words[ended : span.start]
        if not (ended and _ONWARD.fullmatch(between)):
            body = last_body(between)
        start = span.start if after else ended + (before.start() if before else 0)
        end = after.end() if after else span.end
        value = " ".join(filter(None, [body, date, "§", paragraph.group(1)]))
        yield Mention(Sort.BESLUT, Span(start, end), value, None, body, date, paragraph.group(1))
        ended = end


def _partial_dates(words: str, dates: Sequence[tuple[Span, str]]) -> Iterator[Mention]:
    """Months and years without a day, where the words tell what happens then."""
    for match in _PART.finditer(words):
        span = Span(*match.span())
        if any(whole.start <= span.start < whole.end or whole.start < span.end <= whole.end for whole, _ in dates):
            continue
        month = _MONTHS.index(match[1].casefold()) + 1 if match[1] else None
        kind = _date_kind(words, span)
        if kind is not None:
            yield Mention(Sort.DATUM, span, f"{match[2]}-{month:02}" if month else match[2], kind)


def _date_kind(words: str, span: Span) -> DateKind | None:
    """What happens on the date at `span`, as the words right before it and the § after it tell."""
    before = words[: span.start]
    if _PARAGRAPH_AFTER.match(words, span.end) or _PARAGRAPH_BEFORE.search(before):
        return DateKind.BESLUTAD
    if _SENAST.search(before):
        return DateKind.SENAST
    if _FRÅN.search(before):
        return DateKind.UPPHÖR if _ENDING.search(before) else DateKind.GÄLLER_FRÅN
    if _UPPHÖR.search(before):
        return DateKind.UPPHÖR
    return DateKind.BESLUTAD if _BESLUTAD.search(before) else None
