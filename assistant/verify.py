"""Verify: no citation leaves that isn't a span of the stored text."""

from __future__ import annotations

from assistant.model import MAX_QUOTE_CHARS
from ingest.errors import RadslagError
from ingest.model import Span


class UnfaithfulQuote(RadslagError):
    """A quote that is not in its document: a defect of this program, never shown to a reader."""


def folded(text: str) -> str:
    """Runs of white space as one space."""
    return " ".join(text.split())


def quote_of(text: str | None, span: Span, words: str) -> tuple[Span, str]:
    """The quote at `span` of the stored `text`, cut between words where it exceeds `MAX_QUOTE_CHARS`.

    `words` is what the answer is about to say on the strength of that span.

    Raises:
        UnfaithfulQuote: the document is gone, or those words don't stand there.
    """
    stored = folded(span.of(text)) if text is not None else None
    if stored is None or stored != folded(words):
        raise UnfaithfulQuote(
            f"the words at {span.start}-{span.end} are not the stored ones: run `radslag ingest` anew"
        )
    if len(stored) > MAX_QUOTE_CHARS:
        assert text is not None
        end = max(text.rfind(" ", span.start, span.start + MAX_QUOTE_CHARS), span.start + MAX_QUOTE_CHARS // 2)
        span = Span(span.start, end)
        stored = folded(span.of(text))
    return span, stored
