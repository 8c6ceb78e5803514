"""Quality: was the text read out of the files well enough to be found and quoted?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.doctor import signs
from ingest.doctor.blank import blank_pages
from ingest.doctor.examined import Examined
from ingest.doctor.finding import Finding, Severity

NAME = "quality"
ENOUGH_WORDS = 50  # fewer words say nothing about a text
UNREADABLE_SHARE = 0.002  # of the signs of a page
LETTERS_SHARE = 0.6  # the least; budgets and vote lists have .8
LIKE_WORDS_SHARE = 0.9  # the least; over 200 council papers it was .98 or more
FUNCTION_WORDS_SHARE = 0.1  # the least, of the words in small letters; over 200 council papers it was .30 or more
MOJIBAKE = 2  # letters
SPACED = 3  # words, and a hundredth of all
DEBRIS = 5  # words, and a two-hundredth of all
WORDS_A_PAGE = 40  # fewer, over three pages or more, are pictures or slides
LONG_LINE = re.compile(r"[^.!?…|\n]{1500,}")
MANY_WORDS = 300  # a text of as many should have a heading
_COPY = "put a better copy of the file in its place"


@dataclass(frozen=True)
class Reading:
    """A document's text with its pages as (1-based number or None, text, words) and, joined, on one line."""

    document: str
    text: str
    joined: str
    parts: tuple[tuple[int | None, str, list[str]], ...]

    @property
    def words(self) -> list[str]:
        return [word for _, _, words in self.parts for word in words]


@dataclass(frozen=True)
class Flaw:
    """What is wrong with a reading; the first page on which it is."""

    sort: str
    found: str
    severity: Severity = Severity.WARNING
    page: int | None = None


def check_quality(examined: Examined) -> Iterator[Finding]:
    """Flaws of the texts, and documents about which something isn't known that questions ask for."""
    municipalities = examined.registry.holdings.values("municipality")
    for document, text in examined.texts():
        reading = reading_of(document, text, examined.registry.pages(document))
        file = examined.file_of(document)
        again, anew = examined.command("ingest", file), examined.command("ingest", "--anew", file)
        for flaw in (flaw for look in _LOOKS if (flaw := look(reading))):
            yield _finding(document, flaw, again, _COPY)
        if flaw := _empty_pages(reading, examined):
            yield _finding(document, flaw, anew, "install Tesseract with its Swedish data, or put in a copy with text")
        for flaw, before in _unknown(reading, examined, bool(municipalities)):
            yield _finding(document, flaw, again, before)


def reading_of(document: str, text: str, pages: Sequence[int]) -> Reading:
    """The reading of a document whose pages begin at these offsets."""
    bounds = [*pages, len(text)]
    parts: list[tuple[int | None, str]] = [(None, text)]
    if pages:
        parts = [(number, text[start:end]) for number, (start, end) in enumerate(pairwise(bounds), 1)]
    return Reading(
        document, text, " ".join(text.split()), tuple((page, part, signs.words_of(part)) for page, part in parts)
    )


def _finding(document: str, flaw: Flaw, remedy: str, before: str) -> Finding:
    return Finding(NAME, flaw.severity, flaw.sort, flaw.found, remedy, before, document, flaw.page)


def _unreadable(reading: Reading) -> Flaw | None:
    bad = []
    for page, part, _ in reading.parts:
        counts = signs.unreadable_signs(part)
        if counts.total() > UNREADABLE_SHARE * len(part):
            bad.append((page, counts))
    if bad:
        sorts = " and ".join(sorted({sort for _, counts in bad for sort in counts}))
        total = sum(counts.total() for _, counts in bad)
        return Flaw("signs", f"{total} signs that stand for nothing ({sorts}){_pages(bad)}", page=bad[0][0])
    lost = reading.text.count("\ufffd")
    return Flaw("signs", f"{lost} lost signs (�)", Severity.NOTE) if lost else None


def _mojibake(reading: Reading) -> Flaw | None:
    count = signs.mojibake(reading.text)
    return Flaw("mojibake", f"{count} letters read in the wrong encoding, such as Ã¥") if count >= MOJIBAKE else None


def _illegible(reading: Reading) -> Flaw | None:
    """Not words at all, or words of another language."""
    return _garbled(reading) or _foreign(reading)


