"""The HTTP API: the same objects as everywhere else, and errors that say what to do."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from openapi_spec_validator import validate

from assistant import model
from assistant.model import Answer
from assistant.service import Assistant
from assistant.web import api, operations, requests, schema
from ingest.errors import RadslagError
from ingest.filters import FILTERS
from ingest.matter_store import FILTERS as MATTER_FILTERS
from ingest.matters import Role
from ingest.model import Status
from ingest.outcome import Outcome
from ingest.settings import load_settings
from tests.answers import FakeArchive, FakeAssistant, fake_assistant

pytestmark = pytest.mark.slow

FEE = "Vad är avgiften för sophämtning?"
MEMO, MINUTES = "norrby/memo.txt", "norrby/protokoll.txt"
ANSWER = "question language answer abstained confidence engine statements citations retrieved timings_ms understood note".split()
CITATION = (
    "n document title municipality body kind status date dnr section point paragraph page start end quote".split()
)
TURN = '{"role": "user", "content": "Vad kostar sophämtning?"}'


def client_of(service: Any) -> TestClient:
    """A client of the API, mounted as the web app mounts it."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.mount(api.PATH, api.application(service))
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def client(assistant: Assistant) -> TestClient:
    return client_of(assistant)


def text_of(client: TestClient, document: str) -> str:
    return str(client.get("/api/v1/documents/text", params={"document": document}).json()["text"])


# -- answers --------------------------------------------------------------------------------------------------------


def test_an_answer_is_that_of_the_contract_whichever_way_it_is_asked_for(
    client: TestClient, assistant: Assistant
) -> None:
    posted = client.post("/api/v1/ask", json={"question": FEE}).json()
    got = client.get("/api/v1/ask", params={"question": FEE}).json()
    expected = assistant.ask(FEE).as_json()
    for answer in (posted, got):
        assert list(answer) == ANSWER
        assert set(answer.pop("timings_ms")) == {"embed", "retrieve", "answer", "total"}
    del expected["timings_ms"]
    assert posted == got == as_sent(expected)
    assert posted["abstained"] is False
    assert all(list(citation) == CITATION for citation in posted["citations"])


def as_sent(value: Any) -> Any:
    """A value as JSON has it: tuples as lists."""
    if isinstance(value, dict):
        return {key: as_sent(each) for key, each in value.items()}
    return [as_sent(each) for each in value] if isinstance(value, list | tuple) else value


