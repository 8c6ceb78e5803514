"""What became of a matter: the step that is meant, extracts that are one as a whole, and what was only sent back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.evidence import OF_THE_MEETING
from assistant.matter import Sequel, sequel_of, went_otherwise
from assistant.model import Turn
from assistant.service import Assistant
from ingest.chain import ingest
from ingest.model import Status
from ingest.settings import Settings
from tests.encoders import ToyEncoder

MEMO = """Tjänsteskrivelse
Datum 2021-03-15
Dnr BUN 2021/00012

Barn- och utbildningsnämnden

Nedläggning av Lillby skola

Förslag till beslut

1. Lillby skola läggs ned den 30 juni 2022.
"""
MINUTES = """Protokoll

{body}
Sammanträdesdatum {date}

§ {number} Nedläggning av Lillby skola

Dnr BUN 2021/00012

Beslut

{body} beslutar:

{decision}
"""


def minutes(date: str, number: int, decision: str, body: str = "Barn- och utbildningsnämnden") -> str:
    return MINUTES.format(date=date, number=number, decision=decision, body=body)


SENT_BACK = minutes("2021-03-24", 29, "Ärendet om Lillby skola återremitteras för en barnkonsekvensanalys.")
KEPT = minutes("2021-10-20", 88, "Förslaget avslås. Lillby skola blir kvar.")


@contextmanager
def reading(folder: Path, texts: Mapping[str, str]) -> Iterator[Assistant]:
    papers = folder / "papper"
    papers.mkdir()
    for name, text in texts.items():
        (papers / name).write_text(text, encoding="utf-8")
    settings, encoder = Settings(index=folder / "index"), ToyEncoder()
    ingest([papers], settings, encoder)
    with Assistant.open(settings, encoder) as assistant:
        yield assistant


def test_a_proposal_that_was_sent_back_is_told_with_it(tmp_path: Path) -> None:
    with reading(tmp_path, {"memo.txt": MEMO, "minutes.txt": SENT_BACK}) as assistant:
        answer = assistant.ask("Lillby skola läggs ned den 30 juni 2022?")
    assert [citation.status for citation in answer.citations] == ["förslag", "beslut"]
    assert answer.citations[1].quote == "Ärendet om Lillby skola återremitteras för en barnkonsekvensanalys."
    assert answer.answer.endswith("Förslaget är inte antaget: ärendet är inte avgjort i dokumenten.")


def test_a_motion_is_told_with_the_decision_that_followed(tmp_path: Path) -> None:
    motion = MEMO.replace("Tjänsteskrivelse", "Medborgarförslag").replace("Förslag till beslut", "Mitt förslag")
    with reading(tmp_path, {"motion.txt": motion, "later.txt": KEPT}) as assistant:
        answer = assistant.ask("Lillby skola läggs ned den 30 juni 2022?")
    assert answer.citations[0].status == "motion"
    assert answer.citations[-1].document == "later.txt"
    assert "Beslut: " in answer.answer


def test_precedents_tell_the_amounts_of_the_decision_beside_its_outcome(tmp_path: Path) -> None:
    asked = MEMO.replace("läggs ned den 30 juni 2022", "får 900 000 kronor till lekplatsen")
    given = minutes("2021-10-20", 88, "Förslaget bifalls. Lillby skola får 600 000 kronor till lekplatsen.")
    with reading(tmp_path, {"memo.txt": asked, "later.txt": given}) as assistant:
        found = assistant.precedents("Pengar till lekplatsen vid Lillby skola").precedents
    told = {each.document: each.amounts for each in found if each.outcome}
    assert told["memo.txt"] == told["later.txt"] == ("600 000 kronor",)


def test_once_it_is_decided_it_is_no_longer_sent_back(tmp_path: Path) -> None:
    with reading(tmp_path, {"memo.txt": MEMO, "minutes.txt": SENT_BACK, "later.txt": KEPT}) as assistant:
        answer = assistant.ask("Lillby skola läggs ned den 30 juni 2022?")
    assert [citation.status for citation in answer.citations] == ["förslag", "beslut"]
    assert answer.answer.splitlines()[-1].startswith("Beslut: ")
    assert "blir kvar" in answer.answer or "avslås" in answer.answer
    assert "återremitteras" not in answer.answer
    assert "inte avgjort" not in answer.answer


def test_a_decision_without_words_in_the_index_still_settles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with reading(tmp_path, {"memo.txt": MEMO, "later.txt": KEPT}) as assistant:
        registry = assistant._index.registry
        (proposal,) = [each for each in registry.passages_of("memo.txt") if each.passage.status is Status.FÖRSLAG]
        found = sequel_of(registry, proposal, ())
        assert found
        assert found.words
        assert found.words[0].passage.document == "later.txt"
        monkeypatch.setattr(registry, "passages_of_unit", lambda *_: [])
        assert sequel_of(registry, proposal, ()) == Sequel(None, settled=True)


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        ("Är det beslutat att Lillby skola läggs ned?", "Lillby skola blir kvar."),
        ("Vad beslutades om Lillby skola i mars 2021?", "återremitteras"),
        ("Vad beslutades om Lillby skola i oktober 2021?", "Lillby skola blir kvar."),
    ],
)
def test_the_step_of_the_month_asked_about_is_meant_or_else_the_last(tmp_path: Path, question: str, quote: str) -> None:
    with reading(tmp_path, {"memo.txt": MEMO, "minutes.txt": SENT_BACK, "later.txt": KEPT}) as assistant:
        _, (evidence,) = assistant.evidence(question)
    assert quote in " ".join(item.words for item in evidence if item.found == evidence[0].found)


def test_an_extract_is_a_step_as_a_whole(tmp_path: Path) -> None:
    extract = KEPT.replace("Protokoll\n", "Protokollsutdrag\n\nDnr BUN 2021/00012\n", 1)
    with reading(tmp_path, {"memo.txt": MEMO, "minutes.txt": SENT_BACK, "later_utdrag.txt": extract}) as assistant:
        _, (evidence,) = assistant.evidence("Är det beslutat att Lillby skola läggs ned?")
    assert evidence[0].found.passage.document == "later_utdrag.txt"
    assert evidence[0].ranked.settles


def test_a_follow_up_stays_in_the_matter_that_was_spoken_of(tmp_path: Path) -> None:
    other = minutes("2021-11-24", 90, "Storby skola får en ny matsal.").replace("av Lillby", "och Storby")
    other = other.replace("BUN 2021/00012", "BUN 2021/00077")
    history = [Turn("user", "Vad föreslogs om Lillby skola?"), Turn("assistant", "Att skolan läggs ned.")]
    with reading(tmp_path, {"memo.txt": MEMO, "minutes.txt": SENT_BACK, "other.txt": other}) as assistant:
        asked, (evidence,) = assistant.evidence("Och vad beslutade nämnden då om skolan?", history)
    assert asked.leans_on
    assert {item.found.passage.document for item in evidence[:2]} <= {"memo.txt", "minutes.txt"}


LIGHTED = minutes("2021-11-24", 90, "Hundrastgården vid ån får belysning för 40 000 kronor.").replace(
    "Nedläggning av Lillby skola", "Belysning i hundrastgården"
)
TWO_MATTERS = {"memo.txt": MEMO, "minutes.txt": SENT_BACK, "other.txt": LIGHTED.replace("2021/00012", "2021/00077")}
CLOSED, LIGHTS = "Lillby skola läggs ned den 30 juni 2022.", "Hundrastgården vid ån får belysning för 40 000 kronor."
OF_LILLBY = (Turn("user", "Vad föreslogs om Lillby skola?"), Turn("assistant", f"Förslag: {CLOSED} [1]"))


@pytest.mark.parametrize(
    "question",
    ["Vad kostar belysningen?", "Hur mycket kostar hundrastgården?"],
)
def test_a_question_about_another_matter_is_answered_from_that_one_though_it_has_no_name(
    tmp_path: Path, question: str
) -> None:
    with reading(tmp_path, TWO_MATTERS) as assistant:
        assert assistant._understood(question, OF_LILLBY).leans_on  # it may be a follow-up, by its words
        asked, (evidence,) = assistant.evidence(question, OF_LILLBY)
    assert asked.leans_on is None
    assert evidence[0].words == LIGHTS


@pytest.mark.parametrize("question", ["Vad beslutades?", "När läggs den ned?", "Och vad beslutade nämnden?"])
def test_a_short_follow_up_is_not_answered_by_another_matter_without_the_names_said_before(
    tmp_path: Path, question: str
) -> None:
    with reading(tmp_path, TWO_MATTERS) as assistant:
        asked, (evidence,) = assistant.evidence(question, OF_LILLBY)
    assert asked.leans_on == OF_LILLBY[0].content
    assert evidence[0].found.passage.document != "other.txt"
    missing = {item.words: item.missing for item in evidence}
    assert (missing[CLOSED], missing[LIGHTS]) == ((), ("Lillby",))


def test_a_follow_up_with_a_name_of_its_own_need_not_have_those_said_before(tmp_path: Path) -> None:
    papers = TWO_MATTERS | {"other.txt": TWO_MATTERS["other.txt"].replace("vid ån", "i Storby")}
    with reading(tmp_path, papers) as assistant:
        asked, (evidence,) = assistant.evidence("Och Storby?", OF_LILLBY)
    assert asked.leans_on
    assert "other.txt" in {item.found.passage.document for item in evidence}
    assert not any("Lillby" in item.missing for item in evidence)


@pytest.mark.parametrize(
    ("said", "documents"),
    [
        ((CLOSED, LIGHTS), {"memo.txt", "minutes.txt"}),
        ((LIGHTS, CLOSED), {"other.txt"}),
        ((LIGHTS,), {"other.txt"}),
    ],
)
def test_a_follow_up_goes_on_about_what_was_quoted_first(
    tmp_path: Path, said: tuple[str, ...], documents: set[str]
) -> None:
    history = (Turn("user", "Vad har nämnden på gång?"), Turn("assistant", "\n".join(said)))
    with reading(tmp_path, TWO_MATTERS) as assistant:
        _, (evidence,) = assistant.evidence("Och varför det?", history)
    assert {item.found.passage.document for item in evidence if item.beyond} == documents


BATHING = """Tjänsteskrivelse
Datum 2021-03-15
Dnr KS 2021/00033

