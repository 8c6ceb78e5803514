"""Watch: ingest again whenever the files below some paths change.

The folders are looked through at intervals rather than listened to: that works on network shares, which tell nothing, and
for a folder that vanishes and comes back.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ingest.errors import RadslagError
from ingest.model import IngestReport
from ingest.sources import files_below

LOOK_SECONDS = 2.0  # between two looks; a change is taken up when the next look finds no further one
LOOK_SHARE = 20  # but at least so many times as long as a look takes, for folders that are large or far away
RETRY_SECONDS = 60.0  # after an error that no file caused: a full disk, another ingest

_log = logging.getLogger("radslag")
Look = Mapping[Path, tuple[int, int] | None]  # size and time of change by file; a path that is gone has None


def watch(
    paths: Sequence[Path],
    ignore: Sequence[str],
    ingest: Callable[[Sequence[Path]], IngestReport],
    report: Callable[[IngestReport], None],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Call `ingest` with the paths that exist, at once and after each change below them, and `report` with what it did.

    Goes on until an exception that is no RadslagError comes from one of the functions, such as KeyboardInterrupt.
    """
    done: Look | None = None
    before: Look | None = None
    tried: Look | None = None  # what an ingest failed at, until `retry_at`
    retry_at = 0.0
    missing: set[Path] = set()
    while True:
        began = time.monotonic()
        seen = look(paths, ignore)
        look_seconds = time.monotonic() - began
        settled = before is None or seen == before
        before = seen
        gone = {path for path in paths if seen.get(path, ()) is None}
        for path in sorted(gone - missing):
            _log.warning(
                "%s is not there; what the index holds of it still answers. Waiting for it to come back.", path
            )
        missing = gone
        present = [path for path in paths if path not in gone]
        if settled and present and seen != done and (seen != tried or began >= retry_at):
            try:
                report(ingest(present))
                done = seen
            except RadslagError as error:
                _log.error("%s", error)
                tried, retry_at = seen, time.monotonic() + RETRY_SECONDS
        sleep(max(LOOK_SECONDS, LOOK_SHARE * look_seconds))


def look(paths: Sequence[Path], ignore: Sequence[str]) -> Look:
    """The state of every file below the paths."""
    seen: dict[Path, tuple[int, int] | None] = {}
    for path in paths:
        for file in files_below(path, ignore, _pass_over) if path.is_dir() else [path]:
            try:
                status = os.stat(file)  # noqa: PTH116 - one call, also for a file that has just gone
            except OSError:
                seen[file] = None
            else:
                seen[file] = status.st_size, status.st_mtime_ns
    return seen


def _pass_over(_: OSError) -> None:
    """A folder that can't be looked through is the ingest's to report."""
