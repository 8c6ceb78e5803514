"""The reader's page as HTML: a document open at some words, with what is known about it and the course of its matter."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.library import Places, Source
from assistant.markup import Html, element, join
from assistant.model import Language
from assistant.places import place_parts
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, other, standing, status_label, texts
from assistant.timeline import Timeline
from assistant.web import links
from assistant.web.document_text import document_text
from assistant.web.reader_texts import ReaderTexts, reader_texts
from assistant.web.timeline import matter_list, timeline
from ingest.matters import Matter
from ingest.mentions import Mention
from ingest.model import Span

STYLE = "/reader/style.css"
ZOOMS = (100, 150, 200, 300)  # width of a page's picture, in percent of what there is
PICTURE_PX = 1600  # width of that picture where a page fills the window, enough for a sharp screen
LARGE_PICTURE_PX = 2400
PAD = 0.004  # of the page's width: how far a box reaches beyond its words


@dataclass(frozen=True)
class View:
    """What of a document is to be shown, and how."""

    source: Source
    words: Span | None  # that are asked for
    page: int  # 1-based
    language: Language
    theme: str | None = None
    zoom: int = ZOOMS[0]

    @cached_property
    def marks(self) -> tuple[Span, ...]:
        return self.source.marks(self.words) if self.words else ()

    @property
    def text(self) -> ReaderTexts:
        return reader_texts(self.language)

    @property
    def span(self) -> Span:
        """The text of the page."""
        return self.source.pages[self.page - 1]

    @property
    def picture_px(self) -> int:
        return PICTURE_PX if self.zoom == ZOOMS[0] else LARGE_PICTURE_PX

    def url(self) -> str:
        start, end = (self.words.start, self.words.end) if self.words else (None, None)
        zoom = self.zoom if self.zoom != ZOOMS[0] else None
        shown = links.reader_url(self.source.document, start, end, self.language, self.page, self.theme, zoom)
        here = any(mark.start < self.span.end and mark.end > self.span.start for mark in self.marks)
        return shown if here else shown.removesuffix(f"#{links.QUOTE_ID}")


@dataclass(frozen=True)
class Shown:
    """What there is to show besides the text."""

    picture: bool  # whether the page is shown as a picture
    places: Places | None  # of the words on it
    notices: Sequence[str]
    dates: Sequence[Mention]
    timelines: Sequence[Timeline]
    matters: Sequence[Matter]  # where there are too many for their timelines
    original: bool  # whether there is an original to download
    again: bool = False  # whether the page will show more when it is asked for again


def page(view: View, shown: Shown) -> Html:
    """The whole page."""
    title = _title(view)
    return document(
        f"{title} – {view.text.product}",
        view.language,
        view.theme,
        element("a", view.text.skip, href=f"#{links.QUOTE_ID}", class_="skip") if view.marks else "",
        _header(view, shown, title),
        element("main", *_notices(view, shown), *_content(view, shown)),
        _matter(view, shown),
        _footer(view),
    )


def _title(view: View) -> str:
    """The document's title, or else what it is: "Protokoll Kommunfullmäktige 2024-05-13"."""
    about = view.source.about
    known = " ".join(filter(None, (about.kind, about.body, about.date)))
    return about.title or known[:1].upper() + known[1:] or texts(view.language).untitled


def message(title: str, words: str, language: Language, theme: str | None = None, *more: str) -> Html:
    """A page that says why there is nothing to show."""
    heading = element("h1", title)
    main = element("main", heading, element("p", words, class_="notice"), *more)
    return document(f"{title} – {reader_texts(language).product}", language, theme, main)


def document(title: str, language: Language, theme: str | None, *body: str) -> Html:
    """A whole HTML document."""
    head = element(
        "head",
        Html('<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'),
        element("title", title),
        Html(f'<link rel="stylesheet" href="{STYLE}">'),
    )
    return join([Html("<!doctype html>\n"), element("html", head, element("body", *body), lang=language, class_=theme)])


def _header(view: View, shown: Shown, title: str) -> Html:
    source, words, language = view.source, view.text, view.language
    passages = source.passages_at(view.words) if view.words else ()
    statuses = _statuses(view)
    where = ""
    if passages:
        first = passages[0]
        parts = place_parts(source.about.title, first.paragraph, first.section)
        point = f"{texts(language).point} {first.point}" if first.point is not None else ""
        where = ", ".join(filter(None, (" › ".join(parts), point)))
    saying = " ".join(standing(status, language) for status in statuses)
    original = element("a", words.original, href=links.original_url(source.document, language), class_="button")
    return element(
        "header",
        element("h1", title, lang=DOCUMENT_LANGUAGE),
        element("p", _badges(view), " ", saying, class_="standing") if statuses else "",
        element("p", where, class_="where", lang=DOCUMENT_LANGUAGE) if where else "",
        _facts(view, shown),
        element("p", original, class_="actions") if shown.original else "",
    )


