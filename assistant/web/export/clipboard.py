"""One answer with its sources as the clipboard takes it: plain text for a letter, HTML for a word processor."""

from __future__ import annotations

from assistant.markup import Html, element, join, plain
from assistant.texts import DOCUMENT_LANGUAGE, texts
from assistant.web.export.transcript import Entry, Source, Stated
from assistant.web.export.words import export_words


def clipboard_text(entry: Entry) -> str:
    """The answer as plain text; each source takes a paragraph."""
    ours = export_words(entry.language)
    blocks = [entry.question, *(f"{name}: {said}" for name, said in entry.notes)]
    blocks += [entry.heading] if entry.heading else []
    blocks += [
        "".join(f"{label.upper()} – " for label in each.labels) + each.lead + each.text + _markers(each)
        for each in entry.statements
    ]
    blocks += [*entry.remarks]
    blocks += [texts(entry.language).sources] if entry.sources else []
    blocks += [
        "\n".join(
            (
                f"[{each.n}] {each.title}",
                each.standing,
                f"”{each.quote}”",
                *(f"{name}: {fact}" for name, fact in each.facts),
                each.url,
            )
        )
        for each in entry.sources
    ]
    return plain("\n\n".join([*blocks, *ours.notices]))


def clipboard_html(entry: Entry) -> Html:
    """The same as HTML, without classes or styles."""
    words, ours = texts(entry.language), export_words(entry.language)
    return element(
        "div",
        element("h2", entry.question),
        *(element("p", element("em", f"{name}: {said}")) for name, said in entry.notes),
        *([element("p", element("strong", entry.heading))] if entry.heading else []),
        *(
            element(
                "p",
                *(element("strong", f"{label}: ") for label in each.labels),
                each.lead,
                element("span", each.text, lang=each.language),
                _markers(each),
            )
            for each in entry.statements
        ),
        *(element("p", remark) for remark in entry.remarks),
        *([element("h3", words.sources)] if entry.sources else []),
        *(_source(each, ours.link) for each in entry.sources),
        *(element("p", element("em", notice)) for notice in ours.notices),
        lang=entry.language,
    )


def _source(source: Source, link: str) -> Html:
    facts = (f"{name}: {fact}" for name, fact in source.facts)
    return join(
        (
            element("p", element("strong", f"[{source.n}] {source.title}"), Html("<br>"), source.standing),
            element("blockquote", source.quote, lang=DOCUMENT_LANGUAGE),
            element("p", join((*facts, element("a", link, href=source.url)), Html("<br>"))),
        )
    )


def _markers(statement: Stated) -> str:
    return "".join(f" [{n}]" for n in statement.citations)
