"""The benchmark's parts, and (slow) the whole of it."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest

from evals.browser import ask_page
from evals.figures import Figure, render
from evals.processes import free_port, peak_mb, peak_of, seconds_of, serving
from evals.synthetic import CHARS, write_synthetic
from ingest.encode import Vector
from ingest.errors import RadslagError, UsageError
from ingest.interaction import Seen
from ingest.model import Span
from ingest.settings import load_settings
from tests.encoders import ToyEncoder

CHECKOUT = Path(__file__).parents[2]
PYTHON = [sys.executable, "-c"]
CORPUS = load_settings(corpus=CHECKOUT / "corpus" / "koping")

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="peak memory is read from Linux's /proc")


@pytest.mark.parametrize(
    ("figure", "met"),
    [
        (Figure("share", 0.8, "", 0.8, at_least=True), True),
        (Figure("share", 0.79, "", 0.8, at_least=True), False),
        (Figure("time", 100.0, "ms", 100), True),
        (Figure("time", 100.1, "ms", 100), False),
        (Figure("memory", None, "MB", 1200), None),
        (Figure("speed", 3000.0, "tokens/s"), None),
    ],
)
def test_a_figure_beside_its_target(figure: Figure, met: bool | None) -> None:
    assert figure.met is met
    assert json.loads(json.dumps(figure.as_json()))["met"] is met


def test_the_table() -> None:
    lines = render([Figure("ask", 123.4, "ms", 100), Figure("share", 0.84, "", 0.8, True), Figure("m", None, "MB", 9)])
    ask, share, memory = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines.splitlines()[2:]]
    assert ask == ["ask", "123 ms", "≤ 100 ms", "MISSED"]
    assert share == ["share", "0.84", "≥ 0.8", "met"]
    assert memory == ["m", "not told", "≤ 9 MB", ""]


def test_the_synthetic_corpus_is_the_same_each_time(tmp_path: Path) -> None:
    first, second = (write_synthetic(tmp_path / name, CORPUS, documents=5) for name in ("a", "b"))
    texts = [file.read_text(encoding="utf-8") for file in sorted(first.iterdir())]
    assert texts == [file.read_text(encoding="utf-8") for file in sorted(second.iterdir())]
    assert len(set(texts)) == 5
    assert all(CHARS <= len(text) < 4 * CHARS for text in texts)


def test_its_paragraphs_are_the_corpus_own_and_none_is_repeated(tmp_path: Path) -> None:
    folder = write_synthetic(tmp_path / "a", CORPUS, documents=5)
    words = "".join(file.read_text(encoding="utf-8") for file in (CHECKOUT / "corpus" / "koping").iterdir())
    paragraphs = [part for file in folder.iterdir() for part in file.read_text(encoding="utf-8").split("\n\n")]
    assert len(set(paragraphs)) == len(paragraphs)
    real = [part.partition(") ")[2].strip() for part in paragraphs if part.startswith("(")]
    assert len(real) > 20
    assert all(part in words for part in real)


def test_no_corpus_to_shuffle(tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("För lite.", encoding="utf-8")
    with pytest.raises(UsageError, match="too little plain text"):
        write_synthetic(tmp_path / "out", load_settings(corpus=tmp_path))


@on_linux
def test_peak_memory_is_that_of_the_process() -> None:
    small = peak_of([*PYTHON, "import time; time.sleep(0.2)"])
    large = peak_of([*PYTHON, "import time; a = b'x' * 200_000_000; del a; time.sleep(0.2)"])
    assert small is not None
    assert large is not None
    assert small < 100 < 200 < large < 300


def test_a_process_that_is_gone_tells_nothing() -> None:
    assert peak_mb(2**22 + 1) is None  # more than any process id


def test_time_of_a_command() -> None:
    assert 0.2 <= seconds_of([*PYTHON, "import time; time.sleep(0.2)"]) < 10


def test_a_command_that_fails_is_no_measurement() -> None:
    broken = [*PYTHON, "import sys; print('first', file=sys.stderr); sys.exit('boom')"]
    with pytest.raises(RadslagError, match=r"ended with status 1 \(boom\)"):
        seconds_of(broken)
    with pytest.raises(RadslagError, match=r"ended with status 1 \(boom\)"):
        peak_of(broken)
    with (
        pytest.raises(RadslagError, match=r"ended with status 1 \(boom\)"),
        serving(broken, f"http://127.0.0.1:{free_port()}/"),
    ):
        pytest.fail("it never served")


def test_a_server_is_up_inside_the_block_and_gone_after_it(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(tmp_path)]
    with serving(command, f"http://127.0.0.1:{port}/") as process:
        assert Path(f"/proc/{process}").exists() or sys.platform != "linux"
    assert not Path(f"/proc/{process}").exists()


class Page(BaseHTTPRequestHandler):
    """A page with a language button, a question field, and an event that follows the question."""

    joined: list[dict[str, Any]]
    success = True

    def do_GET(self) -> None:
        if self.path == "/config":
            self._send(
                {
                    "dependencies": [
                        {"id": 0, "targets": [[5, "click"]], "inputs": [2], "trigger_after": None},
                        {"id": 3, "targets": [[7, "submit"]], "inputs": [2, 7], "trigger_after": None},
                        {"id": 4, "targets": [[None, "then"]], "inputs": [2], "trigger_after": 3},
                    ]
                }
            )
        else:
            ended = {"msg": "process_completed", "success": self.success, "output": {"error": "trasig"}}
            self._send(b"".join(b"data: %s\n\n" % json.dumps(each).encode() for each in ({"msg": "estimation"}, ended)))

    def do_POST(self) -> None:
        self.joined.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self._send({"event_id": "x"})

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is logged."""

    def _send(self, content: bytes | dict[str, Any]) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(content if isinstance(content, bytes) else json.dumps(content).encode())


