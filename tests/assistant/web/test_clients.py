"""The README's examples with real clients: curl, the MCP SDK over HTTP, and a desktop program's configuration over standard streams."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import Client, StdioServerParameters, stdio_client

from assistant.service import Assistant
from ingest.chain import ingest
from ingest.encode import load_encoder
from ingest.settings import Settings
from tests.browser import served

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
HOME = "http://127.0.0.1:7860/"  # the address in the README
MEMO = "koping/002_bb1c2f2fbae1ae61.txt"
SECONDS = 60  # a client that takes longer hangs
_SECTION = (
    (ROOT / "README.md")
    .read_text(encoding="utf-8")
    .partition("## Talk to it from other programs")[2]
    .partition("\n## ")[0]
)


def example(language: str) -> str:
    """The one example in a language that the section has."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", _SECTION, re.DOTALL)
    return str(found)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of Köping's two papers."""
    folder = tmp_path_factory.mktemp("clients")
    shutil.copytree(ROOT / "corpus" / "koping", folder / "corpus" / "koping")
    settings = Settings(index=folder / "index")
    assert not ingest([folder / "corpus"], settings, load_encoder(settings)).failed
    return folder / "index"


@pytest.fixture(scope="module")
def url(index: Path) -> Iterator[str]:
    with Assistant.open(Settings(index=index)) as assistant, served(assistant) as address:
        yield address


def test_curl_gets_what_the_readme_promises(url: str) -> None:
    if shutil.which("curl") is None:
        pytest.fail("no curl: install it (apt-get install curl)")
    commands = re.split(r"\n(?=curl)", example("sh").strip())
    said: list[Any] = []
    for command in commands:
        assert HOME in command
        run = subprocess.run(
            [
                "bash",
                "-c",
                command.replace("curl ", "curl --fail-with-body --silent --show-error ", 1).replace(HOME, url),
            ],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
        assert run.returncode == 0, f"{command}\n{run.stdout}{run.stderr}"
        said.append(json.loads(run.stdout))
    first, second, search, precedents, documents, passage, coverage = said
    assert first["citations"][0]["document"] == MEMO
    assert first["citations"][0]["status"] == "förslag"
    assert second["understood"]
    assert "samtliga medlemmar" in second["answer"]
    assert search["retrieved"]
    assert precedents["query"] == MEMO
    assert MEMO in [each["document"] for each in documents["documents"]]
    assert (passage["start"], passage["end"], len(passage["text"])) == (0, 200, 200)
    assert coverage["documents"] == 2


def test_a_refused_call_is_a_problem_to_curl_too(url: str) -> None:
    asked = ["curl", "--silent", "--include", f"{url}api/v1/ask?question=a&colour=red"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=SECONDS).stdout
    assert said.startswith("HTTP/1.1 422")
    assert "application/problem+json" in said
    assert "colour: found 'red', needs a field that exists here" in said


def test_the_python_example_prints_the_answer_with_its_citations(url: str) -> None:
    program = example("python")
    assert HOME in program
    environment = os.environ | {"PYTHONIOENCODING": "utf-8", "NO_PROXY": "127.0.0.1"}
    run = subprocess.run(
        [sys.executable, "-c", program.replace(HOME, url)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=environment,
        timeout=SECONDS,
    )
    assert run.returncode == 0, run.stderr
    assert "likvideras när" in run.stdout
    assert f"1 förslag {MEMO}" in run.stdout


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_clients_of_this_and_of_earlier_protocols_are_served(url: str, mode: str) -> None:
    async def use() -> list[str]:
        async with Client(f"{url}mcp", mode=mode) as client:
            assert not (await client.call_tool("coverage", {})).is_error
            assert (await client.call_tool("document", {"document": "nix"})).is_error
            return [tool.name for tool in (await client.list_tools()).tools]

    assert anyio.run(use)[0] == "ask"


def test_a_desktop_program_starts_the_server_as_the_readme_configures_it(index: Path) -> None:
    (configured,) = json.loads(example("json"))["mcpServers"].values()
    assert Path(configured["command"]).name == "radslag"
    *arguments, _ = configured["args"]
    assert arguments == ["mcp", "--index"]
    started = StdioServerParameters(
        command=sys.executable,
        args=["-m", "radslag", *arguments, str(index)],
        cwd=index.parent,
        env={"PYTHONPATH": str(ROOT), "HOME": os.environ["HOME"], "PATH": os.environ["PATH"]},
    )

    async def use() -> dict[str, Any]:
        with anyio.fail_after(SECONDS):
            async with Client(stdio_client(started)) as client:
                result = await client.call_tool("ask", {"question": "When is Västra Mälardalen liquidated?"})
                answer: dict[str, Any] = result.structured_content
                return answer

    answer = anyio.run(use)
    assert answer["language"] == "en"
    assert answer["citations"][0]["document"] == MEMO
