"""Documents as HTML: the list, what is missing, what the last ingests did, what became of an upload."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import PurePath

from assistant.markup import Html, element, join
from assistant.model import Language
from assistant.texts import DOCUMENT_LANGUAGE, kind_label
from assistant.web.archive_texts import archive_texts
from assistant.web.links import READER_FRAME, original_url, reader_url
from ingest.filters import Listed
from ingest.gaps import Missing, Year
from ingest.model import Failure
from ingest.overview import Overview
from ingest.runs import Ended, Going, Runs

MOST_LISTED = 50  # failures, or documents without a date, shown of one sort

PROGRAM_LANGUAGE: Language = "en"  # reasons and remedies of failures are in it


def message(words: str, seen: bool = True) -> Html:
    """A line that screen readers read out when it changes; `seen` shows it too."""
    return element("p", words, role="status", class_="message" if seen and words else "visually-hidden")


def listing(documents: Sequence[Listed], first: int, total: int, language: Language) -> Html:
    """Some of the documents found, the `first` of them with its place (from 1) among all."""
    words = archive_texts(language)
    if not documents:
        return element("p", words.shown_none, role="status", class_="notice")
    said = words.shown.format(first=first, last=first + len(documents) - 1, total=total)
    items = (element("li", *_document(each, language)) for each in documents)
    return element("div", element("p", said, role="status", class_="hint"), element("ul", *items, class_="documents"))


def gaps(overview: Overview, language: Language) -> Html:
    """What is missing: years, dates, §§ of minutes; or that nothing is noticed."""
    words = archive_texts(language)
    found: list[Html] = []
    if overview.empty_years:
        found.append(element("p", words.empty_years.format(years=", ".join(overview.empty_years))))
    if overview.undated:
        heading = words.without_date.format(count=len(overview.undated))
        found.append(_folded(heading, element("ul", *_listed(overview.undated, language), class_="documents")))
    if overview.gaps:
        heading = words.minutes.format(count=len(overview.gaps))
        found.append(
            _folded(heading, element("p", words.minutes_hint, class_="hint"), _minutes(overview.gaps, language))
        )
    if not found:
        return element("p", words.no_gaps if overview.documents else words.nothing)
    return element("div", element("p", words.gaps_hint, class_="hint"), *found)


def runs(known: Runs, language: Language) -> Html:
    """What the last ingest did and how far a going one has come; earlier ones where something of theirs failed."""
    words = archive_texts(language)
    shown = [_going(known.going, language)] if known.going else []
    for number, run in enumerate(known.ended):
        if number == 0 or run.report.failed:
            shown.append(_ended(run, words.earlier if number else words.last, language))
    return element("div", *shown) if shown else element("p", words.no_ingest)


def upload_outcome(
    taken: Sequence[Listed], failed: Iterable[tuple[str, str, str]], notes: Sequence[Failure], language: Language
) -> Html:
    """What became of an upload: documents read in; of the others name, reason and remedy (each escaped or empty)."""
    words = archive_texts(language)
    rejected = list(failed)
    parts = [element("h4", words.outcome, tabindex="-1", class_="heading")]
    if taken:
        parts += [
            element("p", element("strong", f"{words.taken} ({len(taken)})")),
            element("ul", *(element("li", *_document(each, language)) for each in taken), class_="documents"),
        ]
    if rejected:
        items = (
            element("li", element("strong", name), ": ", reason, element("span", remedy, class_="details"))
            for name, reason, remedy in rejected
        )
        parts += [
            element("p", element("strong", f"{words.not_taken} ({len(rejected)})")),
            element("ul", *items, class_="rejected"),
        ]
    parts += [_failures(notes, words.notes, language)] if notes else []
    return element("div", *parts, class_="notice")


def in_program_language(words: str) -> Html:
    """Words of the program that aren't translated."""
    return element("span", words, lang=PROGRAM_LANGUAGE)


def uploaded(documents: Sequence[Listed], asked: str | None, language: Language) -> Html:
    """The uploaded documents, each with a button to forget it; of the one `asked` about, to confirm that."""
    words = archive_texts(language)
    if not documents:
        return element("p", words.none_uploaded)
    items = (
        element("li", *_document(each, language), _forget_button(each, each.id == asked, language))
        for each in documents
    )
    return element("ul", *items, class_="documents")


def when(moment: str) -> str:
    """An ISO time as date, hour and minute in the zone of this machine."""
    return datetime.fromisoformat(moment).astimezone().strftime("%Y-%m-%d %H:%M")