def test_every_quote_and_passage_stands_where_it_says(client: TestClient) -> None:
    answer = client.post("/api/v1/ask", json={"question": FEE}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        span = {key: citation[key] for key in ("document", "start", "end")}
        passage = client.get("/api/v1/documents/text", params=span | {"context": 20}).json()
        assert " ".join(passage["text"].split()) == " ".join(citation["quote"].split())
        whole = text_of(client, citation["document"])
        assert passage["before"] + passage["text"] + passage["after"] in whole
        assert passage["chars"] == len(whole)
    for hit in answer["retrieved"]:
        text = text_of(client, hit["document"])[hit["start"] : hit["end"]]
        assert set(hit["text"].split()) <= set(text.split())


def test_a_question_goes_on_from_what_was_said_and_keeps_to_its_filters(client: TestClient) -> None:
    said = [{"role": "user", "content": FEE}, {"role": "assistant", "content": "1 250 kronor om året."}]
    answer = client.post("/api/v1/ask", json={"question": "Och från när gäller den?", "history": said}).json()
    assert answer["understood"]
    narrowed = client.get("/api/v1/ask", params={"question": FEE, "document": MINUTES}).json()
    assert {hit["document"] for hit in narrowed["retrieved"]} == {MINUTES}
    other = client.post("/api/v1/ask", json={"question": FEE, "filters": {"year": 1999}}).json()
    assert other["abstained"] is True
    assert "1999" in other["answer"]


@pytest.mark.parametrize(
    "filters", [{"kind": "protokoll"}, {"status": "förslag"}, {"year": "2024"}, {"document": MEMO}]
)
def test_a_search_gives_the_nearest_passages_that_the_filters_let_through(
    client: TestClient, assistant: Assistant, filters: dict[str, str]
) -> None:
    got = client.get("/api/v1/search", params={"query": "sophämtning", "k": 3, **filters}).json()
    assert list(got) == ["query", "retrieved", "note"]
    hits = assistant.search("sophämtning", 3, filters)
    assert hits
    assert [hit["start"] for hit in got["retrieved"]] == [hit.start for hit in hits]
    assert client.post("/api/v1/search", json={"query": "sophämtning", "k": 3, "filters": filters}).json() == got


def test_a_search_says_that_no_document_matches(client: TestClient) -> None:
    got = client.get("/api/v1/search", params={"query": "sophämtning", "kind": "kokbok"}).json()
    assert got["retrieved"] == []
    assert "kokbok" in got["note"]


@pytest.mark.parametrize("asked", [{"text": "lån till ishallen"}, {"document": MEMO}])
def test_precedents_are_those_of_the_command_line(
    client: TestClient, assistant: Assistant, asked: dict[str, Any]
) -> None:
    got = client.get("/api/v1/precedents", params=asked).json()
    assert got == as_sent(assistant.precedents(**asked).as_json())
    assert client.post("/api/v1/precedents", json=asked).json() == got
    assert {step["role"] for each in got["precedents"] for step in each["steps"]} <= set(get_args(schema.Role))


def test_questions_are_logged_only_when_a_setting_asks_for_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, "radslag")
    for logged in (False, True):
        client = client_of(FakeAssistant(settings=load_settings(log_questions=logged)))
        client.get("/api/v1/search", params={"query": "hemligt bad"})
        client.get("/api/v1/precedents", params={"text": "hemligt lån"})
        assert ("hemligt bad" in caplog.text) is logged
        assert ("hemligt lån" in caplog.text) is logged


# -- documents ------------------------------------------------------------------------------------------------------


def test_documents_are_listed_narrowed_and_paged(client: TestClient) -> None:
    def listed(**given: Any) -> list[str]:
        return [each["document"] for each in client.get("/api/v1/documents", params=given).json()["documents"]]

    assert listed() == [MINUTES, MEMO]
    assert listed(limit=1) + listed(limit=1, offset=1) == listed()
    assert client.get("/api/v1/documents", params={"limit": 1}).json()["total"] == 2
    assert listed(offset=5) == []
    assert listed(kind="protokoll") == [MINUTES]
    assert listed(text="sophämtning avgift") == [MEMO]


def test_a_document_is_described_with_its_matters(client: TestClient, assistant: Assistant) -> None:
    got = client.get("/api/v1/documents/one", params={"document": MINUTES}).json()
    about = assistant.archive.about(MINUTES)
    assert about is not None
    assert (got["title"], got["body"], got["date"]) == (about.title, about.body, about.date)
    assert got["chars"] == len(text_of(client, MINUTES))
    assert got["version"] == assistant.documents()[MINUTES]
    assert got["pages"] == []
    assert got["matters"] == as_sent([matter.as_json() for matter in assistant.archive.matters_of(MINUTES)])
    assert got["reader"].startswith("/reader?document=norrby%2Fprotokoll.txt")
    assert got["original"].startswith("/documents/original?document=")


def test_a_long_text_is_read_piece_by_piece() -> None:
    text = "å" * (requests.MAX_PASSAGE_CHARS + 5)

    class Long(FakeArchive):
        def text(self, document: str) -> str | None:
            return text if document == "lång.txt" else None

        def pages(self, document: str) -> tuple[int, ...]:  # noqa: ARG002
            return 0, 10, 20

    client = client_of(FakeAssistant(archive=Long()))
    read: list[str] = []
    pages: list[int] = []
    start: int | None = 0
    while start is not None:
        got = client.get("/api/v1/documents/text", params={"document": "lång.txt", "start": start}).json()
        read.append(got["text"])
        pages.append(got["page"])
        start = got["next"]
    assert "".join(read) == text
    assert pages == [1, 3]
    asked: dict[str, str | int] = {"document": "lång.txt", "start": 0, "end": len(text)}
    assert "read on from `next`" in client.get("/api/v1/documents/text", params=asked).json()["detail"]


