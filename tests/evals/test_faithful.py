"""The check of a model's sentences, held against sentences that are true and that aren't."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from assistant.llm.check import Nearness
from assistant.model import Language
from assistant.nearness import known
from evals.faithful import HELD_OUT, PAIRS, Tally, load_pairs, tally
from ingest.encode import load_encoder
from ingest.settings import load_settings

UNSEEN = {  # a negation that moved to another part of the sentence
    "An extension requires that the developer has not pursued the project.",
    "Kostnad för tillsyn av barn ersätts inte.",
}


def by_rules(_: Language) -> Nearness:
    return Nearness(lambda *_: 1.0, 0.5)


def test_the_rules_keep_what_is_true_and_drop_what_is_not() -> None:
    found = tally(load_pairs(PAIRS), by_rules)
    assert {pair.sentence for pair in found.wrong} == UNSEEN
    assert (found.kept, found.true, found.dropped, found.false) == (106, 106, 137, 139)


def test_the_same_for_sentences_written_later() -> None:
    found = tally(load_pairs(HELD_OUT), by_rules)
    assert found == Tally(kept=32, true=32, dropped=49, false=49, wrong=())


@pytest.mark.slow
def test_the_limits_of_meaning_part_a_sentence_from_the_words_of_something_else() -> None:
    settings = load_settings()
    encoder = load_encoder(settings)
    least = known()[settings.model].statement
    assert least is not None
    true = [pair for pair in load_pairs(PAIRS) if pair.fault is None]
    quotes = list(dict.fromkeys(pair.source.quoted for pair in true))
    of_quotes = np.stack([encoder.encode_query(quote) for quote in quotes])
    limits: tuple[tuple[Language, float, float], ...] = (("sv", 1.0, 0.015), ("en", 0.97, 0.025))
    for language, above, other in limits:
        pairs = [pair for pair in true if pair.language == language]
        cosines = np.stack([encoder.encode_query(pair.sentence) for pair in pairs]) @ of_quotes.T
        own = np.array([[pair.source.quoted == quote for quote in quotes] for pair in pairs])
        assert (cosines[own] >= least[language]).mean() >= above
        assert (cosines[~own] >= least[language]).mean() <= other
        assert (
            np.where(own, cosines, 0).max(axis=1) == cosines.max(axis=1)
        ).mean() >= 0.97  # two votes are near; the figures part them


def near_by(least: float | None) -> Callable[[Language], Nearness]:
    return lambda _: Nearness(lambda *_: 0.8, least)


def test_what_is_too_far_away_is_dropped_however_true_its_figures() -> None:
    pairs = load_pairs(HELD_OUT)
    assert tally(pairs, near_by(0.85)).kept == 0
    assert tally(pairs, near_by(None)).kept == 32
