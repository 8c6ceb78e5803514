"""What every format puts around the body: letterhead, running header, footer."""

from __future__ import annotations

from dataclasses import dataclass

from evals.building.source import Source

MUNICIPALITY = "EXEMPELKOMMUN"
INVENTED = "Exempelkommun är en påhittad kommun. Dokumentet är påhittat och får användas fritt i tester av Rådslag."
SIGN, ATTEST = "Justerandes sign", "Utdragsbestyrkande"
_KIND_NAMES = {"protokoll": "PROTOKOLL", "protokollsutdrag": "PROTOKOLLSUTDRAG", "tjänsteskrivelse": "TJÄNSTESKRIVELSE"}


@dataclass(frozen=True)
class Letterhead:
    """`sender` stands under the municipality's name, `facts` to the right (one a line), `recipients` below."""

    sender: str
    facts: tuple[str, ...]
    recipients: tuple[str, ...]


def letterhead_of(source: Source) -> Letterhead | None:
    """The letterhead of a document, or None when it has none."""
    if source.letterhead is None:
        return None
    facts: list[str] = []
    if kind := _KIND_NAMES.get(source.genre):
        facts.append(kind)
    minutes = source.genre in ("protokoll", "protokollsutdrag")
    facts.append(f"Sammanträdesdatum {source.date}" if minutes else source.date)
    if source.dnr and source.genre != "protokoll":
        facts.append(f"Dnr {source.dnr}")
    if source.handlaggare:
        facts.append(source.handlaggare)
    return Letterhead(source.letterhead, tuple(facts), source.recipients)


def footer_of(source: Source) -> tuple[str, ...]:
    """The lines at the foot of every page."""
    return (source.footer, INVENTED) if source.footer else (INVENTED,)


def page_words(page: int, pages: int) -> str:
    """`Sida 3 (12)`."""
    return f"Sida {page} ({pages})"
