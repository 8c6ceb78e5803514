"""The plots: well-formed, told in words, the same every time, and there only when they have something to show."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as xml

import pytest

from evals.plots import LEAST_CASES, draw_latency, draw_plots, write_plots
from evals.score import Scores, score
from evals.svg import SHAPES, Scale, drawing, text
from tests.evals.builders import ANSWERS, CASES, abstention, answer, case, stored, text_of, timed, unanswerable

NAMES = {"correct.svg", "risk-coverage.svg", "reliability.svg", "latency.svg"}


@pytest.fixture(scope="module")
def scores() -> Scores:
    """Five of a kind, three of them right, and one that abstains as it should."""
    cases = [case(f"c{n}") for n in range(LEAST_CASES)]
    answers = {each.id: answer("375 000" if n < 3 else "nej") for n, each in enumerate(cases)}
    return score([*cases, unanswerable("u")], stored(**answers, u=abstention()), text_of)


def words(plot: str) -> str:
    return "\n".join(xml.fromstring(plot).itertext())


def test_each_is_well_formed_and_told_in_words(scores: Scores) -> None:
    plots = draw_plots(scores)
    assert set(plots) == NAMES
    for plot in plots.values():
        root = xml.fromstring(plot)
        assert root.get("role") == "img"
        labels = {element.get("id"): element.text for element in root if element.get("id")}
        assert all(labels[name] for name in (root.get("aria-labelledby") or "none").split())
        assert "prefers-color-scheme: dark" in plot


def test_equal_scores_give_equal_bytes(scores: Scores) -> None:
    assert draw_plots(scores) == draw_plots(scores)


def test_correct_by_kind_leaves_out_what_is_too_small(scores: Scores) -> None:
    said = words(draw_plots(scores)["correct.svg"])
    assert "amount" in said
    assert "60%, n = 5" in said  # 3 of 5
    assert "67%, n = 6" in said  # 4 of 6, all
    assert "absent" not in said  # one case


def test_what_the_curves_say(scores: Scores) -> None:
    plots = draw_plots(scores)
    assert "Of 6 questions 5 are answered (83%), 40% of these wrongly." in words(plots["risk-coverage.svg"])
    assert "confidence 90%: 60% right (n = 5). Expected calibration error 0.300." in words(plots["reliability.svg"])
    assert "5 answers" not in words(plots["latency.svg"])
    assert "6 answers: half of them within 3 ms" in words(plots["latency.svg"])


def test_what_has_nothing_to_show_is_left_out() -> None:
    silent = score((unanswerable("u"),), stored(u=abstention()), text_of)
    assert set(draw_plots(silent)) == {"correct.svg", "latency.svg"}
    assert draw_latency([]) is None


@pytest.mark.parametrize("longest", [0.0, 0.4, 6.0, 6.1, 599.0, 1e6])
def test_any_time_has_its_axis(longest: float) -> None:
    plot = draw_latency([0.0, longest])
    assert plot is not None
    ends = [float(place.partition(",")[0]) for place in _curve(plot)]
    assert ends == sorted(ends)
    assert max(ends) <= 656


def test_files_of_an_earlier_run_are_replaced(tmp_path: Path) -> None:
    many = score(CASES, ANSWERS, text_of)
    few = score((unanswerable("u"),), stored(u=timed(3, abstention())), text_of)
    assert {Path(path).name for path in write_plots(many, tmp_path)} == NAMES
    assert write_plots(few, tmp_path) == ("plots/correct.svg", "plots/latency.svg")
    assert {file.name for file in (tmp_path / "plots").iterdir()} == {"correct.svg", "latency.svg"}


def test_words_cannot_break_a_drawing() -> None:
    root = xml.fromstring(drawing("<b>", 'a & "b"', 10, 10, [text((0, 0), "</svg>")]))
    assert [element.text for element in root.findall(f"{{{SHAPES}}}text")] == ["<b>", "</svg>"]


def test_a_scale() -> None:
    assert [Scale(0, 2, 100, 0)(value) for value in (0, 1, 2)] == [100, 50, 0]


def _curve(plot: str) -> list[str]:
    found = xml.fromstring(plot).find(f"{{{SHAPES}}}polyline")
    assert found is not None
    return found.get("points", "").split()
