"""Documents that hang, crash or eat memory cost a process; the others come through, and nothing is left running."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path

import pytest

from ingest import workers
from ingest.chain import ingest
from ingest.errors import DocumentError
from ingest.parse import parse
from ingest.settings import Settings
from ingest.sources import Source
from ingest.workers import Workers
from tests.encoders import ToyEncoder

pytestmark = pytest.mark.slow

TEXT = "Avgift för bad\n\nKommunen tar ut en avgift för bad. Den har inte höjts på tio år.\n"
MISBEHAVING = (
    "import sys; sys.path.append(sys.argv[1]); from tests.ingest.misbehaving import serve; serve(int(sys.argv[2]))"
)
LIMITS = Settings(read_seconds=3, document_seconds=600)
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="looks for processes in /proc")


@pytest.fixture
def misbehaving(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_START", MISBEHAVING)


def source(folder: Path, name: str, text: str = TEXT) -> Source:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return Source(name, path, folder)


def processes() -> dict[int, tuple[int, str]]:
    """Parent and command of each process that runs."""
    found = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            before, after = stat.read_text(encoding="utf-8", errors="replace").rsplit(")", 1)
            command = (stat.parent / "cmdline").read_text(encoding="utf-8", errors="replace")
        except OSError:  # it has ended meanwhile
            continue
        state, parent, *_ = after.split()
        if state != "Z":
            found[int(before.split()[0])] = (int(parent), command.replace("\0", " "))
    return found


def below(ancestor: int) -> set[int]:
    running = processes()
    found: set[int] = set()
    while new := {pid for pid, (parent, _) in running.items() if parent in {ancestor, *found}} - found:
        found |= new
    return found


def wait_until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "it never came to be"
        time.sleep(0.02)


def test_a_worker_gives_what_parse_gives(tmp_path: Path) -> None:
    document = source(tmp_path, "bad.txt")
    with Workers(LIMITS, ready=1) as pool:
        assert pool.parse(document, "1") == parse(document, LIMITS, "1")


def test_a_document_that_cannot_be_read_says_why_as_ever(tmp_path: Path) -> None:
    document = source(tmp_path, "bad.pdf")
    with pytest.raises(DocumentError) as here:
        parse(document, LIMITS, "1")
    with Workers(LIMITS) as pool, pytest.raises(DocumentError) as there:
        pool.parse(document, "1")
    assert vars(there.value) == vars(here.value)


@pytest.mark.usefixtures("misbehaving")
@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("hang.txt", "reading it, or a page of it, took longer than 3 seconds", "read_seconds"),
        ("hold.txt", "reading it, or a page of it, took longer than 3 seconds", "read_seconds"),
        ("child.txt", "reading it, or a page of it, took longer than 3 seconds", "read_seconds"),
        ("segfault.txt", "reading it crashed (SIGSEGV)", "save it anew"),
        ("surprise.txt", "reading it failed (KeyError: 'what nobody foresaw')", "save it anew"),
        ("hog.txt", "reading it takes more than 2000 MB of memory", "read_megabytes"),
    ],
)
@pytest.mark.parametrize("used", [False, True])
def test_a_document_beyond_the_limits_is_reported_and_the_next_is_read(
    tmp_path: Path, name: str, reason: str, remedy: str, used: bool
) -> None:
    document, good = source(tmp_path, name), source(tmp_path, "bad.txt")
    with Workers(LIMITS) as pool:
        if used:
            pool.parse(good, "1")
        with pytest.raises(DocumentError) as caught:
            pool.parse(document, "1")
        assert caught.value.document == name
        assert caught.value.reason == reason
        assert remedy in caught.value.remedy
        assert pool.parse(good, "1") == parse(good, LIMITS, "1")


@pytest.mark.usefixtures("misbehaving")
def test_a_long_document_that_goes_on_is_read_until_its_whole_time_is_out(tmp_path: Path) -> None:
    document = source(tmp_path, "long.txt")
    with Workers(LIMITS) as pool:
        assert pool.parse(document, "1") == parse(document, LIMITS, "1")
    over = pytest.raises(DocumentError, match=r"reading all of it took longer than 3\.5 seconds.*document_seconds")
    with Workers(LIMITS.model_copy(update={"document_seconds": 3.5})) as pool, over:
        pool.parse(document, "1")


@pytest.mark.usefixtures("misbehaving")
def test_what_a_library_prints_is_no_answer(tmp_path: Path) -> None:
    document = source(tmp_path, "chatter.txt")
    with Workers(LIMITS) as pool:
        assert pool.parse(document, "1") == parse(document, LIMITS, "1")


@pytest.mark.usefixtures("misbehaving")
def test_a_run_goes_on_past_documents_that_misbehave(tmp_path: Path) -> None:
    (tmp_path / "arkiv").mkdir()
    for name in ("hang", "segfault", "surprise", "hog", "bad", "sopor"):
        source(tmp_path / "arkiv", f"{name}.txt", TEXT.replace("bad", name))
    report = ingest([tmp_path / "arkiv"], LIMITS.model_copy(update={"index": tmp_path / "index"}), ToyEncoder())
    assert report.added == 2
    assert sorted(failure.document for failure in report.failed) == [
        "hang.txt",
        "hog.txt",
        "segfault.txt",
        "surprise.txt",
    ]


def test_nothing_is_imported_from_where_the_documents_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pickle", "email", "lxml", "ingest"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('imported from the documents')", encoding="utf-8")
    document = source(tmp_path, "bad.html", f"<p>{TEXT}")
    monkeypatch.chdir(tmp_path)
    with Workers(LIMITS) as pool:
        assert pool.parse(document, "1")[0].id == "bad.html"


def test_a_worker_starts_light() -> None:
    heavy = "{'pydantic', 'numpy', 'torch', 'chromadb', 'onnxruntime', 'transformers'} & set(sys.modules)"
    program = f"import sys; import ingest.parse_worker; sys.exit(str({heavy}) if {heavy} else 0)"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)


@needs_proc
@pytest.mark.usefixtures("misbehaving")
def test_nothing_is_left_running_at_the_end(tmp_path: Path) -> None:
    before = below(os.getpid())
    document = source(tmp_path, "child.txt")
    with ThreadPoolExecutor(1) as threads:
        with Workers(Settings(), ready=2) as pool:
            asked = threads.submit(pool.parse, document, "1")
            wait_until(lambda: any("sleep 617" in command for _, command in processes().values()))
            assert len(below(os.getpid()) - before) == 3
        with pytest.raises(CancelledError):
            asked.result(10)
    assert below(os.getpid()) <= before
    assert not any("sleep 617" in command for _, command in processes().values())


PARENT = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored where the tests themselves run in the background
from pathlib import Path
from ingest import workers
from ingest.settings import Settings
from ingest.sources import Source
from ingest.workers import Workers
workers._START = {start!r}
with Workers(Settings(), ready=2) as pool:
    print("started", flush=True)
    pool.parse(Source({name!r}, Path({path!r}), Path({path!r}).parent), "1")
"""


@needs_proc
@pytest.mark.parametrize("name", ["hang.txt", "hold.txt", "child.txt"])
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(tmp_path: Path, name: str, ending: signal.Signals) -> None:
    program = PARENT.format(start=MISBEHAVING, name=name, path=str(source(tmp_path, name).path))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"started\n"
        wait_until(lambda: len(below(parent.pid)) == (3 if name == "child.txt" else 2))
        time.sleep(1)  # until it is busy
        children = below(parent.pid)
        parent.send_signal(ending)
        parent.wait(10)
        wait_until(lambda: not children & set(processes()))
