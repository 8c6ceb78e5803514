"""Written: a model's reply, cut into sentences with their markers as soon as each is whole."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_MARKER = r"[\[【(]\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\]】)]"
_MARKERS = re.compile(rf"(?:{_MARKER.replace('[【(]', '[【]').replace('】)]', '】]')})")
_AT_END = re.compile(rf"(?:{_MARKERS.pattern}[\s,]*)+[.!?]?\s*$")
_ENDS = re.compile(r"(?<=[.!?\]】])[\"”»)]*\s+(?=[\"”«(]?[A-ZÅÄÖ])")
_SHORTENED = re.compile(
    r"\b(?:bl\.\s?a|t\.\s?ex|d\.\s?v\.\s?s|m\.\s?fl|f\.d|s\.k|dvs|jfr|nr|kl|st|dr|mr|mrs|ms|no|e\.g|i\.e|approx|ca|[A-ZÅÄÖ])\.$|^\s*\d{1,2}\.$",
    re.IGNORECASE,
)
_LIST_MARK = re.compile(r"^\s*(?:[-*•–>#]+|\d{1,2}[.)])\s+")
_THOUGHT = re.compile(r"<think>.*?</think>", re.DOTALL)
_THINKING = re.compile(r"<think>(?!.*</think>)|<(?:t(?:h(?:i(?:n(?:k)?)?)?)?)?$", re.DOTALL)


@dataclass(frozen=True)
class Written:
    """A sentence without its markers; `numbers` are those at its end and within it, none when it doesn't end with one."""

    text: str
    numbers: tuple[int, ...]


def written(pieces: Iterable[str]) -> Iterator[Written]:
    """The sentences of a reply that comes in pieces; what a model thinks aloud before it is left out."""
    buffer = ""
    for piece in pieces:
        buffer = _THOUGHT.sub("", buffer + piece)
        if _THINKING.search(buffer):
            continue
        *lines, buffer = buffer.split("\n")
        for line in lines:
            yield from _sentences(_cut(line))
        *whole, buffer = _cut(buffer)
        yield from _sentences(whole)
    if not _THINKING.search(buffer):
        yield from _sentences(_cut(buffer))


def _cut(line: str) -> list[str]:
    """The sentences of a line; the last one keeps the white space at its end, since more may follow."""
    sentences: list[str] = []
    for part in _ENDS.split(line):
        if sentences and _SHORTENED.search(sentences[-1]):
            sentences[-1] += f" {part}"
        else:
            sentences.append(part)
    return sentences


def _sentences(parts: Iterable[str]) -> Iterator[Written]:
    return (_sentence(part) for part in parts if re.search(r"\w", part))


def _sentence(words: str) -> Written:
    words = _LIST_MARK.sub("", words).replace("**", "").replace("`", "").strip()
    numbers = [number for marker in _MARKERS.findall(words) for number in _numbers(marker)]
    ends_with = bool(_AT_END.search(words))
    text = re.sub(r"\s+([.,;:!?])", r"\1", " ".join(_MARKERS.sub(" ", words).split()))
    text = re.sub(r",?\s*([.!?])\s*[.!?]*$", r"\1", text.rstrip(" ,"))
    return Written(text, tuple(dict.fromkeys(numbers)) if ends_with else ())


def _numbers(marker: str) -> Iterator[int]:
    """The numbers in one pair of brackets, ranges written out."""
    for part in re.split(r"[,;]", re.sub(r"[^\d,;–-]", "", marker)):
        first, _, last = re.sub("–", "-", part).partition("-")
        yield from range(int(first), int(last or first) + 1) if first else ()
