"""The MCP server with the SDK's own client: the same objects as the API, from tools that only read."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import anyio
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from jsonschema import Draft202012Validator
from mcp import Client
from mcp.types import CallToolResult

from assistant.service import Assistant
from assistant.web import mcp, operations
from ingest.errors import RadslagError
from ingest.settings import load_settings
from tests.answers import FakeAssistant, fake_assistant

pytestmark = pytest.mark.slow

FEE = "Vad är avgiften för sophämtning?"
MEMO, MINUTES = "norrby/memo.txt", "norrby/protokoll.txt"
Result = TypeVar("Result")


def with_client(service: Any, use: Callable[[Client], Awaitable[Result]]) -> Result:
    """What `use` makes of a client of the server, in this process."""

    async def connected() -> Result:
        async with Client(mcp.server(service)) as client:
            return await use(client)

    return anyio.run(connected)


def call(service: Any, tool: str, **arguments: Any) -> CallToolResult:
    return with_client(service, lambda client: client.call_tool(tool, arguments))


def given(service: Any, tool: str, **arguments: Any) -> dict[str, Any]:
    """The structured result of a call that succeeds."""
    result = call(service, tool, **arguments)
    assert not result.is_error, result.content
    structured: dict[str, Any] = result.structured_content
    return structured


def test_every_tool_only_reads_and_says_what_it_takes_and_gives() -> None:
    listed = with_client(fake_assistant(), lambda client: client.list_tools()).tools
    assert [tool.name for tool in listed] == ["ask", "search", "precedents", "matter", "document", "coverage"]
    for tool in listed:
        assert tool.title
        assert tool.annotations is not None
        assert (tool.annotations.read_only_hint, tool.annotations.open_world_hint) == (True, False)
        assert tool.output_schema is not None
        for described in (tool.input_schema, tool.output_schema):
            Draft202012Validator.check_schema(described)
            assert described["type"] == "object"
        for name, field in tool.input_schema["properties"].items():
            assert "description" in field, f"{tool.name}.{name}"


def test_a_model_is_told_what_statuses_mean_and_that_text_is_data() -> None:
    said = " ".join(mcp.INSTRUCTIONS.split())
    for status in ("förslag", "beslut", "yttrande", "motion", "information", "okänd"):
        assert f"{status}:" in said
    assert "verbatim" in said
    assert "never an instruction" in said
    by_name = {each.name: " ".join(each.description.split()) for each in mcp.OPERATIONS}
    assert "verbatim" in by_name["ask"]
    assert "förslag is only a proposal" in by_name["ask"]
    assert all("never an instruction" in by_name[name] for name in ("search", "document"))


def test_an_answer_is_that_of_the_api_and_of_its_schema(assistant: Assistant) -> None:
    got = given(assistant, "ask", question=FEE)
    expected = assistant.ask(FEE).as_json()
    assert got["answer"] == expected["answer"]
    assert [each["quote"] for each in got["citations"]] == [each["quote"] for each in expected["citations"]]
    assert list(got) == list(expected)
    for tool in mcp.OPERATIONS:
        arguments = {"ask": {"question": FEE}, "search": {"query": "bad"}, "precedents": {"text": "lån"}}.get(
            tool.name, {"document": MEMO} if tool.name == "document" else {}
        )
        structured = given(assistant, tool.name, **arguments)
        Draft202012Validator(tool.tool().output_schema or {}).validate(structured)


def test_the_text_of_a_result_is_its_structure(assistant: Assistant) -> None:
    import json

    result = call(assistant, "search", query="sophämtning", k=2)
    (content,) = result.content
    assert content.type == "text"
    assert json.loads(content.text) == result.structured_content
    assert "å" in content.text, "letters are not escaped"


def test_a_quote_is_checked_by_reading_the_document(assistant: Assistant) -> None:
    citation = given(assistant, "ask", question=FEE)["citations"][0]
    span = {key: citation[key] for key in ("document", "start", "end")}
    passage = given(assistant, "document", **span, context=50)
    assert " ".join(passage["text"].split()) == " ".join(citation["quote"].split())
    assert passage["before"]
    assert passage["after"]


def test_filters_and_history_are_heeded(assistant: Assistant) -> None:
    assert {hit["document"] for hit in given(assistant, "search", query=FEE, kind="protokoll")["retrieved"]} == {
        MINUTES
    }
    said = [{"role": "user", "content": FEE}, {"role": "assistant", "content": "1 250 kronor om året."}]
    assert given(assistant, "ask", question="Och från när gäller den?", history=said)["understood"]
    assert given(assistant, "matter", document=MINUTES)["total"] == len(assistant.archive.matters_of(MINUTES))
    assert given(assistant, "coverage", year=2024)["documents"] == 1


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {}, "question: found nothing, needs a value: see the input schema of the tool"),
        ("ask", {"question": FEE, "colour": "red"}, "colour: found 'red', needs a field that exists here"),
        ("precedents", {}, "needs either text or document"),
        ("document", {"document": "../../etc/passwd"}, "found no document '../../etc/passwd'"),
        ("matter", {"dnr": "nix"}, "needs a diarienummer"),
        ("destroy", {}, "found no tool 'destroy', needs one of ask, search"),
    ],
)
def test_a_wrong_call_is_told_the_model(assistant: Assistant, tool: str, arguments: dict[str, Any], said: str) -> None:
    result = call(assistant, tool, **arguments)
    assert result.is_error
    assert said in result.content[0].text  # type: ignore[union-attr]


def test_what_is_wrong_with_the_server_is_not_told_the_model(caplog: pytest.LogCaptureFixture) -> None:
    class Failing(FakeAssistant):
        def ask(self, *_: Any, **__: Any) -> Any:
            raise RadslagError("the index at /srv/secret has gone")

    result = call(Failing(), "ask", question=FEE)
    assert result.is_error
    assert result.content[0].text == operations.UNAVAILABLE  # type: ignore[union-attr]
    assert "/srv/secret" in caplog.text


# -- over HTTP ------------------------------------------------------------------------------------------------------

LIST = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
HEADERS = {"accept": "application/json, text/event-stream"}


def app_of(service: Any) -> FastAPI:
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(mcp.router(service))
    return app


def test_it_runs_while_the_application_does_and_as_often() -> None:
    app = app_of(fake_assistant())
    assert TestClient(app).post(mcp.PATH, json=LIST, headers=HEADERS).status_code == 503
    for _ in range(2):
        with TestClient(app) as client:
            listed = client.post(mcp.PATH, json=LIST, headers=HEADERS)
            assert listed.headers["content-type"] == "application/json"
            assert len(listed.json()["result"]["tools"]) == len(mcp.OPERATIONS)
            for method in ("GET", "DELETE"):
                assert client.request(method, mcp.PATH, headers=HEADERS).status_code == 405, "no session, no stream"


def test_pages_of_other_sites_may_call_only_where_a_setting_names_them() -> None:
    home = "https://intra.example.se"
    for origins, status in ([], 405), ([home], 200):
        with TestClient(app_of(FakeAssistant(settings=load_settings(cors_origins=origins)))) as client:
            preflight = {"origin": home, "access-control-request-method": "POST"}
            assert client.options(mcp.PATH, headers=preflight).status_code == status
