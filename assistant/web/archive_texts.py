"""Every fixed word of the view of documents, in Swedish and English. `{…}` is filled in by the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.model import Language
from ingest.uploads import Reason


@dataclass(frozen=True)
class ArchiveTexts:
    """The words of one language."""

    title: str
    intro: str
    # the list
    search: str
    search_hint: str
    previous: str
    next: str
    shown: str  # which of how many
    shown_none: str
    read: str
    original: str
    untitled: str
    undated: str
    failed: str
    # what is covered
    covered: str
    covered_hint: str
    nothing: str
    by_year: str
    by_body: str
    by_body_hint: str
    by_kind: str
    by_municipality: str
    documents: str
    year: str
    body: str
    kind: str
    municipality: str
    unknown: str
    others: str
    total: str
    # gaps
    gaps: str
    gaps_hint: str
    no_gaps: str
    empty_years: str
    without_date: str
    minutes: str
    minutes_hint: str
    minutes_held: str
    extracts_only: str
    missing: str
    before: str  # "§§ 1–9 (före 2024-02-12)"
    between: str
    within: str
    more: str
    # ingests
    ingests: str
    no_ingest: str
    last: str
    earlier: str
    counts: str
    no_failures: str
    failures: str
    notes: str
    file: str
    reason: str
    remedy: str
    going: str
    going_waits: str
    cut_off: str
    refresh: str
    # uploads
    upload: str
    upload_hint: str
    limits: str
    files: str
    whose: str
    send: str
    no_files: str
    too_many: str
    sending: str  # of one file: name and how many of how many
    reading: str
    reading_failed: str
    outcome: str
    taken: str
    not_taken: str
    refusals: Mapping[str, str]
    uploaded: str
    none_uploaded: str
    forget: str
    forget_sure: str
    forgotten: str
    forget_failed: str
    not_allowed: str


SWEDISH = ArchiveTexts(
    title="Dokument",
    intro="Det här är handlingarna som svaren bygger på. Sök bland dem, se vad de täcker och vad som saknas.",
    search="Sök handling",
    search_hint="Ord ur rubriken, diarienumret eller filnamnet",
    previous="Föregående",
    next="Nästa",
    shown="{first}–{last} av {total} handlingar",
    shown_none="Inga handlingar passar.",
    read="Läs",
    original="Originalet",
    untitled="Handling utan rubrik",
    undated="Utan datum",
    failed="Handlingarna kan inte visas på grund av ett fel i programmet. Försök igen, eller kontakta den som sköter det.",
    covered="Vad som täcks",
    covered_hint="Antal handlingar. Filtren ovan gäller även här.",
    nothing="Inga handlingar passar filtren.",
    by_year="Per år",
    by_body="Per organ och år",
    by_body_hint="Ju starkare färg, desto fler handlingar. Ett streck betyder inga.",
    by_kind="Per slag",
    by_municipality="Per kommun",
    documents="Handlingar",
    year="År",
    body="Organ",
    kind="Slag",
    municipality="Kommun",
    unknown="okänt",
    others="övriga",
    total="Summa",
    gaps="Luckor",
    gaps_hint="Det som saknas här kan Rådslag inte svara på.",
    no_gaps="Inga luckor märks: varje år har handlingar, alla har datum, och protokollens paragrafer är obrutna.",
    empty_years="År utan handlingar: {years}.",
    without_date="Handlingar utan datum: {count}",
    minutes="Paragrafer som saknas i protokollen ({count} år)",
    minutes_hint="Ett organ numrerar paragraferna från 1 varje år. Nummer som saknas hör till protokoll, eller delar av dem, som inte är inlästa.",
    minutes_held="Protokoll",
    extracts_only="Bara utdrag",
    missing="Saknade paragrafer",
    before="före {date}",
    between="mellan {after} och {before}",
    within="inom {date}",
    more="och {count} till",
    ingests="Senaste inläsning",
    no_ingest="Ingen inläsning är antecknad.",
    last="Inläst {time} från {paths}",
    earlier="Tidigare inläsning med fel: {time} från {paths}",
    counts="{added} nya, {updated} ändrade, {unchanged} oförändrade, {removed} borttagna, {failed} misslyckade",
    no_failures="Inget misslyckades.",
    failures="Misslyckade ({count})",
    notes="Anmärkningar ({count})",
    file="Fil",
    reason="Orsak",
    remedy="Åtgärd",
    going="En inläsning pågår: {done} av {total} handlingar.",
    going_waits="Nu läses",
    cut_off="En inläsning som började {time} avbröts efter {done} av {total} handlingar. Nästa inläsning fortsätter där.",
    refresh="Uppdatera",
    upload="Ladda upp handlingar",
    upload_hint="Handlingarna läses in direkt och kan sedan sökas av alla som når den här sidan. Ladda inte upp sekretess.",
    limits="{kinds}. Högst {megabytes} MB per fil och {files} filer åt gången.",
    files="Filer",
    whose="Kommun",
    send="Ladda upp och läs in",
    no_files="Välj minst en fil först.",
    too_many="Välj högst {files} filer åt gången.",
    sending="Laddar upp {name} ({number} av {total}) …",
    reading="Läser in …",
    reading_failed="Filerna är uppladdade men kunde inte läsas in nu. De läses in nästa gång en inläsning körs.",
    outcome="Resultat av uppladdningen",
    taken="Inläst",
    not_taken="Inte inläst",
    refusals={
        Reason.KIND: "Filer av det slaget läses inte. Spara handlingen som PDF, .docx eller .odt.",
        Reason.CONVERT: "Filer av det slaget läses inte. Öppna filen i programmet den kommer från och spara den som PDF, .docx eller .odt.",
        Reason.SIZE: "Filen är för stor. Dela den, eller spara den med mindre bilder.",
        Reason.EMPTY: "Filen är tom. Kontrollera den och välj den igen.",
        Reason.COUNT: "För många uppladdade filer väntar på att läsas in. Försök igen om en stund.",
        Reason.SAME: "Samma fil är redan uppladdad.",
        Reason.DISK: "Filen kunde inte sparas. Kontakta den som sköter programmet.",
        "role": "Du har inte behörighet att ladda upp. Logga in igen.",
        "other": "Uppladdningen avbröts. Försök igen.",
    },
    uploaded="Uppladdade handlingar",
    none_uploaded="Inga handlingar är uppladdade.",
    forget="Glöm",
    forget_sure="Ja, glöm och radera",
    forgotten="Handlingen är glömd och filen raderad.",
    forget_failed="Handlingen kunde inte glömmas. Försök igen, eller kontakta den som sköter programmet.",
    not_allowed="Du har inte behörighet till det. Logga in igen.",
)

ENGLISH = ArchiveTexts(
    title="Documents",
    intro="These are the documents the answers rest on. Search among them, see what they cover and what is missing.",
    search="Find a document",
    search_hint="Words of its title, registration number or file name",
    previous="Previous",
    next="Next",
    shown="{first}–{last} of {total} documents",
    shown_none="No documents match.",
    read="Read",
    original="The original",
    untitled="Document without a title",
    undated="Without a date",
    failed="The documents can’t be shown because of a fault in the program. Try again, or contact whoever runs it.",
    covered="What is covered",
    covered_hint="Numbers of documents. The filters above hold here too.",
    nothing="No documents match the filters.",
    by_year="By year",
    by_body="By body and year",
    by_body_hint="The stronger the colour, the more documents. A dash means none.",
    by_kind="By kind",
    by_municipality="By municipality",
    documents="Documents",
    year="Year",
    body="Body",
    kind="Kind",
    municipality="Municipality",
    unknown="unknown",
    others="others",
    total="Total",
    gaps="Gaps",
    gaps_hint="Rådslag can’t answer from what is missing here.",
    no_gaps="No gaps are noticed: every year has documents, all have dates, and the sections of the minutes are unbroken.",
    empty_years="Years without documents: {years}.",
    without_date="Documents without a date: {count}",
    minutes="Sections (§) missing from the minutes ({count} years)",
    minutes_hint="A body numbers the sections of its minutes from 1 each year. Missing numbers belong to minutes, or parts of them, that have not been read in.",
    minutes_held="Minutes",
    extracts_only="Extracts only",
    missing="Missing sections",
    before="before {date}",
    between="between {after} and {before}",
    within="within {date}",
    more="and {count} more",
    ingests="Last ingest",
    no_ingest="No ingest is on record.",
    last="Read in {time} from {paths}",
    earlier="Earlier ingest with failures: {time} from {paths}",
    counts="{added} added, {updated} changed, {unchanged} unchanged, {removed} removed, {failed} failed",
    no_failures="Nothing failed.",
    failures="Failed ({count})",
    notes="Notes ({count})",
    file="File",
    reason="Reason",
    remedy="What to do",
    going="An ingest is going on: {done} of {total} documents.",
    going_waits="Being read now",
    cut_off="An ingest that began {time} was cut off after {done} of {total} documents. The next one goes on from there.",
    refresh="Refresh",
    upload="Upload documents",
    upload_hint="The documents are read in at once, and then anyone who can reach this page can search them. Don’t upload anything secret.",
    limits="{kinds}. At most {megabytes} MB a file and {files} files at a time.",
    files="Files",
    whose="Municipality",
    send="Upload and read in",
    no_files="Choose at least one file first.",
    too_many="Choose at most {files} files at a time.",
    sending="Uploading {name} ({number} of {total}) …",
    reading="Reading in …",
    reading_failed="The files are uploaded but could not be read in now. The next ingest reads them.",
    outcome="Outcome of the upload",
    taken="Read in",
    not_taken="Not read in",
    refusals={
        Reason.KIND: "Files of that kind aren’t read. Save the document as PDF, .docx or .odt.",
        Reason.CONVERT: "Files of that kind aren’t read. Open the file in the program it came from and save it as PDF, .docx or .odt.",
        Reason.SIZE: "The file is too large. Split it, or save it with smaller pictures.",
        Reason.EMPTY: "The file is empty. Check it and choose it again.",
        Reason.COUNT: "Too many uploaded files are waiting to be read in. Try again in a while.",
        Reason.SAME: "The same file has been uploaded already.",
        Reason.DISK: "The file could not be saved. Contact whoever runs the program.",
        "role": "You aren’t allowed to upload. Log in again.",
        "other": "The upload was cut off. Try again.",
    },
    uploaded="Uploaded documents",
    none_uploaded="No documents have been uploaded.",
    forget="Forget",
    forget_sure="Yes, forget and delete",
    forgotten="The document is forgotten and its file deleted.",
    forget_failed="The document could not be forgotten. Try again, or contact whoever runs the program.",
    not_allowed="You aren’t allowed to do that. Log in again.",
)


def archive_texts(language: Language) -> ArchiveTexts:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH
