"""What every view of a page is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assistant.model import Language
from assistant.web.conversation import Service


@dataclass(frozen=True)
class Shared:
    """One page: the service behind it, the language of its words, and the filters that hold for all of its views."""

    service: Service
    language: Language
    filters: Any  # a gr.State with Mapping[str, str], whose keys are those of `ingest.filters.FILTERS`