def _statuses(view: View) -> tuple[str, ...]:
    """The standings of the words, in order and once."""
    passages = view.source.passages_at(view.words) if view.words else ()
    return tuple(dict.fromkeys(passage.status.value for passage in passages))


def _badges(view: View) -> Html:
    label = view.language
    badges = (element("span", status_label(each, label), class_=f"badge badge-{each}") for each in _statuses(view))
    return join(badges, " ")


def _facts(view: View, shown: Shown) -> Html:
    about, words, known = view.source.about, view.text, texts(view.language)
    kinds = words.date_kinds
    dates = (f"{each.value} ({kinds.get(each.kind, each.kind)})" if each.kind else each.value for each in shown.dates)
    facts = (
        (known.document_kind, about.kind and kind_label(about.kind, view.language)),
        (words.meeting if about.meeting and about.meeting == about.date else words.dated, about.date),
        (words.for_meeting, about.meeting if about.meeting != about.date else None),
        (known.issued_by, ", ".join(filter(None, (about.municipality, about.body)))),
        (known.dnr, about.dnr),
        (words.dates, ", ".join(dates)),
        (known.file, element("code", view.source.document)),
    )
    rows = (element("div", element("dt", name), element("dd", fact)) for name, fact in facts if fact)
    return element("dl", *rows, class_="facts")


def _notices(view: View, shown: Shown) -> list[Html]:
    notices = [element("p", notice, class_="notice") for notice in shown.notices]
    if shown.again:
        link = element("a", view.text.look_again, href=view.url())
        notices.append(element("p", view.text.boxes_later, " ", link, class_="notice", role="status"))
    return notices


def _content(view: View, shown: Shown) -> list[str]:
    source, words = view.source, view.text
    boxed = bool(shown.places and shown.places.boxes)
    written = document_text(source, view.span, view.marks, texts(view.language).document_kind, anchor=not boxed)
    if not view.span.of(source.text).strip():
        written = element("p", words.no_text)
    nothing: list[str] = []
    nav = [_bar(view, shown)] if len(source.pages) > 1 or shown.picture or view.marks else nothing
    beyond = _beyond(view)
    if not shown.picture:
        heading = words.page_text if source.paged else words.text_of_page
        return [*nav, *beyond, element("h2", heading, class_="visually-hidden"), written]
    quote = [_quote(view)] if view.marks else nothing
    summary = element("summary", words.page_text)
    text = element("details", summary, written, open="" if view.marks and not boxed else None)
    return [*quote, *nav, *beyond, _sheet(view, shown.places), text]


def _quote(view: View) -> Html:
    quoted = " … ".join(" ".join(mark.of(view.source.text).split()) for mark in view.marks)
    quotation = element("blockquote", element("p", quoted), lang=DOCUMENT_LANGUAGE)
    return element("section", element("h2", view.text.quote), quotation, class_="quote")


def _beyond(view: View) -> list[str]:
    """That the words begin on an earlier page, or go on on a later one."""
    if not view.marks:
        return []
    first, last = view.source.page_at(view.marks[0].start), view.source.page_at(view.marks[-1].end - 1)
    lines = []
    if first < view.page <= last:
        lines.append((view.text.continued, view.page - 1))
    if first <= view.page < last:
        lines.append((view.text.continues, view.page + 1))
    return [
        element("p", element("a", line, href=replace(view, page=number).url()), class_="beyond")
        for line, number in lines
    ]


def _sheet(view: View, places: Places | None) -> Html:
    """The picture of the page, with boxes around the words."""
    source, label = view.source, view.text.picture.format(page=view.page)
    width = view.picture_px
    picture = links.page_picture_url(source.document, view.page, source.version[:16], width)
    height = round(width * places.height / places.width) if places else None
    # `img` and `rect` have no content: an end tag would be wrong for the one, and is optional for the other.
    shown = Html(
        element("img", src=picture, alt=label, width=width if places else None, height=height)[: -len("</img>")]
    )
    inner = [shown, _boxes(places)] if places and places.boxes else [shown]
    return element(
        "div",
        element("div", *inner, class_=f"sheet zoom-{view.zoom}"),
        class_="window",
        tabindex="0",
        role="group",
        aria_label=f"{view.text.page} {view.page}",
    )


