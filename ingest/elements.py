"""Elements: lines become headings, list items and runs of prose, before anything is known about their meaning.

In plain text a heading has no mark. What gives it away is that its line ends early: the first word of the next line would
have fitted, so somebody meant the break.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from ingest.lines import Line, paragraphs_of
from ingest.model import Span
from ingest.people import office_of
from ingest.read.extract import Extract
from ingest.vocabulary import MAIN, SUB, known_heading


@dataclass(frozen=True)
class Heading:
    words: str
    level: int
    span: Span
    paragraph: str | None = None  # § number
    dnr: str | None = None
    lists: bool = False


@dataclass
class Prose:
    """A paragraph or a list item; `pieces` are its lines."""

    pieces: list[Span]
    words: list[str] = field(default_factory=list)
    number: int | None = None  # of a numbered item
    item: bool = False
    signature: bool = False  # a name with an office below it
    rows: tuple[tuple[str, ...], ...] = ()  # of a part of a table: the cells of each piece
    named: bool = False  # whether the first of the rows names the columns

    @property
    def ends(self) -> bool:
        """Whether its last line looks finished."""
        return bool(self.words) and self.words[-1].rstrip("*_ ")[-1:] in '.!?:;”"'


Element = Heading | Prose

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")
_PARAGRAPH_SIGN = re.compile(  # "§ 61", its diarienummer with or without a label, its title
    r"§\s*(?P<number>\d{1,4}[a-z]?)\b\.?\s*"
    r"(?:(?:[ÄäDd]\w*(?:nummer|nr))\.?:?\s*(?P<labelled>\S+)|(?P<bare>\d{1,5}/\d{2}|[A-ZÅÄÖ]{2,6}-\d{4}-\d{2,6})(?![\w/-]))?"
    r"\s*(?P<title>.*)"
)
_INNER_PARAGRAPH = re.compile(r"\d{1,3}\s?[a-z]?\s?§\.?\s+[A-ZÅÄÖ].*")  # of rules and agreements: "3 § Ansökan"
_DECIMAL = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[A-ZÅÄÖ].*")  # "1.2 Bakgrund"
_ORDINAL = re.compile(r"\d{1,2}\.?\s+")
_NUMBERED = re.compile(r"(?:\*\*)?(\d{1,2})[.)]\s+(?=\S)")
_BULLET = re.compile(r"[-•–*▪·‣]\s+(?=\S)")
_DANGLING = re.compile(
    r"\b(?:av|om|för|och|eller|i|på|till|med|angående|gällande|från|vid|att|den|det|de|en|ett|som|samt|under|över|enligt|inom|kring)$",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(r"[*_]{1,3}(?=\S)|(?<=\S)[*_]{1,3}")
MAX_SIGNATURE_LINES = 3
CELL_CHARS = 12  # lines mostly shorter than this are no entries of a list
SHORT = 0.6  # share of the wrap width: a run of lines shorter than this was set line by line
FITS = 0.85  # of the wrap width: with less to spare, a proportional font may have wrapped there
MAX_HEADING_CHARS = 120
MAX_TITLE_LINES = 5
PROSE_CHARS = 60  # a line this long, or one that ends in a full stop, is prose and may stand below a heading


def plain_words(words: str) -> str:
    """The words without Markdown emphasis."""
    return _EMPHASIS.sub("", words)


class _Found(list[Element]):
    """The elements found so far; the nearest heading is known without a search, which would cost long lists dear."""

    _heading_at: int | None = None

    def append(self, element: Element) -> None:
        if isinstance(element, Heading):
            self._heading_at = len(self)
        super().append(element)

    @property
    def heading(self) -> Heading | None:
        above = None if self._heading_at is None else self[self._heading_at]
        return above if isinstance(above, Heading) else None


@dataclass(frozen=True)
class _Marks:
    """What the file itself says about its lines: that they are Markdown, headings by their type, or rows of a table."""

    markup: bool
    levels: Mapping[int, int]  # heading level by the position of the line
    rows: Mapping[int, _Row | None]  # the row by the position of each of its lines; None for a rule between rows


@dataclass(frozen=True)
class _Row:
    table: int  # number of its table
    span: Span
    cells: tuple[str, ...]
    names: bool  # whether it names the columns


def elements_of(lines: list[Line], furniture: frozenset[int], extract: Extract) -> list[Element]:
    """The elements of a document, in order; furniture is left out and what it cuts through is joined again."""
    kept = [
        Line(Span(line.span.start, line.span.start), "") if n in furniture else line for n, line in enumerate(lines)
    ]
    width = _wrap_width(kept)
    found = _Found()
    marks = _Marks(
        markup=extract.markup,
        levels={} if extract.markup else dict(extract.headings),
        rows=_rows_by_line(kept, extract),
    )
    for run in paragraphs_of(kept):
        _read_run(run, found, width, marks)
    return _without_lonely_headings(found)


def _rows_by_line(lines: list[Line], extract: Extract) -> dict[int, _Row | None]:
    places: list[tuple[Span, _Row | None]] = []
    for number, table in enumerate(extract.tables):
        places += [(rule, None) for rule in table.rules]
        for place, (span, cells) in enumerate(zip(table.rows, table.cells_of(extract.text), strict=True)):
            places.append((span, _Row(number, span, cells, table.header and place == 0)))
    places.sort(key=lambda place: place[0])
    starts = [span.start for span, _ in places]
    found: dict[int, _Row | None] = {}
    for line in lines:
        place = bisect_left(starts, line.span.end) - 1
        if not line.blank and place >= 0 and places[place][0].end > line.span.start:
            found[line.span.start] = places[place][1]
    return found


def _wrap_width(lines: list[Line]) -> int:
    """The column the text was wrapped at: the length nearly no line exceeds."""
    lengths = sorted(len(line.words) for line in lines if len(line.words) > 40)
    return lengths[int(0.98 * (len(lengths) - 1))] if lengths else 80


def _read_run(run: list[Line], found: _Found, width: int, marks: _Marks) -> None:
    """Turn one run of lines into elements, appended to `found`."""
    position = 0 if run[0].span.start in marks.rows else _title_of_paragraph(run, 0, found)
    if len(run) == 1 and not marks.markup and not marks.levels and (heading := _lonely_heading(run[0])):
        found.append(heading)
        return
    while position < len(run):
        if run[position].span.start in marks.rows:
            position = _read_rows(run, position, found, marks)
            continue
        if run[position].span.start in marks.levels and not _marked_heading(run[position], marks.markup):
            position = _read_typeset_heading(run, position, found, marks)
            continue
        heading = _marked_heading(run[position], marks.markup)
        if heading and not _is_lead(heading, run[position], found):
            found.append(heading)
            position += 1
            position = _title_of_paragraph(run, position, found)
            continue
        end = position + 1
        while end < len(run) and not (
            _starts_item(run[end])
            or _marked_heading(run[end], marks.markup)
            or run[end].span.start in marks.levels
            or run[end].span.start in marks.rows
        ):
            end += 1
        _read_prose(run[position:end], found, width)
        position = end


def _read_rows(run: list[Line], position: int, found: list[Element], marks: _Marks) -> int:
    """Take the rows of one table, without the rules between them; the position after them."""
    rows: list[_Row] = []
    while position < len(run) and run[position].span.start in marks.rows:
        row = marks.rows[run[position].span.start]
        if row and rows and row.table != rows[0].table:
            break
        if row and row not in rows[-1:]:
            rows.append(row)
        position += 1
    if rows:
        pieces, words = [row.span for row in rows], [" | ".join(row.cells) for row in rows]
        cells = tuple(row.cells for row in rows)
        found.append(Prose(pieces, words, item=True, rows=cells, named=rows[0].names))
    return position


def _read_typeset_heading(run: list[Line], position: int, found: _Found, marks: _Marks) -> int:
    """Take the lines that the file's type makes one heading; the position after them."""
    level = marks.levels[run[position].span.start]
    end = position + 1
    while end < len(run) and marks.levels.get(run[end].span.start) == level and not _marked_heading(run[end], False):
        end += 1
    words = " ".join(line.words for line in run[position:end])
    above = found[-1] if found and position else None
    if isinstance(above, Heading) and above.paragraph and marks.levels.get(above.span.start) == level:
        span = Span(above.span.start, run[end - 1].span.end)
        found[-1] = replace(above, words=f"{above.words} {words}", span=span)  # the title of a § on its second line
        return end
    known = known_heading(words)
    span = Span(run[position].span.start, run[end - 1].span.end)
    found.append(Heading(words, known.level if known else level, span, lists=bool(known and known.lists)))
    return end


