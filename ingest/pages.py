"""Pages of PDFs for showing: drawn and read in processes of their own, a few at a time, those seen lately remembered.

A page that hangs or crashes the drawing of it costs such a process; whoever asked for it is told so.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

from ingest.errors import DocumentError, RadslagError
from ingest.original import Original
from ingest.page import Look
from ingest.settings import Settings
from ingest.workers import Workers

if TYPE_CHECKING:
    from ingest.read.pdf_text import PageText

AT_ONCE = 2  # pages in work
MOST_WAITING = 24  # pages in work or waiting to be
REMEMBERED = 64  # pages with the places of their signs, and pages that can't be seen
MEGABYTE = 1_000_000

Value = TypeVar("Value")


class BusyError(RadslagError):
    """So many pages are waiting to be drawn that another would wait too long."""

    def __init__(self) -> None:
        super().__init__(f"{MOST_WAITING} pages are waiting to be drawn: try again in a moment")


class Pages:
    """Any number of threads may ask at once. Processes are started when the first page is asked for; `close` ends them."""

    def __init__(self, settings: Settings) -> None:
        self._workers = Workers(settings)
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="pages")  # Linux ends a worker with its thread
        self._lock = Lock()
        self._under_way: dict[Hashable, Future[object]] = {}
        self._pictures: _Remembered[bytes] = _Remembered(settings.page_megabytes * MEGABYTE, len)
        self._texts: _Remembered[PageText] = _Remembered(REMEMBERED, lambda _: 1)
        self._failures: _Remembered[DocumentError] = _Remembered(REMEMBERED, lambda _: 1)

    def picture(self, original: Original, page: int, width_px: int, wait_seconds: float | None = None) -> bytes | None:
        """A PNG of the page with this 1-based number, `width_px` pixels wide; None when that takes longer than one waits.

        Raises:
            DocumentError: the page can't be drawn, or not within the limits.
            BusyError: too many pages are waiting.
        """
        key = original.version, page, width_px
        if (known := self._pictures.get(key)) is not None:
            return known
        begun = self._begun(key, Look(original.document, original.content, page, width_px))
        try:
            picture = begun.result(wait_seconds)
        except TimeoutError:
            return None
        assert isinstance(picture, bytes)
        return picture

    def text(self, original: Original, page: int, wait_seconds: float) -> PageText | None:
        """The text of a page with the place of each sign; None when that takes longer, as for a scan: ask again later.

        Raises:
            DocumentError: the page can't be read, or not within the limits.
            BusyError: too many pages are waiting.
        """
        key = original.version, page, None
        if (known := self._texts.get(key)) is not None:
            return known
        begun = self._begun(key, Look(original.document, original.content, page))
        try:
            begun.result(wait_seconds)
        except TimeoutError:
            return None
        return self._texts.get(key)

    def close(self) -> None:
        """End the processes; what is still asked for is given up."""
        self._workers.__exit__()
        self._threads.shutdown(cancel_futures=True)

    def _begun(self, key: Hashable, asked: Look) -> Future[object]:
        """The look under way; those who ask for the same page wait for the same look."""
        if (failure := self._failures.get(key)) is not None:
            raise failure
        with self._lock:
            if key in self._under_way:
                return self._under_way[key]
            if len(self._under_way) >= MOST_WAITING:
                raise BusyError
            begun = self._under_way[key] = self._threads.submit(self._look, key, asked)
            return begun

    def _look(self, key: Hashable, asked: Look) -> object:
        try:
            seen = self._workers.look(asked)
            if isinstance(seen, bytes):
                self._pictures.put(key, seen)
            else:
                self._texts.put(key, seen)
        except DocumentError as error:
            self._failures.put(key, error)
            raise
        finally:
            with self._lock:
                self._under_way.pop(key)
        return seen


class _Remembered(Generic[Value]):
    """The values asked for last whose sizes together don't exceed `most`."""

    def __init__(self, most: int, size: Callable[[Value], int]) -> None:
        self._most = most
        self._size = size
        self._held = 0
        self._values: OrderedDict[Hashable, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Hashable, value: Value) -> None:
        with self._lock:
            if key in self._values:
                self._held -= self._size(self._values.pop(key))
            self._values[key] = value
            self._held += self._size(value)
            while self._held > self._most:
                self._held -= self._size(self._values.popitem(last=False)[1])