Kommunstyrelsen

Avgift för bad

Förslag till beslut

Avgiften för bad höjs till 60 kronor för alla vuxna.
"""
MOVED = """Protokoll

Kommunstyrelsen
Sammanträdesdatum 2021-04-15

§ 30 Avgift för bad

Dnr KS 2021/00033

Yrkanden

Ulla Ek (S) föreslår att avgiften för bad höjs till 70 kronor.

Beslut

Ärendet bordläggs.
"""


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("Vilken avgift för bad föreslog förvaltningen?", "60"),
        ("Vilken avgift för bad föreslogs av kontoret?", "60"),
        ("Vilken avgift för bad föreslog Ulla Ek?", "70"),
    ],
)
def test_what_politicians_move_comes_behind_what_the_officials_proposed_where_they_are_asked_about(
    tmp_path: Path, question: str, first: str
) -> None:
    with reading(tmp_path, {"memo.txt": BATHING, "minutes.txt": MOVED}) as assistant:
        _, (evidence,) = assistant.evidence(question)
    fees = [item.words for item in evidence if "höjs" in item.words]
    assert f"{first} kronor" in fees[0]
    (moved,) = (item for item in evidence if "70 kronor" in item.words)
    assert (moved.beyond < 0) is (first == "60")


@pytest.mark.parametrize(
    ("question", "raised"),
    [("På vilket villkor lämnas lånet till Lillby ishall?", True), ("När lämnas lånet till Lillby ishall?", False)],
)
def test_a_condition_of_the_decision_answers_who_asks_for_conditions(
    tmp_path: Path, question: str, raised: bool
) -> None:
    decision = "Lillby ishall lånar 4 miljoner kronor.\n\nSom villkor gäller att hallen hålls öppen."
    told = "Bakgrund\n\nFörvaltningen har övervägt villkor för lånet till Lillby ishall."
    minutes = KEPT.replace("Lillby skola blir kvar.", f"{decision}\n\n{told}")
    with reading(tmp_path, {"minutes.txt": minutes}) as assistant:
        _, (evidence,) = assistant.evidence(question)
    beyond = {item.words: item.beyond for item in evidence}
    assert (beyond["Som villkor gäller att hallen hålls öppen."] > 0) is raised
    assert beyond["Förvaltningen har övervägt villkor för lånet till Lillby ishall."] == 0


def test_background_that_tells_what_others_want_is_known_unless_that_is_asked(tmp_path: Path) -> None:
    told = KEPT.replace("Beslut\n", "Bakgrund\n\nFörvaltningen vill att Lillby skola läggs ned.\n\nBeslut\n", 1)
    with reading(tmp_path, {"minutes.txt": told}) as assistant:
        for question, expected in (
            ("Läggs Lillby skola ned?", 1.0),
            ("Vad ville förvaltningen med Lillby skola?", 0.0),
        ):
            _, (evidence,) = assistant.evidence(question)
            signals = {item.words: item.signals.told for item in evidence}
            assert signals["Förvaltningen vill att Lillby skola läggs ned."] == expected
            assert signals["Lillby skola blir kvar."] == 0.0


SHARES = """Tjänsteskrivelse
Datum {date}
Dnr KS 2021/00033

