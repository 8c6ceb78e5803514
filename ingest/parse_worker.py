"""The process that parses documents and looks at pages: it answers one request after the other, within a limit of memory, while its parent lives.

It is started by `ingest.workers`. Requests come on standard input, first the settings and then a source and its version,
or a page to look at, at a time; answers leave on standard output. Both are pickled. Imports are kept light: starting must not take long.
"""

from __future__ import annotations

import ctypes
import os
import pickle
import signal
import sys
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO

from ingest.errors import DocumentError
from ingest.model import Failure
from ingest.page import Look, look
from ingest.parse import parse
from ingest.read.progress import listen
from ingest.sources import Source

if TYPE_CHECKING:
    from ingest.settings import Settings  # pydantic would double the time a worker takes to start

GOES_ON = "goes on"  # sent before an answer, whenever a page is done
OUT_OF_MEMORY = 77  # exit status
MEGABYTE = 1_000_000
_PR_SET_PDEATHSIG = 1  # of Linux' prctl

Request = tuple[Source, str] | Look


def serve(parent: int) -> None:
    """Answer requests until the parent ends, or something happens that nobody foresaw: then the process ends with it.

    `parent` is the number of its process. An answer is what `parse` or `look` returns, or the `Failure` that its error tells of.
    """
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not get among the answers
    sys.excepthook = _end
    _end_with(parent)
    requests: SimpleQueue[Request] = SimpleQueue()
    settings: Settings = pickle.load(sys.stdin.buffer)
    Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    _limit_memory(settings.read_megabytes * MEGABYTE)

    def say(answer: object) -> None:
        answers.write(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        answers.flush()

    listen(lambda: say(GOES_ON))
    say(GOES_ON)  # so that starting doesn't count as reading
    while True:
        request = requests.get()
        try:
            if isinstance(request, Look):
                say(look(request, settings))
            else:
                source, version = request
                say(parse(source, settings, version))
        except DocumentError as error:
            say(Failure(error.document, error.reason, error.remedy))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _listen(stream: BinaryIO, requests: SimpleQueue[Request]) -> None:
    """Pass requests on; when no more can come, the parent is gone."""
    try:
        while True:
            requests.put(pickle.load(stream))
    except EOFError:
        _end_all()


def _end_all(*_: object) -> None:
    """End this process, and whatever programs it has started."""
    if sys.platform != "win32":
        os.killpg(0, signal.SIGKILL)  # the worker leads a group of its own
    os._exit(1)


def _end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw: say it on standard error and end at once, for Python would wait for `_listen`."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _end_with(parent: int) -> None:
    """Have Linux tell when the parent is gone: a long search in a text lets signals through, but not `_listen`."""
    signal.signal(signal.SIGTERM, _end_all)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:  # it ended before that
        _end_all()


def _limit_memory(most_bytes: int) -> None:
    """Bound the memory of this process, and of each program it starts; leave no copy of it on disk if it crashes."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            most_bytes = min(most_bytes, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, hard))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
