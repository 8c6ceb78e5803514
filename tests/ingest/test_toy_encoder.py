"""The toy encoder keeps its word, for many tests rest on it."""

from __future__ import annotations

import numpy as np
import pytest

from ingest.model import Span
from tests.encoders import ToyEncoder


def cosine(first: str, second: str) -> float:
    encoder = ToyEncoder()
    return float(encoder.encode_query(first) @ encoder.encode_passages([second])[0])


def test_equal_texts_have_cosine_one() -> None:
    assert cosine("Kommunen betalar", "kommunen  betalar\n") == pytest.approx(1)
    assert cosine("", "") == pytest.approx(1)


def test_shared_words_and_parts_of_words_count() -> None:
    whole = cosine("när likvideras förbundet", "förbundet likvideras 2023")
    part = cosine("när likvideras förbundet", "likvideringen av samordningsförbunden")
    none = cosine("när likvideras förbundet", "kostnad i kronor")
    assert whole > part > none
    assert abs(none) < 0.2


def test_counts_what_it_encodes() -> None:
    encoder = ToyEncoder()
    encoder.encode_passages(["a", "b"])
    spans = encoder.encode_spans("en två", [Span(0, 2), Span(3, 6), Span(0, 6)]).spans
    encoder.encode_query("en")
    assert (encoder.encoded, encoder.queries) == (3, 1)
    assert np.array_equal(spans, ToyEncoder().encode_passages(["en", "två", "en två"]))
