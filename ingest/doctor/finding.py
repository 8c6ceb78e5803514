"""What a check finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; errors and warnings make the command fail, notes don't."""

    ERROR = "error"  # answers can be wrong or missing, or personal data is shown
    WARNING = "warning"  # answers can be worse than they need be
    NOTE = "note"  # worth knowing; nothing need be done


@dataclass(frozen=True)
class Finding:
    """One thing that a check found.

    Attributes:
        check: name of the check.
        severity: how bad it is.
        sort: a short name for what is wrong; findings of one sort are told of together.
        found: what was found, in a sentence's worth of words without the document's name.
        remedy: the command that mends it, ready to be typed.
        before: what must be done before the command, or None.
        document: id of the document, or None when the whole index is meant.
        page: 1-based page, where it is known and matters.
        paragraph: number of the § in minutes, where it is known and matters.
    """

    check: str
    severity: Severity
    sort: str
    found: str
    remedy: str
    before: str | None = None
    document: str | None = None
    page: int | None = None
    paragraph: str | None = None
