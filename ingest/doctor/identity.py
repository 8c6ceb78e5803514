"""Identity: personal identity numbers that would be read by everyone who asks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity
from ingest.doctor.identity_numbers import IdentityNumber, identity_numbers
from ingest.registry import Found

NAME = "identity"


def check_identity(examined: Examined) -> Iterator[Finding]:
    """Personnummer and samordningsnummer in the texts, once a document each, masked."""
    for document, text in examined.texts():
        numbers: dict[tuple[str, str], list[IdentityNumber]] = {}
        for number in identity_numbers(text, examined.today):
            last = text[number.span.end - 4 : number.span.end]
            numbers.setdefault((number.masked, last), []).append(number)
        pages = examined.registry.pages(document) if numbers else ()
        passages = examined.passages_of(document) if numbers else []
        for several in numbers.values():
            first = several[0]
            yield Finding(
                NAME,
                Severity.ERROR if first.certain and first.checks else Severity.WARNING,
                "certain" if first.certain and first.checks else "likely",
                _said(first, len(several)),
                examined.command("ingest", "--forget", document),
                before="review the document, and put a redacted one in its place or take its file away",
                document=document,
                page=bisect_right(pages, first.span.start) or None,
                paragraph=_paragraph(passages, first.span.start),
            )


def _said(number: IdentityNumber, times: int) -> str:
    what = "samordningsnummer" if number.coordination else "personnummer"
    doubt = "" if number.certain else "perhaps "
    wrong = "" if number.checks else ", whose checksum is wrong"
    return f"{doubt}{what} {number.masked}{wrong}" + (f", {times} times" if times > 1 else "")


def _paragraph(passages: Sequence[Found], position: int) -> str | None:
    spans = ((each.passage.span, each.passage.paragraph) for each in passages)
    return next((paragraph for span, paragraph in spans if span.start <= position < span.end), None)
