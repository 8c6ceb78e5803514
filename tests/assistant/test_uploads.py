"""Uploads into an index: read, refused with a reason, forgotten; and by default they are ingested with the corpus."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.service import Assistant
from ingest import commands
from ingest.errors import UsageError
from ingest.uploads import uploads_folder

LETTER = """Norrby kommun

Mottagare
Kommunstyrelsen

Laddstolpar vid simhallen

Förslag till beslut

1. Kommunen bygger tolv laddstolpar vid simhallen för 640 000 kronor.
"""


def upload(assistant: Assistant, name: str, content: str) -> str:
    with assistant.uploads.incoming(name, "Norrby kommun") as incoming:
        incoming.write(content.encode())
        return incoming.keep()


def stored(assistant: Assistant) -> list[str]:
    root = uploads_folder(assistant.settings)
    return sorted(path.name for path in root.rglob("*") if path.is_file())


def test_what_is_uploaded_is_read_and_answers(assistant: Assistant) -> None:
    document = upload(assistant, "laddstolpar.txt", LETTER)
    read = assistant.uploads.read([document])
    assert [each.id for each in read.documents] == [document] == [each.id for each in assistant.uploads.documents()]
    assert read.failed == ()
    assert any(hit.document == document for hit in assistant.search("laddstolpar vid simhallen"))
    assert assistant.archive.about("norrby/memo.txt") is not None, "what was there before is left alone"
    assert [run.report.added for run in assistant.archive.runs().ended] == [1, 2]


def test_what_cannot_be_read_is_said_and_deleted(assistant: Assistant) -> None:
    good, bad = upload(assistant, "laddstolpar.txt", LETTER), upload(assistant, "trasig.pdf", "%PDF-1.7 inget mer")
    read = assistant.uploads.read([good, bad])
    assert [each.id for each in read.documents] == [good]
    assert [failure.document for failure in read.failed] == [bad]
    assert read.failed[0].reason
    assert read.failed[0].remedy
    assert stored(assistant) == ["laddstolpar.txt"]
    assert assistant.uploads.read([bad]).failed == read.failed, "whoever read it first, its uploader is told"


def test_what_is_mended_under_the_same_name_has_not_failed(assistant: Assistant) -> None:
    document = upload(assistant, "laddstolpar.txt", "\n \n")
    assert [failure.document for failure in assistant.uploads.read([document]).failed] == [document]
    assert upload(assistant, "laddstolpar.txt", LETTER) == document
    read = assistant.uploads.read([document])
    assert ([each.id for each in read.documents], read.failed) == ([document], ())


def test_an_upload_is_forgotten_with_its_file(assistant: Assistant) -> None:
    document = upload(assistant, "laddstolpar.txt", LETTER)
    assistant.uploads.read([document])
    assistant.uploads.forget(document)
    assert assistant.uploads.documents() == []
    assert stored(assistant) == []
    assert not any(hit.document == document for hit in assistant.search("laddstolpar vid simhallen"))
    assert assistant.uploads.read([]).documents == ()


@pytest.mark.parametrize("document", ["norrby/memo.txt", "uppladdat/norrby/x.txt", "../memo.txt"])
def test_only_uploads_are_forgotten_here(assistant: Assistant, document: str) -> None:
    with pytest.raises(UsageError):
        assistant.uploads.forget(document)
    assert assistant.archive.about("norrby/memo.txt") is not None


def test_uploads_are_ingested_with_the_corpus_when_no_path_is_given(assistant: Assistant) -> None:
    settings = assistant.settings
    assert commands.usual_paths(settings) == [settings.corpus]
    upload(assistant, "laddstolpar.txt", LETTER)
    assert commands.usual_paths(settings) == [settings.corpus, uploads_folder(settings)]


def test_the_folder_of_uploads_is_not_the_index(assistant: Assistant) -> None:
    folder: Path = uploads_folder(assistant.settings).resolve()
    assert not folder.is_relative_to(assistant.settings.index.resolve())