def _boxes(places: Places) -> Html:
    width, height = places.width, places.height
    pad = PAD * width
    rectangles = (
        element(
            "rect",
            id=links.QUOTE_ID if number == 0 else None,
            x=f"{box.left * width - pad:.1f}",
            y=f"{box.top * height - pad:.1f}",
            width=f"{(box.right - box.left) * width + 2 * pad:.1f}",
            height=f"{(box.bottom - box.top) * height + 2 * pad:.1f}",
        )
        for number, box in enumerate(places.boxes)
    )
    return element("svg", *rectangles, viewBox=f"0 0 {width:.1f} {height:.1f}", class_="boxes", aria_hidden="true")


def _bar(view: View, shown: Shown) -> Html:
    """What stays in sight: the standing of the words, and the way to the other pages."""
    words, count = view.text, len(view.source.pages)
    badges = element("p", _badges(view)) if view.marks else Html()
    pieces: list[Html] = []
    if count > 1:
        unit = words.page if view.source.paged else words.part
        of = join(
            [element("span", f" {words.of} ", class_="visually-hidden"), element("span", " / ", aria_hidden="true")]
        )
        steps = ((words.previous, view.page - 1, "‹"), (words.next, view.page + 1, "›"))
        before, after = (
            element("a", sign, href=replace(view, page=number).url(), class_="button sign", aria_label=name, title=name)
            if 1 <= number <= count
            else element("span", sign, class_="button sign off", aria_hidden="true")
            for name, number, sign in steps
        )
        pieces = [
            before,
            element("p", f"{unit} {view.page}", of, str(count), class_="number"),
            after,
            _jump(view, unit),
        ]
    if shown.picture:
        pieces.append(_zoom(view))
    nav = element("nav", *pieces, aria_label=words.pages) if pieces else Html()
    return element("div", badges, nav, class_="bar")


def _jump(view: View, unit: str) -> Html:
    """A form that goes to a page by its number."""
    start, end = (view.words.start, view.words.end) if view.words else (None, None)
    kept: dict[str, str | int | None] = {
        "document": view.source.document,
        "start": start,
        "end": end,
        "zoom": view.zoom if view.zoom != ZOOMS[0] else None,
        "theme": view.theme,
        "lang": view.language,
    }
    fields = [_input(type="hidden", name=name, value=value) for name, value in kept.items() if value is not None]
    number = _input(type="number", name="page", min=1, max=len(view.source.pages), value=view.page, required="")
    label = element("label", element("span", unit, class_="visually-hidden"), number)
    button = element("button", view.text.go, type="submit", class_="button")
    return element("form", *fields, label, button, method="get", action=links.READER)


def _input(**attributes: str | int | None) -> Html:
    return Html(element("input", **attributes).removesuffix("</input>"))


def _zoom(view: View) -> Html:
    at = ZOOMS.index(view.zoom)
    steps = ((view.text.smaller, at - 1, "−"), (view.text.larger, at + 1, "+"))
    shown = [
        element("a", sign, href=replace(view, zoom=ZOOMS[place]).url(), class_="button sign", aria_label=name)
        if 0 <= place < len(ZOOMS)
        else element("span", sign, class_="button sign off", aria_hidden="true")
        for name, place, sign in steps
    ]
    label = element("span", f"{view.text.zoom} ", class_="visually-hidden")
    return element("p", shown[0], element("span", label, f"{view.zoom} %"), shown[1], class_="zoom")


def _matter(view: View, shown: Shown) -> Html:
    words = view.text
    if not shown.timelines and not shown.matters:
        return Html()
    if shown.timelines:
        content = [timeline(each, view.language, view.theme) for each in shown.timelines]
        return element("aside", element("h2", words.timeline), *content, aria_label=words.timeline)
    listed = matter_list(shown.matters, view.source, view.language, view.theme)
    return element("aside", element("h2", words.matters), listed, aria_label=words.matters)


def _footer(view: View) -> Html:
    words = view.text
    language = other(view.language)
    dark = replace(view, theme="dark" if view.theme != "dark" else "light")
    return element(
        "footer",
        element("a", words.own_window, href=view.url(), target="_blank", rel="noopener"),
        element("a", words.other_language, href=replace(view, language=language).url(), lang=language),
        element("a", words.light if view.theme == "dark" else words.dark, href=dark.url()),
    )