def _garbled(reading: Reading) -> Flaw | None:
    bad = [
        (page, share)
        for page, part, words in reading.parts
        if len("".join(part.split())) >= 5 * ENOUGH_WORDS
        and (
            (share := signs.share_of_letters(part)) < LETTERS_SHARE
            or (len(words) >= ENOUGH_WORDS and (share := signs.share_like_words(words)) < LIKE_WORDS_SHARE)
        )
    ]
    if not bad:
        return None
    least = min(share for _, share in bad)
    return Flaw("garbled", f"only {least * 100:.0f} % of it looks like words{_pages(bad)}", page=bad[0][0])


def _foreign(reading: Reading) -> Flaw | None:
    words = [word for word in reading.words if word.islower()]  # lists of names say nothing about a language
    share = signs.share_of_function_words(words)
    if len(words) < 2 * ENOUGH_WORDS or share >= FUNCTION_WORDS_SHARE:
        return None
    return Flaw("language", f"hardly a small word of Swedish or English in it ({share * 100:.1f} %)")


def _spaced(reading: Reading) -> Flaw | None:
    count = signs.spaced_words(reading.joined)
    found = count >= SPACED and 6 * count > 0.01 * len(reading.words)
    return Flaw("spaced", f"{count} words written l i k e  t h i s") if found else None


def _debris(reading: Reading) -> Flaw | None:
    words = signs.hyphen_debris(reading.joined)
    found = len(words) >= DEBRIS and len(words) > 0.005 * len(reading.words)
    return Flaw("hyphens", f"{len(words)} words left apart at a hyphen, such as {words[0]}") if found else None


def _thin(reading: Reading) -> Flaw | None:
    pages = [words for page, _, words in reading.parts if page is not None]
    few = len(pages) >= 3 and len(reading.words) < WORDS_A_PAGE * len(pages)
    return Flaw("thin", f"{len(reading.words)} words on {len(pages)} pages") if few else None


def _long_lines(reading: Reading) -> Flaw | None:
    lines = LONG_LINE.findall(reading.text)
    if not lines:
        return None
    longest = max(map(len, lines))
    return Flaw(
        "long-lines", f"a line of {longest} signs without a full stop: a table without its lines?", Severity.NOTE
    )


_LOOKS: tuple[Callable[[Reading], Flaw | None], ...] = (
    _unreadable,
    _mojibake,
    _illegible,
    _spaced,
    _debris,
    _thin,
    _long_lines,
)


def _empty_pages(reading: Reading, examined: Examined) -> Flaw | None:
    """Pages without text; those without anything on them are left out, where the file can tell."""
    empty = [page for page, part, _ in reading.parts if page is not None and not part.strip()]
    if not empty:
        return None
    blank = blank_pages(examined.file_of(reading.document), empty)
    unread = empty if blank is None else [page for page in empty if page not in blank]
    if not unread:
        return None
    which = ", ".join(map(str, unread[:5])) + (" …" if len(unread) > 5 else "")
    return Flaw(
        "unread-pages",
        f"{len(unread)} of {len(reading.parts)} pages have no text ({which})",
        Severity.NOTE if blank is None else Severity.WARNING,
        unread[0],
    )


def _unknown(reading: Reading, examined: Examined, of_municipalities: bool) -> Iterator[tuple[Flaw, str]]:
    """What isn't known of a document, with what to do about it; `of_municipalities` says that of others it is known whose they are."""
    about = examined.registry.about(reading.document)
    if about and about.municipality is None and of_municipalities:
        yield (
            Flaw(
                "no-municipality",
                "whose it is isn't known: a filter on the municipality leaves it out",
                Severity.NOTE,
            ),
            "name the municipality (Norrby kommun) in its first lines",
        )
    if about and about.date is None:
        yield (
            Flaw("no-date", "no date is known of it: questions about a time pass it by", Severity.NOTE),
            "begin the file's name with the date, such as 2024-05-13_",
        )
    if about and about.kind is None:
        yield (
            Flaw("no-kind", "what kind of paper it is is not known", Severity.NOTE),
            "name the kind (protokoll, tjänsteskrivelse, motion …) in its first lines",
        )
    if len(reading.words) >= MANY_WORDS and not any(
        found.passage.section for found in examined.passages_of(reading.document)
    ):
        yield Flaw("no-headings", f"no heading in {len(reading.words)} words", Severity.NOTE), _COPY


def _pages(bad: Sequence[tuple[int | None, object]]) -> str:
    return f" on {len(bad)} pages" if len(bad) > 1 else ""
