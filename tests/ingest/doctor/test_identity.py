"""Personal identity numbers: which are told from other numbers, and that none is ever shown.

All numbers are made here, with birth numbers from 980 on, which Skatteverket gives to nobody but test persons.
"""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.doctor.finding import Severity
from ingest.doctor.identity_numbers import identity_numbers, luhn, masked
from tests.ingest.doctor.conftest import TODAY, Clinic

pytestmark = pytest.mark.slow


def number(born: str, serial: int = 980, sign: str = "-", coordination: bool = False, wrong: int = 0) -> str:
    """The personnummer of a test person born on an ISO date, in 12 digits, with a checksum that is off by `wrong`."""
    year, month, day = born.split("-")
    day = f"{int(day) + 60 * coordination:02}"
    check = (luhn(f"{year[2:]}{month}{day}{serial}") + wrong) % 10
    return f"{year}{month}{day}{sign}{serial}{check}"


def found(text: str) -> list[tuple[str, bool]]:
    return [(each.masked, each.certain) for each in identity_numbers(text, TODAY)]


def test_the_checksum_is_that_of_the_published_example() -> None:
    assert luhn("811218987") == 6  # 811218-9876, the example of Skatteverket's leaflet SKV 704


LONG = number("1985-03-12")
SHORT = LONG[2:]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Anna, {LONG}, ansöker", [("19850312-••••", True)]),
        (f"Anna ({SHORT})", [("19850312-••••", True)]),
        (f"Anna {number('1985-03-12', sign='')}.", [("19850312-••••", True)]),
        (f"personnr: {number('1985-03-12', sign='')[2:]}", [("19850312-••••", True)]),
        (f"nummer {number('1985-03-12', sign='')[2:]}", [("19850312-••••", False)]),
        (f"pnr {SHORT.replace('-', ' ')}", [("19850312-••••", True)]),
        (f"rad {SHORT.replace('-', ' ')}", []),
        (f"född {SHORT.replace('-', '–')}", [("19850312-••••", True)]),
        (f"född {number('1919-03-12', sign='+')[2:]}", [("19190312-••••", True)]),
        (number("1919-03-12")[2:], [("20190312-••••", True)]),
        (number("2016-02-29")[2:], [("20160229-••••", True)]),
        (number("1985-03-12", coordination=True), [("19850372-••••", True)]),
        (number("1985-03-12", wrong=1), []),
        (f"personnummer {number('1985-03-12', wrong=1)}", [("19850312-••••", True)]),
        (f"Tfn 0221-250 00, {SHORT}", [("19850312-••••", True)]),
        (f"{SHORT}, {LONG}", [("19850312-••••", True)] * 2),
        (f"Mobil {number('1970-01-23')[2:]}", []),
        (f"OCR-nummer {number('1985-03-12', sign='')[2:]}", []),
        (f"Dnr {SHORT}", []),
        (f"Dnr {LONG}", [("19850312-••••", False)]),
        (f"faktura 4{number('1985-03-12', sign='')[2:]}", []),
        (f"2024-{SHORT}", []),
        (f"{SHORT}-2024", []),
        (f"{number('1985-03-12', sign='')[2:]},50", []),
        ("212000-2114 är en kommuns organisationsnummer", []),
        (number("2030-03-12"), []),
        (number("1885-03-12"), []),
        ("991399-0000 993140-1234 19850312-XXXX 850312-****", []),
    ],
)
def test_numbers_are_told_from_others(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


def test_a_time_stamp_is_no_certain_number() -> None:
    stamp = next(
        f"20240315{hour:02}{minute:02}"
        for hour in range(24)
        for minute in range(60)
        if luhn(f"240315{hour:02}{minute // 10}") == minute % 10
    )
    assert found(f"Skapad {stamp}") == [("20240315-••••", False)]


dates = st.dates(min_value=date(1910, 1, 1), max_value=TODAY)


@given(dates, st.integers(980, 999), st.booleans(), st.booleans(), st.sampled_from(["-", ""]))
def test_every_number_is_found_and_masked(born: date, serial: int, short: bool, coordination: bool, sign: str) -> None:
    digits = number(born.isoformat(), serial, sign, coordination)[2 if short else 0 :]
    text = f"Hej {digits} hej"
    numbers = list(identity_numbers(text, TODAY))
    assert [text[each.span.start : each.span.end] for each in numbers] == [digits]
    assert numbers[0].coordination is coordination
    assert masked(text, TODAY) == f"Hej {digits[:-4]}•••• hej"
    assert masked(masked(text, TODAY), TODAY) == masked(text, TODAY)


@given(st.text())
def test_masking_touches_nothing_but_digits(text: str) -> None:
    assert re.sub(r"\d|•", "", masked(text, TODAY)) == re.sub(r"\d|•", "", text)


def test_a_number_is_told_of_once_with_its_place_and_forgotten_on_command(
    clinic: Clinic, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f"Protokoll\n\n2024-05-13\n\n§ 45 Bidrag\n\nBeslut\n\nNämnden beviljar Anna, {LONG}, bidrag.\nAnna ({SHORT}) underrättas.\n"
    clinic.write("känsligt.txt", text)
    clinic.ingest()
    findings = clinic.findings("identity")
    assert [(each.severity, each.document, each.paragraph) for each in findings] == [
        (Severity.ERROR, "känsligt.txt", "45")
    ]
    assert findings[0].found == "personnummer 19850312-••••, 2 times"
    capsys.readouterr()
    assert clinic.run(f"radslag doctor --index {clinic.settings.index}") == 1
    assert "19850312-••••" in capsys.readouterr().out
    clinic.follow(findings)
    assert clinic.findings("identity") == []


def test_no_number_is_shown_even_from_a_file_name(clinic: Clinic, capsys: pytest.CaptureFixture[str]) -> None:
    clinic.write(f"{LONG}.txt", f"Beslut\n\nAnna, personnummer {SHORT}, får bidrag.\n")
    clinic.ingest()
    capsys.readouterr()
    for form in ("", " --json"):
        assert clinic.run(f"radslag doctor --index {clinic.settings.index}{form}") == 1
        out = capsys.readouterr().out
        assert LONG[-4:] not in out
        assert "19850312-••••" in out
    assert json.loads(out)["errors"] == 1
