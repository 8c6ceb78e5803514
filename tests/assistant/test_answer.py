"""What makes a sentence whole: the list that it opens, or is an entry of when a list is asked for."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from assistant.answer import compose, told
from assistant.evidence import Evidence
from assistant.fitted import Signals
from assistant.matter import Sequel
from assistant.model import MAX_ANSWER_CHARS, MAX_QUOTE_CHARS
from assistant.question import understand
from assistant.retrieve import Ranked
from ingest.model import Metadata, Passage, Row, Sentence, Span, Status
from ingest.registry import Found

NOTHING = Signals(*(0.0 for _ in fields(Signals)))
POLES = ("Stängerna är kommunens:", "kommunhuset (tre stänger),", "Folkets hall", "torget.", "De målas vart femte år.")
RULES = ("Policyn gäller stängerna vid: - kommunhuset,", "Folkets hall och", "torget.", "Skolor sköter sina egna.")
MIDST = ("Avgifter 2024", "Taxan gäller för:", "barn,", "äldre,", "föreningar.")
SHORTENED = ("Bidrag ges till:", "lokaler", "resor m.m.", "utbildning", "material.", "Sök före den 1 maj.")
NO_LIST = ("Närvarande", "Ulla Ek", "Per Sjö", "Mötet öppnas.")


def found(*sentences: str, rows: int = 0, document: str = "a.txt", at: int = 0, **of_passage: object) -> Found:
    """A passage of these sentences, the last `rows` of which are rows of a table."""
    places, start = [], at
    for number, sentence in enumerate(sentences):
        row = Row(tuple(sentence.split(" | "))) if number >= len(sentences) - rows else None
        places.append(Sentence((Span(start, start + len(sentence)),), row))
        start += len(sentence) + 1
    passage = Passage(
        id=f"{document}-{at}",
        document=document,
        span=Span(at, start - 1),
        text=" ".join(sentences),
        header="",
        section=None,
        status=Status.BESLUT,
        sentences=tuple(places),
        sentence_chars=tuple(len(sentence) for sentence in sentences),
    )
    passage = replace(passage, **of_passage)  # type: ignore[arg-type]
    return Found(passage, Metadata(), np.zeros((len(places), 2), dtype=np.float32))


def evidence(where: Found, number: int, score: float = 0.0, prose: bool = True) -> Evidence:
    signals = replace(NOTHING, prose=float(prose))
    return Evidence(Ranked(where, 0.0, 0.0, None), number, score, signals, ())


def whole(question: str, sentences: tuple[str, ...], number: int, rows: int = 0) -> list[str]:
    """The sentences told when the one with this number is chosen."""
    where = found(*sentences, rows=rows)
    (ask,) = understand(question).asks
    ((_, said),) = told(ask, [evidence(where, number)], 1, lambda _: [where])
    return [sentence.of(where.passage.text) for sentence in said]


@pytest.mark.parametrize(
    ("question", "sentences", "number", "first", "last"),
    [
        ("Var står flaggstängerna?", POLES, 0, 0, 3),
        ("Var står flaggstängerna?", RULES, 0, 0, 2),
        ("Var står flaggstängerna?", POLES, 2, 2, 2),
        ("Vilka flaggstänger har kommunen?", POLES, 2, 0, 3),
        ("Vilka flaggstänger har kommunen?", RULES, 1, 0, 2),
        ("Vilka flaggstänger har kommunen?", POLES, 4, 4, 4),
        ("Vilka grupper gäller taxan för?", MIDST, 2, 1, 4),
        ("Vad ges det bidrag till?", SHORTENED, 0, 0, 4),
        ("Vilka var närvarande?", NO_LIST, 1, 1, 1),
    ],
)
def test_a_list_is_told_whole(question: str, sentences: tuple[str, ...], number: int, first: int, last: int) -> None:
    assert whole(question, sentences, number) == list(sentences[first : last + 1])


@pytest.mark.parametrize(
    ("sentence", "leans"),
    [
        ("Därför ska bolaget betala en avgift.", True),
        ("Hon yrkar bifall till förslaget.", True),
        ("Hans yrkande avslås.", True),
        ("Detta innebär en högre avgift.", True),
        ("Hans Lindberg (S) yrkar bifall.", False),
        ("Hans-Erik Ek reserverar sig.", False),
        ("Detta avtal gäller till och med 2024.", False),
        ("Därför att medel saknas avslås motionen.", False),
        ("Då nämnden saknar medel avslås motionen.", False),
        ("Bolaget betalar en avgift.", False),
    ],
)
def test_a_sentence_that_points_back_is_told_with_the_one_before(sentence: str, leans: bool) -> None:
    sentences = ("Lån med borgen blir billigare.", sentence, "Avgiften är 0,35 procent.")
    assert whole("Varför tas en avgift ut?", sentences, 1) == list(sentences[0 if leans else 1 : 2])
    assert whole("Varför tas en avgift ut?", sentences[1:], 0) == [sentence]


FEES = ("Taxan är ny.", "Avgifter för bad", "Barn | 25 kr", "Vuxna | 60 kr")


@pytest.mark.parametrize(("number", "first", "last"), [(0, 0, 0), (1, 1, 3), (2, 2, 2)])
def test_a_heading_right_above_a_table_is_told_with_its_rows(number: int, first: int, last: int) -> None:
    assert whole("Vad kostar badet?", FEES, number, rows=2) == list(FEES[first : last + 1])


def test_a_heading_above_other_words_is_told_alone() -> None:
    assert whole("Vad kostar badet?", ("Avgifter för bad", "Taxan är ny.", "Barn | 25 kr"), 0, rows=1) == [FEES[1]]


def test_of_a_long_table_a_heading_is_told_with_as_many_rows_as_a_quote_holds() -> None:
    rows = tuple(f"Avgift nummer {number} | {number} kr" for number in range(100, 140))
    said = whole("Vad kostar badet?", (FEES[1], *rows), 0, rows=len(rows))
    assert said == [FEES[1], *rows[: len(said) - 1]]
    assert len(" ".join(said)) <= MAX_QUOTE_CHARS < len(" ".join([*said, rows[len(said) - 1]]))


@pytest.mark.parametrize(
    ("other", "prose", "rows", "said"),
    [
        ("Barn badar gratis.", True, 0, True),
        ("Taxa för bad 2024", False, 0, False),
        ("Barn | 25 kr", False, 1, True),
    ],
)
def test_a_fragment_is_no_second_statement(other: str, prose: bool, rows: int, said: bool) -> None:
    one, two = found("Badet kostar 60 kronor."), found(other, rows=rows, document="b.txt")
    (ask,) = understand("Vad kostar badet?").asks
    parts = told(ask, [evidence(one, 0), evidence(two, 0, -0.1, prose)], 2, lambda _: [])
    assert [where for where, _ in parts] == ([one, two] if said else [one])


def test_a_fragment_may_be_the_first_statement() -> None:
    where = found("Taxa för bad 2024")
    (ask,) = understand("Vad heter taxan för bad?").asks
    assert told(ask, [evidence(where, 0, prose=False)], 2, lambda _: [where])


LEAD, POINTS = "Kommunfullmäktige beslutar:", ("Förslaget avslås.", "Skolan blir kvar.", "Rektorn underrättas.")


@pytest.mark.parametrize(
    ("first", "apart"), [((LEAD, POINTS[0]), POINTS[1:]), ((LEAD, *POINTS), ())], ids=["in points", "in one passage"]
)
def test_the_decision_on_a_proposal_is_told_with_the_points_below_its_lead(
    first: tuple[str, ...], apart: tuple[str, ...]
) -> None:
    proposal = found("Skolan läggs ned.", document="memo.txt", status=Status.FÖRSLAG)
    decision = [found(*first, point=1 if apart else None)]
    for number, point in enumerate(apart, 2):
        decision.append(found(point, at=decision[-1].passage.span.end + 1, point=number))
    texts = {"memo.txt": proposal.passage.text, "a.txt": " ".join((LEAD, *POINTS))}
    passages = {"memo.txt": [proposal], "a.txt": decision}
    (ask,) = understand("Läggs skolan ned nästa år?").asks
    draft = compose(
        "sv",
        [(ask, [evidence(proposal, 0)])],
        texts.get,
        passages.__getitem__,
        decided=True,
        sequel=Sequel((decision[0], 0), settled=True),
    )
    assert "Beslut: Kommunfullmäktige beslutar: Förslaget avslås." in draft.answer
    assert [point for point in POINTS if point not in draft.answer] == []
    assert {citation.document for citation in draft.citations} == {"memo.txt", "a.txt"}


@pytest.mark.parametrize("uncertain", [False, True])
def test_of_what_is_too_long_for_an_answer_as_much_is_said_as_it_has_room_for(uncertain: bool) -> None:
    points = tuple(
        f"Kommunen bygger skola nummer {number} {'och en gymnastiksal ' * 12}vid torget." for number in range(4)
    )
    where = found(*points)
    (ask,) = understand("Vad beslutade fullmäktige om skolorna?").asks
    text = " ".join(points)
    draft = compose("sv", [(ask, [evidence(where, 0)])], lambda _: text, lambda _: [where], True, uncertain=uncertain)
    assert draft.statements
    assert draft.statements[0].text.startswith(points[0])
    assert len(draft.answer) <= MAX_ANSWER_CHARS


ENTRIES = ("Kommunen svarar för stänger vid:", "kommunhuset,", "Folkets hall,", "torget.", "De målas vart femte år.")


@pytest.mark.parametrize(
    ("question", "entries", "chosen", "said"),
    [
        ("Var står flaggstängerna?", ENTRIES, 2, (0, 4)),
        ("Var står flaggstängerna?", ENTRIES, 4, (4, 5)),
        ("Vilka flaggstänger har kommunen?", ENTRIES, 4, (0, 4)),
        ("Vilka flaggstänger har kommunen?", ("Kommunen har stänger.", "De målas ofta."), 1, (1, 2)),
    ],
)
def test_a_list_whose_entries_are_passages_of_their_own_is_told_whole(
    question: str, entries: tuple[str, ...], chosen: int, said: tuple[int, int]
) -> None:
    here = [found(words, at=100 * number) for number, words in enumerate(entries)]
    (ask,) = understand(question).asks
    parts = told(ask, [evidence(here[chosen], 0)], 1, lambda _: here)
    assert [part.passage.text for part, _ in parts] == list(entries[slice(*said)])
