"""Answer: the evidence chosen, framed in fixed phrases, every statement beside the words it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from textwrap import shorten

from assistant.evidence import Evidence, lesser_row
from assistant.kinds import Kind
from assistant.matter import Sequel
from assistant.model import MAX_ANSWER_CHARS, MAX_CITATIONS, MAX_QUOTE_CHARS, Citation, Language, Statement
from assistant.phrases import PHRASES
from assistant.question import Ask
from assistant.row import row_line
from assistant.verify import quote_of
from assistant.yes_no import yes_or_no
from ingest.mentions import CONDITION
from ingest.model import ASKING, DECISIONS, Passage, Sentence, Span, Status
from ingest.registry import Found

SECOND_WITHIN = 1.2  # a second statement is given when its score, a log-probability, is this near the first's
MAX_MARK_CHARS = 4  # "- ", "12." and the like between two entries
MAX_STATEMENTS = 2  # before conditions and the entries of a list
ASK_CHARS = 120  # of an ask that is repeated because nothing answers it
_ENDS = (".", "!", "?")
# Openings that cannot be understood without the sentence before; "Då" and "Därför" may open a clause of their own instead.
_LEANS = re.compile(
    r"(?:Därmed|Däremot|Dessutom|Han|Hon|Hennes|Deras)\b|Därför\b(?! att\b)|Då (?:ska|kan|får|blir|är|har)\b"
    r"|Detta (?:är|var|blir|ska|kan|har|gäller|innebär|beror|görs|sker|sköts|motsvarar|ger|kräver|påverkar|finansieras)\b"
    r"|Hans (?![A-ZÅÄÖ-])"
)
_LEAD = re.compile(r":(?:$|\s+(?:[-–•*]|\d+[.)])\s)")  # at the end, or before the first entry in the same sentence


@dataclass
class Draft:
    """An answer in the making: statements with their frames and citations."""

    text_of: Callable[[str], str | None]
    lines: list[str] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    citations: list[Citation] = field(default_factory=list)

    @property
    def answer(self) -> str:
        return "\n".join(self.lines)

    def cited(self, found: Found, sentence: Sentence) -> bool:
        return any(
            citation.document == found.passage.document
            and citation.start <= sentence.span.start
            and sentence.span.end <= citation.end
            for citation in self.citations
        )

    def decides(self, found: Found) -> bool:
        """Whether a decision of the same § or document is told already."""
        return any(
            (citation.document, citation.paragraph, citation.status)
            == (found.passage.document, found.passage.paragraph, Status.BESLUT.value)
            for citation in self.citations
        )

    def note(self, phrase: str) -> None:
        """Say one of our own phrases, where the answer has room left for it."""
        if len(self.answer) + 1 + len(phrase) <= MAX_ANSWER_CHARS:
            self.lines.append(phrase)

    def add(self, found: Found, sentences: Sequence[Sentence], frame: str = "") -> bool:
        """Say these sentences; False when the answer has no room left for them. Of the first to be said, so many as it has room for."""
        least = len(sentences) if self.statements else 1
        return any(self._add(found, sentences[:count], frame) for count in range(len(sentences), least - 1, -1))

    def _add(self, found: Found, sentences: Sequence[Sentence], frame: str) -> bool:
        text = self.text_of(found.passage.document)
        quotes = [quote_of(text, span, span.of(text or "")) for span in _stretches(sentences, text or "")]
        said = " ".join(quote for _, quote in quotes)
        numbers = range(len(self.citations) + 1, len(self.citations) + len(quotes) + 1)
        line = f"{frame}{said} {''.join(f'[{number}]' for number in numbers)}"
        if len(self.citations) + len(quotes) > MAX_CITATIONS:
            return False
        first_and_least = not self.statements and len(sentences) == 1
        if not first_and_least and len(self.answer) + 1 + len(line) > MAX_ANSWER_CHARS:
            return False
        self.lines.append(line)
        self.statements.append(Statement(said, tuple(numbers)))
        for number, (span, quote) in zip(numbers, quotes, strict=True):
            self.citations.append(_citation(number, found, span.start, span.end, quote))
        return True

    def add_row(self, found: Found, sentence: Sentence, head: Found, line: str, frame: str = "") -> bool:
        """Say a row of a table as `line`, beside it and the row that names the columns, which stands in the passage `head`.

        False when the answer has no room left for them.
        """
        text = self.text_of(found.passage.document) or ""
        assert sentence.row is not None
        above = Sentence((sentence.row.head,)) if sentence.row.head else None
        stretches = _stretches([above, sentence] if above else [sentence], text)
        places = list(zip(reversed(stretches), (found, head), strict=False))  # the row before the names of its columns
        known = {(citation.document, citation.start): citation.n for citation in self.citations}
        new: list[Citation] = []
        numbers: list[int] = []
        for span, where in places:
            number = known.get((where.passage.document, span.start))
            if number is None:
                number = len(self.citations) + len(new) + 1
                span, quote = quote_of(text, span, span.of(text))
                new.append(_citation(number, where, span.start, span.end, quote))
            numbers.append(number)
        whole = f"{frame}{line} {''.join(f'[{number}]' for number in numbers)}"
        if len(self.citations) + len(new) > MAX_CITATIONS:
            return False
        if self.statements and len(self.answer) + 1 + len(whole) > MAX_ANSWER_CHARS:
            return False
        self.lines.append(whole)
        self.statements.append(Statement(line, tuple(numbers)))
        self.citations.extend(new)
        return True


def _stretches(sentences: Sequence[Sentence], text: str) -> list[Span]:
    """The stretches of text the sentences stand on; neighbours with no more than a list mark between them are one quote."""
    stretches: list[Span] = []
    for piece in (piece for sentence in sentences for piece in sentence.pieces):
        last = stretches[-1] if stretches else None
        if (
            last
            and piece.end - last.start <= MAX_QUOTE_CHARS
            and len(text[last.end : piece.start].strip()) <= MAX_MARK_CHARS
        ):
            stretches[-1] = Span(last.start, piece.end)
        else:
            stretches.append(piece)
    return stretches


def compose(
    language: Language,
    answers: Sequence[tuple[Ask, Sequence[Evidence]]],
    text_of: Callable[[str], str | None],
    passages_of: Callable[[str], Sequence[Found]],
    decided: bool,
    sequel: Sequel | None = None,
    contested: Callable[[Ask, Evidence, Evidence], bool] = lambda *_: False,
    uncertain: bool = False,
    unanswered: Sequence[Ask] = (),
) -> Draft:
    """The answer that the evidence of each ask (best first, not empty) gives.

    `passages_of` gives all passages of a document, where conditions and the rest of a list are looked for; `decided` says
    that a decision in the matter was found, so that a proposal needs no warning; `sequel` is what followed it; `contested` says of
    two pieces of evidence that they contradict each other; `uncertain` says that the answer may well be beside the point; `unanswered` are
    the asks of the same question that nothing answers.
    """
    phrases = PHRASES[language]
    draft = Draft(text_of, [phrases.uncertain] if uncertain else [])
    said = yes_or_no(answers[0][0], answers[0][1][0]) if len(answers) == 1 and not uncertain else None
    if said is not None:
        draft.note(phrases.yes if said else phrases.no)
    for ask, evidence in answers:
        chosen = chosen_of(evidence, most_statements([*answers, *unanswered]))
        for found, sentences in _in_full(ask, chosen, passages_of):
            new = [sentence for sentence in sentences if not draft.cited(found, sentence)]
            frame = phrases.status[found.passage.status]
            if ask.when_decided and found.passage.status is Status.BESLUT and found.about.date:
                paragraph = f", § {found.passage.paragraph}" if found.passage.paragraph else ""
                frame = phrases.decided_on.format(when=f"{found.about.date}{paragraph}")
            if len(new) == 1 and new[0].row and not new[0].names_columns:
                head = head_of(found, new[0], passages_of)
                draft.add_row(found, new[0], head, row_line(new[0].row, ask, found.about.title), frame)
            elif new:
                draft.add(found, new, frame)
        if len(chosen) > 1 and contested(ask, *chosen):
            draft.note(phrases.differing)
        first = evidence[0].found
        for found, sentence in conditions(first, passages_of(first.passage.document)):
            if not draft.cited(found, sentence):
                draft.add(found, [sentence], phrases.condition)
    for ask in unanswered:
        draft.note(phrases.no_answer_to.format(what=shorten(ask.own_text.rstrip("?. "), ASK_CHARS, placeholder=" …")))
    status = answers[0][1][0].found.passage.status
    if status in ASKING and sequel and sequel.words and not draft.decides(sequel.words[0]):
        for found, sentences in _whole(*sequel.words, passages_of):
            draft.add(found, sentences, phrases.status[Status.BESLUT])
    if (status is Status.FÖRSLAG or (status in ASKING and sequel)) and not decided:
        draft.note(phrases.put_off if sequel else phrases.only_proposed)
    return draft


def most_statements(answers: Sequence[object]) -> int:
    """How many statements each of so many answers may have, before conditions and the entries of a list."""
    return MAX_STATEMENTS if len(answers) == 1 else 1


def told(
    ask: Ask, evidence: Sequence[Evidence], most: int, passages_of: Callable[[str], Sequence[Found]]
) -> list[tuple[Found, list[Sentence]]]:
    """The sentences that answer, each run of them with the passage it stands in; conditions aside."""
    return _in_full(ask, chosen_of(evidence, most), passages_of)


def _in_full(
    ask: Ask, chosen: Sequence[Evidence], passages_of: Callable[[str], Sequence[Found]]
) -> list[tuple[Found, list[Sentence]]]:
    if ask.kind is Kind.DECISION:
        return [part for item in chosen for part in _section(item, passages_of)]
    if run := _run_of_entries(chosen[0], passages_of, ask.kind is Kind.LIST):
        return [(found, list(found.passage.sentences)) for found in run]
    entries = ask.kind in (Kind.LIST, Kind.WHO)
    return [
        part
        for item in chosen
        for part in (_enumeration(item, entries) or _whole(item.found, item.number, passages_of))
    ]


def chosen_of(evidence: Sequence[Evidence], most: int) -> list[Evidence]:
    """The best sentence, and those nearly as good that say something else; those that lack what the question names don't."""
    first = evidence[0]
    chosen: dict[str, Evidence] = {}
    for item in evidence:
        if len(chosen) == most or item.score < first.score - SECOND_WITHIN:
            break
        if item is not first and (item.missing or lesser_row(item, first) or _fragment(item)):
            continue
        chosen.setdefault(" ".join(re.findall(r"\w+", item.words.casefold())), item)
    return list(chosen.values())


