"""Takes values of the right type out of a JSON object, or says where they aren't."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.errors import UsageError


@dataclass(frozen=True)
class Record:
    """A JSON object and the place it was read from; every method raises UsageError in the same words."""

    values: dict[str, Any]
    where: str  # file:line, with the path inside the object

    def wrong(self, name: str, found: str, needed: str) -> UsageError:
        return UsageError(f"{self.where}: {name}: found {found}, needed {needed}; correct the line")

    def require(self, required: Sequence[str], optional: Sequence[str] = ()) -> None:
        """All of `required`, and nothing but these and `optional`."""
        for name in required:
            if name not in self.values:
                raise self.wrong(name, "nothing", "this key")
        for name in self.values:
            if name not in required and name not in optional:
                raise self.wrong(name, "an unknown key", f"only {', '.join((*required, *optional))}")

    def part(self, name: str, value: object, required: Sequence[str]) -> Record:
        """An object inside the object."""
        if not isinstance(value, dict):
            raise self.wrong(name, shown(value), f"an object with {' and '.join(required)}")
        part = Record(value, f"{self.where}: {name}")
        part.require(required)
        return part

    def text(self, name: str) -> str:
        value = self.values[name]
        if not isinstance(value, str) or not value.strip():
            raise self.wrong(name, shown(value), "a text that isn't empty")
        return value

    def listed(self, name: str, least: int = 0) -> list[object]:
        """The list under `name`; a key that is missing counts as an empty list."""
        return self.items(name, self.values.get(name, []), least)

    def items(self, name: str, value: object, least: int = 0) -> list[object]:
        if not isinstance(value, list) or len(value) < least:
            raise self.wrong(name, shown(value), f"a list of at least {least}" if least else "a list")
        return value

    def texts(self, name: str, values: Sequence[object]) -> tuple[str, ...]:
        return tuple(Record({name: value}, self.where).text(name) for value in values)

    def flag(self, name: str) -> bool:
        value = self.values[name]
        if not isinstance(value, bool):
            raise self.wrong(name, shown(value), "true or false")
        return value

    def choice(self, name: str, allowed: Sequence[str]) -> str:
        value = self.values[name]
        if value not in allowed:
            raise self.wrong(name, shown(value), f"one of {', '.join(allowed)}")
        return str(value)

    def mapping(self, name: str) -> Mapping[str, str]:
        """An object of texts; a key that is missing counts as an empty one."""
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, shown(value), "an object of texts")
        inner = Record(value, f"{self.where}: {name}")
        return {key: inner.text(key) for key in value}


def parse_record(line: str, where: str) -> Record:
    """The JSON object that a line holds.

    Raises:
        UsageError: the line holds something else.
    """
    try:
        values = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}: not JSON ({error}); write one JSON object a line") from error
    if not isinstance(values, dict):
        raise UsageError(f"{where}: found {shown(values)}, needed a JSON object; write one a line")
    return Record(values, where)


def shown(value: object) -> str:
    """A found value, short enough for a message."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}..."
