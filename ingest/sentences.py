"""Sentences: where one ends and the next begins in Swedish administrative prose."""

from __future__ import annotations

import re

from ingest.dates import MONTH_NAMES
from ingest.model import Sentence, Span

# A full stop after these ends no sentence, even before a capital ("bl.a. Köping"). Those that as often end one ("kr.", "m.m.")
# are left out: the capital after them decides.
ABBREVIATIONS = frozenset(
    "adr angv art avd avs bil bl.a ca dir dnr dvs d.v.s e.d enl ev exkl f.d f.n f.ö forts fr.o.m h.h inkl jfr kap kl m.a.o "
    "max mb min mom nr nuv obs p.g.a pga pkt prop ref resp s.k sid sk t.ex t.f t.o.m tekn tel tex u.a urspr v.g vol åk".split()
)
LOOK_BACK_CHARS = 24  # longer than any abbreviation
_FOOTNOTE = (
    r"(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=[a-zåäö)]{3}\.)\d{1,2}(?=\s+[A-ZÅÄÖ]))?"  # its mark belongs to the sentence before it
)
_STOP = re.compile(rf"[.!?…]+[\"”’»)\]]*{_FOOTNOTE}(?=\s|$)")
_MARKS = "⁰¹²³⁴⁵⁶⁷⁸⁹0123456789"
_WORD_BEFORE = re.compile(r"[\w.]*\w$")
_NEXT_BEGINS = re.compile(r"\s*[\"”“’»(\[–-]?\s*[A-ZÅÄÖÉ0-9§]")
_DAY_OR_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}$")
_MONTH = re.compile(rf"\s*(?:{MONTH_NAMES})\b")


def split_sentences(pieces: list[Span], text: str) -> tuple[Sentence, ...]:
    """Cut one run of prose, given as its stretches of `text`, into sentences.

    A sentence that runs over the end of a stretch (a page break or letterhead cuts it) has several pieces.
    """
    joined, origin = _join(pieces, text)
    sentences = []
    start = 0
    for end in (*_ends(joined), len(joined)):
        if joined[start:end].strip():
            sentences.append(Sentence(_merged(_pieces(start, end, joined, origin), text)))
        start = end
    return tuple(sentences)


def _join(pieces: list[Span], text: str) -> tuple[str, list[int]]:
    """The stretches with a space between them, and for each character its position in `text`."""
    joined: list[str] = []
    origin: list[int] = []
    for piece in pieces:
        if joined:
            joined.append(" ")
            origin.append(-1)
        joined.append(piece.of(text))
        origin.extend(range(piece.start, piece.end))
    return "".join(joined), origin


def _ends(joined: str) -> list[int]:
    ends = []
    for match in _STOP.finditer(joined):
        before = _WORD_BEFORE.search(joined, max(0, match.start() - LOOK_BACK_CHARS), match.start())
        word = before.group().casefold() if before else ""
        single = match.group().rstrip(_MARKS) == "."
        if single and (word in ABBREVIATIONS or _is_initial(before.group() if before else "")):
            continue
        if (
            single
            and _DAY_OR_ORDINAL.search(joined, max(0, match.start() - LOOK_BACK_CHARS), match.start())
            and _MONTH.match(joined, match.end())
        ):
            continue
        if match.end() < len(joined) and not _NEXT_BEGINS.match(joined, match.end()):
            continue
        ends.append(match.end())
    return ends


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isalpha() and word.isupper()


def _pieces(start: int, end: int, joined: str, origin: list[int]) -> list[Span]:
    """Translate `joined[start:end]` back to stretches of the text, without white space at either side."""
    while joined[start].isspace():
        start += 1
    while joined[end - 1].isspace():
        end -= 1
    pieces: list[Span] = []
    begin = start
    for position in range(start, end + 1):
        if position == end or origin[position] == -1:
            if position > begin:
                pieces.append(_trimmed(origin[begin], joined[begin:position]))
            begin = position + 1
    return pieces


def _merged(pieces: list[Span], text: str) -> tuple[Span, ...]:
    """Pieces with nothing but white space between them are one: wrapped lines are no cut."""
    merged = [pieces[0]]
    for piece in pieces[1:]:
        if text[merged[-1].end : piece.start].isspace():
            merged[-1] = Span(merged[-1].start, piece.end)
        else:
            merged.append(piece)
    return tuple(merged)


def _trimmed(start: int, words: str) -> Span:
    left = len(words) - len(words.lstrip())
    return Span(start + left, start + left + len(words.strip()))
