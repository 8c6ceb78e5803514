"""An answer as HTML fragments for the page.

Nothing from a document or a user gets there unescaped (`assistant.markup`), and Markdown stays the characters it consists of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from textwrap import shorten
from types import MappingProxyType

from assistant.markup import Html, element, join
from assistant.model import Answer, Citation, Hit, Language
from assistant.phrases import is_warning
from assistant.render import MARKER, NEAREST_SHOWN, Part, issuer, parts, place, statuses
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, outcome_label, standing, status_label, texts
from assistant.timeline import Event
from assistant.verify import folded
from assistant.web.links import READER_FRAME, citation_url, reader_url
from ingest.mentions import CONDITION, Sort, mentions_of
from ingest.model import ASKING, Span
from ingest.outcome import Outcome

CONTEXT_CHARS = 160  # how much of the document is shown on either side of a quote
NEAREST_CHARS = 220  # of each of the passages that came nearest
NOTHING = Html()


Ending = tuple[Event, Outcome]  # what ended a matter, and how
Context = tuple[str, str, str]  # document text before a quote, the quote, document text after

_MARKDOWN = re.compile(r"^#{1,6}[^\S\n]+|\*\*", re.MULTILINE)  # signs of headings and bold type, around a quote only
_LINE_ENDS = re.compile(r"(?<!\|)\s*\n\s*(?!\s|[-•*#|]|\d+[.)]\s|[^\n]*\s\|\s)")  # that only break a sentence
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“”»«„]([^\"“”»«„]{3,})[\"“”»«]")


def exchange(
    number: int,
    answer: Answer,
    contexts: Mapping[int, Context],
    titles: Mapping[str, str] = MappingProxyType({}),
    actions: Html = NOTHING,
    page: Language | None = None,
    filters: Mapping[str, str] = MappingProxyType({}),
    whole: bool = True,
    endings: Mapping[int, Ending] = MappingProxyType({}),
) -> Html:
    """A question with its answer and sources; `number` tells the exchanges of a page apart.

    `titles` names the documents that came nearest (by id), `actions` is what can be done with the answer, `page` the language of
    the page around it (default: the answer's), `filters` held for the question, `whole` is false while more is to come, `endings`
    says how the matters of citations (by number) ended.
    """
    words, page = texts(answer.language), page or answer.language
    content: list[Html] = []
    if answer.understood:
        content.append(element("p", f"{words.understood}: {answer.understood}", class_="understood"))
    if filters:
        named = (status_label(value, page) if key == "status" else value for key, value in filters.items())
        content.append(element("p", f"{words.narrowed}: {' · '.join(named)}", class_="understood"))
    content.append(_abstention(answer, titles, page) if answer.abstained else _statements(answer, page, endings))
    if answer.engine == "llm":
        content.append(element("p", words.by_model, class_="by-model"))
    if answer.note:
        content.append(element("p", answer.note, class_="note"))
    if not whole:
        content.append(element("p", words.more, class_="pending"))
    if actions:
        content.append(element("div", actions, class_="actions"))
    if answer.citations:
        cards = (source(number, each, contexts.get(each.n), answer.language, page) for each in answer.citations)
        listed = element("ol", *cards, class_="sources")
        content.append(element("div", element("h3", words.sources), listed, class_="beside"))
    busy = None if whole else "true"
    return _exchange(number, answer.question, answer.language, *content, busy=busy, filters=filters)


def pending(number: int, question: str, language: Language) -> Html:
    """A question that is being answered."""
    waiting = element("p", texts(language).searching, class_="pending")
    return _exchange(number, question, language, waiting, busy="true")


def failure(number: int, question: str, message: str, language: Language) -> Html:
    """A question that could not be answered because something went wrong."""
    title = element("h3", texts(language).failed_title)
    return _exchange(number, question, language, element("div", title, element("p", message), class_="notice"))


def announcement(answer: Answer) -> str:
    """The answer as one run of text for a screen reader: standing and words of each statement, number of sources."""
    spoken = []
    for part in parts(answer):
        label = ", ".join(status_label(status, answer.language) for status in statuses(part, answer))
        spoken.append(MARKER.sub("", f"{label}: {part.with_lead}" if label else part.with_lead))
    if answer.citations:
        spoken.append(f"{texts(answer.language).sources}: {len(answer.citations)}.")
    return " ".join(spoken)


def badge(status: str, language: Language) -> Html:
    """The standing of some words, as a word; its form repeats what the word says."""
    known = status if status in texts(language).statuses else "okänd"
    return element("span", status_label(status, language), class_=f"badge badge-{known}")


def source(
    number: int, citation: Citation, context: Context | None, language: Language, page: Language | None = None
) -> Html:
    """The card of one citation: what the document is, what standing the words have, the words in their context.

    Its title opens the document at the words, in the reader of the language `page` (default: `language`).
    """
    words = texts(language)
    before, quote, after = context if context and context[1] else ("", citation.quote, "")
    title = element("span", citation.title, lang=DOCUMENT_LANGUAGE) if citation.title else words.untitled
    quoted = element(
        "p", _spaced(_cut_start(before)), element("mark", _spaced(unwrap(quote))), _spaced(_cut_end(after))
    )
    dated = f"{_date_name(citation, language)} {citation.date}" if citation.date else ""
    dnr = f"{words.dnr} {citation.dnr}" if citation.dnr else ""
    kind = kind_label(citation.kind, language) if citation.kind else ""
    about = [fact for fact in (kind, issuer(citation), dated, dnr) if fact]
    where = [fact for fact in (place(citation, language),) if fact]
    return element(
        "li",
        element(
            "h4",
            element(
                "a",
                element("span", str(citation.n), class_="number"),
                " ",
                title,
                href=citation_url(citation, page or language),
                target=READER_FRAME,
            ),
        ),
        element("p", badge(citation.status, language), " ", standing(citation.status, language), class_="standing"),
        element("p", " · ".join(about), class_="about") if about else "",
        element("blockquote", quoted, lang=DOCUMENT_LANGUAGE),
        element("p", join([*where, element("code", citation.document)], " · "), class_="about"),
        class_="source",
        id=_source_id(number, citation.n),
        data_n=citation.n,
    )


def _date_name(citation: Citation, language: Language) -> str:
    """What the date of a document is the date of."""
    words = texts(language)
    return words.meeting if (citation.kind or "").startswith(("protokoll", "kallelse")) else words.dated_on


def unwrap(words: str) -> str:
    """Document text with its lines joined; an empty line, the start of a list item and the end of a table's row stay breaks.

    White space at the ends becomes one space, or stays a break, so that neighbouring stretches don't run together.
    """
    paragraphs = re.split(r"[^\S\n]*\n\s*\n\s*", words)
    return "\n\n".join(_LINE_ENDS.sub(" ", paragraph) for paragraph in paragraphs)


def _spaced(words: str) -> Html:
    """`words` with each empty line as a gap that is lower than a line."""
    return join(words.split("\n\n"), element("span", class_="gap"))


def _exchange(
    number: int,
    question: str,
    language: Language,
    *content: Html,
    busy: str | None = None,
    filters: Mapping[str, str] = MappingProxyType({}),
) -> Html:
    label = element("span", f"{texts(language).your_question}: ", class_="visually-hidden")
    heading = element(
        "h2",
        label,
        question,
        class_="question",
        id=f"fraga-{number}",
        tabindex="-1",
        data_question=question,
        data_filters=json.dumps(dict(filters), ensure_ascii=False),
    )
    return element("article", heading, *content, class_="exchange", lang=language, aria_busy=busy)


def _statements(answer: Answer, page: Language, endings: Mapping[int, Ending]) -> Html:
    shown = [_statement(part, answer, page) for part in parts(answer)]
    return element("div", *shown, *_endings(answer, page, endings), class_="answer")


def _endings(answer: Answer, page: Language, endings: Mapping[int, Ending]) -> list[Html]:
    """What became of what is only asked for: each decision that isn't cited itself, or that there is none of a motion."""
    cited = {(each.document, each.paragraph) for each in answer.citations if each.status == "beslut"}
    told = {
        (event.step.document, event.step.number): _ending(event, outcome, answer.language, page)
        for event, outcome in endings.values()
        if not {(event.step.document, event.step.number), (event.step.document, None)} & cited
    }
    first = answer.citations[0] if answer.citations else None
    if first and first.status == "motion" and not cited and first.n not in endings:
        return [element("p", texts(answer.language).not_settled, class_="only-proposed"), *told.values()]
    return list(told.values())


def _ending(event: Event, outcome: Outcome, language: Language, page: Language) -> Html:
    step, words = event.step, texts(language)
    start, end = (event.words.start, event.words.end) if event.words else (None, None)
    sign = f"§ {step.number}" if step.number else None
    body = step.body and step.body[:1].upper() + step.body[1:]
    where = " ".join(each for each in (body, step.date, sign) if each)
    link = element(
        "a",
        where or step.document,
        href=reader_url(step.document, start, end, page),
        target=READER_FRAME,
        lang=DOCUMENT_LANGUAGE,
    )
    named = element("strong", outcome_label(outcome, language))
    return element("p", f"{words.ended}: ", named, " – ", link, class_="ending")


def _statement(part: Part, answer: Answer, page: Language) -> Html:
    standings = statuses(part, answer)
    if not standings:
        warning = is_warning(part.text, answer.language)
        return element("p", part.with_lead, class_="only-proposed" if warning else "phrase")
    named = any(word in part.lead.casefold() for word in texts(answer.language).condition_words)
    conditional = named or bool(CONDITION.search(part.text))
    return element(
        "p",
        join((badge(status, answer.language) for status in standings), " "),
        " ",
        element("strong", f"{texts(answer.language).condition}: ") if conditional and not named else "",
        f"{part.lead} " if part.lead else "",
        _linked(part, answer, page),
        *(_marker(n, answer, page) for n in part.citations if f"[{n}]" not in part.text),
        _dates(part, answer.language, proposed=set(standings) <= ASKING),
        class_="statement condition" if conditional else "statement",
    )


def _dates(part: Part, language: Language, proposed: bool) -> Html:
    """What happens on the dates that a statement names, as far as its words tell; `proposed` says that it may not."""
    names = texts(language).date_kinds
    mentioned = mentions_of(part.text, [Span(0, len(part.text))])
    known = dict.fromkeys(
        f"{mention.value}: {names[mention.kind]}"
        for mention in mentioned
        if mention.sort is Sort.DATUM and mention.kind in names
    )
    if not known:
        return NOTHING
    return element("span", " · ".join(known), f" ({texts(language).as_proposed})" if proposed else "", class_="dates")


def _abstention(answer: Answer, titles: Mapping[str, str], page: Language) -> Html:
    words = texts(answer.language)
    children = [
        element("h3", words.no_answer),
        element("p", answer.answer),
        element(
            "p", words.advice, " ", element("a", words.what_is_covered, href="#view=documents", data_view="documents")
        ),
    ]
    nearest = answer.retrieved[:NEAREST_SHOWN]
    if nearest:
        children += [
            element("h3", words.nearest),
            element("ul", *(_nearest(hit, titles.get(hit.document), page) for hit in nearest), class_="nearest"),
        ]
    return element("div", *children, class_="notice abstained")


def _nearest(hit: Hit, title: str | None, page: Language) -> Html:
    link = element(
        "a",
        title or hit.document,
        href=reader_url(hit.document, hit.start, hit.end, page),
        target=READER_FRAME,
        lang=DOCUMENT_LANGUAGE,
    )
    passage = shorten(" ".join(unwrap(_MARKDOWN.sub("", hit.text)).split()), NEAREST_CHARS, placeholder=" …")
    return element("li", link, element("blockquote", element("p", passage), lang=DOCUMENT_LANGUAGE))


def _linked(part: Part, answer: Answer, page: Language) -> Html:
    """A statement whose own markers are links to their sources."""
    pieces: list[Html] = []
    position = 0
    for marker in MARKER.finditer(part.text):
        if int(marker[1]) in part.citations:
            pieces += [
                _spoken(part.text[position : marker.start()].rstrip(), answer),
                _marker(int(marker[1]), answer, page),
            ]
            position = marker.end()
    return join([*pieces, _spoken(part.text[position:], answer)])


def _marker(n: int, answer: Answer, page: Language) -> Html:
    """The number of a citation, as a link that opens its document at the words, when there is such a citation."""
    cited = next((citation for citation in answer.citations if citation.n == n), None)
    if cited is None:
        return join([f" [{n}]"])
    link = element(
        "a",
        str(n),
        href=citation_url(cited, page),
        target=READER_FRAME,
        class_="marker",
        aria_label=f"{texts(answer.language).source} {n}",
        title=cited.title,
        data_n=n,
    )
    return join(["\u00a0", link])


def _spoken(words: str, answer: Answer) -> Html:
    """`words` with what is quoted from the sources set off, in the language that the documents are in."""
    said = _comparable(words)
    if said and any(said in each for each in _cited(answer)):
        return element("q", words.rstrip(" ,;"), lang=DOCUMENT_LANGUAGE)
    if said and set(_WORD.findall(said)) <= set(_WORD.findall(" ".join(_cited(answer)))):
        return element("span", words, class_="cited", lang=DOCUMENT_LANGUAGE)  # the cells of a table's row
    pieces: list[str] = []
    position = 0
    for quoted in _QUOTED.finditer(words):
        within = [_comparable(piece) for piece in quoted[1].split("…")]
        if any(within) and any(all(piece in each for piece in within) for each in _cited(answer)):
            pieces += [
                words[position : quoted.start()],
                element("span", quoted[0], class_="cited", lang=DOCUMENT_LANGUAGE),
            ]
            position = quoted.end()
    return join([*pieces, words[position:]])


def _cited(answer: Answer) -> list[str]:
    """The quotes, each by itself and one after the other, as statements join them."""
    quotes = [_comparable(citation.quote) for citation in answer.citations]
    return [*quotes, " ".join(folded(citation.quote) for citation in answer.citations).casefold()]


def _comparable(words: str) -> str:
    return folded(words).casefold().strip(" .")


def _source_id(number: int, n: int) -> str:
    return f"kalla-{number}-{n}"


def _cut_start(before: str) -> str:
    """The text before a quote, from its first whole word on."""
    whole = before if len(before) < CONTEXT_CHARS else "… " + before.partition(" ")[2]
    return unwrap(_MARKDOWN.sub("", whole))


def _cut_end(after: str) -> str:
    """The text after a quote, to its last whole word."""
    whole = after if len(after) < CONTEXT_CHARS else after.rpartition(" ")[0] + " …"
    return unwrap(_MARKDOWN.sub("", whole))
