"""What the documents cover, as figures and marks: columns a year, a table of bodies by year with its cells shaded, bars a kind.

Every mark has its number beside it or in it, so that the plot is its own table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.markup import Html, element
from assistant.model import Language
from assistant.texts import DOCUMENT_LANGUAGE, kind_label
from assistant.web.archive_texts import ArchiveTexts, archive_texts
from ingest.overview import Overview

SHADES = 4  # of a cell with documents; one without has none
MOST_BARS = 12  # of kinds or municipalities; the rest is summed up in one
HEIGHT = 100  # of the highest column, in pixels


def coverage(overview: Overview, language: Language) -> Html:
    """All plots of an overview, or that there is nothing."""
    words = archive_texts(language)
    if not overview.documents:
        return element("p", words.nothing, class_="notice")
    return element(
        "div",
        element("p", words.covered_hint, class_="hint"),
        _years(overview, words),
        element(
            "div",
            _bars(words.by_kind, words.kind, overview.kinds, lambda kind: kind_label(kind, language), words),
            _bars(words.by_municipality, words.municipality, overview.municipalities, str, words),
            class_="bar-lists",
        ),
        _bodies(overview, words),
        class_="coverage",
    )


def shade(count: int, most: int) -> int:
    """How dark a cell is, 0 for none, else 1 to `SHADES`."""
    return -(-count * SHADES // most) if count else 0


def shortened(counts: Sequence[tuple[str | None, int]], others: str) -> list[tuple[str | None, int]]:
    """The counts, so many as are shown; the rest is summed up as `others`, what isn't known stays last."""
    known = [each for each in counts if each[0] is not None]
    left = sum(count for _, count in known[MOST_BARS:])
    unknown = [each for each in counts if each[0] is None]
    return [*known[:MOST_BARS], *([(others, left)] if left else []), *unknown]


def _years(overview: Overview, words: ArchiveTexts) -> Html:
    if not overview.years:
        return Html()
    most = max(count for _, count in overview.years)
    columns = (
        element(
            "li",
            element("span", str(count), class_="count"),
            _column(count, most),
            element("span", year, class_="year"),
            class_="none" if not count else None,
        )
        for year, count in overview.years
    )
    figure = element("ol", *columns, class_="columns")
    return element("figure", element("h4", words.by_year), _scrolled(figure, words.by_year), class_="years")


def _column(count: int, most: int) -> Html:
    height = max(2, round(HEIGHT * count / most)) if count else 0
    bar = element("rect", x=0, y=HEIGHT - height, width="100%", height=height, class_="bar")
    return element("svg", bar, width="100%", height=HEIGHT, aria_hidden="true")


def _bars(
    title: str,
    name: str,
    counts: Sequence[tuple[str | None, int]],
    label: Callable[[str], str],
    words: ArchiveTexts,
) -> Html:
    most = max(count for _, count in counts)
    rows = (
        element(
            "tr",
            element(
                "th",
                label(value) if value else words.unknown,
                scope="row",
                lang=DOCUMENT_LANGUAGE if value and label is str else None,
            ),
            element("td", str(count), class_="count"),
            element("td", _bar(count, most), class_="drawn", aria_hidden="true"),
        )
        for value, count in shortened(counts, words.others)
    )
    head = element(
        "tr",
        element("th", name, scope="col"),
        element("th", words.documents, scope="col"),
        element("td", aria_hidden="true"),
    )
    table = element("table", element("thead", head, class_="visually-hidden"), element("tbody", *rows))
    return element("figure", element("h4", title), table, class_="bars")


def _bar(count: int, most: int) -> Html:
    bar = element("rect", x=0, y=0, width=f"{max(1, round(100 * count / most))}%", height=12, class_="bar")
    return element("svg", bar, width="100%", height=12)


def _bodies(overview: Overview, words: ArchiveTexts) -> Html:
    years: list[str | None] = [year for year, _ in overview.years]
    if any(None in counts for _, counts in overview.bodies):
        years.append(None)
    most = max(max(counts.values()) for _, counts in overview.bodies)
    head = (element("th", year or words.undated, scope="col") for year in years)
    rows = (
        element(
            "tr",
            element("th", body or words.unknown, scope="row", lang=DOCUMENT_LANGUAGE if body else None),
            *(_cell(counts.get(year, 0), most) for year in years),
            element("td", str(sum(counts.values())), class_="sum"),
        )
        for body, counts in overview.bodies
    )
    table = element(
        "table",
        element(
            "thead",
            element("tr", element("th", words.body, scope="col"), *head, element("th", words.total, scope="col")),
        ),
        element("tbody", *rows),
        class_="heat",
    )
    return element(
        "figure",
        element("h4", words.by_body),
        element("figcaption", words.by_body_hint, class_="hint"),
        _scrolled(table, words.by_body),
    )


def _cell(count: int, most: int) -> Html:
    return element("td", str(count) if count else "–", class_=f"shade-{shade(count, most)}")


def _scrolled(content: Html, name: str) -> Html:
    """What may be wider than the window, to be scrolled by itself, with the keyboard too."""
    return element("div", content, class_="wide", role="region", aria_label=name, tabindex="0")
