"""Reading a source: its pages, the words that are marked, their place on the page, and the course of the matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.library import PART_CHARS, Library, Source
from assistant.timeline import Missing, ending
from ingest.errors import UsageError
from ingest.matters import Role
from ingest.mentions import DateKind
from ingest.model import Metadata, Span
from ingest.original import Lost, OriginalError
from ingest.outcome import Outcome
from tests.assistant.library import DECISION, MEMO, MINUTES, OVERLEAF, TABLE, opened


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Library, Path]]:
    with opened(tmp_path_factory.mktemp("library")) as (assistant, root):
        yield assistant.library, root


def read(library: Library, document: str) -> Source:
    source = library.source(document)
    assert source is not None
    return source


def words(source: Source, first: str, last: str) -> Span:
    start = source.text.index(first)
    return Span(start, source.text.index(last, start) + len(last))


def folded(text: str) -> str:
    return " ".join(text.split())


def test_pages_join_back_to_the_text(shelf: tuple[Library, Path]) -> None:
    for document in (MINUTES, MEMO):
        source = read(shelf[0], document)
        assert "".join(page.of(source.text) for page in source.pages) == source.text
    assert [read(shelf[0], each).drawn for each in (MINUTES, MEMO)] == [True, False]
    assert shelf[0].source("norrby/finns-inte.txt") is None


@pytest.mark.parametrize("text", ["", "kort", "å" * (3 * PART_CHARS), ("Stycke. " * 300 + "\n\n") * 60, "\n" * 90_000])
def test_a_long_text_is_shown_in_parts_that_join_back(text: str) -> None:
    source = Source("a.txt", "1", Metadata(), text, (), ())
    parts = [page.of(text) for page in source.pages]
    assert "".join(parts) == text
    assert all(0 < len(part) <= PART_CHARS for part in parts) or parts == [""]
    for position in range(0, len(text), 7_001):
        page = source.pages[source.page_at(position) - 1]
        assert page.start <= position < page.end


def test_words_that_run_on_overleaf_are_marked_on_both_pages_without_foot_and_head(
    shelf: tuple[Library, Path],
) -> None:
    library, _ = shelf
    source = read(library, MINUTES)
    quote = words(source, "Beslutet gäller under", "området.")
    assert "Justerandes sign" in quote.of(source.text)
    marks = source.marks(quote)
    assert folded(" ".join(mark.of(source.text) for mark in marks)) == OVERLEAF
    assert [source.page_at(mark.start) for mark in marks] == [1, 2]
    upper, lower = library.places(source, 1, marks), library.places(source, 2, marks)
    assert upper is not None
    assert lower is not None
    assert upper.boxes[0].top > 0.4 > 0.2 > lower.boxes[0].top
    assert upper.width == pytest.approx(595.28, abs=0.1)


def test_a_decision_over_two_lines_has_two_boxes_where_it_stands(shelf: tuple[Library, Path]) -> None:
    source = read(shelf[0], MINUTES)
    marks = source.marks(words(source, "Kommunfullmäktige beslutar", "2025."))
    assert folded(marks[0].of(source.text)) == DECISION
    places = shelf[0].places(source, 1, marks)
    assert places is not None
    assert len(places.boxes) == 2
    assert all(0 <= each.left < each.right <= 1 and 0 <= each.top < each.bottom <= 1 for each in places.boxes)
    assert shelf[0].places(source, 2, marks) is None


def test_words_that_no_sentence_holds_are_marked_as_they_are(shelf: tuple[Library, Path]) -> None:
    source = read(shelf[0], MINUTES)
    foot = words(source, "Justerandes", "sign")
    assert source.marks(foot) == (foot,)
    assert not source.holds(Span(5, 5))
    assert not source.holds(Span(0, len(source.text) + 1))


def test_dates_of_the_words_have_their_kinds(shelf: tuple[Library, Path]) -> None:
    source = read(shelf[0], MINUTES)
    dates = shelf[0].dates(source, words(source, "Kommunfullmäktige beslutar", "2025."))
    assert [(each.value, each.kind) for each in dates] == [("2025-01-01", DateKind.GÄLLER_FRÅN)]
    assert shelf[0].dates(source, words(source, "Beslutet gäller under", "området.")) == ()


def test_the_timeline_has_the_proposal_and_the_decision_with_the_present_one_marked(
    shelf: tuple[Library, Path],
) -> None:
    library, _ = shelf
    source = read(library, MINUTES)
    (timeline,) = library.timelines(source, words(source, "Kommunfullmäktige beslutar", "2025."))
    assert [(event.step.document, event.step.role, event.present) for event in timeline.events] == [
        (MEMO, Role.FÖRSLAG, False),
        (MINUTES, Role.BESLUT, True),
    ]
    assert timeline.missing == ()
    for event in timeline.events:
        step = read(library, event.step.document)
        assert event.words is not None
        assert "1 250 kronor" in folded(event.words.of(step.text))
    assert library.timelines(source, words(source, "Sammanträdesprotokoll", "Sammanträdesprotokoll")) == ()


def test_a_proposal_without_a_decision_says_that_it_is_missing(tmp_path: Path) -> None:
    with opened(tmp_path) as (assistant, _):
        whole = assistant.library.timelines(read(assistant.library, TABLE))
        assert [each.missing for each in whole] == [()], "an adopted paper alone misses nothing that is known"
    (tmp_path / "papper" / MINUTES).unlink()
    from ingest.chain import ingest
    from tests.encoders import ToyEncoder

    ingest([tmp_path / "papper"], assistant.settings, ToyEncoder())
    with type(assistant).open(assistant.settings, ToyEncoder()) as later:
        (timeline,) = later.library.timelines(read(later.library, MEMO))
        assert timeline.missing == (Missing.DECISION,)
        assert [event.present for event in timeline.events] == [True]


def test_an_original_that_has_changed_is_not_shown_in_place_of_what_was_read(tmp_path: Path) -> None:
    with opened(tmp_path) as (assistant, root):
        library = assistant.library
        assert library.original(MINUTES).content == (root / MINUTES).read_bytes()
        with pytest.raises(UsageError, match="holds no document"):
            library.original("../index/registry.sqlite3")
        (root / MINUTES).write_bytes((root / MINUTES).read_bytes() + b"\n")
        source = read(library, MINUTES)
        with pytest.raises(OriginalError) as changed:
            library.places(source, 1, [Span(0, 20)])
        assert changed.value.lost is Lost.CHANGED
        root.rename(root.parent / "annorstädes")
        with pytest.raises(OriginalError) as gone:
            library.original(MINUTES)
        assert gone.value.lost is Lost.GONE
        assert DECISION[:40] in source.text, "the stored text is still there"


def test_what_is_proposed_leads_to_the_decision_that_ended_its_matter(shelf: tuple[Library, Path]) -> None:
    memo = read(shelf[0], MEMO)
    found = shelf[0].ending(MEMO, words(memo, "Avgiften för sophämtning fastställs", "året."))
    assert found is not None
    event, outcome = found
    assert (event.step.document, event.step.number, outcome) == (MINUTES, "61", Outcome.ANTAGEN)
    assert event.words is not None
    assert "beslutar" in event.words.of(read(shelf[0], MINUTES).text)


def test_what_has_no_matter_or_ended_before_has_no_ending(shelf: tuple[Library, Path]) -> None:
    table = read(shelf[0], TABLE)
    assert shelf[0].ending(TABLE, Span(0, len(table.text))) is None
    assert shelf[0].ending("norrby/saknas.pdf", Span(0, 5)) is None
    (timeline,) = shelf[0].timelines(read(shelf[0], MEMO))
    assert ending(timeline.matter, "2024-05-13") is not None
    assert ending(timeline.matter, "2024-05-14") is None
