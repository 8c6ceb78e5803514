"""What a conversation says, cut into what every form of export writes out: plain words, without markup of any kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.model import Answer, Citation, Language
from assistant.render import (
    NEAREST_SHOWN,
    condition_label,
    issuer,
    parts,
    place,
    statuses,
)
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, standing, status_label, texts
from assistant.verify import folded
from assistant.web.conversation import Conversation, Exchange
from assistant.web.export.words import ExportWords, export_words
from assistant.web.links import citation_url

Labelled = tuple[str, str]  # what it is, and what it says


@dataclass(frozen=True)
class Stated:
    """A statement: the standings of what it rests on and whether it is a condition, in words, and its citations' numbers.

    `language` is that of `text`; `lead` is what stands before it, in the answer's.
    """

    labels: tuple[str, ...]
    lead: str
    text: str
    language: Language
    citations: tuple[int, ...]


@dataclass(frozen=True)
class Source:
    """One cited passage: where it stands, what standing it has, and its words to the letter but for line ends."""

    n: int
    title: str
    standing: str
    facts: tuple[Labelled, ...]
    url: str  # where the web app shows the words in their document
    quote: str


@dataclass(frozen=True)
class Entry:
    """A question with its answer; `language` is the answer's, which quotes needn't be in."""

    language: Language
    question: str
    notes: tuple[Labelled, ...]  # how the question was understood, and what it was narrowed by
    heading: str  # empty, or that there is no answer
    statements: tuple[Stated, ...]
    remarks: tuple[str, ...]
    sources: tuple[Source, ...]
    nearest: tuple[Labelled, ...]  # document and words of the nearest passages, where there is no answer


@dataclass(frozen=True)
class Transcript:
    """A whole conversation in the order it was held."""

    language: Language
    title: str
    date: str
    notices: tuple[str, ...]
    entries: tuple[Entry, ...]


def transcript(conversation: Conversation, language: Language, date: str, base: str = "") -> Transcript:
    """What was asked and answered; a question without an answer is left out.

    Args:
        language: of the words around it; each answer keeps its own.
        date: of the export, as it is shown.
        base: the server's address, as https://radslag.example, which links begin with.
    """
    words = export_words(language)
    return Transcript(
        language=language,
        title=words.title,
        date=f"{words.exported} {date}",
        notices=words.notices,
        entries=tuple(entry(each, each.answer, base) for each in conversation if each.answer and not each.pending),
    )


def entry(exchange: Exchange, answer: Answer, base: str = "") -> Entry:
    """One question and its answer."""
    language = answer.language
    words, ours = texts(language), export_words(language)
    asked_with = filters_in_words(exchange.filters, ours)
    nearest = answer.retrieved[:NEAREST_SHOWN] if answer.abstained else ()
    return Entry(
        language=language,
        question=exchange.question,
        notes=(
            *([(words.understood, answer.understood)] if answer.understood else []),
            *([(ours.filters, asked_with)] if asked_with else []),
        ),
        heading=words.no_answer if answer.abstained else "",
        statements=tuple(_statements(answer)),
        remarks=(*([words.by_model] if answer.engine == "llm" else []), *([words.advice] if answer.abstained else [])),
        sources=tuple(_source(each, language, base) for each in answer.citations),
        nearest=tuple((hit.document, folded(hit.text)) for hit in nearest),
    )


def filters_in_words(filters: Mapping[str, str], words: ExportWords) -> str:
    """What a question was narrowed by; empty when by nothing."""
    return "; ".join(f"{words.filter_names.get(key, key)} {value}" for key, value in filters.items() if value)


def _statements(answer: Answer) -> Iterator[Stated]:
    if answer.abstained:
        for line in filter(None, map(str.strip, answer.answer.splitlines())):
            yield Stated((), "", line, answer.language, ())
        return
    cited = " ".join(folded(citation.quote) for citation in answer.citations).casefold()
    for part in parts(answer):
        standings = [status_label(status, answer.language) for status in statuses(part, answer)]
        condition = condition_label(part, answer.language) if standings else ""
        unmarked = tuple(n for n in part.citations if f"[{n}]" not in part.text)
        quoted = folded(part.text).casefold().rstrip(".") in cited
        language = DOCUMENT_LANGUAGE if standings and quoted else answer.language
        lead = f"{part.lead} " if part.lead else ""
        yield Stated((*standings, *([condition] if condition else [])), lead, part.text, language, unmarked)


def _source(citation: Citation, language: Language, base: str) -> Source:
    words = texts(language)
    facts = (
        (words.document_kind, citation.kind and kind_label(citation.kind, language)),
        (words.date, citation.date),
        (words.issued_by, issuer(citation)),
        (words.place, place(citation, language)),
        (words.dnr, citation.dnr),
        (words.file, citation.document),
    )
    return Source(
        n=citation.n,
        title=folded(citation.title or words.untitled),
        standing=f"{status_label(citation.status, language)}. {standing(citation.status, language)}",
        facts=tuple((name, folded(fact)) for name, fact in facts if fact),
        url=base.rstrip("/") + citation_url(citation, language),
        quote=folded(citation.quote),
    )
