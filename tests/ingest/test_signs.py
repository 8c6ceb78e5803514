"""Signs: each is seen where it stands, and nowhere else."""

from __future__ import annotations

import pytest

from ingest.signs import SIGNS, signs_of


@pytest.mark.parametrize(
    ("sentence", "signs"),
    [
        ("Avgiften är 1 200 kronor per månad.", {"digit", "money", "prose"}),
        ("Nämnden antog den 3 maj 2024", {"day", "part of the year", "year", "digit", "body", "verdict"}),
        ("Lisa Ekman (SK) yrkar avslag.", {"person", "party", "name", "voice", "verdict", "prose"}),
        ("Gäller till och med juni", {"until", "part of the year"}),
        ("Ansökan lämnas senast kl. 12.00 två vardagar i förväg.", {"latest", "time of day", "digit", "count", "length of time", "prose"}),
        ("Taket läcker, då plåten inte är hel.", {"reason", "denial", "prose"}),
        ("I priset ingår bröd, smör och mjölk", {"meaning", "list"}),
        ("", set()),
    ],
)  # fmt: skip
def test_what_a_sentence_holds(sentence: str, signs: set[str]) -> None:
    (held,) = signs_of([sentence])
    assert {name for name, there in zip(SIGNS, held, strict=True) if there} == signs


def test_of_no_sentences_there_are_no_signs() -> None:
    assert signs_of([]).shape == (0, len(SIGNS))
