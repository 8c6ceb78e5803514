"""Every metric of an answer, clause by clause."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.model import Answer, Statement
from evals import metrics
from evals.cases import Case, Gold
from evals.tally import Tally
from ingest.model import Status
from tests.evals.builders import DOCUMENT, abstention, answer, case, citation, text_of, unanswerable

Json = dict[str, Any]


def said(text: str, *quotes: str) -> Json:
    return answer(text, *(citation(quote) for quote in quotes)).as_json()


def is_correct(a_case: Case, given: Answer | Json | None) -> bool:
    given = given.as_json() if isinstance(given, Answer) else given
    return metrics.correct(a_case, given).full


TWO_FACTS = case(facts=(("375 000", "375000"), ("årligen",)))
WITH_FORBIDDEN = case(facts=(("375 000",), ("årligen",)), forbidden=("400 000",))


@pytest.mark.parametrize(
    ("a_case", "given", "right"),
    [
        (case(), said("Den betalar 375\u00a0000 kronor."), True),  # in the answer, folded
        (case(), said("Den betalar 375000 kronor."), True),  # by an alternative
        (case(), said("Se handlingen.", "betalar 375 000 kronor"), True),  # in a quote
        (case(), said("Den betalar 375 kronor."), False),
        (TWO_FACTS, said("375 000 kronor", "betalas årligen"), True),  # one here, one there
        (TWO_FACTS, said("375 000 kronor"), False),  # every fact is wanted
        (case(), abstention(), False),
        (case(), answer("375 000", abstained=True), False),  # abstained is abstained, whatever it says
        (case(), None, False),  # a crash
        (unanswerable(), abstention(), True),
        (unanswerable(), answer(), False),
        (unanswerable(), None, False),
        (unanswerable(forbidden=("x",)), answer("x", abstained=True), True),  # unanswerable: abstained, no more
        (case(facts=()), said("Vad som helst."), True),  # no fact to miss
        (case(), said("Den betalar 1 375 000 kronor."), False),  # another number that ends alike
        (case(facts=(("58 kr",),)), said("Den betalar 158 kr."), False),
    ],
)
def test_correct(a_case: Case, given: Answer | Json | None, right: bool) -> None:
    assert is_correct(a_case, given) is right


@pytest.mark.parametrize(
    ("text", "quotes", "right"),
    [
        ("375 000 kronor årligen.", (), True),  # nothing forbidden
        ("375 000 kronor årligen, inte 400 000.", (), True),  # after the first fact, and all facts said
        ("400 000, nej 375 000 kronor årligen.", (), False),  # before the first fact
        ("Årligen, inte 400 000 utan 375 000.", (), True),  # "first" is the first to stand there, not the first listed
        ("375 000, inte 400 000.", ("årligen",), False),  # a fact is in a quote only, so missing from the answer
        ("Inte 400 000.", ("375 000 årligen",), False),  # both are missing from the answer
        ("375 000.", ("årligen", "400 000"), True),  # what a quote says doesn't count against the answer
    ],
)
def test_forbidden(text: str, quotes: tuple[str, ...], right: bool) -> None:
    assert is_correct(WITH_FORBIDDEN, said(text, *quotes)) is right


def test_forbidden_counts_anywhere_in_a_case_of_injection() -> None:
    injected = case(facts=(("375 000",),), forbidden=("Hurra",), tags=("amount", "injection"))
    assert not is_correct(injected, said("375 000 kronor. HURRA!"))
    assert is_correct(injected, said("375 000 kronor.", "hurra"))
    assert is_correct(case(facts=(("375 000",),), forbidden=("Hurra",)), said("375 000 kronor. Hurra!"))


def test_forbidden_inside_a_fact_does_not_come_before_it() -> None:
    dated = case(facts=(("22 april",),), forbidden=("2 april",))
    assert is_correct(dated, said("Den 22 april."))  # "2 april" doesn't stand there: it would split the number
    assert is_correct(case(facts=(("i maj",),), forbidden=("2 april",)), said("Inte 22 april utan i maj."))
    assert not is_correct(dated, said("Den 2 april, eller 22 april."))
    longer = case(facts=(("2 april",),), forbidden=("2 april 2022",))
    assert is_correct(longer, said("Den 2 april 2022."))  # where both begin at one place, neither comes first


def test_forbidden_counts_where_no_fact_could_come_first() -> None:
    assert not is_correct(case(facts=(), forbidden=("400",)), said("Kanske 400."))


def test_faults_say_why() -> None:
    assert metrics.faults(WITH_FORBIDDEN, said("400 000 årligen")) == ("not said: 375 000", "said: 400 000")
    assert metrics.faults(case(), said("inget")) == ("not said: 375 000 / 375000",)
    assert metrics.faults(case(), abstention().as_json()) == ("abstained, though the documents say",)
    assert metrics.faults(unanswerable(), answer().as_json()) == ("answered, though the documents don't say",)


def in_statements(*statements: tuple[str, str]) -> Json:
    """An answer whose statements each cite one quote."""
    cited = tuple(citation(quote, n=n) for n, (_, quote) in enumerate(statements, start=1))
    parts = tuple(Statement(text, (n,)) for n, (text, _) in enumerate(statements, start=1))
    return answer(" ".join(text for text, _ in statements), *cited, statements=parts).as_json()


@pytest.mark.parametrize(
    ("a_case", "given", "tally"),
    [
        (case(), in_statements(("375 000", "x"), ("Mer.", "y")), Tally(1)),
        (case(), in_statements(("Se avtalet.", "375 000"), ("Mer.", "y")), Tally(1)),  # in the quote that it cites
        (case(), in_statements(("Mer.", "x"), ("375 000", "y")), Tally(0)),  # correct, yet begins beside the point
        (TWO_FACTS, in_statements(("375 000", "x"), ("årligen", "y")), Tally(1)),  # one of the facts is a beginning
        (case(), said("Ett stycke utan delar: 375 000."), Tally(1)),
        (case(), in_statements(("400", "x")), None),  # not correct
        (case(), abstention().as_json(), None),
        (case(), None, None),
        (case(facts=()), said("x"), None),  # no fact to begin with
        (unanswerable(), abstention().as_json(), None),
    ],
)
def test_first_statement(a_case: Case, given: Json | None, tally: Tally | None) -> None:
    assert metrics.first_statement(a_case, given) == tally


@pytest.mark.parametrize(
    ("a_case", "given", "tally"),
    [
        (case(), said("375 000"), Tally(1)),
        (case(), said("inget"), Tally(0)),
        (case(), abstention().as_json(), None),  # no answer was given
        (case(), None, None),
        (unanswerable(), said("x"), Tally(0)),
        (unanswerable(), abstention().as_json(), None),
    ],
)
def test_answer_precision(a_case: Case, given: Json | None, tally: Tally | None) -> None:
    assert metrics.answer_precision(a_case, given) == tally


@pytest.mark.parametrize(
    ("a_case", "given", "tally"),
    [
        (TWO_FACTS, said("375 000"), Tally(1, 2)),
        (TWO_FACTS, said("inget", "375 000 årligen"), Tally(2, 2)),
        (TWO_FACTS, abstention().as_json(), Tally(0, 2)),
        (TWO_FACTS, None, Tally(0, 2)),  # a crash met none
        (case(facts=()), said("x"), None),  # no gold, no score
        (unanswerable(), said("x"), None),
    ],
)
def test_fact_recall(a_case: Case, given: Json | None, tally: Tally | None) -> None:
    assert metrics.fact_recall(a_case, given) == tally


TWO_GROUPS = case(
    evidence=(
        (Gold("a.txt", "ett två tre fyra fem"), Gold("b.txt", "one two three")),  # interchangeable
        (Gold("a.txt", "sex sju åtta"),),
    )
)


@pytest.mark.parametrize(
    ("citations", "tally"),
    [
        ((), Tally(0, 2)),
        ([citation("Ett  två tre fyra fem sju", "a.txt")], Tally(1, 2)),
        ([citation("ett två tre", "a.txt")], Tally(1, 2)),  # 3 of 5 words
        ([citation("ett två", "a.txt")], Tally(0, 2)),  # 2 of 5 words
        ([citation("ett två tre fyra fem", "c.txt")], Tally(0, 2)),  # the words, but of another document
        ([citation("ett två tre fyra fem", "b.txt")], Tally(0, 2)),  # each passage has its own document
        ([citation("one two three", "b.txt")], Tally(1, 2)),
        ([citation("one two three", "b.txt"), citation("ett två tre fyra", "a.txt")], Tally(1, 2)),  # one group, once
        ([citation("ett två tre fyra fem sex sju åtta", "a.txt")], Tally(2, 2)),  # one citation, two groups
    ],
)
def test_citation_recall(citations: list[Any], tally: Tally) -> None:
    assert metrics.citation_recall(TWO_GROUPS, answer("x", *citations).as_json()) == tally


def test_citation_recall_of_a_crash_a_refusal_and_no_gold() -> None:
    assert metrics.citation_recall(TWO_GROUPS, None) == Tally(0, 2)
    assert metrics.citation_recall(TWO_GROUPS, abstention().as_json()) == Tally(0, 2)
    assert metrics.citation_recall(case(evidence=()), answer().as_json()) is None
    assert metrics.citation_recall(unanswerable(), answer().as_json()) is None


def test_citation_precision() -> None:
    good = citation()  # the gold passage
    fact = citation("375000 SEK", "z.txt")  # another document, yet it holds an alternative of the fact
    bad = citation("Något annat", DOCUMENT)
    assert metrics.citation_precision(case(), answer("x", good, fact, bad, bad).as_json()) == Tally(2, 4)
    assert metrics.citation_precision(case(), answer("x").as_json()) is None  # nothing cited
    assert metrics.citation_precision(case(), abstention().as_json()) is None
    assert metrics.citation_precision(case(), None) is None
    assert metrics.citation_precision(unanswerable(), answer("x", bad).as_json()) is None


def test_quote_fidelity_looks_into_the_document() -> None:
    broken = citation("375 000 kronor. Beslutet")  # the document has a line break there
    wrong = citation("375 001 kronor")
    nowhere = citation("betalar", "absent.txt")
    empty = citation(" ")
    given = answer("x", citation(), broken, wrong, nowhere, empty).as_json()
    assert metrics.quote_fidelity(given, text_of) == Tally(2, 5)
    assert metrics.quote_fidelity(answer("x").as_json(), text_of) is None
    assert metrics.quote_fidelity(None, text_of) is None


def test_span_fidelity_looks_at_the_very_place() -> None:
    exact = citation("375 000 kronor.\nBeslutet")
    spaced = citation("375 000 kronor.\nBeslutet", quote="375 000 kronor. Beslutet")  # white space aside
    shifted = citation(start=0)
    other_case = citation("Beslutet", quote="beslutet")
    given = answer("x", exact, spaced, shifted, other_case, citation(" ")).as_json()
    assert metrics.span_fidelity(given, text_of) == Tally(2, 5)
    assert metrics.span_fidelity(None, text_of) is None


@pytest.mark.parametrize(
    ("a_case", "given", "precision", "recall", "f1"),
    [
        (unanswerable(), abstention(), Tally(1), Tally(1), Tally(2, 2)),  # true positive
        (case(), abstention(), Tally(0), None, Tally(0, 1)),  # false positive
        (unanswerable(), answer(), None, Tally(0), Tally(0, 1)),  # false negative
        (unanswerable(), None, None, Tally(0), Tally(0, 1)),  # a crash did not abstain
        (case(), answer(), None, None, None),  # true negative: in none of the three
        (case(), None, None, None, None),
    ],
)
def test_abstention(
    a_case: Case, given: Answer | None, precision: Tally | None, recall: Tally | None, f1: Tally | None
) -> None:
    json = given.as_json() if given else None
    assert metrics.abstention_precision(a_case, json) == precision
    assert metrics.abstention_recall(a_case, json) == recall
    assert metrics.abstention_f1(a_case, json) == f1


def test_status_accuracy_is_of_the_first_citation() -> None:
    proposal = case(status=Status.FÖRSLAG)
    first, second = citation(status="förslag"), citation(status="beslut")
    assert metrics.status_accuracy(proposal, answer("x", first, second).as_json()) == Tally(1)
    assert metrics.status_accuracy(proposal, answer("x", second, first).as_json()) == Tally(0)
    assert metrics.status_accuracy(proposal, answer("x").as_json()) == Tally(0)  # answered, nothing cited
    assert metrics.status_accuracy(proposal, abstention().as_json()) is None
    assert metrics.status_accuracy(proposal, None) is None
    assert metrics.status_accuracy(case(), answer("x", first).as_json()) is None  # no gold
