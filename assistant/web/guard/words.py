"""What the guards say to a reader, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from starlette.datastructures import Headers
from starlette.types import Scope

from assistant.model import Language


@dataclass(frozen=True)
class Words:
    log_in: str
    log_in_to: str
    name: str
    password: str
    wrong: str
    attempts: str  # {wait}
    log_out: str
    logged_in_as: str  # {name}, {role}
    reader: str
    editor: str
    back: str
    other_language: str
    log_in_first: str
    ended: str
    too_many: str  # {wait}
    seconds: str  # {number}
    minutes: str  # {number}
    elsewhere: str
    too_large: str  # {limit}
    accounts_broken: str
    coming_in: str
    not_here: str


SWEDISH = Words(
    log_in="Logga in",
    log_in_to="Logga in i Rådslag",
    name="Namn",
    password="Lösenord",
    wrong="Namnet eller lösenordet stämmer inte. Pröva igen, eller fråga den som sköter Rådslag hos er.",
    attempts="Det har gjorts för många försök att logga in. Vänta {wait} och pröva igen.",
    log_out="Logga ut",
    logged_in_as="Inloggad som {name} ({role}).",
    reader="läsare",
    editor="redaktör",
    back="Till frågorna",
    other_language="English",
    log_in_first="Du är inte inloggad.",
    ended="Du är inte inloggad längre. Ladda om sidan och logga in; frågorna i adressen ställs då igen.",
    too_many="Det kommer fler frågor härifrån än vad som besvaras på en minut. Vänta {wait} och fråga igen.",
    seconds="{number} sekunder",
    minutes="{number} minuter",
    elsewhere="Begäran kommer från en annan webbplats och utförs inte.",
    too_large="Det som skickades är för stort: högst {limit} tas emot.",
    accounts_broken="Ingen kan logga in just nu: kontona går inte att läsa. Säg det till den som sköter Rådslag hos er.",
    coming_in="Öppnar …",
    not_here="Den sidan finns inte.",
)

ENGLISH = Words(
    log_in="Log in",
    log_in_to="Log in to Rådslag",
    name="Name",
    password="Password",
    wrong="The name or the password isn't right. Try again, or ask whoever looks after Rådslag where you are.",
    attempts="There have been too many attempts to log in. Wait {wait} and try again.",
    log_out="Log out",
    logged_in_as="Logged in as {name} ({role}).",
    reader="reader",
    editor="editor",
    back="To the questions",
    other_language="Svenska",
    log_in_first="You are not logged in.",
    ended="You are no longer logged in. Load the page again and log in; the questions in its address will be asked again.",
    too_many="More questions come from here than are answered in a minute. Wait {wait} and ask again.",
    seconds="{number} seconds",
    minutes="{number} minutes",
    elsewhere="The request comes from another site and is not carried out.",
    too_large="What was sent is too large: at most {limit} is taken.",
    accounts_broken="Nobody can log in at the moment: the accounts can't be read. Tell whoever looks after Rådslag where you are.",
    coming_in="Opening …",
    not_here="There is no such page.",
)


def words(language: Language) -> Words:
    return ENGLISH if language == "en" else SWEDISH


def language_of(scope: Scope) -> Language:
    """The language a request is to be answered in: that of the page it is for or comes from, English for programs."""
    path = scope["path"]
    if path.startswith(("/api", "/mcp")):
        return "en"
    query = scope.get("query_string", b"").decode("latin-1")
    if "lang=en" in query.split("&"):
        return "en"
    if "lang=sv" in query.split("&"):
        return "sv"
    came_from = Headers(scope=scope).get("referer", "").partition("//")[2].partition("/")[2]
    return "en" if any(f"/{each}/".startswith("/en/") for each in (path.lstrip("/"), came_from)) else "sv"


def wait_words(seconds: float, language: Language) -> str:
    """So long as a reader would say it: whole seconds below two minutes (at least 2), else whole minutes."""
    said = words(language)
    if seconds < 120:
        return said.seconds.format(number=max(2, ceil(seconds)))
    return said.minutes.format(number=ceil(seconds / 60))


def too_many(seconds: float, language: Language) -> str:
    """What a page tells a reader whose question isn't answered because there were too many (`visitor.seconds_to_wait`)."""
    return words(language).too_many.format(wait=wait_words(seconds, language))
