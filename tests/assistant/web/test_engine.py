"""The choice of who words answers: offered where a language model is set up, and only there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from assistant.model import Answer, Engine, Language, Turn
from assistant.web.conversation import answered, begun
from tests.answers import FLAGSHIP_SV, FakeAssistant, fake_assistant, flagship


@dataclass
class Modelled(FakeAssistant):
    """An assistant with a language model; it remembers who was to word each answer."""

    engines: tuple[Engine, ...] = ("extractive", "llm")
    worded_by: list[Engine | None] = field(default_factory=list)

    def ask_streamed(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Mapping[str, str] | None = None,
        engine: Engine | None = None,
    ) -> Iterator[Answer]:
        self.worded_by.append(engine)
        for answer in super().ask_streamed(question, history, filters, engine):
            yield replace(answer, engine=engine or "extractive", note="En anmärkning." if engine == "llm" else None)


def radios(service: FakeAssistant, language: Language) -> list[dict[str, Any]]:
    import gradio as gr

    from assistant.web import ask
    from assistant.web.shared import Shared

    with gr.Blocks() as blocks:
        ask.build(Shared(service, language, gr.State({})))
    return [each["props"] for each in blocks.config["components"] if each["props"].get("elem_id") == "engine"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_choice_where_there_is_one(language: Language) -> None:
    assert radios(fake_assistant(), language) == []
    (radio,) = radios(Modelled(), language)
    assert [value for _, value in radio["choices"]] == ["extractive", "llm"]
    assert radio["value"] == "extractive"


@pytest.mark.parametrize("engine", ["extractive", "llm", None])
def test_the_answer_is_worded_by_whom_the_reader_chose(engine: Engine | None) -> None:
    service = Modelled(answers={FLAGSHIP_SV: flagship()})
    steps = list(answered(service, begun(FLAGSHIP_SV, (), "sv", engine=engine), "sv"))
    assert service.worded_by == [engine]
    assert len(steps) == (3 if engine == "llm" else 1), "a model's words come sentence by sentence"
    last = steps[-1][0][-1]
    assert not last.pending
    assert ("En anmärkning." in last.shown) == (engine == "llm")
