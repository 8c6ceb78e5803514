"""The words of the Quality view, in Swedish and English: what the figures of an evaluation mean for one who reads answers."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.model import Language


@dataclass(frozen=True)
class QualityWords:
    """The words of one language; `{…}` is filled in by the view."""

    title: str
    lead: str
    published: str  # of the questions of the evaluation that comes with the program
    measures: dict[str, tuple[str, str]]  # by metric: a sentence with {share} of 100, and what it means for the reader
    between: str
    advice: str
    same_title: str
    same: str
    changed: str
    other_documents: str
    parts: dict[str, str]  # what a fingerprint is of
    part: str
    evaluated: str
    running: str
    fingerprint: str
    equal: str
    unequal: str
    language_title: str
    languages: dict[str, str]
    grade_title: str
    grade_lead: str
    grades: dict[str, str]
    kind_title: str
    kind_lead: str
    kinds: dict[str, str]
    questions: str
    of_hundred: str
    interval: str
    count: str
    method_title: str
    method: tuple[str, ...]
    few: str
    counted: dict[str, str]  # by metric, what its n counts
    missing: str


SWEDISH = QualityWords(
    title="Hur bra är svaren?",
    lead=("Programmet har fått {questions} frågor vars svar är kända. Så här gick det den {date}."),
    published=(
        "Frågorna hölls undan när programmet byggdes. De gäller handlingar från Köpings kommun och från den påhittade Exempelkommun."
    ),
    measures={
        "correct": (
            "Av 100 frågor hanteras {share} rätt.",
            "Rätt är ett rätt svar, eller beskedet att handlingarna inte svarar när de inte gör det.",
        ),
        "answer_precision": (
            "Av 100 svar som ges är {share} rätt.",
            "De andra är fel, ofullständiga eller borde ha varit beskedet att svar saknas. Läs därför alltid citatet.",
        ),
        "quote_fidelity": (
            "Av 100 citat står {share} ordagrant i handlingen.",
            "Det som visas som citat är handlingens egna ord. Att orden är rätt återgivna betyder inte att de svarar på frågan.",
        ),
        "status_accuracy": (
            "Av 100 svar säger {share} rätt om orden är förslag, beslut eller något annat.",
            "Står det Förslag vet man inte av de orden vad som beslutades.",
        ),
        "abstention_recall": (
            "Av 100 frågor som handlingarna inte besvarar får {share} beskedet att svar saknas.",
            "De andra får ett svar som de inte borde ha fått.",
        ),
        "abstention_precision": (
            "Av 100 besked att svar saknas är {share} riktiga.",
            "Till de andra fanns svaret i handlingarna. Ett sådant besked är alltså inget bevis: fråga med andra ord, eller leta själv.",
        ),
    },
    between="Troligen mellan {low} och {high}. Räknat på {n} {counted}.",
    advice="Siffrorna säger hur ofta det går bra, inte om just ditt svar är rätt. Det visar bara citatet.",
    same_title="Gäller siffrorna det här programmet?",
    same="Ja. Program, handlingar, sökmodell och inställningar är desamma som när utvärderingen gjordes.",
    changed="Inte säkert. Sedan utvärderingen har detta ändrats: {parts}.",
    other_documents="Frågorna ställdes till andra handlingar än de som genomsöks här. Hur bra svaren blir på dessa är inte mätt.",
    parts={
        "code": "programmet",
        "corpus": "handlingarna",
        "model": "sökmodellen",
        "settings": "inställningarna",
        "libraries": "programbiblioteken",
    },
    part="Del",
    evaluated="Utvärderat",
    running="Nu",
    fingerprint="Fingeravtryck",
    equal="lika",
    unequal="ändrat",
    language_title="Efter frågans språk",
    languages={"sv": "svenska", "en": "engelska"},
    grade_title="När handlingarna inte svarar",
    grade_lead="Ju närmare handlingarna kommer frågan, desto svårare är det att märka att svaret saknas.",
    grades={
        "off-topic": "frågan gäller något helt annat",
        "absent": "en kommunal fråga som inte nämns",
        "fact-missing": "ämnet finns, men inte uppgiften",
    },
    kind_title="Efter slag av fråga",
    kind_lead="En fråga kan räknas till flera slag.",
    kinds={
        "amount": "belopp och antal",
        "compound": "sammansatta ord",
        "condition": "villkor",
        "cross-document": "uppgifter ur flera handlingar",
        "deadline": "sista dag",
        "decided": "när något beslutades",
        "definition": "vad något är",
        "disambiguation": "ett av flera med liknande namn",
        "ends": "när något upphör",
        "false-premise": "frågan förutsätter något som inte stämmer",
        "followup": "följdfråga",
        "in-force": "när något börjar gälla",
        "injection": "försök att styra svaret",
        "keyword": "bara sökord",
        "letterhead": "uppgift ur brevhuvudet",
        "list": "flera saker, alla ska med",
        "missing-fact": "uppgiften saknas, fast stycket finns",
        "misspelt": "felstavad fråga",
        "other-municipality": "fråga om en annan kommun",
        "private": "fråga om en enskild person",
        "signature": "vem som undertecknat",
        "status": "förslag eller beslut",
        "superseded": "beslut som ändrats senare",
        "table": "uppgift i en tabell",
        "vote": "omröstning",
        "when": "när",
        "who": "vem",
        "why": "varför",
        "wrong-year": "fråga om ett annat år",
        "yesno": "ja eller nej",
    },
    questions="Frågor",
    of_hundred="Rätt av 100",
    interval="Troligen mellan",
    count="Antal",
    method_title="Så är siffrorna gjorda",
    method=(
        "”Troligen mellan” är ett 95-procentigt intervall: gjort så täcker det i 95 fall av 100 den siffra som väldigt många frågor "
        "av samma slag skulle ge. Ju färre frågor, desto vidare. Det tar hänsyn till att frågor om samma handling går bra eller "
        "illa tillsammans.",
        "En fråga som fick programmet att stanna räknas som fel.",
        "Frågor och rätta svar är skrivna utifrån handlingarna, utan att se vad programmet svarar.",
    ),
    counted={
        "correct": "frågor",
        "answer_precision": "svar",
        "quote_fidelity": "citat",
        "status_accuracy": "svar",
        "abstention_recall": "frågor",
        "abstention_precision": "besked",
    },
    few="Grupper med färre än {least} frågor visas inte.",
    missing="Ingen utvärdering kan visas. Den som sköter programmet ser varför i serverns logg.",
)

ENGLISH = QualityWords(
    title="How good are the answers?",
    lead=("The program was put {questions} questions whose answers are known. This is how it went on {date}."),
    published=(
        "The questions were held back while the program was built. They are about documents of Köpings kommun and of the invented "
        "Exempelkommun."
    ),
    measures={
        "correct": (
            "Of 100 questions, {share} are handled rightly.",
            "Right is a right answer, or saying that the documents don’t answer when they don’t.",
        ),
        "answer_precision": (
            "Of 100 answers that are given, {share} are right.",
            "The others are wrong, incomplete, or should have said that there is no answer. So always read the quote.",
        ),
        "quote_fidelity": (
            "Of 100 quotes, {share} stand word for word in the document.",
            "What is shown as a quote is the document’s own words. That they are given rightly doesn’t mean that they answer the question.",
        ),
        "status_accuracy": (
            "Of 100 answers, {share} say rightly whether the words are a proposal, a decision or something else.",
            "Where it says Proposal, those words don’t tell what was decided.",
        ),
        "abstention_recall": (
            "Of 100 questions that the documents don’t answer, {share} are told so.",
            "The others get an answer that they should not have got.",
        ),
        "abstention_precision": (
            "Of 100 times that the program says there is no answer, it is right {share} times.",
            "The other times the documents had the answer. So it proves nothing: ask in other words, or look yourself.",
        ),
    },
    between="Probably between {low} and {high}. Counted over {n} {counted}.",
    advice="The figures say how often it goes well, not whether your answer is right. Only the quote shows that.",
    same_title="Do the figures hold for this program?",
    same="Yes. Program, documents, search model and settings are those that were evaluated.",
    changed="Not for sure. Since the evaluation, this has changed: {parts}.",
    other_documents="The questions were put to other documents than those searched here. How good the answers are on these has not been measured.",
    parts={
        "code": "the program",
        "corpus": "the documents",
        "model": "the search model",
        "settings": "the settings",
        "libraries": "the program libraries",
    },
    part="Part",
    evaluated="Evaluated",
    running="Now",
    fingerprint="Fingerprint",
    equal="the same",
    unequal="changed",
    language_title="By the question’s language",
    languages={"sv": "Swedish", "en": "English"},
    grade_title="When the documents don’t answer",
    grade_lead="The nearer the documents come to the question, the harder it is to notice that the answer is missing.",
    grades={
        "off-topic": "the question is about something else altogether",
        "absent": "a municipal matter that isn’t mentioned",
        "fact-missing": "the topic is there, but not the fact",
    },
    kind_title="By kind of question",
    kind_lead="A question may count as several kinds.",
    kinds={
        "amount": "sums and numbers",
        "compound": "compound words",
        "condition": "conditions",
        "cross-document": "facts from several documents",
        "deadline": "last day",
        "decided": "when something was decided",
        "definition": "what something is",
        "disambiguation": "one of several with similar names",
        "ends": "when something ends",
        "false-premise": "the question takes something untrue for granted",
        "followup": "follow-up question",
        "in-force": "when something comes into force",
        "injection": "attempts to steer the answer",
        "keyword": "search words only",
        "letterhead": "a fact from the letterhead",
        "list": "several things, all wanted",
        "missing-fact": "the fact is missing, though the passage is there",
        "misspelt": "misspelt question",
        "other-municipality": "question about another municipality",
        "private": "question about a private person",
        "signature": "who signed",
        "status": "proposal or decision",
        "superseded": "decisions changed later",
        "table": "a fact in a table",
        "vote": "votes",
        "when": "when",
        "who": "who",
        "why": "why",
        "wrong-year": "question about another year",
        "yesno": "yes or no",
    },
    questions="Questions",
    of_hundred="Right of 100",
    interval="Probably between",
    count="Number",
    method_title="How the figures are made",
    method=(
        "“Probably between” is a 95 % interval: made like this it covers, 95 times in 100, the figure that very many questions of "
        "the same kind would give. The fewer the questions, the wider. It allows for questions about one document going well or "
        "badly together.",
        "A question that made the program stop counts as wrong.",
        "Questions and right answers were written from the documents, without seeing what the program answers.",
    ),
    counted={
        "correct": "questions",
        "answer_precision": "answers",
        "quote_fidelity": "quotes",
        "status_accuracy": "answers",
        "abstention_recall": "questions",
        "abstention_precision": "abstentions",
    },
    few="Groups with fewer than {least} questions are not shown.",
    missing="No evaluation can be shown. Whoever runs the program finds the reason in the server’s log.",
)


def quality_words(language: Language) -> QualityWords:
    """The words of `language`."""
    return ENGLISH if language == "en" else SWEDISH
