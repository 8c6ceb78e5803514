"""A conversation as a Word file: real headings, every quote in its language, sources that the markers lead to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from assistant.markup import plain
from assistant.model import Language
from assistant.texts import DOCUMENT_LANGUAGE, texts
from assistant.web.export.transcript import Entry, Labelled, Source, Transcript
from assistant.web.export.words import export_words

_LOCALES: dict[Language, str] = {"sv": "sv-SE", "en": "en-GB"}
_INK, _LINK, _FONT = RGBColor(0x1B, 0x23, 0x26), "154C56", "Calibri"  # contrast on white at least 9:1
_SIZES = {"Title": 22, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11.5, "Normal": 11, "Quote": 11}  # points
_NOT_XML = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def render_word(conversation: Transcript, made: datetime) -> bytes:
    """The conversation as a .docx; `made` is written into its properties."""
    document = Document()
    _prepare(document, conversation, made)
    document.add_paragraph(_printable(conversation.title), style="Title")
    document.add_paragraph(_printable(conversation.date))
    for notice in conversation.notices:
        document.add_paragraph(_printable(notice))
    for number, entry in enumerate(conversation.entries, start=1):
        _add_entry(document, number, entry, conversation.language)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Any, conversation: Transcript, made: datetime) -> None:
    """Page, styles, properties and language of the whole document."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    for name, points in _SIZES.items():
        style = document.styles[name]
        style.font.size, style.font.color.rgb, style.font.italic = Pt(points), _INK, False
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would go before the one that is named
    document.styles["Quote"].paragraph_format.left_indent = Mm(8)
    defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _set_language(defaults, _LOCALES[conversation.language])
    properties = document.core_properties
    properties.title, properties.author, properties.comments = _printable(conversation.title), "Rådslag", ""
    properties.language, properties.last_modified_by = _LOCALES[conversation.language], "Rådslag"
    properties.created = properties.modified = made


def _add_entry(document: Any, number: int, entry: Entry, around: Language) -> None:
    own = entry.language if entry.language != around else None
    words = texts(entry.language)
    _add(document, entry.question, "Heading 1", own)
    for note in entry.notes:
        _add_labelled(document, [note], own)
    if entry.heading:
        _add(document, entry.heading, "Heading 2", own)
    for statement in entry.statements:
        paragraph = document.add_paragraph()
        for label in statement.labels:
            _run(paragraph, f"{label}: ", own).bold = True
        _run(paragraph, statement.lead, own)
        _add_with_markers(paragraph, statement.text, number, entry, statement.language)
        for n in statement.citations:
            _run(paragraph, "\u00a0", own)
            _add_marker(paragraph, n, number, entry, own)
    for remark in entry.remarks:
        _add(document, remark, "Normal", own)
    if entry.sources:
        _add(document, words.sources, "Heading 2", own)
    for source in entry.sources:
        _add_source(document, number, source, entry, own)
    if entry.nearest:
        _add(document, words.nearest, "Heading 2", own)
    for name, passage in entry.nearest:
        _add(document, name, "Heading 3", DOCUMENT_LANGUAGE)
        _add(document, f"”{passage}”", "Quote", DOCUMENT_LANGUAGE)


def _add_source(document: Any, number: int, source: Source, entry: Entry, own: Language | None) -> None:
    heading = _add(document, f"[{source.n}] {source.title}", "Heading 3", DOCUMENT_LANGUAGE)
    _bookmark(heading, _anchor(number, source.n), number * 100 + source.n)
    _add(document, source.standing, "Normal", own)
    _add(document, f"”{source.quote}”", "Quote", DOCUMENT_LANGUAGE)
    last = _add_labelled(document, source.facts, own)
    last.add_run().add_break()
    target = document.part.relate_to(source.url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    _add_link(last, export_words(entry.language).link, qn("r:id"), target, own)


def _add(document: Any, words: str, style: str, language: Language | None) -> Any:
    paragraph = document.add_paragraph(style=style)
    _run(paragraph, words, language)
    return paragraph


def _add_labelled(document: Any, facts: Sequence[Labelled], language: Language | None) -> Any:
    """A paragraph with a line for each fact: what it is, and what it says."""
    paragraph = document.add_paragraph()
    for place, (name, fact) in enumerate(facts):
        if place:
            paragraph.add_run().add_break()
        _run(paragraph, f"{name}: ", language).bold = True
        _run(paragraph, fact, language)
    return paragraph


def _add_with_markers(paragraph: Any, words: str, number: int, entry: Entry, language: Language | None) -> None:
    """Words in which the marker of each source of the answer leads to it."""
    known = {str(source.n) for source in entry.sources}
    for place, piece in enumerate(re.split(r"\[(\d+)\]", words)):
        if place % 2 and piece in known:
            _add_marker(paragraph, int(piece), number, entry, language)
        else:
            _run(paragraph, f"[{piece}]" if place % 2 else piece, language)


def _add_marker(paragraph: Any, n: int, number: int, entry: Entry, language: Language | None) -> None:
    if any(source.n == n for source in entry.sources):
        _add_link(paragraph, f"[{n}]", qn("w:anchor"), _anchor(number, n), language)
    else:
        _run(paragraph, f"[{n}]", language)


def _add_link(paragraph: Any, words: str, kind: str, target: str, language: Language | None) -> None:
    """Words that lead to a bookmark (`kind` w:anchor) or to an address (`kind` r:id)."""
    link = OxmlElement("w:hyperlink")
    link.set(kind, target)
    run = _run(paragraph, words, language)
    run.font.underline, run.font.color.rgb = True, RGBColor.from_string(_LINK)
    link.append(run._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Any, name: str, identity: int) -> None:
    for kind in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(kind)
        mark.set(qn("w:id"), str(identity))
        if kind == "w:bookmarkStart":
            mark.set(qn("w:name"), name)
        paragraph._p.append(mark)


def _run(paragraph: Any, words: str, language: Language | None) -> Any:
    """A stretch of text; `language` None is the document's."""
    run = paragraph.add_run(_printable(words))
    if language is not None:
        _set_language(run._r.get_or_add_rPr(), _LOCALES[language])
    return run


def _set_language(properties: Any, locale: str) -> None:
    found = properties.find(qn("w:lang"))
    language = OxmlElement("w:lang") if found is None else found
    language.set(qn("w:val"), locale)
    if found is None:
        properties.append(language)


def _anchor(number: int, n: int) -> str:
    return f"source_{number}_{n}"


def _printable(words: str) -> str:
    """`words` without the characters that no XML can hold, or that would steer the text."""
    return _NOT_XML.sub("", plain(words))
