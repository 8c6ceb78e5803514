"""What readers say of answers, kept on this machine: one JSON object a line, appended and never changed.

An entry holds the answer and what it rests on, so that it can be understood later, and nothing about the person.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, Literal

from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from assistant.model import Answer, Citation, Language, Turn
from ingest.errors import RadslagError, UsageError
from ingest.settings import Settings

FEEDBACK_FILE = "feedback.jsonl"
MAX_COMMENT_CHARS = 500
WAIT_SECONDS = 2  # for another process that writes

Verdict = Literal["right", "wrong", "missing-source"]


class FeedbackError(RadslagError):
    """An entry can't be kept: feedback is switched off, its file is full, or can't be written."""


@dataclass(frozen=True)
class Entry:
    """What one reader said of one answer."""

    time: str  # ISO, UTC
    verdict: Verdict
    comment: str
    question: str
    language: Language
    answer: str
    abstained: bool
    citations: tuple[Citation, ...]
    history: tuple[Turn, ...]
    filters: Mapping[str, str]
    fingerprint: Mapping[str, str]  # what the answer rested on: digests of code, corpus, model and settings

    @property
    def id(self) -> str:
        """Twelve hex digits that the entry's content decides."""
        return sha256(self.line()).hexdigest()[:12]

    def line(self) -> bytes:
        """The entry as it is kept, without a line end; what UTF-8 can't hold, such as a lone surrogate, becomes "?"."""
        return json.dumps(asdict(self), ensure_ascii=False).encode("utf-8", "replace")


_ENTRY = TypeAdapter(Entry)


def entry_of(
    answer: Answer,
    history: tuple[Turn, ...],
    filters: Mapping[str, str],
    verdict: Verdict,
    comment: str,
    fingerprint: Mapping[str, str],
    time: str,
) -> Entry:
    """The entry about an answer; a longer comment is cut."""
    return Entry(
        time=time,
        verdict=verdict,
        comment=" ".join(comment.split())[:MAX_COMMENT_CHARS],
        question=answer.question,
        language=answer.language,
        answer=answer.answer,
        abstained=answer.abstained,
        citations=answer.citations,
        history=history,
        filters=dict(filters),
        fingerprint=dict(fingerprint),
    )


def feedback_file(settings: Settings) -> Path:
    """Where entries are kept: in the folder that the settings name, or in the index."""
    return (settings.feedback_folder or settings.index) / FEEDBACK_FILE


def keep(entry: Entry, settings: Settings) -> None:
    """Append an entry.

    Raises:
        FeedbackError: feedback is switched off, its file is full, or can't be written.
    """
    if not settings.feedback:
        raise FeedbackError("feedback is switched off: the setting `feedback` allows it")
    file, line = feedback_file(settings), entry.line() + b"\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{file}.lock", timeout=WAIT_SECONDS), _appending(file) as stream:
            size = stream.seek(0, os.SEEK_END)
            if size + len(line) > settings.max_feedback_bytes:
                raise FeedbackError(
                    f"{file} has {size} bytes, at most {settings.max_feedback_bytes} are kept: move it away, or raise "
                    "the setting max_feedback_bytes"
                )
            stream.seek(max(0, size - 1))
            interrupted = stream.read(1) not in (b"", b"\n")
            stream.write(b"\n" + line if interrupted else line)
    except (OSError, Timeout) as error:
        raise FeedbackError(f"cannot write {file}: {error}") from error


def read_feedback(file: Path) -> tuple[Entry, ...]:
    """All entries, in the order they came; an entry that stands twice is given once.

    Raises:
        UsageError: there is no such file, or a line is no entry.
    """
    try:
        lines = file.read_bytes().splitlines()
    except FileNotFoundError as error:
        raise UsageError(
            f"no feedback at {file}: nobody has given any, or name its folder in the setting feedback_folder"
        ) from error
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror}") from error
    entries: dict[str, Entry] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            entry = _ENTRY.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"])
            raise UsageError(
                f"{file}:{number} is no feedback: {f'{place}: ' if place else ''}{first['msg']}; remove the line"
            ) from error
        entries.setdefault(entry.id, entry)
    return tuple(entries.values())


def _appending(file: Path) -> BinaryIO:
    """The file open for reading and appending; made readable only for the one who runs the program."""
    return os.fdopen(os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600), "a+b")
