"""What the view of documents decides: which documents a page of the list holds, and what is told of an upload."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.archive import Archive
from assistant.markup import Html
from assistant.model import Language
from assistant.uploads import Uploads
from assistant.web import archive_fragments as fragments
from assistant.web.archive_texts import archive_texts
from assistant.web.coverage_plot import coverage
from ingest.errors import RadslagError
from ingest.read import READERS
from ingest.settings import Settings

PAGE = 10  # documents of a page of the list
MAX_WORDS_CHARS = 200  # of what is typed to search for

Filters = Mapping[str, str]

logger = logging.getLogger("radslag")


@dataclass(frozen=True)
class Page:
    """One page of the list: its number from 0 on, how it is shown, and whether there are others."""

    number: int
    shown: Html
    has_previous: bool = False
    has_next: bool = False


@dataclass(frozen=True)
class Sent:
    """One file as the browser tells of it: its name, and its id where the server took it, else why not."""

    name: str
    document: str | None
    refused: str | None


def page(archive: Archive, words: str, filters: Filters, number: int, language: Language) -> Page:
    """A page of the documents found; a number beyond the last means the last."""
    try:
        found = archive.documents(filters, words[:MAX_WORDS_CHARS])
    except RadslagError as error:
        return Page(0, _failed(error, language))
    number = max(0, min(number, (len(found) - 1) // PAGE))
    first = number * PAGE
    shown = fragments.listing(found[first : first + PAGE], first + 1, len(found), language)
    return Page(number, shown, number > 0, first + PAGE < len(found))


def covered(archive: Archive, filters: Filters, language: Language) -> tuple[Html, Html]:
    """What the documents cover, and what is missing."""
    try:
        overview = archive.overview(filters)
    except RadslagError as error:
        return _failed(error, language), Html()
    return coverage(overview, language), fragments.gaps(overview, language)


def runs(archive: Archive, language: Language) -> tuple[Html, bool]:
    """What the last ingests did, and whether one goes on."""
    try:
        known = archive.runs()
    except RadslagError as error:
        return _failed(error, language), False
    return fragments.runs(known, language), known.going is not None and not known.going.cut_off


def sent(given: Any) -> tuple[Sent, ...]:
    """What a browser tells of the files it sent; anything else counts as nothing."""

    def text(value: Any) -> str | None:
        return value if isinstance(value, str) and value else None

    files = given if isinstance(given, list) else []
    return tuple(
        Sent(text(file.get("name")) or "?", text(file.get("document")), text(file.get("refused")))
        for file in files
        if isinstance(file, dict)
    )


def read_in(uploads: Uploads, files: Sequence[Sent], language: Language) -> tuple[Html, str]:
    """Read what was uploaded; what became of each file, and what is said of it all."""
    words = archive_texts(language)
    names = {file.document: file.name for file in files if file.document}
    rejected = [(file.name, _refusal(file.refused, language), "") for file in files if not file.document]
    if not names:
        return fragments.upload_outcome((), rejected, (), language), words.not_taken
    try:
        read = uploads.read(list(names))
    except RadslagError as error:
        logger.error("%s", error)
        waiting = [(name, words.reading_failed, "") for name in names.values()]
        return fragments.upload_outcome((), [*rejected, *waiting], (), language), words.reading_failed
    rejected += [
        (names[each.document], fragments.in_program_language(each.reason), fragments.in_program_language(each.remedy))
        for each in read.failed
    ]
    said = f"{words.taken}: {len(read.documents)}. {words.not_taken}: {len(rejected)}."
    return fragments.upload_outcome(read.documents, rejected, read.notes, language), said


def forgotten(uploads: Uploads, document: str, language: Language) -> str:
    """Forget an uploaded document; what is said of it."""
    words = archive_texts(language)
    try:
        uploads.forget(document)
    except RadslagError as error:
        logger.error("%s", error)
        return words.forget_failed
    return words.forgotten


def limits(settings: Settings, language: Language) -> str:
    """What may be uploaded, in a sentence."""
    kinds = ", ".join(ending.removeprefix(".") for ending in READERS)
    megabytes = min(settings.upload_megabytes, settings.max_file_bytes // 1_000_000)
    return archive_texts(language).limits.format(kinds=kinds, megabytes=megabytes, files=settings.upload_files)


def municipalities(archive: Archive) -> list[str]:
    """Those there are documents of."""
    return sorted(archive.values("municipality"))


def shown_uploads(uploads: Uploads, asked: str | None, language: Language) -> Html:
    """The uploaded documents; of the one `asked` about, a button to confirm that it is to be forgotten."""
    try:
        return fragments.uploaded(uploads.documents(), asked, language)
    except RadslagError as error:
        return _failed(error, language)


def _refusal(refused: str | None, language: Language) -> str:
    refusals = archive_texts(language).refusals
    return refusals.get(refused or "", refusals["other"])


def _failed(error: RadslagError, language: Language) -> Html:
    logger.error("%s", error)
    return fragments.message(archive_texts(language).failed)
