"""Municipalities: which of Sweden's 290 a question is about, and whether any of the documents come from it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ingest.municipality import MUNICIPALITY

_NAMES = (
    "Ale Alingsås Alvesta Aneby Arboga Arjeplog Arvidsjaur Arvika Askersund Avesta Bengtsfors Berg Bjurholm Bjuv Boden Bollebygd Bollnäs "
    "Borgholm Borlänge Borås Botkyrka Boxholm Bromölla Bräcke Burlöv Båstad Dals-Ed Danderyd Degerfors Dorotea Eda Ekerö Eksjö Emmaboda "
    "Enköping Eskilstuna Eslöv Essunga Fagersta Falkenberg Falköping Falun Filipstad Finspång Flen Forshaga Färgelanda Gagnef Gislaved "
    "Gnesta Gnosjö Gotland Grums Grästorp Gullspång Gällivare Gävle Göteborg Götene Habo Hagfors Hallsberg Hallstahammar Halmstad Hammarö "
    "Haninge Haparanda Heby Hedemora Helsingborg Herrljunga Hjo Hofors Huddinge Hudiksvall Hultsfred Hylte Håbo Hällefors Härjedalen "
    "Härnösand Härryda Hässleholm Höganäs Högsby Hörby Höör Jokkmokk Järfälla Jönköping Kalix Kalmar Karlsborg Karlshamn Karlskoga "
    "Karlskrona Karlstad Katrineholm Kil Kinda Kiruna Klippan Knivsta Kramfors Kristianstad Kristinehamn Krokom Kumla Kungsbacka Kungsör "
    "Kungälv Kävlinge Köping Laholm Landskrona Laxå Lekeberg Leksand Lerum Lessebo Lidingö Lidköping Lindesberg Linköping Ljungby Ljusdal "
    "Ljusnarsberg Lomma Ludvika Luleå Lund Lycksele Lysekil Malmö Malung-Sälen Malå Mariestad Mark Markaryd Mellerud Mjölby Mora Motala "
    "Mullsjö Munkedal Munkfors Mölndal Mönsterås Mörbylånga Nacka Nora Norberg Nordanstig Nordmaling Norrköping Norrtälje Norsjö Nybro "
    "Nykvarn Nyköping Nynäshamn Nässjö Ockelbo Olofström Orsa Orust Osby Oskarshamn Ovanåker Oxelösund Pajala Partille Perstorp Piteå "
    "Ragunda Robertsfors Ronneby Rättvik Sala Salem Sandviken Sigtuna Simrishamn Sjöbo Skara Skellefteå Skinnskatteberg Skurup Skövde "
    "Smedjebacken Sollefteå Sollentuna Solna Sorsele Sotenäs Staffanstorp Stenungsund Stockholm Storfors Storuman Strängnäs Strömstad "
    "Strömsund Sundbyberg Sundsvall Sunne Surahammar Svalöv Svedala Svenljunga Säffle Säter Sävsjö Söderhamn Söderköping Södertälje "
    "Sölvesborg Tanum Tibro Tidaholm Tierp Timrå Tingsryd Tjörn Tomelilla Torsby Torsås Tranemo Tranås Trelleborg Trollhättan Trosa Tyresö "
    "Täby Töreboda Uddevalla Ulricehamn Umeå Uppsala Uppvidinge Vadstena Vaggeryd Valdemarsvik Vallentuna Vansbro Vara Varberg Vaxholm "
    "Vellinge Vetlanda Vilhelmina Vimmerby Vindeln Vingåker Vårgårda Vänersborg Vännäs Värmdö Värnamo Västervik Västerås Växjö Ydre Ystad "
    "Åmål Ånge Åre Årjäng Åsele Åstorp Åtvidaberg Älmhult Älvdalen Älvkarleby Älvsbyn Ängelholm Öckerö Ödeshög Örebro Örkelljunga "
    "Örnsköldsvik Östersund Österåker Östhammar Överkalix Övertorneå Östra_Göinge Lilla_Edet Upplands_Väsby Upplands-Bro"
)
NAMES = tuple(name.replace("_", " ") for name in _NAMES.split())
_KNOWN = re.compile(rf"\b({'|'.join(re.escape(name) for name in sorted(NAMES, key=len, reverse=True))})s?\b(?!-)")
_CALLED = re.compile(r"\b(?:municipality|city|town) of ([A-ZÅÄÖ][\w-]+)|\b([A-ZÅÄÖ][\w-]+?)(?:'s)? municipality\b")
_CAPITAL_BEFORE = re.compile(r"(?<=\s)[A-ZÅÄÖ][\w-]+\s$")  # the first name of a person: "Eva Berg"
_CAPITAL_AFTER = re.compile(r"\s[A-ZÅÄÖ][a-zåäö]")


def elsewhere(question: str, missing: Sequence[str], covered: Sequence[str]) -> tuple[str, ...]:
    """The municipalities that a question names in vain: they are not `covered`, and their names are among those `missing`."""
    if not covered:
        return ()
    own = [name.casefold() for name in covered]
    absent = [name.casefold() for name in missing]
    return tuple(
        name
        for name in named_municipalities(question)
        if any(each.startswith(name.casefold().split()[0]) for each in absent)
        and not any(each.startswith(name.casefold().removesuffix("s")) for each in own)
    )


def named_municipalities(question: str) -> tuple[str, ...]:
    """The municipalities that a question names, real or invented, without "kommun"."""
    known = [
        match[1]
        for match in _KNOWN.finditer(question)
        if not _CAPITAL_BEFORE.search(question[: match.start()]) and not _CAPITAL_AFTER.match(question, match.end())
    ]
    called = [next(filter(None, match.groups())) for match in _CALLED.finditer(question)]
    for match in MUNICIPALITY.finditer(question):
        name = (match[1] or match[3]).removesuffix("s") if match[1] not in NAMES else match[1]
        if not any(name == each.removesuffix("s") for each in known):
            called.append(name)
    others = (name for name in called if name.removesuffix("s") not in known and name not in known)
    return tuple(dict.fromkeys([*known, *others]))
