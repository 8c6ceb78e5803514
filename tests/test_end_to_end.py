"""The main job on real input: the corpus as it is, the real encoder, the real page, and no way out to the network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_socket import SocketBlockedError

from assistant.model import Turn
from assistant.service import Assistant
from ingest.chain import ingest
from ingest.encode import load_encoder
from ingest.settings import Settings
from tests.browser import LAPTOP, PHONE, chromium, served, visit

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
MEMO = "koping/002_bb1c2f2fbae1ae61.txt"
POINT_4 = (
    "Samordningsförbundet Västra Mälardalen likvideras när förvaltningsberättelsen och redovisningshandlingarna för 2023 "
    "har delgivits medlemmarna."
)
POINT_5 = "Beslutet fattas under förutsättning att samtliga medlemmar fattar samma beslut."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(index=tmp_path_factory.mktemp("index"))


@pytest.fixture(scope="module")
def assistant(settings: Settings) -> Iterator[Assistant]:
    encoder = load_encoder(settings)
    report = ingest([ROOT / "corpus"], settings, encoder)
    assert report.added >= 2
    assert not report.failed
    with Assistant.open(settings, encoder) as opened:
        yield opened


@pytest.mark.parametrize("question", ["when is Västra Mälardalen liquidated?", "När likvideras Västra Mälardalen?"])
def test_the_flagship_question_gets_the_point_the_standing_and_the_condition(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    assert not answer.abstained
    first, *others = answer.citations
    assert (first.document, first.quote, first.point) == (MEMO, POINT_4, 4)
    assert (first.section, first.status, first.body) == ("Förslag till beslut", "förslag", "Kommunstyrelsen")
    condition = next(citation for citation in others if citation.point == 5)
    assert (condition.document, condition.quote) == (MEMO, POINT_5)
    assert POINT_4 in answer.answer
    assert POINT_5 in answer.answer


def test_what_the_documents_do_not_say_gets_an_abstention_in_the_language_of_the_question(assistant: Assistant) -> None:
    english = assistant.ask("Who is the mayor of Stockholm?")
    assert english.abstained
    assert english.language == "en"
    assert english.answer.startswith("The documents do not answer")
    assert assistant.ask("Vem är borgmästare i Stockholm?").answer.startswith("Dokumenten svarar inte")


def test_a_follow_up_is_answered_from_what_was_said_before(assistant: Assistant) -> None:
    history = [Turn("user", "Vad händer med Samordningsförbundet Västra Mälardalen?"), Turn("assistant", POINT_4)]
    answer = assistant.ask("Under vilken förutsättning då?", history)
    assert answer.understood is not None
    assert POINT_5 in answer.answer


@pytest.mark.disable_socket
def test_asking_opens_no_socket(settings: Settings, assistant: Assistant) -> None:
    assert assistant.documents()  # the index is there
    with pytest.raises(SocketBlockedError):
        socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    with Assistant.open(settings, load_encoder(settings)) as opened:
        assert opened.ask("När likvideras Västra Mälardalen?").citations[0].point == 4


def test_the_console_script_answers_and_complains_in_one_line(settings: Settings, assistant: Assistant) -> None:
    assert assistant.documents()
    program = str(Path(sys.executable).with_name("radslag"))
    asked = ["ask", "När likvideras Västra Mälardalen?", "--index"]
    good = subprocess.run([program, *asked, str(settings.index)], capture_output=True, text=True, check=False)
    assert good.returncode == 0
    assert "FÖRSLAG" in good.stdout
    bad = subprocess.run([program, *asked, "finns-inte"], capture_output=True, text=True, check=False)
    assert bad.returncode == 2
    assert bad.stdout == ""
    assert len(bad.stderr.splitlines()) == 1
    environment = os.environ | {"RADSLAG_PORTT": "1"}
    unknown = subprocess.run([program, "settings"], capture_output=True, text=True, check=False, env=environment)
    assert unknown.returncode == 2
    assert "RADSLAG_PORTT" in unknown.stderr


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_the_page_answers_the_flagship_question_with_its_citation(assistant: Assistant, size: tuple[int, int]) -> None:
    with served(assistant) as url, chromium() as browser, visit(browser, url, size) as opened:
        exchange = opened.ask("När likvideras Västra Mälardalen?")
        said = " ".join(exchange.inner_text().split())
        assert POINT_4 in said
        assert POINT_5 in said
        assert "förslag" in said.casefold()
        assert "punkt 4" in said.casefold()
        assert MEMO in said or MEMO in exchange.inner_html()
        assert exchange.locator("mark").first.inner_text()
        assert opened.overflow() <= 0
        assert opened.foreign_requests() == []
        assert opened.errors == []
        refused = opened.ask("Who is the mayor of Stockholm?")
        assert "do not answer" in refused.inner_text()