def _fragment(item: Evidence) -> bool:
    """Whether it is a heading, the name of a paper or the like, which says nothing by itself."""
    return not item.sentence.row and not item.signals.prose and item.found.passage.point is None


def _whole(
    found: Found, number: int, passages_of: Callable[[str], Sequence[Found]]
) -> list[tuple[Found, list[Sentence]]]:
    """The sentence with what makes it whole: what it points back to ("Därför …"), a lead ("… följande:") with the entries below it."""
    passage = found.passage
    words = passage.sentence_spans()[number].of(passage.text)
    if rows := _rows_below(passage, number, words):
        return [(found, rows)]
    if not words.endswith(":"):
        before = number - 1 if _LEANS.match(words) and number else number
        return [(found, list(passage.sentences[before : number + 1]))]
    rest = list(passage.sentences[number:])
    if len(rest) > 1 and passage.point is None:
        return [(found, rest)]
    below = [
        found
        for found in passages_of(passage.document)
        if _same_section(found.passage, passage) and found.passage.span.start >= passage.span.start
    ]
    return [(found, list(found.passage.sentences)) for found in below]


def _rows_below(passage: Passage, number: int, words: str) -> list[Sentence]:
    """A heading with the rows of the table right below it, as many as a quote holds; nothing when the sentence is none."""
    heading = passage.sentences[number]
    if heading.row or words.endswith(_ENDS):
        return []
    rows = list(takewhile(lambda sentence: sentence.row, passage.sentences[number + 1 :]))
    while rows and rows[-1].span.end - heading.span.start > MAX_QUOTE_CHARS:
        rows.pop()
    return [heading, *rows] if any(not row.names_columns for row in rows) else []


