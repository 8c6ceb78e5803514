"""Word files (DOCX): headings, lists with their numbers, tables, notes, page headers; tracked changes as if accepted.

Page headers and footers stand once at the top, since diarienummer, date and municipality are often nowhere else.
Comments, deleted and hidden text, tables of contents and macros are left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from ingest.read.archive import Archive, ArchiveLimits, parse_xml
from ingest.read.blocks import Block
from ingest.read.disguise import refusal
from ingest.read.docx_numbering import Numbering
from ingest.read.docx_story import R_ID, Story
from ingest.read.docx_styles import Styles, W, flag
from ingest.read.extract import Extract, Note
from ingest.read.headings import with_headings, with_title
from ingest.read.html import decode_html, html_blocks
from ingest.read.letterhead import letterhead
from ingest.read.markdown import extract_of, with_notes

KIND = "a Word file"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The "strict" variant of the format differs in the names of its namespaces only.
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
_WEB_PAGES = (".htm", ".html", ".xhtml")


@dataclass(frozen=True)
class Relation:
    kind: str  # the last word of its type: "styles", "header"
    target: str  # name of the part


def read_docx(content: bytes, limits: ArchiveLimits | None = None) -> Extract:
    """The text of a Word file, as Markdown.

    Raises:
        ValueError: it is none, is encrypted or damaged, or unpacks to more than `limits` allow; said in one sentence.
    """
    package = Package(content, limits)
    main = package.main_part()
    relations = package.relations(main)
    root = package.xml(main)
    body = root.find(f"{W}body")
    if body is None:
        raise ValueError(f"the file is named as {KIND} but its main part holds no document")
    styles = Styles(package.related(relations, "styles"))
    numbering = Numbering(package.related(relations, "numbering"), styles)
    story = Story(styles, numbering, lambda relation: package.attached(relations.get(relation)))
    blocks = with_headings(with_title(story.read(body)))
    notes = list(_notes(package, relations, story.notes, styles, numbering))
    return extract_of(
        with_notes(blocks, notes), _page_furniture(package, relations, body, styles), tuple(package.notes)
    )


class Package:
    """The parts of a Word file and the relations between them."""

    def __init__(self, content: bytes, limits: ArchiveLimits | None) -> None:
        self._content = content
        self._archive = Archive(content, KIND, limits)
        self.notes: list[Note] = []  # what was met on the way and could not be read

    def main_part(self) -> str:
        """The name of the part that holds the body."""
        for relation in self.relations("").values():
            if relation.kind == "officeDocument":
                break
        else:
            relation = Relation("officeDocument", "word/document.xml")
        if relation.target.startswith("word/") and "[Content_Types].xml" in self._archive:
            return relation.target
        raise refusal(self._content, KIND)

    def xml(self, part: str) -> etree._Element:
        content = self._archive.read(part)
        if b"purl.oclc.org" in content:
            for strict, usual in _STRICT.items():
                content = content.replace(strict, usual)
        return parse_xml(content, part)

    def relations(self, part: str) -> dict[str, Relation]:
        """What `part` refers to inside the file, by id; the empty name stands for the file itself."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if rels not in self._archive:
            return {}
        found = {}
        for element in parse_xml(self._archive.read(rels), rels).iterchildren(_RELATIONS):
            if element.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, unquote(element.get("Target", ""))))
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = Relation(kind, target.lstrip("/"))
        return found

    def related(self, relations: dict[str, Relation], kind: str) -> etree._Element | None:
        """The root of the first related part of that kind, or None when there is none."""
        parts = (relation.target for relation in relations.values() if relation.kind == kind)
        return next((self.xml(part) for part in parts if part in self._archive), None)

    def story(self, relation: Relation | None) -> etree._Element | None:
        """The root of a related part, or None when the relation leads nowhere."""
        return self.xml(relation.target) if relation and relation.target in self._archive else None

    def attached(self, relation: Relation | None) -> list[Block]:
        """A document that was put in whole and is turned into paragraphs by Word only when it is opened there."""
        if relation is None or relation.target not in self._archive:
            return []
        if not relation.target.lower().endswith(_WEB_PAGES):
            name = posixpath.basename(relation.target)
            self.notes.append(
                Note(None, f"another document inside it ({name}) is not read", "open it in Word and save it anew")
            )
            return []
        return html_blocks(decode_html(self._archive.read(relation.target)))


def _notes(
    package: Package,
    relations: dict[str, Relation],
    referred: list[tuple[str, str]],
    styles: Styles,
    numbering: Numbering,
) -> Iterator[list[Block]]:
    """The footnotes, then the endnotes, in the order they are referred to."""
    for kind in ("footnote", "endnote"):
        root = package.related(relations, f"{kind}s")
        if root is None:
            continue
        notes = {note.get(f"{W}id", ""): note for note in root.iterchildren(f"{W}{kind}")}
        for note_id in dict.fromkeys(note_id for referred_kind, note_id in referred if referred_kind == kind):
            if note_id in notes:
                yield Story(styles, numbering).read(notes[note_id])


def _page_furniture(
    package: Package, relations: dict[str, Relation], body: etree._Element, styles: Styles
) -> tuple[str, str]:
    """The lines of all page headers and of all page footers, each once."""
    settings = package.related(relations, "settings")
    even = bool(flag(settings, "evenAndOddHeaders"))
    found: dict[str, dict[str, list[Block]]] = {"header": {}, "footer": {}}
    for section in body.iter(f"{W}sectPr"):
        shown = ["default", *(["even"] if even else [])]
        if flag(section, "titlePg"):
            shown.insert(0, "first")
        for kind, stories in found.items():
            references = {
                reference.get(f"{W}type", "default"): reference.get(R_ID, "")
                for reference in section.iterchildren(f"{W}{kind}Reference")
            }
            for relation_id in (references[page] for page in shown if page in references):
                root = package.story(relations.get(relation_id))
                if root is not None and relation_id not in stories:
                    stories[relation_id] = Story(styles, Numbering(None, styles), furniture=True).read(root)
    return letterhead(found["header"].values()), letterhead(found["footer"].values())
