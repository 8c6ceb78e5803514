"""An answer as HTML fragments for the page.

Nothing from a document or a user gets there unescaped (`assistant.markup`), and Markdown stays the characters it consists of.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.markup import Html, element, join
from assistant.model import Answer, Citation, Hit, Language
from assistant.render import MARKER, NEAREST_SHOWN, Part, folded, issuer, parts, place, statuses
from assistant.texts import DOCUMENT_LANGUAGE, kind_label, standing, status_label, texts
from ingest.mentions import CONDITION

CONTEXT_CHARS = 240  # how much of the document is shown on either side of a quote

Context = tuple[str, str, str]  # document text before a quote, the quote, document text after

_MARKDOWN = re.compile(r"^#{1,6}[^\S\n]+|\*\*", re.MULTILINE)  # signs of headings and bold type, around a quote only
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"[\"“”»«„]([^\"“”»«„]{3,})[\"“”»«]")


def exchange(number: int, answer: Answer, contexts: Mapping[int, Context]) -> Html:
    """A question with its answer and sources; `number` tells the exchanges of a page apart."""
    words = texts(answer.language)
    content: list[Html] = []
    if answer.understood:
        content.append(element("p", f"{words.understood}: {answer.understood}", class_="understood"))
    content.append(_abstention(answer) if answer.abstained else _statements(number, answer))
    if answer.engine == "llm":
        content.append(element("p", words.by_model, class_="by-model"))
    if answer.note:
        content.append(element("p", answer.note, class_="note"))
    if answer.citations:
        cards = (source(number, each, contexts.get(each.n), answer.language) for each in answer.citations)
        content += [element("h3", words.sources), element("ol", *cards, class_="sources")]
    return _exchange(number, answer.question, answer.language, *content)


def pending(number: int, question: str, language: Language) -> Html:
    """A question that is being answered."""
    return _exchange(number, question, language, element("p", texts(language).searching, class_="pending"))


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


def source(number: int, citation: Citation, context: Context | None, language: Language) -> Html:
    """The card of one citation: what the document is, what standing the words have, the words in their context."""
    words = texts(language)
    before, quote, after = context if context and context[1] else ("", citation.quote, "")
    kind = kind_label(citation.kind, language) if citation.kind else None
    facts = (
        (words.document_kind, kind),
        (words.date, citation.date),
        (words.issued_by, issuer(citation)),
        (words.place, place(citation, language)),
        (words.dnr, citation.dnr),
        (words.file, element("code", citation.document)),
    )
    title = element("span", citation.title, lang=DOCUMENT_LANGUAGE) if citation.title else words.untitled
    quoted = element(
        "p", _spaced(_cut_start(before)), element("mark", _spaced(unwrap(quote))), _spaced(_cut_end(after))
    )
    return element(
        "li",
        element("h4", element("span", f"[{citation.n}]", class_="number"), " ", title),
        element("p", badge(citation.status, language), " ", standing(citation.status, language), class_="standing"),
        element("blockquote", quoted, lang=DOCUMENT_LANGUAGE),
        element("dl", *(element("div", element("dt", name), element("dd", fact)) for name, fact in facts if fact)),
        class_="source",
        id=_source_id(number, citation.n),
        tabindex="-1",
    )


def unwrap(words: str) -> str:
    """Document text with its lines joined; an empty line and the start of a list item stay breaks.

    White space at the ends becomes one space, or stays a break, so that neighbouring stretches don't run together.
    """
    paragraphs = re.split(r"[^\S\n]*\n\s*\n\s*", words)
    return "\n\n".join(re.sub(r"\s*\n\s*(?!\s|[-•*#]|\d+[.)]\s)", " ", paragraph) for paragraph in paragraphs)


def _spaced(words: str) -> Html:
    """`words` with each empty line as a gap that is lower than a line."""
    return join(words.split("\n\n"), element("span", class_="gap"))


def _exchange(number: int, question: str, language: Language, *content: Html) -> Html:
    label = element("span", f"{texts(language).your_question}: ", class_="visually-hidden")
    return element(
        "article",
        element("h2", label, question, class_="question", id=f"fraga-{number}", tabindex="-1", data_question=question),
        *content,
        class_="exchange",
        lang=language,
    )


def _statements(number: int, answer: Answer) -> Html:
    return element("div", *(_statement(number, part, answer) for part in parts(answer)), class_="answer")


def _statement(number: int, part: Part, answer: Answer) -> Html:
    standings = statuses(part, answer)
    if not standings:
        return element("p", part.with_lead)
    named = any(word in part.lead.casefold() for word in texts(answer.language).condition_words)
    conditional = named or bool(CONDITION.search(part.text))
    return element(
        "p",
        join((badge(status, answer.language) for status in standings), " "),
        " ",
        element("strong", f"{texts(answer.language).condition}: ") if conditional and not named else "",
        f"{part.lead} " if part.lead else "",
        _linked(number, part, answer),
        *(_marker(number, n, answer) for n in part.citations if f"[{n}]" not in part.text),
        class_="statement condition" if conditional else "statement",
    )


def _abstention(answer: Answer) -> Html:
    words = texts(answer.language)
    children = [element("h3", words.no_answer), element("p", answer.answer), element("p", words.advice)]
    nearest = answer.retrieved[:NEAREST_SHOWN]
    if nearest:
        summary = element("summary", f"{words.nearest} ({len(nearest)})")
        children.append(element("details", summary, element("ul", *map(_nearest, nearest))))
    return element("div", *children, class_="notice abstained")


def _nearest(hit: Hit) -> Html:
    passage = element("blockquote", element("p", _spaced(unwrap(hit.text))), lang=DOCUMENT_LANGUAGE)
    return element("li", element("code", hit.document), passage)


def _linked(number: int, part: Part, answer: Answer) -> Html:
    """A statement whose own markers are links to their cards."""
    pieces: list[Html] = []
    position = 0
    for marker in MARKER.finditer(part.text):
        if int(marker[1]) in part.citations:
            pieces += [
                _spoken(part.text[position : marker.start()].rstrip(), answer),
                _marker(number, int(marker[1]), answer),
            ]
            position = marker.end()
    return join([*pieces, _spoken(part.text[position:], answer)])


def _marker(number: int, n: int, answer: Answer) -> Html:
    """[n], as a link to its card when there is one."""
    if all(citation.n != n for citation in answer.citations):
        return join([f" [{n}]"])
    label = f"{texts(answer.language).source} [{n}]"
    link = element("a", f"[{n}]", href=f"#{_source_id(number, n)}", class_="marker", aria_label=label)
    return join(["\u00a0", link])


def _spoken(words: str, answer: Answer) -> Html:
    """`words` with what is quoted from the sources set off, in the language that the documents are in."""
    said = _comparable(words)
    if said and any(said in each for each in _cited(answer)):
        return element("q", words, lang=DOCUMENT_LANGUAGE)
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
