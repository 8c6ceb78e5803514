"""Fragments: words on one baseline without a wide gap between them, the grain that the layout of a page is seen in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.read.pdf_word import Word

SAME_LINE = 0.35  # of the smaller font size: baselines this near are one line
SAME_ROW = 0.25  # of the larger font size: fragments whose baselines are this near stand beside each other
WIDE_GAP = 1.0  # of the font size: a wider gap is no space between words
MARKER_GAP = 5.0  # of the font size: a list mark may stand this far before its item
GLUED = 0.12  # of the font size: a narrower gap is none, unless the file has white space there
_MARKER = re.compile(
    r"[•◦▪‣●○■□☐☑☒✓*–—-]|\(?\d{1,2}[.)]|\(?\d{1,2}(?:\.\d{1,2}){1,3}[.)]?|\(?[a-zåäö][.)]|§{1,2}\s?\d{1,4}\s?[a-z]?\.?"
)
_DOTS = re.compile(r"[.…·]+")
_COURIER_BULLET = "o"
MIN_LEADER = 4  # dots in a row that lead the eye to a page number
MADE_UP = -2  # order of a word that stands for others; there are spaces around it
MIN_SPACED_LETTERS = 4  # single letters in a row that are one word set wide


@dataclass(frozen=True, slots=True)
class Fragment:
    """Words from left to right on one baseline; `size` is that of most of its signs."""

    words: tuple[Word, ...]
    size: float
    baseline: float

    @property
    def left(self) -> float:
        return self.words[0].left

    @property
    def right(self) -> float:
        return max(word.right for word in self.words)

    @property
    def top(self) -> float:
        return self.baseline - 0.8 * self.size

    @property
    def bottom(self) -> float:
        return self.baseline + 0.22 * self.size

    @property
    def bold(self) -> bool:
        """Whether all its letters and digits are bold."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def text(self) -> str:
        return joined_text(self.words)


def joined_text(words: Sequence[Word]) -> str:
    """The words with spaces where there is one between them."""
    parts = [words[0].text] if words else []
    for before, word in pairwise(words):
        parts.append(f" {word.text}" if is_space(before, word) else word.text)
    return "".join(parts)


def is_space(before: Word, word: Word) -> bool:
    """Whether there is a space between two neighbours on a line."""
    if MADE_UP in {word.order, before.order} or (word.order == before.order + 1 and word.spaced):
        return True
    return word.left - before.right > GLUED * max(word.size, before.size)


def fragment_of(words: Iterable[Word]) -> Fragment:
    """A fragment of words from left to right."""
    kept = tuple(words)
    main = max(kept, key=lambda word: (len(word.text), word.size))
    return Fragment(kept, main.size, main.baseline)


def fragments_of(words: Iterable[Word]) -> list[Fragment]:
    """The words as fragments, from top to bottom and left to right."""
    return [fragment for row in rows_of(words) for fragment in fragments_of_row(row)]


def lines_of(fragments: Sequence[Fragment]) -> list[list[Fragment]]:
    """The fragments by baseline, from top to bottom and left to right."""
    lines: list[list[Fragment]] = []
    for fragment in sorted(fragments, key=lambda fragment: fragment.baseline):
        last = lines[-1] if lines else None
        if last and fragment.baseline - last[0].baseline <= SAME_ROW * max(fragment.size, last[0].size):
            last.append(fragment)
        else:
            lines.append([fragment])
    return [sorted(line, key=lambda fragment: fragment.left) for line in lines]


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """The words by baseline, each row from left to right; words printed twice in one place are taken once."""
    rows: list[list[Word]] = []
    open_rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.left)):
        open_rows = [row for row in open_rows if word.baseline - row[0].baseline <= max(word.size, row[0].size)]
        for row in open_rows:
            if abs(word.baseline - row[0].baseline) <= SAME_LINE * min(word.size, row[0].size):
                row.append(word)
                break
        else:
            rows.append([word])
            open_rows.append(rows[-1])
    return [_once(sorted(row, key=lambda word: word.left)) for row in rows]


def _once(row: list[Word]) -> list[Word]:
    """Without the copies that make letters look bold or shadowed."""
    kept: list[Word] = []
    for word in row:
        if not any(other.text == word.text and abs(other.left - word.left) < 0.25 * word.size for other in kept[-3:]):
            kept.append(word)
    return kept


def fragments_of_row(row: list[Word]) -> list[Fragment]:
    """Cut one row where the gaps are wide; a list mark stays with its item."""
    runs = [[row[0]]]
    for before, word in pairwise(row):
        if word.left - before.right > WIDE_GAP * max(before.size, word.size):
            runs.append([word])
        else:
            runs[-1].append(word)
    runs = [_with_leaders(_closed_up(run)) for run in runs]
    first = runs[0]
    if len(runs) > 1:
        gap = runs[1][0].left - first[-1].right
        text = joined_text(first)
        if text == _COURIER_BULLET and gap < MARKER_GAP * first[0].size:  # the hollow bullet of word processors
            first = [replace(first[0], text="◦")]
            text = "◦"
        if _MARKER.fullmatch(text) and gap < MARKER_GAP * max(first[0].size, runs[1][0].size):
            runs[:2] = [[*first, *runs[1]]]
    return _over_leaders([fragment_of(run) for run in runs])


def _with_leaders(run: list[Word]) -> list[Word]:
    """The run with a row of dots that leads to a page number as one sign."""
    kept: list[Word] = []
    place = 0
    while place < len(run):
        end = place
        while end < len(run) and _DOTS.fullmatch(run[end].text):
            end += 1
        dots = run[place:end]
        if sum(len(word.text) for word in dots) >= MIN_LEADER:
            kept.append(replace(dots[0], text="…", edges=((dots[0].left, dots[-1].right),), order=MADE_UP))
            place = end
            continue
        word = run[place]
        tail = len(word.text) - len(word.text.rstrip("."))
        if tail >= MIN_LEADER and tail < len(word.text):
            cut = len(word.text) - tail
            kept.append(replace(word, text=word.text[:cut], edges=word.edges[:cut]))
            kept.append(replace(word, text="…", edges=((word.edges[cut][0], word.right),), order=MADE_UP))
        else:
            kept.append(word)
        place += 1
    return kept


def _over_leaders(fragments: list[Fragment]) -> list[Fragment]:
    """A row of dots belongs to what stands before and after it."""
    merged: list[Fragment] = []
    for fragment in fragments:
        if merged and (merged[-1].words[-1].text == "…" or fragment.words[0].text == "…"):
            merged[-1] = fragment_of([*merged[-1].words, *fragment.words])
        else:
            merged.append(fragment)
    return merged


def _closed_up(run: list[Word]) -> list[Word]:
    """The run with letters set wide (B E S L U T) joined to words."""
    letters = [len(word.text) == 1 and word.text.isalpha() and word.text.isupper() for word in run]
    if sum(letters) < MIN_SPACED_LETTERS or not all(letters):
        return run
    gaps = sorted(word.left - before.right for before, word in pairwise(run))
    typical = gaps[len(gaps) // 2]
    closed = [run[0]]
    for word in run[1:]:
        last = closed[-1]
        if word.left - last.right <= 1.6 * typical + 0.05 * word.size:
            closed[-1] = replace(last, text=last.text + word.text, edges=last.edges + word.edges)
        else:
            closed.append(word)
    return closed
