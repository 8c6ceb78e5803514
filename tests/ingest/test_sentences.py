"""Sentences: where they end, and that their spans say what they say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.model import Span
from ingest.sentences import split_sentences


def texts(*pieces: str) -> list[str]:
    """The sentences of a text given as stretches with letterhead between them."""
    text = "§§§".join(pieces)
    spans, position = [], 0
    for piece in pieces:
        spans.append(Span(position, position + len(piece)))
        position += len(piece) + 3
    return [sentence.of(text) for sentence in split_sentences(spans, text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ett. Två! Tre?", ["Ett.", "Två!", "Tre?"]),
        ("Avgiften är 1.250 kr. Den höjs.", ["Avgiften är 1.250 kr.", "Den höjs."]),
        ("Avgiften är 40 kr. per dag.", ["Avgiften är 40 kr. per dag."]),
        ("Bl.a. Köping och t.ex. Arboga deltar. De betalar.", ["Bl.a. Köping och t.ex. Arboga deltar.", "De betalar."]),
        ("Mötet hålls den 3. maj. Alla kommer.", ["Mötet hålls den 3. maj.", "Alla kommer."]),
        ("Enligt K. Svensson gäller det. Punkt.", ["Enligt K. Svensson gäller det.", "Punkt."]),
        ("Han sade ”nej.” Sedan gick han.", ["Han sade ”nej.”", "Sedan gick han."]),
        ("Så har beslutats.³ Nämnden höll med.", ["Så har beslutats.³", "Nämnden höll med."]),
        ("Så har beslutats.12 Nämnden höll med.", ["Så har beslutats.12", "Nämnden höll med."]),
        ("Avgiften är 3.5 Kronor heter den.", ["Avgiften är 3.5 Kronor heter den."]),
        ("fortsätter. inte ny mening", ["fortsätter. inte ny mening"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_a_sentence_cut_by_letterhead_has_two_pieces() -> None:
    assert texts("Ett. Med en samlad", "projektpott kan mer göras. Slut.") == [
        "Ett.",
        "Med en samlad projektpott kan mer göras.",
        "Slut.",
    ]
    first = "Med en samlad"
    sentences = split_sentences([Span(0, 13), Span(16, 24)], first + "§§§" + "pott är.")
    assert sentences[0].pieces == (Span(0, 13), Span(16, 24))


@given(st.text(alphabet="abc åäö.!?\nAÅ1", max_size=80))
def test_sentences_cover_every_sign_once_and_in_order(text: str) -> None:
    sentences = split_sentences([Span(0, len(text))], text)
    position = 0
    for sentence in sentences:
        for piece in sentence.pieces:
            assert piece.start >= position
            assert not text[position : piece.start].strip()
            assert piece.of(text).strip() == piece.of(text) != ""
            position = piece.end
    assert not text[position:].strip()