def _run_of_entries(item: Evidence, passages_of: Callable[[str], Sequence[Found]], anywhere: bool) -> list[Found]:
    """The passages of the section that hold a list, one entry each: the one that `item` is of, or, `anywhere`, the first there is.

    The first of them opens the list, those between end as entries do, and the last ends a sentence.
    """
    if item.sentence.row or item.found.passage.point is not None:
        return []
    passages = passages_of(item.found.passage.document)
    here = [found for found in passages if _same_section(found.passage, item.found.passage)]
    run: list[Found] = []
    for found in sorted(here, key=lambda found: found.passage.span.start):
        words, sentences = found.passage.text.strip(), found.passage.sentences
        if any(sentence.row for sentence in sentences[:1]):
            run = []
            continue
        run.append(found)
        if not words.endswith(_ENDS):
            continue
        entries = [each.passage.text.strip() for each in run[1:-1]]
        whole = bool(entries) and len(sentences) == 1 and all(each.endswith((",", ";")) for each in entries)
        if whole and (anywhere or any(each.passage.id == item.found.passage.id for each in run)):
            return run
        run = []
    return []


def _enumeration(item: Evidence, entries: bool) -> list[tuple[Found, list[Sentence]]]:
    """The list that the sentence opens (or, with `entries`, is an entry of), as far as its passage holds it; nothing when it does neither."""
    passage = item.found.passage
    words = [span.of(passage.text) for span in passage.sentence_spans()]
    opens = [_LEAD.search(each) is not None for each in words]
    goes_on = [
        not sentence.row and (opened or not each.endswith(_ENDS) or after[:1].islower())
        for sentence, each, opened, after in zip(passage.sentences, words, opens, [*words[1:], ""], strict=True)
    ]
    first = last = item.number
    while entries and first > 0 and goes_on[first - 1] and not opens[first]:
        first -= 1
    while last + 1 < len(words) and goes_on[last]:
        last += 1
    if last - first < 2 or not opens[first] or passage.point is not None:
        return []
    return [(item.found, list(passage.sentences[first : last + 1]))]