def _is_lead(heading: Heading, line: Line, found: _Found) -> bool:
    """ "Förslag till kommunfullmäktige:" right below "Förslag till beslut" opens the points; it is no section."""
    return bool(
        found and isinstance(found[-1], Heading) and heading.paragraph is None and line.words.endswith((":", ":**"))
    )


def _read_prose(run: list[Line], found: _Found, width: int) -> None:
    """Lines without a mark between them: entries, a name block, or a paragraph with perhaps a heading on top."""
    words = [plain_words(line.words) for line in run]
    if 2 <= len(run) <= MAX_SIGNATURE_LINES and all(map(office_of, words[1:])) and not office_of(words[0]):
        _append_prose(run, found, signature=True)
        return
    if len(run) > MAX_SIGNATURE_LINES and median(map(len, words)) < CELL_CHARS:
        _append_prose(run, found)  # the cells of a table that lost its lines, such as who voted for what
        return
    if _in_list(found):
        for entry in _split(run, lambda line, _: not _DANGLING.search(line.words)):
            _append_prose(entry, found)
        return
    if max(map(len, words)) < SHORT * width and not any(part.endswith((".", ":", ";")) for part in words):
        _append_prose(run, found)  # a block of short lines, such as an address or "Mottagare / Kommunstyrelsen"
        return
    units = _split(run, lambda line, following: _meant(line, following, width))
    for number, unit in enumerate(units):
        heading = " ".join(plain_words(line.words) for line in unit)
        below = units[number + 1] if number + 1 < len(units) else None
        if below and _looks_like_heading(heading) and _is_prose(below[0]):
            found.append(Heading(heading, SUB, Span(unit[0].span.start, unit[-1].span.end)))
        else:
            _append_prose(unit, found)