Gemensam nämnd med Storby

Bakgrund

Kommunens andel av kostnaden för den gemensamma nämnden är {share} procent av alla kostnader.
"""


@pytest.mark.parametrize(("second", "differs"), [("42,5", True), ("37,8", False)])
def test_figures_of_one_matter_that_contradict_each_other_are_shown_as_such(
    tmp_path: Path, second: str, differs: bool
) -> None:
    papers = {
        "a.txt": SHARES.format(date="2021-03-15", share="37,8"),
        "b.txt": SHARES.format(date="2021-04-15", share=second),
    }
    with reading(tmp_path, papers) as assistant:
        answer = assistant.ask("Hur stor andel av kostnaden för den gemensamma nämnden är kommunens?")
    assert ("Källorna skiljer sig åt" in answer.answer) == differs
    assert "37,8" in answer.answer
    assert (second in answer.answer) is True


def test_when_a_matter_was_treated_is_not_what_was_decided(tmp_path: Path) -> None:
    agenda = """§ 87 Godkännande av dagordning

Beslut

Ärendet om nedläggning av Lillby skola behandlas sist av alla ärenden.

"""
    paper = KEPT.replace("§ 88", f"{agenda}§ 88", 1)
    with reading(tmp_path, {"minutes.txt": paper}) as assistant:
        _, (evidence,) = assistant.evidence("Vad beslutades om ärendet om nedläggning av Lillby skola?")
    assert evidence[0].found.passage.paragraph == "88"


@pytest.mark.parametrize(
    ("heading", "of_the_meeting"),
    [
        ("§ 87 Godkännande av dagordning › Beslut", True),
        ("§ 82 Upprop och protokollets justering", True),
        ("§ 87 Val av justerare", True),
        ("Justering", True),
        ("§ 45 Justering av VA-taxan 2024 › Beslut", False),
        ("§ 3 Svar på motion om justering av arvoden", False),
        ("§ 12 Medborgarförslag om upprop mot våld", False),
    ],
)
def test_the_meeting_is_told_from_its_matters(heading: str, of_the_meeting: bool) -> None:
    assert bool(OF_THE_MEETING.match(heading)) is of_the_meeting


@pytest.mark.parametrize(
    ("question", "otherwise"),
    [
        ("Varför biföll nämnden motionen om Lillby skola?", True),
        ("Why was Lillby skola closed when the committee approved the proposal?", True),
        ("Varför avslog nämnden förslaget om Lillby skola?", False),
        ("Biföll nämnden förslaget om Lillby skola?", False),
    ],
)
def test_a_decision_may_be_taken_for_granted_that_the_matter_does_not_know(
    tmp_path: Path, question: str, otherwise: bool
) -> None:
    with reading(tmp_path, {"minutes.txt": KEPT}) as assistant:
        asked, (evidence,) = assistant.evidence(question)
        assert went_otherwise(assistant._index.registry, asked.asks[0], evidence[0]) is otherwise


GRANT = """Protokoll

Kommunfullmäktige
Sammanträdesdatum 2024-09-18

§ 81 Bidrag till bygdegårdens tak

Sammanfattning

Bygdegårdsföreningen ansöker om 240 000 kronor till ett nytt tak på bygdegården.

Beslut

Bygdegårdsföreningen beviljas 180 000 kronor till ett nytt tak.
"""


def test_what_was_applied_for_stands_behind_what_was_granted(tmp_path: Path) -> None:
    with reading(tmp_path, {"minutes.txt": GRANT}) as assistant:
        granted = assistant.ask("Hur mycket får Bygdegårdsföreningen till ett nytt tak på bygdegården?")
        asked_for = assistant.ask("Hur mycket ansökte Bygdegårdsföreningen om till ett nytt tak?")
    assert granted.citations[0].status == "beslut"
    assert "180 000" in granted.citations[0].quote
    assert "240 000" in asked_for.citations[0].quote
