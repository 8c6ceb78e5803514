"""Workers: processes that parse documents and look at their pages, so that a hostile or broken one costs a process, not the run.

A worker that takes too long, takes too much memory or crashes is killed with the programs it has started, and the next
document gets a new one. None outlives its parent, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import CancelledError
from pathlib import Path
from threading import Lock, Timer
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Self

from ingest.errors import DocumentError
from ingest.model import Failure
from ingest.page import Look
from ingest.parse import Parsed
from ingest.parse_worker import GOES_ON, OUT_OF_MEMORY, Request
from ingest.settings import Settings
from ingest.sources import Source

if TYPE_CHECKING:
    from ingest.read.pdf_text import PageText

# -P: nothing is imported from the working folder, where the documents may lie.
_START = "import sys; sys.path.append(sys.argv[1]); from ingest.parse_worker import serve; serve(int(sys.argv[2]))"
_PACKAGES = str(Path(__file__).resolve().parents[1])
_LAST_WORDS_BYTES = 2_000
_SAVE_ANEW = "open it in the program it came from and save it anew, or convert it to another format"


class Workers:
    """Any number of threads may call `parse` and `look` at once; each call has a process to itself.

    To be used as a context: at its end every worker is killed, and calls still under way raise CancelledError.
    """

    def __init__(self, settings: Settings, ready: int = 0) -> None:
        """`ready` workers are started at once, and get ready while the caller does something else."""
        self._settings = settings
        self._lock = Lock()
        self._closed = False
        self._alive: set[_Worker] = set()
        self._idle = [self._start() for _ in range(ready)]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._closed = True
            for worker in self._alive:  # those at work are buried by the threads that use them
                worker.kill()
            while self._idle:
                self._idle.pop().bury()

    def parse(self, source: Source, version: str) -> Parsed:
        """What `ingest.parse.parse` gives for that file.

        Raises:
            DocumentError: the file can't be read, or reading it goes beyond the limits or crashes.
            CancelledError: the workers were ended.
        """
        settings, paged = self._settings, source.path.suffix.lower() == ".pdf"
        seconds = settings.read_seconds + (settings.ocr_seconds if paged and settings.ocr else 0)
        parsed: Parsed = self._answer((source, version), source.id, "read_seconds", seconds)
        return parsed

    def look(self, asked: Look) -> bytes | PageText:
        """What `ingest.page.look` gives for that page.

        Raises:
            DocumentError: the file can't be opened, has no such page, or looking at it goes beyond the limits or crashes.
            CancelledError: the workers were ended.
        """
        settings = self._settings
        seconds = settings.page_seconds + (settings.ocr_seconds if asked.width_px is None and settings.ocr else 0)
        seen: bytes | PageText = self._answer(asked, asked.document, "page_seconds", seconds)
        return seen

    def _answer(self, request: Request, document: str, setting: str, seconds: float) -> Any:
        """The answer to a request about a document; no stretch of the work may take longer than `seconds`, by `setting`."""
        worker = self._take()
        used = worker.answers > 0
        answer = worker.ask(request, setting, seconds)
        if answer is None and used and not worker.late:  # the memory may have gone to the documents before
            self._dismiss(worker)
            worker = self._start()
            answer = worker.ask(request, setting, seconds)
        if answer is None:
            self._dismiss(worker)
            raise DocumentError(document, *worker.obituary())
        with self._lock:
            if self._closed:
                worker.bury()
            else:
                self._idle.append(worker)
        if isinstance(answer, Failure):
            raise DocumentError(answer.document, answer.reason, answer.remedy)
        return answer

    def _take(self) -> _Worker:
        with self._lock:
            if self._idle:
                return self._idle.pop()
        return self._start()

    def _start(self) -> _Worker:
        with self._lock:
            if self._closed:
                raise CancelledError
            worker = _Worker(self._settings)
            self._alive.add(worker)
            return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.bury()
        with self._lock:
            if self._closed:
                raise CancelledError
            self._alive.discard(worker)


class _Worker:
    """One process, used by one thread at a time.

    Attributes:
        answers: requests answered so far.
        late: the setting whose time ran out, when it was killed for that.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, _PACKAGES, str(os.getpid())],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._stderr,
            process_group=None if sys.platform == "win32" else 0,  # to be killed whole; Ctrl-C is the parent's matter
        )
        self._lock = Lock()
        self._last_words = ""
        self.answers = 0
        self.late = ""
        self._send(SimpleNamespace(**dict(settings)))  # as plain values: see `parse_worker`

    def ask(self, request: Request, setting: str, seconds: float) -> Any:
        """The answer to a request, or None when the process has ended before it gave one.

        `setting` is the one whose time runs out when a stretch of the work takes longer than `seconds`.
        """
        ends = time.monotonic() + self._settings.document_seconds
        self._send(request)
        while (answer := self._receive(setting, seconds, ends - time.monotonic())) == GOES_ON:
            pass
        self.answers += answer is not None
        return answer

    def kill(self) -> None:
        """End the process and all it has started; any thread may."""
        with self._lock:
            if self._process.returncode is None:  # not waited for yet: the number is still its own
                if sys.platform == "win32":
                    self._process.kill()
                else:
                    os.killpg(self._process.pid, signal.SIGKILL)

    def bury(self) -> None:
        """Kill it, wait until it has ended, and keep its last words; for the thread that uses it, once."""
        self.kill()
        with self._lock:
            self._process.wait()
        self._stderr.seek(max(0, self._stderr.seek(0, os.SEEK_END) - _LAST_WORDS_BYTES))
        self._last_words = self._stderr.read().decode("utf-8", "replace").strip().split("\n")[-1]
        self._stderr.close()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()

    def obituary(self) -> tuple[str, str]:
        """Why the process ended while it read a document, and what to do; to be asked after `bury`."""
        status = self._process.returncode
        if self.late:
            seconds = getattr(self._settings, self.late)
            what = "all of it" if self.late == "document_seconds" else "it, or a page of it,"
            return f"reading {what} took longer than {seconds:g} seconds", f"split it, or raise the setting {self.late}"
        if status == OUT_OF_MEMORY:
            most = self._settings.read_megabytes
            return f"reading it takes more than {most} MB of memory", "split it, or raise the setting read_megabytes"
        if status < 0 and -status != signal.SIGKILL:
            return f"reading it crashed ({signal.Signals(-status).name})", _SAVE_ANEW
        why = self._last_words[:200] or "its process was killed, as for want of memory"
        return f"reading it failed ({why})", _SAVE_ANEW

    def _send(self, message: object) -> None:
        assert self._process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it has ended, which shows when its answer is read
            self._process.stdin.write(pickle.dumps(message, pickle.HIGHEST_PROTOCOL))
            self._process.stdin.flush()

    def _receive(self, setting: str, seconds: float, left_seconds: float) -> Any:
        """The next message, or None when the process has ended; it is killed when the message takes too long."""
        assert self._process.stdout is not None
        timer = Timer(
            min(seconds, left_seconds), self._end_late, [setting if seconds < left_seconds else "document_seconds"]
        )
        timer.start()
        try:
            return pickle.load(self._process.stdout)
        except (EOFError, pickle.UnpicklingError):  # nothing more, or half a message
            return None
        finally:
            timer.cancel()

    def _end_late(self, setting: str) -> None:
        self.late = setting
        self.kill()