def _split(run: list[Line], breaks: Callable[[Line, Line], bool]) -> list[list[Line]]:
    """Cut a run where `breaks` holds between two lines; a line that goes on in lower case is never cut off."""
    units = [[run[0]]]
    for line, following in pairwise(run):
        if not following.words[:1].islower() and breaks(line, following):
            units.append([following])
        else:
            units[-1].append(following)
    return units


def _meant(line: Line, following: Line, width: int) -> bool:
    """Whether a line break was meant, rather than made by wrapping: the next word would have fitted."""
    if _DANGLING.search(line.words):
        return False
    spare = width * (FITS if line.words.endswith((".", ":", ";", "?")) or _looks_like_heading(line.words) else SHORT)
    return len(line.words) + 1 + len(following.words.split(maxsplit=1)[0]) <= spare


def _marked_heading(line: Line, markup: bool) -> Heading | None:
    if markup and (match := _MARKDOWN_HEADING.fullmatch(line.words)):
        words = plain_words(match.group(2))
        known = known_heading(words)
        if sign := _PARAGRAPH_SIGN.fullmatch(words):
            return Heading(words, 1, line.span, paragraph=sign["number"], dnr=sign["labelled"] or sign["bare"])
        return Heading(words, len(match.group(1)), line.span, lists=bool(known and known.lists))
    if match := _PARAGRAPH_SIGN.fullmatch(line.words):
        title = match["title"]
        if len(title) <= MAX_HEADING_CHARS and not title[:1].islower() and title[-1:] not in {".", ","}:
            return Heading(line.words, 1, line.span, paragraph=match["number"], dnr=match["labelled"] or match["bare"])
    words = plain_words(line.words)
    if known := known_heading(words) or known_heading(_ORDINAL.sub("", words)):
        return Heading(words.rstrip(": "), known.level, line.span, lists=known.lists)
    return None