@pytest.fixture
def page() -> Iterator[tuple[str, type[Page]]]:
    handler = type("OnePage", (Page,), {"joined": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", handler
        server.shutdown()
        thread.join()


def test_asking_a_page(page: tuple[str, type[Page]]) -> None:
    url, handler = page
    ask_page(url, "När?")
    assert [(each["fn_index"], each["data"]) for each in handler.joined] == [(3, [None, "När?"]), (4, [None])]


def test_a_page_that_fails(page: tuple[str, type[Page]]) -> None:
    url, handler = page
    handler.success = False
    with pytest.raises(RadslagError, match=r"could not answer .*trasig"):
        ask_page(url, "När?")


class SleepyEncoder(ToyEncoder):
    """Takes 10 ms a text, whichever way it is asked."""

    def encode_passages(self, texts: Sequence[str]) -> Vector:
        sleep(0.01 * len(texts))
        return super().encode_passages(texts)

    def encode_spans(self, text: str, spans: Sequence[Span]) -> Seen:
        sleep(0.01)
        return super().encode_spans(text, spans)


def test_raw_and_ingest_are_told_apart(tmp_path: Path) -> None:
    from evals.bench import beside_raw
    from ingest.chain import AHEAD

    folder = write_synthetic(tmp_path / "synthetic", CORPUS, documents=3)
    texts = {file.name: ["en text", "en till"] for file in folder.iterdir()}
    encoder = SleepyEncoder()
    settings = load_settings(index=tmp_path / "index")
    raw, ingested = beside_raw(folder, settings, encoder, texts)
    assert 3 * 2 * 0.01 <= raw < 1  # three documents of two texts, 10 ms each
    assert ingested >= 0.01 * (encoder.encoded - 3 * 2) / AHEAD  # everything else, so many documents at a time


@pytest.mark.slow
def test_the_whole_benchmark() -> None:
    from evals.bench import bench

    figures = {figure.name: figure for figure in bench(CORPUS, passages=20, people=2)}
    assert {name for name, figure in figures.items() if figure.target is not None} == {
        "ingest / raw encoder",
        "ask p95, warm",
        "ask p95, scaled index",
        *(
            f"ask p95 with a filter on {key}, scaled index"
            for key in ("municipality", "body", "kind", "year", "status")
        ),
        "ask, cold start",
        "server, peak memory",
        "page ready after navigation",
        "answer seen after Enter",
        "2 people at once, p95",
        "2 people at once, without an answer",
    }
    assert all(figure.value is None or figure.value >= 0 for figure in figures.values())
    ratio, raw, ingested = (figures[name].value for name in ("ingest / raw encoder", "raw encoder", "ingest"))
    assert ratio is not None
    assert raw is not None
    assert ingested is not None
    assert ratio == pytest.approx(ingested / raw)
