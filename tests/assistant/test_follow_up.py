"""Follow-ups: what ties a question to what was said before, and where an answer first quotes a passage."""

from __future__ import annotations

import pytest

from assistant.follow_up import FAR, leeway, opens, points_back, quoted_at
from ingest.model import Passage, Row, Sentence, Span, Status


@pytest.mark.parametrize(
    ("text", "tied"),
    [
        ("Och när då?", True),
        ("  men varför?", True),
        ("What about Arboga?", True),
        ("How about the fee?", True),
        ("Vad gäller för barn?", True),
        ("Vad gäller?", False),
        ("Andra avgifter?", False),  # "and" is no part of another word
        ("Sophämtning och bad?", False),
        ("Who pays, and when?", False),
    ],
)
def test_a_follow_up_opens_with_a_word_that_ties_it_to_what_was_said(text: str, tied: bool) -> None:
    assert opens(text) is tied


@pytest.mark.parametrize(
    ("text", "back"),
    [
        ("Vad kostar den?", True),
        ("Vem sa det då?", True),
        ("When was it decided?", True),
        ("Who pays their fee?", True),
        ("Vad kostar denim?", False),
        ("Which items are free?", False),
        ("Vem äger huset?", False),
        ("Hur gick det med solcellerna?", False),
    ],
)
def test_a_word_may_stand_for_something_said(text: str, back: bool) -> None:
    assert points_back(text) is back


def test_the_more_topics_of_its_own_the_less_a_question_needs_what_was_said() -> None:
    words = "badet simskolan bastun gymmet kiosken".split()
    given = [leeway("Vad kostar badet?", words[:number], 0) for number in range(6)]
    assert given == sorted(given, reverse=True)
    assert len(set(given)) == len(given)
    assert given[-1] < 0 < FAR <= given[0]  # with that many it is a new question


@pytest.mark.parametrize(
    "words", [["reserverade"], ["röstade", "förvaltningen"], ["villkoret"], ["kostar"], ["voted"], []]
)
def test_what_may_be_asked_of_any_matter_is_no_topic(words: list[str]) -> None:
    assert leeway("Vilka var det?", words, 0) == leeway("Vilka var det?", [], 0)


def test_a_number_tells_a_topic() -> None:
    assert leeway("Vad gällde 2026?", ["gällde"], 1) < leeway("Vad gällde?", ["gällde"], 0)


@pytest.mark.parametrize(
    ("tied", "plain"),
    [
        ("Och vad kostar badet?", "Vad kostar badet?"),
        ("But who pays the rent?", "Who pays the rent?"),
        ("Vad kostar den?", "Vad kostar badet?"),
        ("Who pays for it?", "Who pays for lunch?"),
        ("Och vad kostar den?", "Vad kostar den?"),
        ("Hur gick det för dem?", "Hur gick det för badet?"),
    ],
)
def test_an_opening_and_a_word_that_points_back_each_give_more_leeway(tied: str, plain: str) -> None:
    assert leeway(tied, ["badet"], 0) > leeway(plain, ["badet"], 0)


FIRST, SECOND = "Avgiften för bad höjs till 60 kronor.", "Den gäller från och med januari 2025."
SHORT = "Förslaget avslås."
WIDE, NARROW = ("Grundavgift villa", "790", "", "850"), ("Bad", "60")


def passage(*parts: str | tuple[str, ...]) -> Passage:
    """A passage of these sentences, where a tuple is a row of a table."""
    texts = [part if isinstance(part, str) else " ".join(filter(None, part)) for part in parts]
    sentences, start = [], 0
    for part, text in zip(parts, texts, strict=True):
        row = None if isinstance(part, str) else Row(part)
        sentences.append(Sentence((Span(start, start + len(text)),), row))
        start += len(text) + 1
    return Passage(
        id="1",
        document="a.txt",
        span=Span(0, start - 1),
        text=" ".join(texts),
        header="",
        section=None,
        status=Status.BESLUT,
        sentences=tuple(sentences),
        sentence_chars=tuple(map(len, texts)),
    )


@pytest.mark.parametrize(
    ("parts", "said", "words"),
    [
        ((FIRST, SECOND), f"Beslut: {FIRST} [1] {SECOND} [2]", FIRST),
        ((FIRST, SECOND), f"Ja. {SECOND} [1] {FIRST} [2]", SECOND),
        ((FIRST, SECOND), f"Ja. {SECOND} [1]", SECOND),
        ((FIRST, SECOND), "Avgiften höjs i januari.", None),
        ((SHORT,), f"Beslut: {SHORT} [1]", None),
        ((SHORT, FIRST), f"Beslut: {SHORT} {FIRST} [1]", FIRST),
        ((WIDE,), "Grundavgift villa: Taxa 2017 790, Förslag 2018 850 [1][2]", "850"),
        ((WIDE,), "Grundavgift villa: Taxa 2017 790 [1][2]", None),
        ((NARROW,), "Bad: 60 kronor [1]", None),
    ],
)
def test_a_passage_is_quoted_where_its_words_first_stand_in_the_answer(
    parts: tuple[str | tuple[str, ...], ...], said: str, words: str | None
) -> None:
    assert quoted_at(passage(*parts), said) == (None if words is None else said.index(words))