def _document(listed: Listed, language: Language) -> tuple[Html, ...]:
    words, about = archive_texts(language), listed.about
    name = element("span", about.title, lang=DOCUMENT_LANGUAGE) if about.title else element("span", words.untitled)
    kind = kind_label(about.kind, language) if about.kind else None
    facts = (about.date or words.undated, kind, about.body, about.municipality, about.dnr)
    unseen = element("span", f": {about.title or listed.id}", class_="visually-hidden")
    return (
        element("a", name, href=reader_url(listed.id, language=language), target=READER_FRAME, class_="name"),
        element("span", " · ".join(fact for fact in facts if fact), class_="details"),
        element(
            "span",
            element("code", listed.id),
            " ",
            element("a", words.original, unseen, href=original_url(listed.id, language), download="download"),
            class_="details",
        ),
    )


def _forget_button(listed: Listed, asked: bool, language: Language) -> Html:
    words = archive_texts(language)
    unseen = element("span", f": {listed.about.title or listed.id}", class_="visually-hidden")
    return element(
        "button",
        words.forget_sure if asked else words.forget,
        unseen,
        type="button",
        data_document=listed.id,
        data_sure="yes" if asked else None,
        class_="forget sure" if asked else "forget",
    )


def _listed(documents: Sequence[Listed], language: Language) -> list[Html]:
    shown = [element("li", *_document(each, language)) for each in documents[:MOST_LISTED]]
    return [*shown, *_more(len(documents), language)]


def _more(count: int, language: Language) -> list[Html]:
    """A line that says how many are left out, where some are."""
    left = count - MOST_LISTED
    return [element("li", archive_texts(language).more.format(count=left))] if left > 0 else []


def _folded(heading: str, *content: Html) -> Html:
    return element("details", element("summary", heading), *content)


def _minutes(years: Sequence[Year], language: Language) -> Html:
    """The years of each body, in which §§ are missing or only extracts are held."""
    several = len({each.municipality for each in years}) > 1
    bodies: dict[str, list[Year]] = {}
    for each in years:
        name = ", ".join(filter(None, (each.body, each.municipality if several else None)))
        bodies.setdefault(name, []).append(each)
    return element(
        "div",
        *(
            element(
                "div",
                element("h4", name, lang=DOCUMENT_LANGUAGE),
                element("ul", *(element("li", *_year(year, language)) for year in of_body)),
            )
            for name, of_body in bodies.items()
        ),
        class_="minutes",
    )


def _year(year: Year, language: Language) -> Iterator[Html]:
    words = archive_texts(language)
    missing = join((element("span", _missing(gap, language), class_="piece") for gap in year.missing), "; ")
    yield element("strong", year.year)
    for name, shown in (
        (words.missing, missing),
        (words.minutes_held, ", ".join(year.meetings)),
        (words.extracts_only, ", ".join(year.extracts)),
    ):
        if shown:
            yield element("span", f"{name}: ", shown, class_="details")


def _missing(gap: Missing, language: Language) -> str:
    words = archive_texts(language)
    numbers = f"§ {gap.first}" if gap.first == gap.last else f"§§ {gap.first}–{gap.last}"
    if gap.within:
        place = words.within.format(date=gap.before)
    elif gap.after:
        place = words.between.format(after=gap.after, before=gap.before)
    else:
        place = words.before.format(date=gap.before)
    return f"{numbers} ({place})"


def _going(run: Going, language: Language) -> Html:
    words = archive_texts(language)
    if run.cut_off:
        said = words.cut_off.format(time=when(run.began), done=run.done, total=run.total)
        return element("p", said, class_="notice")
    said = words.going.format(done=run.done, total=run.total)
    bar = element("progress", value=run.done, max=max(1, run.total), aria_label=words.ingests)
    waits = element("p", f"{words.going_waits}: ", element("code", run.document), class_="hint") if run.document else ""
    return element("div", element("p", said), bar, waits, class_="going")


def _ended(run: Ended, heading: str, language: Language) -> Html:
    words, report = archive_texts(language), run.report
    paths = ", ".join(PurePath(path).name or path for path in run.paths)  # where they lie is nobody's business here
    counts = words.counts.format(
        added=report.added,
        updated=report.updated,
        unchanged=report.unchanged,
        removed=report.removed,
        failed=len(report.failed),
    )
    return element(
        "div",
        element("p", element("strong", heading.format(time=when(run.ended), paths=paths))),
        element("p", f"{counts}."),
        _failures(report.failed, words.failures, language) if report.failed else element("p", words.no_failures),
        _failures(report.notes, words.notes, language) if report.notes else "",
        class_="run",
    )


def _failures(failures: Sequence[Failure], heading: str, language: Language) -> Html:
    words = archive_texts(language)
    items = (
        element(
            "li",
            element("code", failure.document),
            element("span", f"{words.reason}: ", in_program_language(failure.reason), class_="details"),
            element("span", f"{words.remedy}: ", in_program_language(failure.remedy), class_="details"),
        )
        for failure in failures[:MOST_LISTED]
    )
    listed = element("ul", *items, *_more(len(failures), language), class_="documents")
    return _folded(heading.format(count=len(failures)), listed)
