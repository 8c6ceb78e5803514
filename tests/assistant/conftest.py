"""An assistant over a few invented papers, with the toy encoder: everything but likeness is the real thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path

import pytest

from assistant import abstain, evidence
from assistant.fitted import Calibration, Fitted, Grounds, Signals
from assistant.service import Assistant
from ingest.chain import ingest
from ingest.settings import Settings
from tests.encoders import ToyEncoder

PAPERS = {
    "norrby/memo.txt": """Norrby kommun

Handläggare
Eva Prov

Mottagare
Kommunstyrelsen

Avgift för sophämtning

Förslag till beslut

Förslag till kommunfullmäktige:

1. Avgiften för sophämtning fastställs till 1 250 kronor om året.

2. Avgiften gäller från och med den 1 januari 2025.

3. Beslutet gäller under förutsättning att Sörby kommun fattar samma beslut.

Ärendebeskrivning

Norrby kommun tar i dag ut 1 100 kronor om året för sophämtning. Avgiften täcker inte kostnaderna.

Följande hushåll berörs:

- villor
- radhus
- fritidshus
""",
    "norrby/protokoll.txt": """Norrby kommun
Sammanträdesprotokoll
Kommunfullmäktige
Sammanträdesdatum: 2024-05-13

§ 61
Motion om gratis bad
Beslut

Kommunfullmäktige avslår motionen om gratis bad.

Reservation

Byalistan reserverar sig mot beslutet om badet.

§ 62
Lån till ishallen
Beslut

Ärendet om ishallen bordläggs.

§ 63
Lån till ishallen
Beslut

Kommunfullmäktige beviljar ishallen ett lån på 4 miljoner kronor.
""",
}


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    root = tmp_path / "papper"
    for name, text in PAPERS.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(index=tmp_path / "index")


RANKING = replace(  # of sentences by the toy encoder, whose cosines differ by tenths
    Signals(*(0.0 for _ in fields(Signals))),
    likeness=1.0,
    passage=0.25,
    around=1.0,
    within=1.5,
    fits=2.0,
    named=2.0,
    prose=0.3,
)


@pytest.fixture
def assistant(papers: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Assistant]:
    """Calibrated for the toy encoder, which knows only shared letters: half of the question's words must be there."""
    nothing = Grounds(*(0.0 for _ in fields(Grounds)))
    calibration = Calibration(-2.0, replace(nothing, around=4.0), 0.5)
    numbers = Fitted(RANKING, {"sv": calibration, "en": calibration})
    monkeypatch.setattr(abstain, "fitted", lambda: numbers)
    monkeypatch.setattr(evidence, "fitted", lambda: numbers)
    encoder = ToyEncoder()
    ingest([papers], settings, encoder)
    with Assistant.open(settings, encoder) as opened:
        yield opened
