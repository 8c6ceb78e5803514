"""What the archive says of its documents."""

from __future__ import annotations

import pytest

from assistant.service import Assistant
from ingest.errors import UsageError
from ingest.filters import FILTERS

MEMO, MINUTES = "norrby/memo.txt", "norrby/protokoll.txt"


def test_documents_are_listed_the_latest_first_and_narrowed(assistant: Assistant) -> None:
    archive = assistant.archive
    assert [each.id for each in archive.documents()] == [MINUTES, MEMO], "what has no date comes last"
    assert {each.id: each.version for each in archive.documents()} == assistant.documents()
    assert archive.documents()[1].about.title == archive.about(MEMO).title  # type: ignore[union-attr]
    assert [each.id for each in archive.documents({"kind": "protokoll"})] == [MINUTES]
    assert [each.id for each in archive.documents({"status": "beslut"})] == [MINUTES]
    assert [each.id for each in archive.documents(words="SOPHÄMTNING avgift")] == [MEMO]
    assert archive.documents({"year": "1999"}) == []
    with pytest.raises(UsageError, match="unknown filter"):
        archive.documents({"colour": "red"})


@pytest.mark.parametrize("key", FILTERS)
def test_values_count_what_the_filter_lets_through(assistant: Assistant, key: str) -> None:
    values = assistant.archive.values(key)
    assert values
    assert values == {value: len(assistant.archive.documents({key: value})) for value in values}
    assert values == {value: assistant.covered({key: value}).documents for value in values}
    for value in values:
        assert assistant.archive.values(key, {key: value}).get(value) == values[value]


def test_a_document_has_words_and_matters_or_is_unknown(assistant: Assistant) -> None:
    archive = assistant.archive
    assert archive.text(MEMO) == assistant.text_of(MEMO)
    assert archive.pages(MEMO) == ()
    assert archive.counts()[0] == 2
    assert archive.about("norrby/nothing.txt") is None
    assert archive.text("norrby/nothing.txt") is None
    of_minutes = archive.matters_of(MINUTES)
    assert of_minutes
    assert {matter.id for matter in of_minutes} <= {matter.id for matter in archive.matters()}
    assert archive.matters_of_dnr("KS 1900/1") == []