def test_matters_are_found_by_title_document_and_number(client: TestClient, assistant: Assistant) -> None:
    def found(**given: Any) -> list[str]:
        return [each["id"] for each in client.get("/api/v1/matters", params=given).json()["matters"]]

    every = [matter.id for matter in assistant.archive.matters()]
    assert every
    assert found() == every
    assert found(limit=1, offset=1) == every[1:2]
    assert found(document=MINUTES) == [matter.id for matter in assistant.archive.matters_of(MINUTES)]
    assert found(outcome="avslag") == [matter.id for matter in assistant.archive.matters({"outcome": "avslag"})]
    assert found(text="ISHALLEN") == [matter.id for matter in assistant.archive.matters(words="ISHALLEN")]
    assert found(dnr="KS 1900/1") == []


def test_coverage_counts_what_the_filters_let_through(client: TestClient, assistant: Assistant) -> None:
    got = client.get("/api/v1/coverage", params={"kind": "protokoll"}).json()
    assert got["documents"] == 1
    assert got["first_date"] == got["last_date"] == "2024-05-13"
    assert got["values"]["kind"] == {"protokoll": 1}
    everything = client.get("/api/v1/coverage").json()
    assert everything["values"] == {key: assistant.archive.values(key) for key in operations.VALUES_OF}


def test_the_status_names_program_encoder_and_size(client: TestClient, assistant: Assistant) -> None:
    got = client.get("/api/v1/status").json()
    assert got["encoder"] == assistant.fingerprint
    assert (got["documents"], got["passages"]) == assistant.archive.counts()
    assert got["engines"] == list(assistant.engines)
    assert got["questions_logged"] is False


# -- errors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/v1/ask", 422, "question: found nothing, needs a value"),
        ("/api/v1/ask?question=%20", 422, "question: found ' ', needs text that isn't blank"),
        (f"/api/v1/ask?question={'a' * 2001}", 422, "needs at most 2000 characters"),
        ("/api/v1/ask?question=a&colour=red", 422, "colour: found 'red', needs a field that exists here"),
        ("/api/v1/ask?question=a&year=20", 422, "year: found '20', needs a year (2024) or a range"),
        ("/api/v1/ask?question=a&status=klar", 422, "status: found 'klar', needs one of 'förslag', 'beslut'"),
        ("/api/v1/ask?question=a&engine=llm", 422, "engine: found llm, needs one of extractive"),
        ("/api/v1/search?query=a&k=0", 422, "k: found '0', needs a number from 1"),
        ("/api/v1/search?query=a&k=x", 422, "k: found 'x', needs a whole number"),
        ("/api/v1/precedents", 422, "needs either text or document"),
        ("/api/v1/precedents?text=a&document=b", 422, "needs either text or document"),
        ("/api/v1/precedents?document=nix", 404, "found no document 'nix'"),
        ("/api/v1/documents?limit=1000", 422, "limit: found '1000', needs a number up to 200"),
        ("/api/v1/documents/one?document=../../etc/passwd", 404, "found no document"),
        ("/api/v1/documents/text?document=nix", 404, "found no document 'nix'"),
        (f"/api/v1/documents/text?document={MEMO}&start=9999", 422, "start: found 9999, needs less than"),
        (f"/api/v1/documents/text?document={MEMO}&start=9&end=9", 422, "end: found 9, needs more than start"),
        ("/api/v1/matters?dnr=nix", 422, "needs a diarienummer"),
        ("/api/v1/matters?dnr=KS%202016/1&text=a", 422, "not several of these"),
        ("/api/v1/matters?year=16", 422, "year: found '16', needs a year such as 2024"),
        ("/api/v1/matters?document=nix", 404, "found no document 'nix'"),
        ("/api/nothing", 404, "found nothing at /api/nothing: see /api/openapi.json"),
    ],
)
def test_an_error_says_what_was_found_and_what_is_needed(client: TestClient, path: str, status: int, said: str) -> None:
    response = client.get(path)
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert said in problem["detail"]
    assert problem["title"]
    schema.Problem.model_validate(problem)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ('{"question":', 400, "not JSON"),
        ("[]", 422, "needs an object"),
        ('{"question": "\\ud800"}', 422, "valid Unicode"),
        ('{"question": "a", "filters": {"color": "x"}}', 422, "filters.color: found 'x', needs a field that exists"),
        ('{"question": "a", "history": [{"role": "system", "content": "b"}]}', 422, "history.0.role: found 'system'"),
        (f'{{"question": "a", "history": [{",".join([TURN] * 41)}]}}', 422, "needs at most 40 items"),
        (f'{{"question": "a", "history": [{",".join(["{}"] * 99_999)}]}}', 422, "history.0.role: found nothing"),
    ],
)
def test_a_body_that_is_no_question_is_refused(client: TestClient, body: str, status: int, said: str) -> None:
    response = client.post("/api/v1/ask", content=body, headers={"content-type": "application/json"})
    assert response.headers["content-type"] == "application/problem+json"
    assert (response.status_code, response.json()["status"]) == (status, status)
    assert said in response.json()["detail"]


