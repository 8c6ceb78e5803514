"""Kinds of question, the standing asked for, and whether what holds now is meant."""

from __future__ import annotations

import pytest

from assistant.kinds import (
    Kind,
    asks_count,
    asks_now,
    asks_when_decided,
    kind_of,
    share_asked,
    standing_of,
    tells_share,
)
from ingest.model import Row, Status


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Vad gav nämnden i bidrag till marknaden 2018?", Kind.AMOUNT),
        ("Vad beräknades gratis lunch åt alla elever kosta om året?", Kind.AMOUNT),
        ("grundavgift fritidshus 2018", Kind.AMOUNT),
        ("How far from school must a pupil live?", Kind.AMOUNT),
        ("What percentage of the chair's pay does the deputy get?", Kind.AMOUNT),
        ("nar borjar den nya taxan galla", Kind.WHEN),
        ("Från och med vilken dag gäller taxan?", Kind.WHEN),
        ("Until what date was the block reserved?", Kind.WHEN),
        ("latest day to apply for school transport", Kind.WHEN),
        ("Vilken nämnd ansvarar för badet?", Kind.WHO),
        ("Which company was awarded the traffic?", Kind.WHO),
        ("Vad menas med bruttoarea när kommunen säljer mark?", Kind.DEFINITION),
        ("What counts as a holiday home?", Kind.DEFINITION),
        ("Hur gick det egentligen med motionen om solceller?", Kind.DECISION),
        ("Did the council say yes or no to the motion?", Kind.DECISION),
        ("Hur föll rösterna i fullmäktige?", Kind.VOTE),
        ("By what margin did 20 per cent beat 30 per cent?", Kind.VOTE),
        ("Hur många var för och hur många var emot?", Kind.VOTE),
        ("Hur många var för unga för att söka bidraget?", Kind.AMOUNT),
        ("How many were for sale?", Kind.AMOUNT),
        ("Vilka krav ställdes på fordonen?", Kind.LIST),
        ("Och på vilka villkor?", Kind.CONDITION),
        ("What must the club hand in for the guarantee?", Kind.CONDITION),
        ("Blir det dyrare för medlemmarna?", Kind.YES_NO),
        ("Ingår resan till simhallen?", Kind.YES_NO),
        ("If we share a bin, can we pay one fee?", Kind.YES_NO),
        ("Var ligger badet?", Kind.OTHER),  # "var" asks where, here
        ("Hur dags måste tunnan vara ute?", Kind.WHEN),
        ("How late may I cancel a meal?", Kind.WHEN),
        ("Vilken politiker ville sänka arvodet?", Kind.WHO),
        ("Which two councillors dissented?", Kind.WHO),
        ("Vad heter firman som lade om taket?", Kind.WHO),
        ("In what ways may land be handed out?", Kind.LIST),
        ("What made it impossible to open in May?", Kind.WHY),
        ("Vad berodde det på?", Kind.WHY),
        ("Vad kostar bussen, och är den gratis för barn?", Kind.AMOUNT),
        ("När öppnar badet, kan du säga det?", Kind.WHEN),
        ("Vilka ledamöter, var för sig, reserverade sig?", Kind.WHO),
        ("Vilka reserverade sig?", Kind.WHO),
        ("Vilka i nämnden yrkade avslag?", Kind.WHO),
        ("What rules does the municipality have?", Kind.OTHER),
        ("What did the council say about parking?", Kind.OTHER),
        ("Vilka bidrag kan föreningar söka?", Kind.LIST),
        ("Vilka lokaler får föreningarna hyra?", Kind.LIST),
        ("Vilka personuppgifter lagras?", Kind.LIST),
        ("Vad går förslaget ut på?", Kind.OTHER),
        ("Vilken firma valdes när golvet lades om?", Kind.WHO),
        ("Från och till när är badet öppet?", Kind.WHEN),
        ("The bath has been closed: when does it open?", Kind.WHEN),
        ("Vad var argumenten mot förslaget?", Kind.WHY),
        ("Kan du säga när badet öppnar?", Kind.WHEN),
        ("Vet ni vem som äger hallen?", Kind.WHO),
        ("Hej, jag undrar vad en plats kostar", Kind.AMOUNT),
        ("Could you please tell me when the bath opens?", Kind.WHEN),
        ("I'd like to know how much a place costs.", Kind.AMOUNT),
        ("When's the bath open?", Kind.WHEN),
        ("Can a club get a grant for work that has begun?", Kind.YES_NO),
        ("Was the club granted money?", Kind.DECISION),
        ("Which party proposed the increase?", Kind.WHO),
        ("What is the reason for the increase?", Kind.WHY),
        ("What was the total rent?", Kind.AMOUNT),
        ("Vad gick konsulterna lös på?", Kind.AMOUNT),
        ("Hur slutade motionen om högre ersättning?", Kind.DECISION),
        ("Vad blev resultatet av medborgarförslaget om bänkar?", Kind.DECISION),
        ("Vad blev resultatet för 2019?", Kind.AMOUNT),
        ("Vad hände med kulturskolans avgifter?", Kind.DECISION),
        ("Vad svarade kommunen på medborgarförslaget?", Kind.DECISION),
        ("Hur ställde sig fullmäktige till motionen?", Kind.DECISION),
        ("Vann motionen om bänkar gehör?", Kind.DECISION),
        ("Blev motionen bifallen?", Kind.DECISION),
        ("Är motionen avgjord?", Kind.DECISION),
        ("Har medborgarförslaget besvarats?", Kind.DECISION),
        ("Röstades motionen ner?", Kind.DECISION),
        ("Hur röstade man om motionen?", Kind.VOTE),
        ("Hur röstade partierna när motionen röstades ner?", Kind.VOTE),
        ("What came of the motion?", Kind.DECISION),
        ("Did the motion pass?", Kind.DECISION),
        ("How did the citizen's proposal fare?", Kind.DECISION),
        ("How was the motion dealt with?", Kind.DECISION),
        ("Did the council accept the proposal?", Kind.DECISION),
        ("By what margin was the motion decided?", Kind.VOTE),
        ("Varför avslogs motionen?", Kind.WHY),
        ("Vem väckte motionen?", Kind.WHO),
        ("Vilka sitter i valnämnden?", Kind.WHO),
        ("Vilka ska sitta i styrelsen?", Kind.WHO),
        ("Vilka röstade emot markanvisningen?", Kind.WHO),
        ("Who voted against the land allocation?", Kind.WHO),
        ("How many voted against the land allocation?", Kind.VOTE),
        ("Höjdes avgiften 2025?", Kind.YES_NO),
        ("Skrivs barnet upp då?", Kind.YES_NO),
        ("Ställde nämnden krav på bältena?", Kind.YES_NO),
        ("Ordförande nämnden?", Kind.OTHER),
        ("Avgifter biblioteket", Kind.AMOUNT),
        ("Vilka två skrev på för kommunens del?", Kind.WHO),
        ("What surplus was there once the council had voted?", Kind.AMOUNT),
        ("Hur lång var omvägen när bron stängdes?", Kind.OTHER),
        ("Vilken dag bestämdes de priser som gäller?", Kind.WHEN),
        ("Var ligger taket för lånen?", Kind.AMOUNT),
        ("Vad gjorde nämnden med motionen?", Kind.DECISION),
        ("What did the council do about the motion?", Kind.DECISION),
        ("What kinds of payment are there?", Kind.LIST),
        ("What does the agreement have to cover?", Kind.LIST),
        ("Vilka verksamheter ingår i nämndens ansvar?", Kind.LIST),
    ],
)
def test_kind(question: str, kind: Kind) -> None:
    assert kind_of(question) is kind


