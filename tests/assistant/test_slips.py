"""Slips: misspelt words and the words that were meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.slips import MIN_CHARS, MIN_CHARS_OF_TWO_SLIPS, distance, index, meant

KNOWN = index("school school schools transport municipality committee allocate apply board road".split())
BESIDE = dict(zip("municpaltyrsoe", "nimovoskyutdir", strict=True))  # on the keyboard or by ear
words = st.text(alphabet="abcdå", max_size=7)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("scool", "school"),  # a letter too few
        ("schoool", "school"),  # one too many: "schools" is as near and less used
        ("shcool", "school"),  # two that changed places
        ("transprot", "transport"),
        ("comitee", None),  # two slips in seven letters
        ("comittees", None),  # and in nine
        ("muncipalityy", "municipality"),  # two slips in twelve
        ("txansport", None),  # a letter far from the right one
        ("tfansport", "transport"),  # and its neighbour
        ("municpality", "municipality"),
        ("chool", None),  # the first letter is wrong
        ("road", None),  # too short to be a slip
        ("brod", None),
        ("xyzzyx", None),
    ],
)
def test_a_slip_means_the_nearest_known_word(word: str, expected: str | None) -> None:
    assert meant(word, KNOWN) == expected


def test_among_equally_near_words_the_most_used_is_meant_and_none_when_they_tie() -> None:
    assert meant("planr", index(["plane", "plane", "plant"])) == "plane"
    assert meant("planr", index(["plane", "plant"])) is None


@given(words, words)
def test_distance_is_symmetric_and_zero_for_the_same_word_only(one: str, other: str) -> None:
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)
    assert distance(one, other, 1) == min(distance(one, other, 9), 2)


@given(st.sampled_from(["municipality", "transport", "committee"]), st.data())
def test_a_single_slip_after_the_first_letter_is_mended(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(1, len(word) - 2))
    changed = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "x" + word[place:],
                word[:place] + BESIDE[word[place]] + word[place + 1 :],
                word[:place] + word[place + 1] + word[place] + word[place + 2 :],
            ]
        )
    )
    assert meant(changed, KNOWN) == word


def test_limits() -> None:
    assert (MIN_CHARS, MIN_CHARS_OF_TWO_SLIPS) == (5, 12)
    assert distance("allocate", "alocaet", 2) == 2
    assert distance("abc", "xyz", 1) == 2
