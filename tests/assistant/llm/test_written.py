"""A reply cut into sentences, the same whatever pieces it comes in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.llm.written import Written, written

REPLY = (
    "<think>Avgiften står i [1].\nSkriv kort.</think>\n- **Avgiften** är 5 kr [1].\nKF beslutade 2024 [2][3]. Bl.a. Köping betalar [1, 2]. Utan märke.\n"
    "X [1] och Y [4-6]\n2. Slut [9], vilket är fel.\nDet börjar kl. 18. [7]\n\n"
)
SENTENCES = [
    Written("Avgiften är 5 kr.", (1,)),
    Written("KF beslutade 2024.", (2, 3)),
    Written("Bl.a. Köping betalar.", (1, 2)),
    Written("Utan märke.", ()),
    Written("X och Y", (1, 4, 5, 6)),
    Written("Slut, vilket är fel.", ()),
    Written("Det börjar kl. 18.", (7,)),
]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1000])
def test_sentences_whatever_the_pieces(size: int) -> None:
    assert list(written(REPLY[start : start + size] for start in range(0, len(REPLY), size))) == SENTENCES


def test_a_sentence_comes_as_soon_as_it_is_whole() -> None:
    pieces = ("En avgift. [1]\n", "Två avg", "ifter. [2] Tre", " avgifter. [3]")
    came: list[str] = []

    def coming() -> Iterator[str]:
        for piece in pieces:
            came.append(piece)
            yield piece

    needed = {sentence.numbers: len(came) for sentence in written(coming())}
    assert needed == {(1,): 1, (2,): 3, (3,): 4}


def test_thoughts_without_an_end_are_no_reply() -> None:
    assert list(written(["<think>Avgiften är 5 kr. [1]\nAlltså"])) == []


@given(st.lists(st.text(alphabet="ab.[]123, \nÅ<think>/-–", max_size=12), max_size=12))
def test_any_reply_gives_whole_sentences_without_markers(pieces: list[str]) -> None:
    for sentence in written(pieces):
        assert "\n" not in sentence.text
        assert all(number >= 0 for number in sentence.numbers)
