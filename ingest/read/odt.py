"""OpenDocument texts (ODT): headings, lists with their numbers, tables, notes, page headers; tracked changes as if accepted.

Page headers and footers stand once at the top, set aside. Comments, deleted, struck and hidden text and tables of contents
are left out.
"""

from __future__ import annotations

from lxml import etree

from ingest.read.archive import Archive, ArchiveLimits
from ingest.read.blocks import Block
from ingest.read.disguise import encrypted, refusal
from ingest.read.extract import Extract
from ingest.read.headings import with_headings, with_title
from ingest.read.letterhead import letterhead
from ingest.read.markdown import extract_of, with_notes
from ingest.read.odt_story import OdtStory
from ingest.read.odt_styles import LOEXT, OFFICE, STYLE, OdtStyles

KIND = "an OpenDocument text"
_TEXT_KINDS = (b"application/vnd.oasis.opendocument.text",)
_MANIFEST = "META-INF/manifest.xml"
_FIRST_MASTER_PAGE = "Standard"


def read_odt(content: bytes, limits: ArchiveLimits | None = None) -> Extract:
    """The text of an OpenDocument text file, as Markdown.

    Raises:
        ValueError: it is none, is encrypted or damaged, or unpacks to more than `limits` allow; said in one sentence.
    """
    archive = Archive(content, KIND, limits)
    if "mimetype" in archive and not archive.read("mimetype").startswith(_TEXT_KINDS):
        raise refusal(content, KIND)
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise encrypted()
    if "mimetype" not in archive and "content.xml" not in archive:
        raise refusal(content, KIND)
    root = archive.read_xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ValueError(f"the file is named as {KIND} but holds no text document")
    sheet = archive.read_xml("styles.xml") if "styles.xml" in archive else None
    styles = OdtStyles([root] if sheet is None else [sheet, root])
    story = OdtStory(styles)
    blocks = with_headings(with_title(story.read(body)))
    notes = [OdtStory(styles).read(note) for note in story.notes]
    furniture = () if sheet is None else _page_furniture(sheet, root, OdtStyles([sheet]))
    return extract_of(with_notes(blocks, notes), furniture)


def _page_furniture(sheet: etree._Element, root: etree._Element, styles: OdtStyles) -> tuple[str, str]:
    """The lines of all page headers and of all page footers that the document uses, each once."""
    pages = {page.get(f"{STYLE}name", ""): page for page in sheet.iter(f"{STYLE}master-page")}
    used = [_FIRST_MASTER_PAGE]
    for part in (root, sheet):
        used.extend(style.get(f"{STYLE}master-page-name", "") for style in part.iter(f"{STYLE}style"))
    found: dict[str, list[list[Block]]] = {"header": [], "footer": []}
    seen: set[str] = set()
    while used:
        name = used.pop(0)
        if name in seen or name not in pages:
            continue
        seen.add(name)
        used.append(pages[name].get(f"{STYLE}next-style-name", ""))
        for kind, stories in found.items():
            for variant in (f"{kind}-first", kind, f"{kind}-left"):
                for element in pages[name].iterchildren(f"{STYLE}{variant}", f"{LOEXT}{variant}"):
                    if element.get(f"{STYLE}display") != "false":
                        stories.append(OdtStory(styles, furniture=True).read(element))
    return letterhead(found["header"]), letterhead(found["footer"])
