"""Check the cases themselves: is their gold where they say, and can they fail at all?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from evals.cases import AnyCase, Case, PrecedentCase, case_files, parse_case
from evals.text import contains, fold, states
from ingest.errors import UsageError
from ingest.model import Document, Section
from ingest.read import read
from ingest.settings import Settings
from ingest.structure import understand
from ingest.text_file import numbered_lines

MOST_BARE_DIGITS = 2  # a number this short stands in most answers, as a day, a § or a count

DocumentOf = Callable[[str], Document | None]


@dataclass(frozen=True)
class Finding:
    """Something to mend in a case file."""

    where: str  # file:line
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


def documents_below(settings: Settings) -> DocumentOf:
    """Reads documents, by their ids, from the folder `settings.corpus`; each once."""

    @cache
    def document_of(document: str) -> Document | None:
        path = settings.corpus / document
        return understand(document, read(path, document, settings)) if path.is_file() else None

    return document_of


def check_cases(paths: Iterable[Path], document_of: DocumentOf) -> tuple[Finding, ...]:
    """Everything to mend in some case files, in their order.

    Raises:
        UsageError: a path doesn't exist or is no text.
        DocumentError: a document of the gold can't be read.
    """
    findings: list[Finding] = []
    cases: list[AnyCase] = []
    for file in case_files(paths):
        for where, line in numbered_lines(file):
            try:
                cases.append(parse_case(line, where))
            except UsageError as error:
                findings.append(Finding(where, str(error).removeprefix(f"{where}: ")))
    for case in cases:
        messages = _question(case, document_of) if isinstance(case, Case) else _precedent(case, document_of)
        findings += [Finding(case.where, f"{case.id}: {message}") for message in messages]
    findings += _repeated_ids(cases)
    findings += _shared_questions(cases)
    return tuple(findings)


def _question(case: Case, document_of: DocumentOf) -> Iterator[str]:
    if not case.answerable:
        if case.facts or case.evidence:
            yield "unanswerable, yet has facts or evidence; remove them, or set answerable"
        return
    if not case.facts:
        yield "answerable without facts: any answer would be correct; name one"
    if not case.evidence:
        yield "answerable without evidence; name the passages a perfect answer cites"
    for gold in (gold for group in case.evidence for gold in group):
        document = document_of(gold.document)
        if document is None:
            yield f"no document {gold.document}; correct the path (below the corpus)"
        elif not contains(document.text, gold.quote):
            yield f"quote not in {gold.document}: {gold.quote!r}; copy it from there"
    grounds = [
        text for group in case.evidence for gold in group for text in _grounds(gold.document, gold.quote, document_of)
    ]
    for fact in case.facts:
        if not any(states(ground, alternative) for ground in grounds for alternative in fact):
            yield f"fact {' / '.join(fact)} stands neither in the evidence nor in its section; mend either"
        for alternative in fact:
            if alternative.strip().isdecimal() and len(alternative.strip()) <= MOST_BARE_DIGITS:
                yield f"fact {alternative!r} is met by any such number (a day, a §, a marker [3]); add the word it counts"
            for forbidden in case.forbidden:
                if states(forbidden, alternative):
                    yield f"fact {alternative!r} is met by the forbidden {forbidden!r}; give the fact more words"
    if case.facts and all(any(states(case.question, alternative) for alternative in fact) for fact in case.facts):
        yield "the question holds every fact: an answer that repeats it is correct; name what it doesn't say"


def _grounds(document: str, quote: str, document_of: DocumentOf) -> Iterator[str]:
    """The quote, and the text of the sections that hold it."""
    yield quote
    if found := document_of(document):
        for section in found.sections:
            text = _text(section, found)
            if contains(text, quote):
                yield text


def _text(section: Section, document: Document) -> str:
    words = document.text[section.blocks[0].span.start : section.blocks[-1].span.end]
    return "\n".join((*section.headings, words))


def _precedent(case: PrecedentCase, document_of: DocumentOf) -> Iterator[str]:
    for document in (*case.relevant, *([case.document] if case.document else [])):
        if document_of(document) is None:
            yield f"no document {document}; correct the path (below the corpus)"
    if case.document in case.relevant:
        yield f"{case.document} would be its own precedent; remove it from relevant"


def _repeated_ids(cases: Iterable[AnyCase]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for case in cases:
        if first.setdefault(case.id, case.where) != case.where:
            yield Finding(case.where, f"id {case.id!r} stands already at {first[case.id]}; give it its own")


def _shared_questions(cases: Iterable[AnyCase]) -> Iterator[Finding]:
    """A question about one document on both sides: what was tuned on (dev) would be reported on (test)."""
    first: dict[tuple[str, str], AnyCase] = {}
    for case in cases:
        for document in _documents(case):
            other = first.setdefault((document, fold(case.question)), case)
            if _held_out(other) != _held_out(case):
                yield Finding(case.where, f"{case.id}: its question is asked at {other.where} too; ask another")
                break


def _documents(case: AnyCase) -> list[str]:
    """The documents of the gold; one empty name where there is none."""
    golds = [gold.document for group in case.evidence for gold in group] if isinstance(case, Case) else case.relevant
    return list(dict.fromkeys(golds)) or [""]


def _held_out(case: AnyCase) -> bool:
    """Whether a case is one to report on: it lies in a folder `test`, or in a file named `…-test`."""
    file = Path(case.where.rpartition(":")[0]).resolve()
    return file.parent.name == "test" or file.stem.endswith("-test")