@pytest.mark.parametrize(
    ("question", "standing"),
    [
        ("Vilken avgift föreslog förvaltningen?", Status.FÖRSLAG),
        ("What had the executive board wanted instead? What did it propose?", Status.FÖRSLAG),
        ("Vad beslutade fullmäktige?", Status.BESLUT),
        ("What did the council decide?", Status.BESLUT),
        ("Vad beslutade fullmäktige om förslaget att bygga en skola?", Status.BESLUT),
        ("Vad beslutade fullmäktige om e-förslag?", Status.BESLUT),
        ("Hur löd beslutet om förslaget?", Status.BESLUT),
        ("What did the council decide about the proposal to build a school?", Status.BESLUT),
        ("What was decided about the proposed fee?", Status.BESLUT),
        ("Vad beslutade styrelsen föreslå fullmäktige?", Status.FÖRSLAG),
        ("Vad beslutade styrelsen att föreslå?", Status.FÖRSLAG),
        ("What did the board decide to propose?", Status.FÖRSLAG),
        ("What has the board decided to recommend?", Status.FÖRSLAG),
        ("Vad handlar förslag om?", Status.FÖRSLAG),
        ("Vad handlar e-förslag om?", None),  # a thing of that name, nothing proposed
        ("Vad tyckte nämnden om motionen?", Status.YTTRANDE),
        ("Var ligger badet?", None),
        ("Vem fick igenom att avgiften sänktes?", Status.FÖRSLAG),
        ("Which councillor got the fee raised?", Status.FÖRSLAG),
        ("Vem beslutade om avgiften?", Status.BESLUT),
        ("Did the council accept the citizen's proposal?", Status.BESLUT),
        ("What became of the proposal?", Status.BESLUT),
        ("Vad hände med yrkandet om avgiften?", Status.BESLUT),
        ("Who entered a reservation against the decision on the motion?", Status.YTTRANDE),
        ("Vilka reserverade sig mot beslutet om motionen?", Status.YTTRANDE),
        ("Hur mycket beviljade kommunstyrelsen till badet?", Status.BESLUT),
        ("När bestämde styrelsen föreslå fullmäktige en höjning?", Status.FÖRSLAG),
    ],
)
def test_standing(question: str, standing: Status | None) -> None:
    assert standing_of(question) is standing


