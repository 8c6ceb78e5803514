"""Other processes: how long one takes, and how much memory it needs at its peak."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

from ingest.errors import RadslagError

LOOK_SECONDS = 0.05  # between two looks at a process
START_SECONDS = 120  # a server that doesn't answer by then won't
MEGABYTE = 1_000_000


def module(*arguments: str) -> list[str]:
    """The command line of a module of this program, run by this Python."""
    return [sys.executable, "-m", *arguments]


def seconds_of(command: Sequence[str]) -> float:
    """How long a command takes from its start to its end.

    Raises:
        RadslagError: it ended with an error.
    """
    with TemporaryFile("w+") as errors:
        began = time.perf_counter()
        ended = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=errors, check=False)
        seconds = time.perf_counter() - began
        if ended.returncode:
            raise _failure(command, ended.returncode, errors)
    return seconds


def peak_of(command: Sequence[str]) -> float | None:
    """Peak memory (MB) of a command that runs to its end; None where the system doesn't tell.

    Raises:
        RadslagError: it ended with an error.
    """
    peak: float | None = None
    with TemporaryFile("w+") as errors, _started(command, errors) as process:
        while process.poll() is None:
            peak = peak_mb(process.pid) or peak
            time.sleep(LOOK_SECONDS)
        if process.returncode:
            raise _failure(command, process.returncode, errors)
    return peak


def peak_mb(process: int) -> float | None:
    """The most memory (resident, MB) a running process has held so far; None where the system doesn't tell.

    From Linux's /proc, for what `resource.getrusage` tells of a child includes the parent that started it.
    """
    try:
        status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmHWM:")), None)
    return int(line.split()[1]) * 1024 / MEGABYTE if line else None


@contextmanager
def serving(command: Sequence[str], url: str) -> Iterator[int]:
    """Run a server until the block ends; gives its process id once `url` answers.

    Raises:
        RadslagError: it ended, or didn't answer in time.
    """
    with TemporaryFile("w+") as errors, _started(command, errors) as process:
        try:
            patience = time.monotonic() + START_SECONDS
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > patience:
                    raise _failure(command, process.returncode, errors)
                time.sleep(LOOK_SECONDS)
            yield process.pid
        finally:
            process.terminate()


def free_port() -> int:
    """A port of this machine that nothing listens on at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        return int(bound.getsockname()[1])


def _started(command: Sequence[str], errors: IO[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=errors)


def _answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=START_SECONDS) as response:
            return bool(response.read())
    except (URLError, ConnectionError):
        return False


def _failure(command: Sequence[str], status: int | None, errors: IO[str]) -> RadslagError:
    errors.seek(0)
    last = errors.read().strip().rpartition("\n")[2] or "nothing on standard error"
    what = "did not answer in time" if status is None else f"ended with status {status}"
    return RadslagError(f"{' '.join(command)} {what} ({last}); run it by hand to see why")