class Failing(FakeAssistant):
    """Finds its index gone, or falls over."""

    def ask(self, question: str, *_: Any, **__: Any) -> Answer:
        if question == "fall":
            raise ZeroDivisionError("a secret of the program")
        raise RadslagError("the index at /srv/secret has gone")


@pytest.mark.parametrize(("question", "status"), [("gone", 503), ("fall", 500)])
def test_what_is_wrong_with_the_server_is_not_told_the_caller(
    question: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    response = client_of(Failing()).get("/api/v1/ask", params={"question": question})
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert "secret" not in response.text
    assert "whoever runs this server" in response.json()["detail"]
    if status == 503:
        assert "the index at /srv/secret has gone" in caplog.text


# -- manners --------------------------------------------------------------------------------------------------------


def test_head_and_options_are_answered(client: TestClient) -> None:
    whole, head = client.get("/api/v1/status"), client.head("/api/v1/status")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(len(whole.content))
    assert client.options("/api/v1/ask").headers["allow"] == "GET, HEAD, OPTIONS, POST"
    assert client.options("/api/v1/status").headers["allow"] == "GET, HEAD, OPTIONS"
    assert client.options("/api/nothing").status_code == 404
    refused = client.delete("/api/v1/ask")
    assert refused.status_code == 405
    assert "DELETE" in refused.json()["detail"]


def test_pages_of_other_sites_may_call_only_where_a_setting_names_them() -> None:
    home, elsewhere = "https://intra.example.se", "https://elsewhere.example.se"
    closed = client_of(fake_assistant())
    open_ = client_of(FakeAssistant(settings=load_settings(cors_origins=[home])))
    allow = "access-control-allow-origin"
    assert allow not in closed.get("/api/v1/status", headers={"origin": home}).headers
    assert open_.get("/api/v1/status", headers={"origin": home}).headers[allow] == home
    assert allow not in open_.get("/api/v1/status", headers={"origin": elsewhere}).headers
    preflight = {
        "origin": home,
        "access-control-request-method": "POST",
        "access-control-request-headers": "content-type",
    }
    assert open_.options("/api/v1/ask", headers=preflight).status_code == 200
    assert open_.options("/api/v1/ask", headers=preflight | {"origin": elsewhere}).status_code == 400


def test_ten_at_once_get_each_the_answer_to_their_question(client: TestClient, assistant: Assistant) -> None:
    questions = [
        FEE,
        "Vad beslutades om ishallen?",
        "Beviljades gratis bad?",
        "Vem är borgmästare i Rom?",
        FEE.upper(),
    ] * 2
    expected = [assistant.ask(question) for question in questions]

    def ask(question: str) -> dict[str, Any]:
        got: dict[str, Any] = client.post("/api/v1/ask", json={"question": question}).json()
        return got

    with ThreadPoolExecutor(10) as together:
        answers = list(together.map(ask, questions))
    assert [(each["question"], each["answer"]) for each in answers] == [
        (each.question, each.answer) for each in expected
    ]


# -- the description ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    said: dict[str, Any] = client_of(fake_assistant()).get("/api/openapi.json").json()
    return said


def test_the_description_is_valid_and_complete(described: dict[str, Any]) -> None:
    validate(described)
    assert described["servers"] == [{"url": "/api"}]
    operations_of = [each for path in described["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in operations_of}) == len(operations_of) >= 12
    for each in operations_of:
        assert each["summary"]
        assert each["description"]
        for status, response in each["responses"].items():
            expected = "application/json" if status == "200" else "application/problem+json"
            assert list(response["content"]) == [expected]
        for parameter in each.get("parameters", ()):
            assert parameter["description"] or parameter["schema"]["description"], parameter


def test_what_is_answered_is_what_is_described(described: dict[str, Any], client: TestClient) -> None:
    """Every answer has exactly the fields that its schema requires; what is not known is null."""
    from jsonschema import Draft202012Validator

    asked: dict[str, dict[str, str]] = {
        "/v1/ask": {"question": FEE},
        "/v1/search": {"query": "sophämtning"},
        "/v1/precedents": {"text": "lån"},
        "/v1/documents": {},
        "/v1/documents/one": {"document": MEMO},
        "/v1/documents/text": {"document": MEMO},
        "/v1/matters": {},
        "/v1/coverage": {},
        "/v1/status": {},
    }
    assert set(asked) == set(described["paths"])
    for path, parameters in asked.items():
        answer = described["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        response = client.get(f"/api{path}", params=parameters)
        assert response.status_code == 200
        Draft202012Validator({**answer, "components": described["components"]}).validate(response.json())


NOT_IN_THE_JSON = "transcript"  # of a language model's part: kept by evaluations only


@pytest.mark.parametrize("name", ["Answer", "Citation", "Statement", "Hit", "Timings", "Precedent", "Precedents"])
def test_the_schema_has_the_fields_of_the_model_in_their_order(name: str) -> None:
    given = [field.name for field in fields(getattr(model, name)) if field.name != NOT_IN_THE_JSON]
    assert list(getattr(schema, name).model_fields) == given


def test_the_schema_knows_every_value_there_is() -> None:
    assert set(get_args(requests.Standing)) == set(Status)
    assert set(get_args(schema.Outcome)) == set(Outcome)
    assert set(get_args(schema.Role)) == set(Role)
    assert set(requests.Filters.model_fields) == set(FILTERS)
    assert set(MATTER_FILTERS) <= set(requests.MattersQuery.model_fields)


def test_every_filter_narrows_the_same_way_wherever_it_stands() -> None:
    given: dict[str, str] = dict.fromkeys(FILTERS, "x") | {"year": "2024", "status": "beslut"}
    without = {key: value for key, value in given.items() if key != "document"}
    flat: list[tuple[Callable[[], Any], dict[str, str]]] = [
        (lambda: requests.AskQuery(question="a", **given).request().filters, given),
        (lambda: requests.AskCall(question="a", **given).request().filters, given),
        (lambda: requests.SearchQuery(query="a", **given).request().filters, given),
        (lambda: requests.PrecedentsQuery(text="a", **without).request().filters, without),
        (lambda: requests.DocumentsQuery(**without), without),
    ]
    for made, expected in flat:
        assert made().chosen() == expected
