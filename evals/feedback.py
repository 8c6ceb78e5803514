"""Feedback made into draft cases: what a reader said of an answer, as a question with gold that a reviewer still decides on."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from assistant.feedback import Entry
from assistant.markup import plain
from evals.text import collapse
from ingest.errors import UsageError

DRAFT = "draft"  # first tag of a case that nobody has reviewed


def draft(entry: Entry) -> dict[str, Any]:
    """The case as the case files have it, valid as it stands.

    The cited quotes are its evidence, to be kept or replaced. Of an answer that a reader found right, the first of them is the
    fact too, to be shortened; otherwise facts are left out, of which `radslag check-cases` reminds. An abstention that a
    reader found right is unanswerable.
    """
    right_abstention = entry.abstained and entry.verdict == "right"
    quotes = [(citation.document, collapse(citation.quote)) for citation in entry.citations]
    facts = [[quotes[0][1]]] if quotes and entry.verdict == "right" else []
    return {
        "id": f"feedback-{entry.id}",
        "question": entry.question,
        "lang": entry.language,
        **(
            {"history": [{"role": turn.role, "content": turn.content} for turn in entry.history]}
            if entry.history
            else {}
        ),
        **({"filters": dict(entry.filters)} if entry.filters else {}),
        "answerable": not right_abstention,
        "facts": facts,
        "evidence": [[{"document": document, "quote": quote}] for document, quote in dict.fromkeys(quotes)],
        "tags": [DRAFT, entry.verdict],
        "note": _note(entry),
    }


def write_drafts(entries: Iterable[Entry], file: Path) -> int:
    """Write a draft a line into a new file; gives how many.

    Raises:
        UsageError: the file is there already, or can't be written.
    """
    lines = [json.dumps(draft(entry), ensure_ascii=False) + "\n" for entry in entries]
    try:
        with file.open("x", encoding="utf-8") as stream:
            stream.writelines(lines)
    except FileExistsError as error:
        raise UsageError(f"{file} is there already: drafts are written into a new file, name another") from error
    except OSError as error:
        raise UsageError(f"cannot write {file}: {error.strerror}") from error
    return len(lines)


def listed(entries: Iterable[Entry]) -> str:
    """The entries for a terminal, each with its verdict, question, comment and sources."""
    return "\n\n".join("\n".join(_lines(entry)) for entry in entries)


def _lines(entry: Entry) -> Iterable[str]:
    yield f"{entry.time}  {entry.verdict}  {entry.id}"
    yield f"  {_plain(entry.question)}"
    if entry.filters:
        yield f"  ({', '.join(f'{key}={_plain(value)}' for key, value in entry.filters.items())})"
    yield f"  → {'(abstained) ' if entry.abstained else ''}{_plain(entry.answer)}"
    for document in dict.fromkeys(citation.document for citation in entry.citations):
        yield f"    {_plain(document)}"
    if entry.comment:
        yield f"  “{_plain(entry.comment)}”"


def _note(entry: Entry) -> str:
    said = f" (“{entry.comment}”)" if entry.comment else ""
    return f"{entry.time}, a reader found this {entry.verdict}{said}. Answered: {collapse(entry.answer)}"


def _plain(words: str) -> str:
    return collapse(plain(words))
