"""What is said instead of an answer: which of three reasons there is, and what was searched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import nearness
from assistant.abstain import Reason, Verdict
from assistant.model import MAX_ANSWER_CHARS, Answer
from assistant.municipalities import NAMES, elsewhere
from assistant.nearness import Nearness
from assistant.question import understand
from assistant.service import Assistant
from assistant.unanswered import searched, unanswered
from ingest.filters import Coverage
from ingest.model import Status
from tests.assistant.test_answer import evidence, found

COVERED = ("Norrby kommun",)
ALL = "2 dokument (Norrby kommun), daterade 2024-05-13, 1 utan datum."


def abstained(assistant: Assistant, question: str, **filters: str) -> Answer:
    answer = assistant.ask(question, filters=filters)
    assert answer.abstained
    assert answer.citations == ()
    assert len(answer.answer) <= MAX_ANSWER_CHARS
    return answer


def test_nothing_on_this(assistant: Assistant) -> None:
    assert abstained(assistant, "Vilken raket flyger till månen?").answer == (
        f"Dokumenten svarar inte på den frågan. Inget i dem tycks handla om just detta. Genomsökt: {ALL}"
    )
    english = abstained(assistant, "Which rocket flies to the moon?").answer
    assert "Nothing in them seems to be about just this." in english
    assert english.endswith("Searched: 2 documents (Norrby kommun), dated 2024-05-13, 1 without a date.")


def test_the_topic_is_here_but_not_this_fact_and_the_nearest_place_is_named(assistant: Assistant) -> None:
    said = abstained(assistant, "Beviljar kommunfullmäktige ishallen ett lån av Zlatan?").answer
    assert "Ämnet finns i dokumenten, men inget avsnitt som liknar frågan nämner Zlatan." in said
    nearest = said.partition(" Närmast: ")[2]
    assert "2024-05-13" in nearest
    assert "§ 63 Lån till ishallen" in nearest
    assert nearest.endswith("(norrby/protokoll.txt).")
    assert nearest.count("§ 63") == 1


def test_a_name_that_a_passage_like_the_question_holds_is_not_said_to_be_missing() -> None:
    holds, lacks = evidence(found("Kvarnbron hålls stängd."), 0), evidence(found("Dammbron öppnas i maj."), 0)
    lacking = replace(lacks, missing=("Kvarnbron",), signals=replace(lacks.signals, around=1.0))
    verdict = Verdict(0.0, Reason.MISSING_NAME, ("Kvarnbron",))
    (ask,) = understand("När öppnas Kvarnbron?").asks
    nothing = Coverage(2, (), None, None, 2)
    assert "nämner Kvarnbron" in unanswered("sv", ask, verdict, [lacking], nothing)
    said = unanswered("sv", ask, verdict, [lacking, holds], nothing)
    assert "nämner Kvarnbron" not in said
    assert "Ämnet finns i dokumenten, men inte den uppgiften." in said


def test_a_decision_taken_for_granted_is_said_not_to_be_there_and_the_one_there_is_named() -> None:
    told = evidence(found("Motionen gäller Kvarnbron.", status=Status.INFORMATION), 0)
    decided = evidence(found("Motionen avslås.", status=Status.BESLUT, document="beslut.txt"), 0)
    told, decided = (replace(each, signals=replace(each.signals, around=1.0)) for each in (told, decided))
    (ask,) = understand("Varför bifölls motionen?").asks
    verdict, nothing = Verdict(0.0, Reason.NO_SUCH_DECISION), Coverage(2, (), None, None, 2)
    said = unanswered("sv", ask, verdict, [told, decided], nothing)
    assert "i det ärende som ligger närmast finns inget sådant beslut." in said
    assert "(beslut.txt)" in said.partition(" Närmast: ")[2]
    assert "(beslut.txt)" not in unanswered("sv", ask, Verdict(0.0, Reason.MISSING_FACT), [told, decided], nothing)


def test_another_period_is_said_to_be_one(assistant: Assistant) -> None:
    said = abstained(assistant, "Vilket lån till ishallen beviljades 1987?").answer
    assert "Frågan gäller 1987, utanför den tid som dokumenten är från." in said
    assert "daterade 2024-05-13" in said
    assert "utanför den tid" not in abstained(assistant, "Vilken raket flög till månen 2024?").answer


def test_another_municipality_is_said_to_be_one(assistant: Assistant) -> None:
    said = abstained(assistant, "Vilken avgift för sophämtning fastställs i Arboga?").answer
    assert "Frågan gäller Arboga, men inget av dokumenten kommer därifrån." in said
    assert "Norrby kommun" in said
    english = abstained(assistant, "Who is the mayor of Stockholm?").answer
    assert "The question is about Stockholm, and none of the documents comes from there." in english


def test_what_only_the_filter_leaves_out_is_said_to_be_left_out() -> None:
    everything = Coverage(3, ("Arboga", "Norrby kommun"), "2020-01-01", "2024-12-31", 0)
    filtered = Coverage(1, ("Norrby kommun",), "2024-05-13", "2024-05-13", 0)
    ask = understand("Vad kostade badet i Arboga 2021 och 1987?").asks[0]
    verdict = Verdict(0.0, Reason.MISSING_NAME, ("Arboga", "2021", "1987"))
    said = unanswered("sv", ask, verdict, [], filtered, {"kind": "protokoll"}, everything=everything)
    assert "Frågan gäller 1987, utanför den tid som dokumenten är från." in said
    assert "Frågan gäller 2021, Arboga, som filtret utesluter." in said


@pytest.mark.parametrize(
    ("question", "missing", "found"),
    [
        ("Vad kostar sophämtning i Arbogas villor?", ("Arbogas",), ("Arboga",)),
        ("Vad kostar det i Västerås stad?", ("Västerås",), ("Västerås",)),
        ("Vad betalar man i Upplands Väsby?", ("Upplands", "Väsby"), ("Upplands Väsby",)),
        ("What does the municipality of Sörby pay?", ("Sörby",), ("Sörby",)),
        ("Vad sade sedan Eva Berg om badet?", ("Eva", "Berg"), ()),
        ("Vad kostar det i Norrby kommun?", ("Norrby",), ()),
        ("Vad kostar det i Arboga?", (), ()),
    ],
)
def test_a_municipality_is_told_from_other_names(
    question: str, missing: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert elsewhere(question, missing, COVERED) == found
    assert elsewhere(question, missing, ()) == ()


def test_there_are_290_municipalities() -> None:
    assert len(set(NAMES)) == 290


def test_only_what_the_filter_lets_through_is_counted_and_named(assistant: Assistant) -> None:
    said = abstained(assistant, "Vilken raket flyger till månen?", kind="tjänsteskrivelse").answer
    assert "Genomsökt: 1 dokument med filtret kind=tjänsteskrivelse (Norrby kommun), 1 utan datum." in said
    said = abstained(assistant, "Vilken raket flyger till månen?", year="2023-2024").answer
    assert "Genomsökt: 1 dokument med filtret year=2023-2024 (Norrby kommun), daterade 2024-05-13." in said


def test_a_filter_that_nothing_matches_is_said_with_the_values_there_are(assistant: Assistant) -> None:
    said = abstained(assistant, "Avslogs motionen om gratis bad?", kind="protokol", body="Kommunfullmäktige").answer
    assert said == (
        "Inget dokument motsvarar filtret kind=protokol, body=Kommunfullmäktige. Menade du kind=protokoll? "
        "Värden för kind: protokoll, tjänsteskrivelse."
    )
    english = abstained(assistant, "Was the motion for gratis bad refused?", municipality="Paris").answer
    assert english == "No document matches the filter municipality=Paris. Values of municipality: Norrby kommun."
    together = abstained(assistant, "Avslogs motionen om bad?", kind="tjänsteskrivelse", year="2024").answer
    assert "Var för sig finns värdena, men inte tillsammans." in together
    assert len(abstained(assistant, "Avslogs motionen om bad?", body="x" * 1900).answer) < 200


@pytest.mark.parametrize(
    ("coverage", "said"),
    [
        (Coverage(0, (), None, None, 0), "Searched: 0 documents."),
        (Coverage(1, (), None, None, 1), "Searched: 1 document, 1 without a date."),
        (Coverage(3, ("A", "B"), "2020-01-01", "2021-01-01", 0), "Searched: 3 documents (A, B), dated 2020-01-01 to 2021-01-01."),
    ],
)  # fmt: skip
def test_what_was_searched_is_said_as_far_as_it_is_known(coverage: Coverage, said: str) -> None:
    assert searched("en", coverage) == said


@pytest.mark.parametrize(
    ("topic", "reason"), [(-1.0, "Ämnet finns i dokumenten"), (9.0, "Inget i dem tycks handla om just detta")]
)
def test_the_topic_is_told_by_likeness_where_the_encoder_was_measured(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, topic: float, reason: str
) -> None:
    monkeypatch.setattr(nearness, "known", lambda: {"toy": Nearness(matter=0.0, topic=topic)})
    assert reason in abstained(assistant, "Vilken raket flyger till månen?").answer
