"""A conversation as Markdown in which nothing from a document or a user acts: no link, picture, heading or tag but ours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.markup import plain
from assistant.texts import texts
from assistant.web.export.transcript import Entry, Source, Transcript
from assistant.web.export.words import export_words

_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})  # inert in every dialect, unlike a backslash
_SIGNS = re.compile(r"([\\`*_\[\]|~$^@{}#])")
_ADDRESS = re.compile(r":(?=//)|(?<=www)\.", re.IGNORECASE)  # that some dialects make links of unasked
_LINE_START = re.compile(r"^([+=-]|\d+(?=[.)]))")


def render_markdown(conversation: Transcript) -> str:
    """The conversation as one Markdown file, ending with a line end."""
    lines = [f"# {inert(conversation.title)}", "", inert(conversation.date), ""]
    for notice in conversation.notices:
        lines += [f"*{inert(notice)}*", ""]
    for entry in conversation.entries:
        lines += _entry(entry)
    return "\n".join(lines).rstrip() + "\n"


def inert(text: str) -> str:
    """`text` on one line, every sign that Markdown, or HTML within it, gives a meaning taken for itself."""
    line = " ".join(plain(text).split())
    escaped = _ADDRESS.sub(r"\\\g<0>", _SIGNS.sub(r"\\\1", line)).translate(_ENTITIES)
    return _LINE_START.sub(lambda start: f"{start[1]}\\" if start[1].isdigit() else f"\\{start[1]}", escaped)


def _entry(entry: Entry) -> Iterator[str]:
    words = texts(entry.language)
    yield from (f"## {inert(entry.question)}", "")
    for name, said in entry.notes:
        yield from (f"*{inert(name)}: {inert(said)}*", "")
    if entry.heading:
        yield from (f"**{inert(entry.heading)}**", "")
    for statement in entry.statements:
        labels = "".join(f"**{inert(label)}:** " for label in statement.labels)
        markers = "".join(f" \\[{n}\\]" for n in statement.citations)
        yield from (f"{labels}{inert(statement.lead + statement.text)}{markers}", "")
    for remark in entry.remarks:
        yield from (inert(remark), "")
    if entry.sources:
        yield from (f"### {words.sources}", "")
    for source in entry.sources:
        yield from _source(source, entry)
    if entry.nearest:
        yield from (f"### {words.nearest}", "")
    for document, passage in entry.nearest:
        yield from (inert(document), "", f"> {inert(passage)}", "")


def _source(source: Source, entry: Entry) -> Iterator[str]:
    yield from (f"**\\[{source.n}\\] {inert(source.title)}**", "", inert(source.standing), "")
    yield from (f"> {inert(source.quote)}", "")
    for name, fact in source.facts:
        yield f"- {inert(name)}: {inert(fact)}"
    yield from (f"- [{inert(export_words(entry.language).link)}](<{source.url}>)", "")
