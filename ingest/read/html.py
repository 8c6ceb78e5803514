"""Web pages (HTML): the main content as Markdown, whatever the page's encoding and however broken its markup."""

from __future__ import annotations

import codecs
import re

from lxml import etree

from ingest.read.blocks import Block, Heading
from ingest.read.disguise import refusal, what_it_is
from ingest.read.extract import Extract
from ingest.read.headings import with_headings, with_title
from ingest.read.html_content import empty, main_content, notes_in, prune
from ingest.read.html_story import HtmlStory
from ingest.read.markdown import extract_of, with_notes
from ingest.read.text import decode
from ingest.read.tidy import one_line

KIND = "a web page"
_WEB_PAGES = ("is a web page", "is an XML file")
MAX_BYTES = 40_000_000
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARED_WITHIN = 4096  # bytes; browsers look at the first 1024
# What may be declared; others are exotic or no encodings of text.
_ENCODING = re.compile(r"(?:ascii|latin|iso_?8859|cp125|cp437|cp850|cp865|mac|koi8)", re.IGNORECASE)
_LATIN_1 = frozenset({"iso8859-1", "ascii"})  # declared so, pages are in its superset
_EMBEDDED_DATA = re.compile(r"data:[\w/+.;=-]{0,100};base64,[A-Za-z0-9+/=%\s]{200,}")
_TITLE_DIVIDER = re.compile(r"\s+[|–—»-]\s+")


def read_html(content: bytes) -> Extract:
    """The main content of a web page; the name of its site stands on top, set aside.

    Raises:
        ValueError: it is no web page, is too large, or is nested too deep; said in one sentence.
    """
    if what_it_is(content) not in (None, *_WEB_PAGES):
        raise refusal(content, KIND)
    text = decode_html(content)
    if "<" not in text:
        raise ValueError(f"the file is named as {KIND} but has no markup")
    root = parse_html(text)
    if root is None:
        return Extract("", markup=True)
    titles = [one_line("".join(map(str, element.itertext()))) for element in root.iter("title")]
    site = _site(root, titles[0] if titles else "")
    blocks = blocks_of(root)
    if titles and not any(isinstance(block, Heading) and block.level == 1 for block in blocks):
        blocks.insert(0, Heading(_without_site(titles[0], site), 1))
    extract = extract_of(blocks)
    return extract_of(blocks, (site,)) if site and site not in extract.text else extract


def html_blocks(text: str) -> list[Block]:
    """Everything that a piece of HTML shows: the body of an e-mail, a page put into another document."""
    root = parse_html(text)
    if root is None:
        return []
    prune(root, furniture=False)
    return _read(root)


def _read(root: etree._Element) -> list[Block]:
    notes: list[list[Block]] = []
    for element in notes_in(root):
        notes.append(HtmlStory().read(element))
        empty(element)
    return with_notes(with_headings(with_title(HtmlStory().read(root))), notes)


def blocks_of(root: etree._Element) -> list[Block]:
    """The main content of a page; its first h1 opens it even where the template puts that elsewhere."""
    heading = next((element for element in root.iter("h1") if next(element.iterancestors("nav"), None) is None), None)
    title = one_line("".join(map(str, heading.itertext()))) if heading is not None else ""
    prune(root, furniture=True)
    blocks = _read(main_content(root))
    own = [block.words for block in blocks if isinstance(block, Heading) and block.level == 1]
    if title and len(own) != 1 and title not in own:
        blocks.insert(0, Heading(title, 1))
    return blocks


def parse_html(text: str) -> etree._Element | None:
    """The tree of a page, mended as browsers do; None when there is nothing in it.

    Raises:
        ValueError: the page is too large or nested too deep to be one that somebody wrote.
    """
    if len(text) > MAX_BYTES:
        raise ValueError(f"the page has {len(text)} characters, more than the {MAX_BYTES} allowed")
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, default_doctype=False
    )
    plain = _EMBEDDED_DATA.sub("", text.replace("\x00", ""))
    root: etree._Element | None = etree.fromstring(plain.encode("utf-8", errors="replace"), parser)
    for entry in parser.error_log:
        if entry.level_name == "FATAL":
            reason = "nested too deep" if "depth" in entry.message else "cut short by a piece of it that is too long"
            raise ValueError(f"the page is {reason}")
    return root


def decode_html(content: bytes, declared: str | None = None) -> str:
    """The text of a page: by byte order mark, as UTF-8 where it is, as `declared` (by e-mail) or as the page says itself.

    Raises:
        ValueError: the bytes are not text.
    """
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\x00" in content:
        return decode(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    match = _DECLARED.search(content, 0, _DECLARED_WITHIN)
    for name in filter(None, (declared, match.group(1).decode("ascii", "replace") if match else None)):
        try:
            encoding = codecs.lookup(name).name
        except (LookupError, ValueError):  # unknown, or no name at all
            continue
        if not _ENCODING.match(encoding):
            continue
        try:
            return content.decode("cp1252" if encoding in _LATIN_1 else encoding)
        except UnicodeDecodeError:
            continue
    return decode(content)


def _site(root: etree._Element, title: str) -> str:
    """The name of the site, from what it tells other programs or from the end of the page's title."""
    for element in root.iter("meta"):
        if element.get("property") == "og:site_name" and (name := one_line(element.get("content", ""))):
            return name
    parts = _TITLE_DIVIDER.split(title)
    return parts[-1] if len(parts) > 1 and _is_municipal(parts[-1]) else ""


def _is_municipal(words: str) -> bool:
    return bool(re.search(r"\b(?:kommun|stad|region|kommunalförbund)\b|\.se$", words, re.IGNORECASE))


def _without_site(title: str, site: str) -> str:
    dividers = list(_TITLE_DIVIDER.finditer(title))
    return title[: dividers[-1].start()] if dividers and title[dividers[-1].end() :] == site else title
