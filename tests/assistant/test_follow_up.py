"""Follow-ups: what ties a question to what was said before, and where an answer first quotes a passage."""

from __future__ import annotations

import pytest

from assistant.follow_up import leeway, opens, points_back, quoted_at
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
    ],
)
def test_a_word_may_stand_for_something_said(text: str, back: bool) -> None:
    assert points_back(text) is back


def test_the_more_words_of_its_own_the_less_a_question_needs_what_was_said() -> None:
    given = [leeway("Vad kostar badet?", words) for words in range(7)]
    assert given == sorted(given, reverse=True)
    assert len(set(given)) == len(given)
    assert given[-1] < 0 < given[0]  # with that many it is a new question


@pytest.mark.parametrize(
    ("tied", "plain"),
    [
        ("Och vad kostar badet?", "Vad kostar badet?"),
        ("But who pays the rent?", "Who pays the rent?"),
        ("Vad kostar den?", "Vad kostar badet?"),
        ("Who pays for it?", "Who pays for lunch?"),
        ("Och vad kostar den?", "Vad kostar den?"),
    ],
)
def test_an_opening_and_a_word_that_points_back_each_give_more_leeway(tied: str, plain: str) -> None:
    assert leeway(tied, 1) > leeway(plain, 1)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Vad beslutades om e-förslag?", True),
        ("Vad beslutades om en lekplats?", True),
        ("Vad sades angående skolan?", True),
        ("What was decided about the playground?", True),
        ("What was decided regarding fees?", True),
        ("Vad beslutades om den?", False),
        ("Vad beslutades om denna skola?", False),
        ("Vad beslutades om att bygga?", False),
        ("What was decided about it?", False),
        ("What was decided about their playground?", False),
    ],
)
def test_a_topic_that_is_named_leaves_less_leeway_but_not_a_word_that_points_back(text: str, topic: bool) -> None:
    plain = leeway("Vad beslutades?", 1)
    assert (leeway(text, 1) < plain) is topic
    assert topic or leeway(text, 1) >= plain


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
