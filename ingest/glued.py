"""Glued lines: some exports write a paragraph as one line, with the heading above it, and the points below it, in that line.

"Sammanfattning Nämnden föreslår …" is a heading and a paragraph; "beslutar: 1. Avgiften höjs. 2. Taxan antas." are a lead and
two points. Here it is told where such a line is to be cut; nothing in the text is changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.vocabulary import known_heading

MAX_HEADING_CHARS = 90
MAX_TITLE_CHARS = 300
MIN_PROSE_CHARS = 40  # shorter words after a heading of the author's own are no paragraph
MIN_WORDS_CHARS = 10  # after one of the genre: "Beslut Antecknas."
MAX_HEADINGS = 3  # "Ärendet Bakgrund Nämnden fick …"
LONG_LINE_CHARS = 200  # no text that was wrapped has such lines
UNWRAPPED = 0.25  # share of the characters in long lines from which on a text counts as written without wrapping

_NEXT = re.compile(r"\s+(?=[”\"]?(?:[A-ZÅÄÖ][\wåäöÅÄÖ]|I\s[a-zåäö]))")
# Words that are capital within a line only where a sentence begins: what stands before them is a heading of its own.
_OPENER = re.compile(
    r"(?:Alla|Av|De|Den|Denna|Dessa|Det|Detta|Efter|En|Enligt|Ett|Från|För|Genom|Här|I|Inga|Ingen|Inom|Med|Mot|När|Om|På|Samtliga|Sedan"
    r"|Som|Till|Under|Utifrån|Utöver|Vi|Vid)\s"
)
# Headings of officers' letters that the vocabulary of prescribed ones needn't know.
_CUSTOMARY = re.compile(
    r"Bedömning ur .{5,60} dimension(?:er)?|[A-ZÅÄÖ]\w+s (?:samlade )?(?:bedömning|kommentar(?:er)?|beredning|ställningstagande)"
    r"|Motionen|Remissinstanser|Tidigare behandling|Skäl för beslut|Beslutsgång"
)
_BURIED = re.compile(
    r"(?<=[\w”\")–])\s+(?P<heading>Förslag till beslut|Motionen|Yrkandet|Yttrandet|Sammanfattning|Ärendet|Bakgrund)\s+"
    r"(?=[A-ZÅÄÖ][a-zåäö]|I\s[a-zåäö])"
)
_NUMBERING = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+")
_DANGLING = re.compile(r"\b(?:av|för|om|och|i|på|till|med|från|Stads|Stad AB:s)$")  # a cell of a table, cut off
_SENTENCE_END = re.compile(r"[.!?:;]\s")
_POINT = re.compile(r"(?:^|(?P<before>[.:;!?)”\"])\s+)(?P<number>\d{1,2})\.\s+(?=[A-ZÅÄÖ”\"])")
_BULLET = re.compile(r"(?:^|\s+)(?=[•▪]\s)")
_MARKED = ("#", ">", "|")  # lines of Markdown say themselves what they are


def is_unwrapped(text: str) -> bool:
    """Whether paragraphs of this text are lines; only there can something be glued to them."""
    lines = [len(line) for line in re.split(r"[\n\f]", text)]
    return sum(chars for chars in lines if chars > LONG_LINE_CHARS) >= UNWRAPPED * sum(lines) > 0


def cuts_of(words: str, opens: bool) -> tuple[int, ...]:
    """Offsets into the words of a line at which another line should begin; `opens` says that a paragraph begins with it.

    The offsets are those of the first sign of the new line, in order, without 0.
    """
    if words.startswith(_MARKED) or " | " in words:
        return ()
    headings = tuple(_headings(words)) if opens else ()
    return tuple(sorted({*headings, *_points(words, headings[-1] if headings else 0), *_bullets(words)} - {0}))


def _headings(words: str) -> Iterator[int]:
    position = 0
    for _ in range(MAX_HEADINGS):
        end = _end_of_prescribed(words, position)
        if end is None:
            break
        yield end
        position = end
    if position:
        return
    if (buried := _BURIED.search(words, 0, MAX_TITLE_CHARS)) and not _SENTENCE_END.search(words, 0, buried.start()):
        yield from (buried.start("heading"), buried.end())
    elif end := _end_before_opener(words):
        yield end


def _end_of_prescribed(words: str, start: int) -> int | None:
    """Where the paragraph begins that a heading of the genre, which stands at `start`, is glued to."""
    for boundary in _boundaries(words, start, MIN_WORDS_CHARS):
        heading = _NUMBERING.sub("", words[start : boundary.start()])
        if heading[:1].isupper() and heading[-1] != ":" and (known_heading(heading) or _CUSTOMARY.fullmatch(heading)):
            return boundary.end()
    return None


def _end_before_opener(words: str) -> int | None:
    """Where the paragraph begins that a heading of the author's own is glued to."""
    for boundary in _boundaries(words, 0, MIN_PROSE_CHARS):
        heading = words[: boundary.start()]
        if not heading[0].isupper() or any(word[-1] in ".,:;?!)" for word in heading.split()):
            return None
        if _OPENER.match(words, boundary.end()):
            return None if _DANGLING.search(heading) else boundary.end()
    return None


def _boundaries(words: str, start: int, min_below: int) -> Iterator[re.Match[str]]:
    """The gaps before words that begin like a paragraph, as far from `start` as a heading may reach."""
    for boundary in _NEXT.finditer(words, start + 1, start + MAX_HEADING_CHARS + 2):
        if len(words) - boundary.end() >= min_below:
            yield boundary


def _points(words: str, start: int) -> Iterator[int]:
    """Numbers that go on counting, or that follow a colon."""
    expected = None
    for match in _POINT.finditer(words):
        number = int(match["number"])
        if match.start() < start:
            continue
        if match.start("number") in (0, start) or number == expected or match["before"] == ":":
            yield match.start("number")
            expected = number + 1


def _bullets(words: str) -> Iterator[int]:
    return (match.end() for match in _BULLET.finditer(words))
