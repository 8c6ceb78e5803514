"""A few invented papers of one matter, in an index whose library can be read; one of them is made to harm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import wrap

from assistant.service import Assistant
from ingest.chain import ingest
from ingest.settings import Settings
from tests.encoders import ToyEncoder
from tests.ingest.read.pdfs import Sheets

MINUTES, MEMO, NOTE, TABLE = "norrby/protokoll.pdf", "norrby/memo.txt", "norrby/farlig.md", "norrby/taxa.md"
DECISION = "Kommunfullmäktige beslutar att avgiften för sophämtning fastställs till 1 250 kronor om året från och med den 1 januari 2025."
OVERLEAF = "Beslutet gäller under förutsättning att Sörby kommun fattar samma beslut om avgiften för hela det gemensamma området."
HOSTILE = (
    "<script>document.title='hacked'</script><img src=x onerror=\"document.title='hacked'\"> [klicka](javascript:alert(1)) "
    "![bild](https://example.org/x.png) </mark></div> &lt;b&gt; \u202eomvänt"
)
MEMO_TEXT = """Norrby kommun
Tjänsteskrivelse
2024-04-02
Dnr KS 2024/00012

Handläggare
Eva Prov

Mottagare
Kommunfullmäktige

Avgift för sophämtning

Förslag till beslut

Kommunstyrelsen föreslår kommunfullmäktige besluta:

1. Avgiften för sophämtning fastställs till 1 250 kronor om året.

2. Avgiften gäller från och med den 1 januari 2025.

Ärendebeskrivning

Norrby kommun tar i dag ut 1 100 kronor om året för sophämtning. Avgiften täcker inte kostnaderna.
"""
TABLE_TEXT = """# Taxa för bad

| Bad | Avgift |
| --- | ---: |
| Simhall | 58 |
| Utebad | 20 |

Taxan gäller från och med den 1 januari 2025 för alla som badar i kommunens anläggningar.
"""


def minutes() -> bytes:
    """Two pages; the condition of the decision runs on overleaf, with a foot and a head between."""
    sheets = Sheets()
    head, foot = "Kommunfullmäktige, protokoll 2024-05-13", "Justerandes sign"
    first, second = OVERLEAF.split(" fattar ")
    for number, lines in enumerate(
        (
            [
                "Norrby kommun",
                "Sammanträdesprotokoll",
                "Kommunfullmäktige",
                "Sammanträdesdatum: 2024-05-13",
                "",
                "§ 61 Avgift för sophämtning",
                "Dnr KS 2024/00012",
                "",
                "Beslut",
                "",
                *wrap(DECISION, 80),
                "",
                *["Avgiften har utretts av kontoret, som har räknat på kostnaderna för den."] * 12,
                "",
                first,
            ],
            [f"fattar {second}", "", "Beslutet skickas till", "Kommunkontoret"],
        ),
        start=1,
    ):
        sheets.write(70, 50, head, size=9)
        sheets.write(460, 50, f"Sida {number} (2)", size=9)
        sheets.lines(70, 100, lines)
        sheets.write(70, 800, foot, size=9)
        if number == 1:
            sheets.next()
    return sheets.pdf()


def write(root: Path) -> None:
    (root / "norrby").mkdir(parents=True)
    (root / MINUTES).write_bytes(minutes())
    (root / MEMO).write_text(MEMO_TEXT, encoding="utf-8")
    (root / NOTE).write_text(f"# Yttrande\n\nNämnden skriver så här om saken. {HOSTILE}\n", encoding="utf-8")
    (root / TABLE).write_text(TABLE_TEXT, encoding="utf-8")


@contextmanager
def opened(folder: Path, **changes: object) -> Iterator[tuple[Assistant, Path]]:
    """An assistant that has read the papers, and the folder they lie in."""
    root, settings = folder / "papper", Settings.model_validate({"index": folder / "index", "ocr": False, **changes})
    write(root)
    encoder = ToyEncoder()
    report = ingest([root], settings, encoder)
    assert not report.failed
    with Assistant.open(settings, encoder) as assistant:
        yield assistant, root
