"""The cache of prepared models: built once, whole, by one process, and mended when damaged; shown on a tiny model."""

from __future__ import annotations

import errno
import json
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from filelock import FileLock

from ingest import prepare
from ingest.errors import EncoderError
from ingest.prepare import LOCK_FILE, MANIFEST, UNFINISHED, prepared_folder
from ingest.weights import WeightsFile
from tests.ingest.tiny_weights import write_tiny_weights

READY = "The text encoder is ready."


@pytest.fixture
def source(tmp_path: Path) -> WeightsFile:
    return write_tiny_weights(tmp_path)


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "deep"


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_builds_once_and_says_so(cache: Path, source: WeightsFile) -> None:
    said: list[str] = []
    folder = prepared_folder(cache, "int8", said.append, source)
    assert folder == cache / f"multilingual-e5-small-{source.sha256[:12]}-{prepare.FORMAT}" / "int8"
    assert set(contents(folder)) == {"model.onnx", "tokenizer.json", MANIFEST}
    assert [sentence[:26] for sentence in said] == ["Preparing the text encoder", READY]
    source.path.unlink()  # no longer needed
    assert prepared_folder(cache, "int8", said.append, source) == folder
    assert len(said) == 2


def test_builds_only_the_precision_asked_for(cache: Path, source: WeightsFile) -> None:
    folder = prepared_folder(cache, "float32", lambda _: None, source)
    assert {path.name for path in folder.parent.iterdir()} == {"float32", LOCK_FILE}
    assert {"modules.json", "config.json", "model.safetensors", "tokenizer.json"} <= set(contents(folder))


@pytest.mark.parametrize("precision", ["int8", "float32"])
def test_builds_the_same_bytes_every_time(tmp_path: Path, source: WeightsFile, precision: prepare.Precision) -> None:
    first, second = (
        contents(prepared_folder(tmp_path / name, precision, lambda _: None, source)) for name in ("one", "two")
    )
    assert first == second


@pytest.mark.parametrize("harm", ["a byte changed", "cut short", "a file gone", "no manifest", "a broken manifest"])
def test_finds_damage_and_mends_it(cache: Path, source: WeightsFile, harm: str) -> None:
    folder = prepared_folder(cache, "int8", lambda _: None, source)
    sound = contents(folder)
    model = folder / "model.onnx"
    data = bytearray(sound["model.onnx"])
    if harm == "a byte changed":
        data[len(data) // 2] ^= 1
        model.write_bytes(data)
    elif harm == "cut short":
        model.write_bytes(data[:-1])
    elif harm == "a file gone":
        model.unlink()
    elif harm == "no manifest":
        (folder / MANIFEST).unlink()
    else:
        (folder / MANIFEST).write_text("{")
    said: list[str] = []
    prepared_folder(cache, "int8", said.append, source)
    assert contents(folder) == sound
    assert said[0].startswith("The prepared text encoder is damaged (")
    assert said[-1] == READY


def test_clears_what_a_killed_process_left(cache: Path, source: WeightsFile) -> None:
    code = (
        "import sys, time; from pathlib import Path; from ingest import prepare; from ingest.weights import WeightsFile;"
        "prepare.write_tokenizer = lambda weights, folder: time.sleep(60);"
        "prepare.prepared_folder(Path(sys.argv[1]), 'int8', print, WeightsFile(Path(sys.argv[2]), sys.argv[3]))"
    )
    arguments = [sys.executable, "-c", code, str(cache), str(source.path), source.sha256]
    with subprocess.Popen(arguments, stdout=subprocess.DEVNULL) as process:
        until = time.monotonic() + 30
        while not list(cache.glob(f"*/{UNFINISHED}/model.onnx")) and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
    assert list(cache.glob(f"*/{UNFINISHED}/model.onnx"))
    folder = prepared_folder(cache, "int8", lambda _: None, source)
    assert {path.name for path in folder.parent.iterdir()} == {"int8", LOCK_FILE}
    assert MANIFEST in contents(folder)


def test_an_interrupted_build_leaves_nothing(cache: Path, source: WeightsFile, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(prepare, "write_tokenizer", interrupt)
        with pytest.raises(KeyboardInterrupt):
            prepared_folder(cache, "int8", lambda _: None, source)
    assert [path.name for path in cache.glob("*/*")] == [LOCK_FILE]
    assert prepared_folder(cache, "int8", lambda _: None, source).is_dir()


def test_waits_for_another_process_and_uses_its_work(cache: Path, source: WeightsFile) -> None:
    other = prepared_folder(cache.parent / "other", "int8", lambda _: None, source)
    home = cache / other.parent.name
    home.mkdir(parents=True)
    said: list[str] = []
    waiting = threading.Event()

    def report(sentence: str) -> None:
        said.append(sentence)
        waiting.set()

    with FileLock(home / LOCK_FILE):
        thread = threading.Thread(target=prepared_folder, args=(cache, "int8", report, source))
        thread.start()
        assert waiting.wait(timeout=30)
        other.rename(home / "int8")  # the other process is done
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert said == ["Another process is preparing the text encoder; waiting for it."]


def test_refuses_weights_with_another_checksum_and_writes_nothing(cache: Path, source: WeightsFile) -> None:
    with pytest.raises(EncoderError, match="damaged or of another version"):
        prepared_folder(cache, "int8", lambda _: None, replace(source, sha256="0" * 64))
    assert [path.name for path in cache.glob("*/*")] == [LOCK_FILE]


def test_keeps_a_damaged_build_when_it_cannot_be_replaced(cache: Path, source: WeightsFile) -> None:
    folder = prepared_folder(cache, "int8", lambda _: None, source)
    (folder / MANIFEST).unlink()
    source.path.unlink()
    with pytest.raises(EncoderError, match="cannot read the encoder's weights"):
        prepared_folder(cache, "int8", lambda _: None, source)
    assert (folder / "model.onnx").exists()


def test_names_the_setting_when_the_cache_cannot_be_written(tmp_path: Path, source: WeightsFile) -> None:
    blocked = tmp_path / "a file"
    blocked.touch()
    with pytest.raises(EncoderError, match=r"cannot write .*a file.*; make room there, or set `cache`"):
        prepared_folder(blocked / "cache", "int8", lambda _: None, source)


def test_names_the_setting_when_the_disk_is_too_full(
    cache: Path, source: WeightsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=7_000_000))
    with pytest.raises(EncoderError, match=r"needs 500 MB in .*deep.*, 7 MB are free; .*`cache`"):
        prepared_folder(cache, "float32", lambda _: None, source)


def test_names_the_setting_when_the_disk_fills_up(
    cache: Path, source: WeightsFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(prepare, "write_onnx", fill)
    with pytest.raises(EncoderError, match=r"No space left on device; .*`cache`"):
        prepared_folder(cache, "int8", lambda _: None, source)
    assert [path.name for path in cache.glob("*/*")] == [LOCK_FILE]


def test_the_manifest_names_every_file(cache: Path, source: WeightsFile) -> None:
    folder = prepared_folder(cache, "float32", lambda _: None, source)
    assert set(json.loads((folder / MANIFEST).read_text())) | {MANIFEST} == set(contents(folder))