def _lonely_heading(line: Line) -> Heading | None:
    """A heading that a line alone between blank ones is by its form: numbered as in rules and reports, or in capitals."""
    words = plain_words(line.words)
    if len(words) > MAX_HEADING_CHARS or words[-1:] in ".,;:" or " | " in words:
        return None
    if _DECIMAL.fullmatch(words):
        return Heading(words, SUB, line.span)
    if _INNER_PARAGRAPH.fullmatch(words) or (words.isupper() and sum(map(str.isalpha, words)) >= 4):
        return Heading(words, MAIN, line.span)
    return None


def _title_of_paragraph(run: list[Line], position: int, found: _Found) -> int:
    """Below a bare "§ 23", take the lines up to the next prescribed heading as its title; the position after them."""
    heading = found[-1] if found else None
    if not isinstance(heading, Heading) or heading.paragraph is None:
        return position
    match = _PARAGRAPH_SIGN.fullmatch(heading.words)
    if match is None or match["title"]:
        return position
    end = position
    while end < len(run) and end - position < MAX_TITLE_LINES and not known_heading(plain_words(run[end].words)):
        end += 1
    if end == position:
        return position
    title = " ".join([f"§ {heading.paragraph}", *(plain_words(line.words) for line in run[position:end])])
    span = Span(heading.span.start, run[end - 1].span.end)
    found[-1] = Heading(title, 1, span, heading.paragraph, heading.dnr)
    return end


def _starts_item(line: Line) -> bool:
    return bool(_NUMBERED.match(line.words) or _BULLET.match(line.words))


def _looks_like_heading(words: str) -> bool:
    return len(words) <= MAX_HEADING_CHARS and words[:1].isupper() and words[-1:] not in ".:;,!?"


def _is_prose(line: Line) -> bool:
    return len(line.words) >= PROSE_CHARS or line.words.endswith((".", ":"))


def _in_list(found: _Found) -> bool:
    """Whether the nearest heading above announces a list of entries."""
    heading = found.heading
    return heading is not None and heading.lists


def _append_prose(unit: list[Line], found: _Found, signature: bool = False) -> None:
    first = unit[0].words
    pieces, words = [line.span for line in unit], [line.words for line in unit]
    before = found[-1] if found else None
    if isinstance(before, Prose) and not before.rows and first[:1].islower() and not before.ends:
        before.pieces.extend(pieces)
        before.words.extend(words)
        return
    numbered, bullet = _NUMBERED.match(first), _BULLET.match(first)
    mark = numbered or bullet
    if mark:
        pieces[0] = Span(pieces[0].start + mark.end(), pieces[0].end)
    found.append(
        Prose(
            pieces,
            words,
            number=int(numbered.group(1)) if numbered else None,
            item=mark is not None,
            signature=signature,
        )
    )


def _without_lonely_headings(found: list[Element]) -> list[Element]:
    """A short line alone between blank lines is a heading when prose stands below it."""
    result = _Found()
    for number, element in enumerate(found):
        below = found[number + 1] if number + 1 < len(found) else None
        if (
            isinstance(element, Prose)
            and not element.item
            and not element.signature
            and isinstance(below, Prose)
            and not below.item
            and not _in_list(result)
            and result.heading
            and _looks_like_heading(plain_words(" ".join(element.words)))
            and len(" ".join(element.words)) <= MAX_HEADING_CHARS // 2
            and len(" ".join(below.words)) >= 2 * PROSE_CHARS
            and below.ends
        ):
            words = plain_words(" ".join(element.words))
            result.append(Heading(words, SUB, Span(element.pieces[0].start, element.pieces[-1].end)))
        else:
            result.append(element)
    return result