def _section(item: Evidence, passages_of: Callable[[str], Sequence[Found]]) -> list[tuple[Found, list[Sentence]]]:
    """Everything decided or proposed in the section that the sentence stands in."""
    passage = item.found.passage
    if passage.status not in DECISIONS:
        return [(item.found, [item.sentence])]
    return [
        (found, list(found.passage.sentences))
        for found in passages_of(passage.document)
        if _same_section(found.passage, passage)
    ]


def head_of(found: Found, row: Sentence, passages_of: Callable[[str], Sequence[Found]]) -> Found:
    """The passage that the names of a row's columns stand in: its own, or an earlier one when the table is long."""
    head = row.row.head if row.row else None
    if head is None or found.passage.span.start <= head.start < found.passage.span.end:
        return found
    for other in passages_of(found.passage.document):
        if other.passage.span.start <= head.start < other.passage.span.end:
            return other
    return found


def _same_section(one: Passage, other: Passage) -> bool:
    return (one.document, one.section, one.paragraph) == (other.document, other.section, other.paragraph)


def conditions(first: Found, passages: Sequence[Found]) -> list[tuple[Found, Sentence]]:
    """Sentences among the decision's points that say what it hangs on."""
    passage = first.passage
    if passage.status not in DECISIONS:
        return []
    laid_down = []
    for found in passages:
        other = found.passage
        if not _same_section(other, passage):
            continue
        for sentence, span in zip(other.sentences, other.sentence_spans(), strict=True):
            if CONDITION.search(span.of(other.text)):
                laid_down.append((found, sentence))
    return laid_down


def _citation(number: int, found: Found, start: int, end: int, quote: str) -> Citation:
    passage, about = found.passage, found.about
    return Citation(
        n=number,
        document=passage.document,
        title=about.title,
        municipality=about.municipality,
        body=about.body,
        kind=about.kind,
        status=passage.status.value,
        date=about.date,
        dnr=passage.dnr,
        section=passage.section,
        point=passage.point,
        paragraph=passage.paragraph,
        page=passage.page,
        start=start,
        end=end,
        quote=quote,
    )
