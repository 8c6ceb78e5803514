"""The words of an exported conversation and of the buttons that export it, in Swedish and English."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model import Language


@dataclass(frozen=True)
class ExportWords:
    """The words of one language."""

    title: str
    exported: str  # followed by the date
    notices: tuple[str, ...]
    filters: str
    filter_names: dict[str, str]  # by the keys of `ingest.filters.FILTERS`
    link: str
    file_name: str  # without its ending; the date is added
    # buttons
    label: str
    copy: str
    copied: str
    not_copied: str
    word: str
    markdown: str
    nothing: str


SWEDISH = ExportWords(
    title="Samtal med Rådslag",
    exported="Uttaget",
    notices=(
        "Svaren är framtagna automatiskt ur kommunens handlingar och kan vara fel. Det är de citerade orden som gäller.",
        "Citaten är ordagranna; bara radbrytningar och extra mellanrum är borttagna. Läs dem i sitt sammanhang i handlingen.",
    ),
    filters="Begränsat till",
    filter_names={
        "document": "handling",
        "municipality": "kommun",
        "body": "organ",
        "kind": "handlingstyp",
        "year": "år",
        "status": "status",
    },
    link="Läs orden i handlingen",
    file_name="radslag-samtal",
    label="Ta med samtalet",
    copy="Kopiera med källor",
    copied="Svaret med källor är kopierat.",
    not_copied="Webbläsaren tillät inte kopieringen. Markera svaret och kopiera det själv.",
    word="Hämta som Word",
    markdown="Hämta som Markdown",
    nothing="Det finns inget svar att hämta ännu.",
)

ENGLISH = ExportWords(
    title="Conversation with Rådslag",
    exported="Exported",
    notices=(
        "The answers are made automatically from the municipality’s documents and can be wrong. The quoted words are what counts.",
        "The quotes are verbatim, but for line breaks and spaces. Read them in their context in the document.",
    ),
    filters="Narrowed to",
    filter_names={
        "document": "document",
        "municipality": "municipality",
        "body": "body",
        "kind": "kind of document",
        "year": "year",
        "status": "status",
    },
    link="Read the words in the document",
    file_name="radslag-conversation",
    label="Take the conversation with you",
    copy="Copy with sources",
    copied="The answer with its sources is copied.",
    not_copied="The browser did not allow the copying. Select the answer and copy it yourself.",
    word="Download as Word",
    markdown="Download as Markdown",
    nothing="There is no answer to download yet.",
)


def export_words(language: Language) -> ExportWords:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH
