"""A quote is what the stored text says at its place, or it isn't one."""

from __future__ import annotations

import pytest

from assistant.model import MAX_QUOTE_CHARS
from assistant.verify import UnfaithfulQuote, quote_of
from ingest.model import Span

TEXT = "Avgiften är\n  50 kronor. Badet öppnar."


def test_a_true_quote_is_folded_and_kept_in_place() -> None:
    assert quote_of(TEXT, Span(0, 24), "Avgiften är 50 kronor.") == (Span(0, 24), "Avgiften är 50 kronor.")


@pytest.mark.parametrize(
    ("text", "words"), [(TEXT, "Avgiften är 60 kronor."), (None, "Avgiften är 50 kronor."), (TEXT, "Avgiften")]
)
def test_anything_else_is_refused(text: str | None, words: str) -> None:
    with pytest.raises(UnfaithfulQuote):
        quote_of(text, Span(0, 24), words)


def test_a_long_quote_is_cut_between_words() -> None:
    text = "ord " * 400
    span, quote = quote_of(text, Span(0, len(text)), text)
    assert len(quote) <= MAX_QUOTE_CHARS
    assert quote == " ".join(text[span.start : span.end].split())
    assert quote.endswith("ord")