def test_what_holds_now() -> None:
    assert asks_now("Vad kostar en portion numera?")
    assert asks_now("What is the ceiling today?")
    assert not asks_now("Vad kostade en portion 2019?")
    assert not asks_now("Vad vet nämnden?")  # "nu" is no part of another word
    assert asks_now("Vem är kommunstyrelsens ordförande?")
    assert asks_now("Who is the chair of the council?")
    assert not asks_now("Vem var kommundirektör?")
    assert not asks_now("Vem är motionären?")


@pytest.mark.parametrize(
    ("question", "when_decided"),
    [
        ("När beslutade fullmäktige om taxan?", True),
        ("När avgjordes motionen?", True),
        ("När har reglerna antagits?", True),
        ("När tog nämnden beslutet?", True),
        ("I vilken paragraf behandlades motionen?", True),
        ("On what date did the council adopt the plan?", True),
        ("When was the motion rejected?", True),
        ("När börjar reglerna som antogs 2016 att gälla?", False),
        ("When do the fees decided in 2019 apply?", False),
        ("När öppnar badet?", False),
        ("Vem beslutade om taxan?", False),
    ],
)
def test_the_day_of_a_decision(question: str, when_decided: bool) -> None:
    assert asks_when_decided(question) is when_decided


def test_the_figures_of_a_vote() -> None:
    assert asks_count("Hur många röstade för?")
    assert asks_count("By what margin did it pass?")
    assert not asks_count("How did the council vote on it?")


@pytest.mark.parametrize(
    ("question", "tells", "does_not"),
    [
        ("Hur hög är kommunalskatten?", "Skattesatsen är 21:75 kronor.", "Bidraget är 21 procent."),
        (
            "Vilken ränta löper lånet med?",
            "Räntan är 2 procent.",
            "Lånet är 2 miljoner kronor, och räntan betalas i juni.",
        ),
        ("What is the interest rate?", "Lånet löper med 1,5 procents ränta.", "Räntan betalas i juni."),
        (
            "Hur stor andel av kostnaden betalar staten?",
            "Staten betalar två tredjedelar.",
            "Staten betalar 4 000 kronor.",
        ),
        ("What percentage does the club pay?", "Föreningen betalar 30 % av hyran.", "Föreningen betalar hyran."),
    ],
)
def test_a_share_that_is_asked_for_is_told_by_one(question: str, tells: str, does_not: str) -> None:
    share = share_asked(question)
    assert share is not None
    assert tells_share(share, None, tells)
    assert not tells_share(share, None, does_not)


def test_a_row_tells_a_share_by_its_cells_or_its_columns() -> None:
    share = share_asked("Hur stor andel betalar kommunen?")
    assert share is not None
    assert tells_share(share, Row(("Kommunen", "30"), ("Part", "Procent")), "Kommunen | 30")
    assert not tells_share(share, Row(("Kommunen", "30"), ("Part", "Kronor")), "Kommunen | 30")


@pytest.mark.parametrize("question", ["Vad kostar badet?", "Who pays half?", "Vilket aktiekapital har bolaget?"])
def test_other_questions_ask_for_no_share(question: str) -> None:
    assert share_asked(question) is None
