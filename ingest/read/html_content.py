"""What of a web page is its content: menus, banners, notices and everything hidden are taken out, the main part is found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

# Never part of what a page says, whatever is in them.
_NEVER = frozenset(
    "script style noscript template title iframe object embed applet svg math canvas audio video map area input select "
    "textarea datalist dialog menu progress meter rt rp del s strike link meta base source track param frameset label".split()
)
_AROUND = frozenset({"header", "footer", "aside"})  # of the site; inside an article they are the article's own
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"}
)
_FURNITURE_NAMES = re.compile(
    r"(?:bread-?crumbs?|brödsmulor|skip-?(?:link|to|nav)\S*|(?:site|page|main|global|top)-?(?:header|footer|nav\S*|menu)"
    r"|nav(?:bar|igation)?|social(?:-?(?:share|media|links))?|share(?:-?(?:buttons|links))?|pagination|pager|print-?only"
    r"|sr-only|(?:visually|screen-?reader)-?(?:hidden|text|only)|(?:\S+-)?assistive-text|offscreen)",
    re.IGNORECASE,
)
_COOKIE_NAMES = re.compile(r"cookie|consent|gdpr|kakor", re.IGNORECASE)
_INVISIBLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_CONTENT_NAMES = re.compile(
    r"(?:main|page|site|article)?-?(?:content|main|innehall|innehåll)(?:-?(?:main|area|wrapper))?", re.IGNORECASE
)
_NOTE_ID = re.compile(r"(?:sd)?(?:foot|end)note-?\d+|_?(?:ftn|edn)\d+", re.IGNORECASE)
_HEADINGS = tuple(f"h{level}" for level in range(1, 7))
MIN_MAIN_SHARE = 0.2  # of the page's words; a "main" with less is misused
MIN_ARTICLE_SHARE = 0.5


def prune(root: etree._Element, furniture: bool) -> None:
    """Take out of the tree what is hidden or never read; with `furniture`, also what belongs to the site, not the page."""
    for element in list(root.iter(etree.Element)):
        if element is root or element.tag == "body":
            continue
        if _is_never_read(element) or (furniture and _is_furniture(element)):
            empty(element)


def main_content(root: etree._Element) -> etree._Element:
    """The element that holds what the page is about; the body (or the root) when none stands out."""
    body = root.find("body")
    whole = body if body is not None else root
    chars = chars_of(whole)
    mains = [element for element in _elements(whole) if element.tag == "main" or element.get("role") == "main"]
    articles = list(whole.iter("article"))
    named = [
        element
        for element in whole.iter("div", "section", "td")
        if any(_CONTENT_NAMES.fullmatch(name) for name in _names(element))
    ]
    for candidates, share in ((mains, MIN_MAIN_SHARE), (articles, MIN_ARTICLE_SHARE), (named, MIN_ARTICLE_SHARE)):
        best = max(outermost(candidates), key=chars_of, default=None)
        if best is not None and chars_of(best) >= share * chars:
            return best
    return whole


def notes_in(root: etree._Element) -> list[etree._Element]:
    """The elements that hold foot- or endnotes, not those inside others."""
    return outermost(element for element in root.iter("div", "section", "aside") if _holds_notes(element))


def outermost(elements: Iterable[etree._Element]) -> list[etree._Element]:
    """Those of the elements that are not inside another one of them."""
    found = dict.fromkeys(elements)
    return [element for element in found if not any(above in found for above in element.iterancestors())]


def _holds_notes(element: etree._Element) -> bool:
    return (
        element.get("role") in ("doc-endnotes", "doc-footnote", "doc-endnote")
        or "footnotes" in _names(element)
        or bool(_NOTE_ID.fullmatch(element.get("id", "")))
    )


def chars_of(element: etree._Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def empty(element: etree._Element) -> None:
    """Take everything in an element away, and what kind it is; the text behind it stays."""
    element.clear(keep_tail=True)
    element.tag = "span"


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    return root.iter(etree.Element)


def _names(element: etree._Element) -> list[str]:
    return f"{element.get('class', '')} {element.get('id', '')}".split()


def _is_never_read(element: etree._Element) -> bool:
    if element.tag in _NEVER:
        return True
    if element.get("aria-hidden") == "true" or element.get("hidden", "until-found") != "until-found":
        return True
    if _INVISIBLE.search(element.get("style", "")):
        return True
    return element.tag == "button" and next(element.iterancestors(*_HEADINGS, "summary"), None) is None


def _is_furniture(element: etree._Element) -> bool:
    if element.tag == "nav" or element.get("role") in _FURNITURE_ROLES:
        return True
    if element.tag in _AROUND:
        return not _is_inside_content(element)
    names = _names(element)
    if any(_FURNITURE_NAMES.fullmatch(name) for name in names):
        return not _holds_content(element)
    if any(_COOKIE_NAMES.search(name) for name in names):
        return not _holds_content(element) and not _is_inside_content(element)
    return False


def _is_inside_content(element: etree._Element) -> bool:
    return any(
        above.tag in ("main", "article") or above.get("role") == "main" for above in (element, *element.iterancestors())
    )


def _holds_content(element: etree._Element) -> bool:
    """Whether it is, or has in it, what a page is about: a template may hang any class name on a wrapper."""
    return next(element.iter("main", "article", "h1"), None) is not None
