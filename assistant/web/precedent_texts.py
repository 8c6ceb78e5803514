"""Every fixed word of the view of precedents, in Swedish and English. `{…}` is filled in by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.model import Language
from ingest.matters import Role


@dataclass(frozen=True)
class PrecedentTexts:
    """The words of one language."""

    title: str
    intro: str
    describe: str
    describe_hint: str
    search: str
    choose: str
    choose_hint: str
    matching: str
    more_matching: str
    none_matching: str
    # messages
    searching: str
    empty: str
    too_long: str
    no_choice: str
    gone: str
    failed: str
    found: str
    found_one: str
    # what was found
    alike: str
    alike_document: str
    unlike: str
    unlike_hint: str
    read: str
    decided: str  # before the outcome
    no_outcome: str
    condition: str
    course: str
    body: str
    municipality: str
    undated: str
    # the plot
    timeline: str
    timeline_hint: str
    as_table: str
    matter: str
    date: str
    step: str
    outcome: str
    roles: Mapping[Role, str]


SWEDISH = PrecedentTexts(
    title="Prejudikat",
    intro="Har vi haft ett liknande ärende förut? Beskriv ärendet eller välj en handling. Du får de tidigare ärenden som liknar "
    "det mest, med utfall, villkor och belopp.",
    describe="Beskriv ärendet",
    describe_hint="Till exempel: kommunal borgen för en förenings lån till en idrottshall",
    search="Sök prejudikat",
    choose="Eller utgå från en handling",
    choose_hint="Ord ur rubriken, diarienumret eller filnamnet",
    matching="Välj en handling",
    more_matching="{total} handlingar passar; de {shown} senaste visas. Skriv fler ord för att hitta andra.",
    none_matching="Ingen handling har de orden i rubrik, diarienummer eller filnamn.",
    searching="Söker bland tidigare ärenden …",
    empty="Beskriv ärendet med några ord först.",
    too_long="Beskrivningen har {length} tecken. Högst {most} går att söka på; korta den.",
    no_choice="Välj en handling först.",
    gone="Handlingen finns inte längre bland dem som är inlästa. Välj en annan.",
    failed="Sökningen misslyckades på grund av ett fel i programmet. Försök igen, eller kontakta den som sköter det.",
    found="{count} tidigare ärenden.",
    found_one="Ett tidigare ärende.",
    alike="Tidigare ärenden som liknar det du beskrev",
    alike_document="Tidigare ärenden som liknar handlingen",
    unlike="Närmast, men inte likt",
    unlike_hint="Det här är det närmaste som finns. Det bör inte användas som prejudikat utan att du läst det.",
    read="Läs i handlingen",
    decided="Utfall",
    no_outcome="Utfallet framgår inte av handlingarna",
    condition="Villkor",
    course="Ärendets gång",
    body="Organ",
    municipality="Kommun",
    undated="Utan datum",
    timeline="När ärendena hanterades",
    timeline_hint="Varje rad är ett ärende, från första till sista steg.",
    as_table="Tidslinjen som tabell",
    matter="Ärende",
    date="Datum",
    step="Steg",
    outcome="Utfall",
    roles={role: role.value for role in Role},
)

ENGLISH = PrecedentTexts(
    title="Precedents",
    intro="Have we had a matter like this before? Describe the matter or choose a document. You get the earlier matters most like it, "
    "with their outcome, conditions and amounts.",
    describe="Describe the matter",
    describe_hint="For example: municipal guarantee for a club’s loan to build a sports hall",
    search="Find precedents",
    choose="Or start from a document",
    choose_hint="Words of its title, registration number or file name",
    matching="Choose a document",
    more_matching="{total} documents match; the latest {shown} are shown. Write more words to find others.",
    none_matching="No document has those words in its title, registration number or file name.",
    searching="Searching earlier matters …",
    empty="Describe the matter in a few words first.",
    too_long="The description has {length} characters. At most {most} can be searched for; shorten it.",
    no_choice="Choose a document first.",
    gone="The document is no longer among those read in. Choose another.",
    failed="The search failed because of a fault in the program. Try again, or contact whoever runs it.",
    found="{count} earlier matters.",
    found_one="One earlier matter.",
    alike="Earlier matters like the one you described",
    alike_document="Earlier matters like the document",
    unlike="Nearest, but not alike",
    unlike_hint="This is the nearest there is. Don’t use it as a precedent without reading it.",
    read="Read in the document",
    decided="Outcome",
    no_outcome="The documents don’t say what the outcome was",
    condition="Condition",
    course="Course of the matter",
    body="Body",
    municipality="Municipality",
    undated="Without a date",
    timeline="When the matters were dealt with",
    timeline_hint="Each row is a matter, from its first to its last step.",
    as_table="The timeline as a table",
    matter="Matter",
    date="Date",
    step="Step",
    outcome="Outcome",
    roles={
        Role.INITIATIV: "initiative",
        Role.FÖRSLAG: "proposal",
        Role.BEREDNING: "preparation",
        Role.BESLUT: "decision",
        Role.ÄNDRING: "change",
        Role.UPPFÖLJNING: "follow-up",
        Role.HANDLING: "paper",
    },
)


def precedent_texts(language: Language) -> PrecedentTexts:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH
