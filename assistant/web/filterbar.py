"""The one filter bar of a page: what it narrows by holds for every view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.markup import Html, element
from assistant.model import Language
from assistant.texts import kind_label, status_label
from assistant.web.shared import Shared
from ingest.errors import UsageError
from ingest.filters import where

LISTS = ("municipality", "body", "kind", "status")  # the keys a value is chosen for from a list


@dataclass(frozen=True)
class Words:
    """The words of the bar in one language."""

    title: str
    names: Mapping[str, str]
    every: str
    first_year: str
    last_year: str
    clear: str
    none: str


SWEDISH = Words(
    title="Filter",
    names={"municipality": "Kommun", "body": "Organ", "kind": "Slag av handling", "status": "Status"},
    every="Alla",
    first_year="Från år",
    last_year="Till år",
    clear="Rensa filter",
    none="alla handlingar",
)
ENGLISH = Words(
    title="Filters",
    names={"municipality": "Municipality", "body": "Body", "kind": "Kind of document", "status": "Status"},
    every="All",
    first_year="From year",
    last_year="To year",
    clear="Clear filters",
    none="all documents",
)


def build(shared: Shared) -> None:
    """The bar; a choice in it sets `shared.filters`."""
    choices = {key: tuple(shared.service.archive.values(key)) for key in (*LISTS, "year")}
    shown = gr.HTML(
        bar(choices, shared.language), elem_id="filters", apply_default_css=False, js_on_load=_TELL, padding=False
    )
    shown.narrow(
        chosen, None, shared.filters, trigger_mode="multiple", show_progress="hidden", api_visibility="private"
    )


def chosen(event: gr.EventData) -> Mapping[str, str]:
    """The filters that the bar, or an address, names; what is no filter counts as none."""
    return valid(getattr(event, "filters", {}))


def valid(given: Any) -> Mapping[str, str]:
    """`given` without what is no filter: an address may hold anything."""
    if not isinstance(given, Mapping):
        return {}
    found = {str(key): value for key, value in given.items() if isinstance(value, str) and value}
    return {key: value for key, value in found.items() if _is_filter(key, value)}


def bar(choices: Mapping[str, Sequence[str]], language: Language) -> Html:
    """The form with its lists; one with nothing to choose between is left out."""
    words = ENGLISH if language == "en" else SWEDISH
    fields = [
        _list(
            key, words.names[key], words.every, [(each, _label(key, each, language)) for each in sorted(choices[key])]
        )
        for key in LISTS
        if len(choices[key]) > 1
    ]
    years = [(each, each) for each in sorted(choices["year"])]
    if len(years) > 1:
        fields += [
            _list("first_year", words.first_year, words.every, years),
            _list("last_year", words.last_year, words.every, years),
        ]
    summary = element(
        "summary", element("span", words.title, class_="title"), " ", element("span", words.none, class_="chosen")
    )
    form = element("form", *fields, element("button", words.clear, type="reset"), class_="filters")
    return element("details", summary, form, class_="filter-bar", data_none=words.none)


def _list(key: str, name: str, every: str, options: Sequence[tuple[str, str]]) -> Html:
    listed = (element("option", shown, value=value) for value, shown in options)
    return element(
        "label", element("span", name), element("select", element("option", every, value=""), *listed, name=key)
    )


def _label(key: str, value: str, language: Language) -> str:
    if key == "status":
        return status_label(value, language)
    return kind_label(value, language) if key == "kind" else value


def _is_filter(key: str, value: str) -> bool:
    try:
        where({key: value})
    except UsageError:
        return False
    return True


_TELL = """
const form = element.querySelector('form');
const tell = () => { radslag.filtersChanged(); trigger('narrow', {filters: radslag.filters()}); };
form.addEventListener('change', event => {
    const first = form.elements.first_year, last = form.elements.last_year;
    if (first && last && first.value && last.value && first.value > last.value)
        (event.target === first ? last : first).value = event.target.value;
    tell();
});
form.addEventListener('reset', () => setTimeout(tell));
form.addEventListener('submit', event => event.preventDefault());
if (radslag.restoreFilters()) tell();
"""
