"""What programs are told when they get no answer: what was found, what is needed, and what to do (RFC 9457, in English)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from assistant.web.schema import Fault, Problem

MEDIA_TYPE = "application/problem+json"
SHOWN_CHARS = 60  # of a value that was found

_NEEDED: Mapping[str, str] = {  # what pydantic's kinds of errors say is needed; their context fills the gaps
    "missing": "a value",
    "extra_forbidden": "a field that exists here",
    "string_type": "text",
    "string_unicode": "text that is valid Unicode",
    "string_too_short": "at least {min_length} character",
    "string_too_long": "at most {max_length} characters",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "greater_than_equal": "a number from {ge}",
    "less_than_equal": "a number up to {le}",
    "literal_error": "one of {expected}",
    "tuple_type": "a list",
    "too_long": "at most {max_length} items",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "dict_type": "an object",
}
_NEEDED_BY_PATTERN: Mapping[str, str] = {r"\S": "text that isn't blank", r"^\d{4}$": "a year such as 2024"}


def problem(status: int, detail: str, errors: Sequence[Fault] = ()) -> Problem:
    return Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=tuple(errors))


def faults(errors: Sequence[Mapping[str, Any]], of_request: frozenset[str] = frozenset()) -> tuple[Fault, ...]:
    """Pydantic's errors, a fault each; `of_request` are the names it puts before the fields ("body", "query")."""
    return tuple(_fault(error, of_request) for error in errors)


def in_a_sentence(found: Sequence[Fault], remedy: str) -> str:
    """The faults and what to do about them."""
    return f"{'; '.join(f'{each.field}: {each.detail}' if each.field else each.detail for each in found)}: {remedy}"


def _fault(error: Mapping[str, Any], of_request: frozenset[str]) -> Fault:
    place = [str(part) for part in error["loc"]]
    if place and place[0] in of_request:
        del place[0]
    kind, context = error["type"], error.get("ctx") or {}
    if kind == "value_error":  # a check of our own, which says what it needs
        needed = str(context["error"])
    elif kind == "string_pattern_mismatch":
        needed = f"needs {_NEEDED_BY_PATTERN.get(context['pattern'], context['pattern'])}"
    else:
        needed = f"needs {_NEEDED[kind].format(**context) if kind in _NEEDED else error['msg']}"
    found = "nothing" if kind == "missing" else _shown(error["input"])
    return Fault(field=".".join(place), detail=f"found {found}, {needed}")


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= SHOWN_CHARS else f"{text[:SHOWN_CHARS]} …"
