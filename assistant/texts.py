"""Every fixed phrase and label that a person reads on the page or in the terminal, in Swedish and English."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.model import Language

DOCUMENT_LANGUAGE: Language = "sv"  # municipal documents are in Swedish whatever language the question is in
EXAMPLES_FROM = "Köping"  # the municipality that the example questions are about


@dataclass(frozen=True)
class Texts:
    """The words of one language. `{…}` is filled in by the caller."""

    # the page
    page_title: str
    tagline: str
    notice: str
    not_logged: str
    logged: str
    coverage: str
    coverage_one: str
    coverage_none: str
    of: str
    dated: str
    until: str
    without_date: str
    conversation: str
    question_label: str
    send: str
    new_conversation: str
    other_language: str
    examples_label: str
    examples: tuple[str, ...]
    # messages
    searching: str
    empty_question: str
    ready_for_question: str
    failed: str
    failed_title: str
    # an answer
    your_question: str
    understood: str
    narrowed: str
    more: str
    by_model: str
    condition: str
    condition_words: tuple[str, ...]  # an answer that already says one of these needs no label
    no_answer: str
    advice: str
    what_is_covered: str
    nearest: str
    # sources
    source: str
    sources: str
    untitled: str
    document_kind: str
    issued_by: str
    date: str
    meeting: str
    dated_on: str
    date_kinds: dict[str, str]  # `ingest.mentions.DateKind` → what happens on such a date
    place: str
    dnr: str
    file: str
    point: str
    page: str
    statuses: dict[str, str]
    standings: dict[str, str]
    outcome: str
    outcomes: dict[str, str]  # Swedish outcome → its explanation; empty where none is needed
    as_proposed: str  # after what happens on a date
    ended: str  # what a proposal led to
    not_settled: str  # of a motion
    amounts: str
    unlike: str
    kinds: dict[str, str]  # Swedish genre → its explanation; empty where none is needed


SWEDISH = Texts(
    page_title="Rådslag – frågor om kommunens beslut",
    tagline="Ställ en fråga om vad kommunen har beslutat. Svaret bygger på kommunens egna handlingar, med källorna intill.",
    notice=(
        "Rådslag är en automatisk assistent. Den citerar kommunens handlingar men kan ha fel. "
        "Det är de citerade orden som gäller."
    ),
    not_logged="Frågorna sparas inte.",
    logged="Frågorna skrivs till serverns logg.",
    coverage="Söker i {documents} handlingar",
    coverage_one="Söker i en handling",
    coverage_none="Inga handlingar är inlästa ännu.",
    of="från",
    dated="daterade",
    until="till",
    without_date="utan datum",
    conversation="Samtal",
    question_label="Din fråga",
    send="Fråga",
    new_conversation="Nytt samtal",
    other_language="English",
    examples_label="Exempel på frågor",
    examples=(
        "När likvideras Västra Mälardalen?",
        "Hur mycket betalar Köpings kommun till samordningsförbundet?",
    ),
    searching="Söker i handlingarna …",
    empty_question="Skriv en fråga först.",
    ready_for_question="Nytt samtal. Skriv en fråga.",
    failed="Frågan kunde inte besvaras på grund av ett fel i programmet. Försök igen, eller kontakta den som sköter det.",
    failed_title="Något gick fel",
    your_question="Fråga",
    understood="Uppfattad som",
    narrowed="Begränsat till",
    more="Skriver vidare …",
    by_model="Formulerat av en språkmodell och kontrollerat mot citaten.",
    condition="Villkor",
    condition_words=("villkor", "förutsättning", "förutsatt"),
    no_answer="Inget svar",
    advice="Det kan hjälpa att nämna ärendets namn, nämnden eller året.",
    what_is_covered="Se vilka handlingar som finns.",
    nearest="Närmaste avsnitten i handlingarna",
    source="källa",
    sources="Källor",
    untitled="Handling utan rubrik",
    document_kind="Handling",
    issued_by="Från",
    date="Datum",
    meeting="sammanträde",
    dated_on="daterad",
    date_kinds={
        "beslutad": "beslutsdag",
        "gäller från": "gäller från och med",
        "upphör": "sista dag det gäller",
        "senast": "sista dag att göra det",
    },
    place="Ställe",
    dnr="Diarienummer",
    file="Fil",
    point="punkt",
    page="sida",
    statuses={
        "förslag": "Förslag",
        "beslut": "Beslut",
        "yttrande": "Yttrande",
        "motion": "Motion",
        "information": "Information",
        "okänd": "Okänd status",
    },
    standings={
        "förslag": "Framlagt för beslut. Visar inte vad som beslutades.",
        "beslut": "Antaget av det organ som beslutar.",
        "yttrande": "En uppfattning, inte ett beslut.",
        "motion": "Väckt av en ledamot, inte ett beslut.",
        "information": "Bakgrund eller beskrivning, inte ett beslut.",
        "okänd": "Det framgår inte vilken ställning orden har.",
    },
    outcome="utfall",
    outcomes={},
    as_proposed="enligt förslaget",
    ended="Så slutade ärendet",
    not_settled="Detta är begärt, inte beslutat; ärendet är inte avgjort i dokumenten.",
    amounts="Belopp",
    unlike="Närmast, men inte likt",
    kinds={},
)

ENGLISH = Texts(
    page_title="Rådslag – questions about municipal decisions",
    tagline="Ask what the municipality has decided. The answer rests on its own documents, with the sources beside it.",
    notice=(
        "Rådslag is an automated assistant. It quotes the municipality’s documents but can be wrong. "
        "The quoted words are what counts."
    ),
    not_logged="Questions are not saved.",
    logged="Questions are written to the server’s log.",
    coverage="Searches {documents} documents",
    coverage_one="Searches one document",
    coverage_none="No documents have been read in yet.",
    of="from",
    dated="dated",
    until="to",
    without_date="without a date",
    conversation="Conversation",
    question_label="Your question",
    send="Ask",
    new_conversation="New conversation",
    other_language="Svenska",
    examples_label="Example questions",
    examples=(
        "When is Västra Mälardalen liquidated?",
        "How much does Köpings kommun pay the coordination association?",
    ),
    searching="Searching the documents …",
    empty_question="Write a question first.",
    ready_for_question="New conversation. Write a question.",
    failed="The question could not be answered because of a fault in the program. Try again, or contact whoever runs it.",
    failed_title="Something went wrong",
    your_question="Question",
    understood="Understood as",
    narrowed="Narrowed to",
    more="More is being written …",
    by_model="Worded by a language model and checked against the quotes.",
    condition="Condition",
    condition_words=("condition", "provided that", "on the understanding"),
    no_answer="No answer",
    advice="It can help to name the matter, the committee or the year.",
    what_is_covered="See which documents there are.",
    nearest="Nearest passages in the documents",
    source="source",
    sources="Sources",
    untitled="Document without a title",
    document_kind="Document",
    issued_by="From",
    date="Date",
    meeting="meeting",
    dated_on="dated",
    date_kinds={
        "beslutad": "decided that day",
        "gäller från": "in force from",
        "upphör": "last day in force",
        "senast": "last day to do it",
    },
    place="Place",
    dnr="Reg. number",
    file="File",
    point="point",
    page="page",
    statuses={
        "förslag": "Proposal",
        "beslut": "Decision",
        "yttrande": "Opinion",
        "motion": "Motion",
        "information": "Information",
        "okänd": "Status unknown",
    },
    standings={
        "förslag": "Put forward for decision. Does not show what was decided.",
        "beslut": "Adopted by the deciding body.",
        "yttrande": "A view, not a decision.",
        "motion": "Raised by a member, not a decision.",
        "information": "Background or description, not a decision.",
        "okänd": "It is not clear what standing the words have.",
    },
    outcome="outcome",
    outcomes={
        "bifall": "granted",
        "avslag": "refused",
        "återremiss": "sent back",
        "besvarad": "answered",
        "antagen": "adopted",
    },
    as_proposed="as proposed",
    ended="How the matter ended",
    not_settled="This was asked for, not decided; the matter is not settled in the documents.",
    amounts="Amounts",
    unlike="Nearest, but not alike",
    kinds={
        "tjänsteskrivelse": "officers’ report",
        "protokoll": "minutes",
        "protokollsutdrag": "extract from minutes",
        "yttrande": "opinion",
        "motion": "motion",
        "interpellation": "interpellation",
        "medborgarförslag": "citizen’s proposal",
        "reglemente": "rules of procedure",
        "förbundsordning": "articles of association",
        "avtal": "agreement",
        "budget": "budget",
        "kallelse": "agenda",
        "rapport": "report",
        "bilaga": "appendix",
    },
)


def texts(language: Language) -> Texts:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH


def other(language: Language) -> Language:
    """The language that the page can be switched to."""
    return "sv" if language == "en" else "en"


def status_label(status: str, language: Language) -> str:
    """The word of the badge; a status not known here counts as unknown."""
    words = texts(language).statuses
    return words.get(status, words["okänd"])


def standing(status: str, language: Language) -> str:
    """What the status says about the words, in a sentence or two."""
    words = texts(language).standings
    return words.get(status, words["okänd"])


def kind_label(kind: str, language: Language) -> str:
    """The genre as the documents call it, explained where the reader may not know the Swedish word."""
    explanation = texts(language).kinds.get(kind.casefold())
    return f"{kind} ({explanation})" if explanation and explanation != kind.casefold() else kind


def outcome_label(outcome: str, language: Language) -> str:
    """The outcome as the documents call it, explained where the reader may not know the Swedish word."""
    explanation = texts(language).outcomes.get(outcome)
    return f"{outcome} ({explanation})" if explanation else outcome


def coverage_line(
    documents: int,
    municipalities: Sequence[str],
    first_date: str | None,
    last_date: str | None,
    language: Language,
    undated: int = 0,
) -> str:
    """What is searched, in one sentence: how many documents, whose, from when to when, how many without a date."""
    words = texts(language)
    if not documents:
        return words.coverage_none
    line = words.coverage_one if documents == 1 else words.coverage.format(documents=documents)
    if municipalities:
        line += f" {words.of} {', '.join(municipalities)}"
    if first_date and last_date and first_date != last_date:
        line += f", {words.dated} {first_date} {words.until} {last_date}"
    elif first_date or last_date:
        line += f", {words.dated} {first_date or last_date}"
    if undated:
        line += f", {undated} {words.without_date}"
    return line + "."
