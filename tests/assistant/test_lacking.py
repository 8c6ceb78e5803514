"""What holds no such thing as is asked for answers nothing."""

from __future__ import annotations

import pytest

from assistant.lacking import lacks
from assistant.question import understand
from tests.assistant.test_answer import found


@pytest.mark.parametrize(
    ("question", "told", "lacking"),
    [
        ("Hur mycket kostar en plats i ställkorgen?", ("Platsen betalas i förskott.",), True),
        ("Hur mycket kostar en plats i ställkorgen?", ("Platsen är gratis.",), False),
        ("Vad kostar en plats 2019?", ("Priset för 2019 är inte bestämt än, utan kommer senare.",), False),
        ("Vad kostar en plats 2019?", ("Priset för 2019 bestäms senare.",), True),
        ("Hur många kronor är böterna?", ("Den som eldar kan dömas till böter enligt 10 kap. 3 § lagen.",), True),
        ("Hur många kronor är böterna?", ("Böterna är 400 kronor.",), False),
        ("Hur många stolpar har satts upp?", ("Längs vägen står sjutton reflexstolpar.",), False),
        ("How many pupils go to the school?", ("Skolan har 38 elever.",), False),
        ("Vilka 41 föreningar fick bidrag?", ("41 föreningar fick bidrag.",), True),
        ("Vilka 41 föreningar fick bidrag?", ("41 föreningar fick bidrag.", "Ekens IF fick mest."), False),
        ("Which two weekdays is the office open?", ("Kontoret är öppet minst två dagar i veckan.",), True),
        ("Which two weekdays is the office open?", ("Kontoret är öppet tisdag och torsdag.",), False),
        ("Vilka tre byar får fiber?", ("Tre byar får fiber och en får vänta.",), True),
        ("Vilka tre byar får fiber?", ("Ekby, Alby och Åby får fiber.",), False),
        ("Hur många röstade för motionen?", ("Motionen avslås.",), True),
        ("Hur många röstade för motionen?", ("Motionen avslås med sju röster mot sex.",), False),
        ("Hur många röstade för motionen?", ("Motionen avslås utan omröstning.",), False),
        ("How did the council vote on the motion?", ("Motionen avslås.",), False),  # no figures are asked for
        ("Vilka byar får fiber?", ("Alla byar får fiber.",), False),  # no number of them is asked for
        ("Vilken skattesats gäller?", ("Skatten höjs inte.", "Budgeten är 40 miljoner kronor."), True),
        ("Vilken skattesats gäller?", ("Skattesatsen är 21:75.",), False),
        ("Hur många procent betalar kommunen?", ("Kommunen betalar 4 000 kronor.",), True),
        ("Hur många procent betalar kommunen?", ("Kommunen betalar hälften.",), False),
        ("Vilka ledamöter avstod från att rösta?", ("Ulla Ek reserverar sig.",), True),
        ("Vilka ledamöter avstod från att rösta?", ("Ulla Ek avstår.",), False),
        ("När vann beslutet laga kraft?", ("Beslutet fattades den 4 maj 2020.",), True),
        ("När vann beslutet laga kraft?", ("Beslutet vann laga kraft den 4 juni 2020.",), False),
    ],
)
def test_an_answer_holds_the_quantity_or_the_names_that_are_asked_for(
    question: str, told: tuple[str, ...], lacking: bool
) -> None:
    where = found(*told)
    (ask,) = understand(question).asks
    assert lacks(ask, [(where, where.passage.sentences)]) is lacking


def test_what_a_row_counts_stands_in_its_label_or_its_columns() -> None:
    where = found("Stolpar | 17", rows=1)
    (ask,) = understand("Hur många kronor kostar en stolpe?").asks
    assert not lacks(ask, [(where, where.passage.sentences)])
