"""Prepare: the embedded model, built once from its 4-bit weights into the cache folder, in the precision asked for.

    <cache>/multilingual-e5-small-<checksums>-<format>/int8      model.onnx, tokenizer.json
                                                      /float32   a sentence-transformers folder

The checksums are those of the weights and of the adapter that changes them (`ingest.adapter`).

A prepared folder appears whole or not at all: it is built beside its place and renamed, by one process at a time. Its
manifest names every file with its checksum, so that a damaged one is found and built again.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from ingest.adapter import FILE as ADAPTER
from ingest.errors import EncoderError
from ingest.prepare_onnx import write_onnx
from ingest.prepare_tokenizer import write_tokenizer
from ingest.prepare_transformer import write_transformer
from ingest.settings import EMBEDDED_MODEL
from ingest.weights import SHA256, Weights, WeightsFile, embedded_weights, identity_of, open_weights

Precision = Literal["int8", "float32"]
Report = Callable[[str], None]

FORMAT = 2  # raised whenever what is built changes, for then its vectors do too
MANIFEST = "manifest.json"
LOCK_FILE = "preparing.lock"
UNFINISHED = ".unfinished"  # folder that a build grows in
NEEDED_BYTES = {"int8": 100_000_000, "float32": 500_000_000}  # of disk


def model_identity(precision: Precision) -> str:
    """Names the embedded model as built by this version of the program: other weights or another build, another name."""
    return f"{EMBEDDED_MODEL}@{identity_of(SHA256, ADAPTER)}/{precision}.{FORMAT}"


def prepared_folder(cache: Path, precision: Precision, report: Report, source: WeightsFile | None = None) -> Path:
    """The folder that holds the model, built when it is missing or damaged.

    Args:
        cache: folder of all prepared models; made when it is missing.
        precision: which build.
        report: is told in whole sentences what takes time.
        source: the weights; default: those of the installed package, with our adapter.

    Raises:
        EncoderError: the weights are missing or damaged, or the cache can't be written or is full.
    """
    identity = identity_of(source.sha256, source.adapter) if source else identity_of(SHA256, ADAPTER)
    home = cache / f"{EMBEDDED_MODEL}-{identity}-{FORMAT}"
    folder = home / precision
    if _damage(folder) is None:
        return folder
    weights_file = source or embedded_weights()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home, report):
            damage = _damage(folder)
            if damage is not None:
                if folder.exists():
                    report(f"The prepared text encoder is damaged ({damage}); building it again.")
                _build(folder, precision, weights_file, report)
    except OSError as error:
        raise EncoderError(
            f"cannot write the prepared text encoder to {home}: {error.strerror or error}; "
            "make room there, or set `cache` to a folder that can be written"
        ) from error
    return folder


@contextmanager
def _alone(home: Path, report: Report) -> Iterator[None]:
    """Hold the lock of the folder; a process that ends, however it ends, lets go of it."""
    lock = FileLock(home / LOCK_FILE)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        report("Another process is preparing the text encoder; waiting for it.")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _build(folder: Path, precision: Precision, source: WeightsFile, report: Report) -> None:
    """Put a new build in the place of whatever is there; to be called by one process at a time."""
    home = folder.parent
    report(f"Preparing the text encoder ({EMBEDDED_MODEL}, {precision}) in {home}; this happens once.")
    weights = open_weights(source)
    unfinished = home / UNFINISHED
    for left in (unfinished, folder):  # by a process that was killed; by whatever damaged it
        if left.exists():
            shutil.rmtree(left)
    free = shutil.disk_usage(home).free
    if free < NEEDED_BYTES[precision]:
        raise EncoderError(
            f"the prepared text encoder needs {NEEDED_BYTES[precision] // 1_000_000} MB in {home}, {free // 1_000_000} "
            "MB are free; make room there, or set `cache` to a folder with more"
        )
    unfinished.mkdir()
    try:
        _write(weights, precision, unfinished)
        _write_manifest(unfinished)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    report("The text encoder is ready.")


def _write(weights: Weights, precision: Precision, folder: Path) -> None:
    if precision == "int8":
        write_onnx(weights, folder)
        write_tokenizer(weights, folder)
    else:
        write_transformer(weights, folder)


def _write_manifest(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    checksums = {path.relative_to(folder).as_posix(): _checksum(path) for path in files}
    (folder / MANIFEST).write_text(json.dumps(checksums, indent=1), encoding="utf-8")


def _damage(folder: Path) -> str | None:
    """What is wrong with a prepared folder, or None when every file is as it was written (0.1 s for 90 MB)."""
    try:
        checksums = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        wrong = [name for name, checksum in checksums.items() if _checksum(folder / name) != checksum]
    except OSError as error:
        return f"{Path(error.filename).name}: {error.strerror}"
    except ValueError:
        return f"{MANIFEST} is not what was written"
    return f"{wrong[0]} has changed" if wrong else None


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
