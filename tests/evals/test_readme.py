"""The README says what the program says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from evals.readme import example, filled, kinds_table, quality_table, settings_table
from ingest.errors import UsageError
from ingest.settings import Settings

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_part_is_replaced_and_nothing_else() -> None:
    assert filled("a\n<!-- x -->\nold\n<!-- /x -->\nb", {"x": "new"}) == "a\n<!-- x -->\n\nnew\n\n<!-- /x -->\nb"


def test_a_part_without_a_place_is_said() -> None:
    with pytest.raises(UsageError, match="no place for x"):
        filled("text", {"x": "new"})


def test_the_settings_of_the_readme_are_those_of_the_program() -> None:
    assert settings_table() in README
    assert all(f"`{name}`" in README for name in Settings.model_fields)


def test_the_quality_table_has_value_interval_and_n() -> None:
    rate = {"value": 0.75, "low": 0.627, "high": 0.842, "n": 60}
    rows = quality_table({"overall": {"rates": {"correct": rate}}}).splitlines()
    assert re.sub(r"\s+", " ", rows[-1]) == "| correct | 75 % | 63–84 | 60 |"


def test_the_kinds_table_leaves_out_small_groups_and_repetitions() -> None:
    def part(n: int) -> dict[str, object]:
        return {"rates": {"correct": {"value": 0.5, "low": 0.25, "high": 0.75, "n": n}}}

    scores = {
        "language": {"en": part(9)},
        "grade": {"absent": part(5)},
        "kind": {"absent": part(5), "amount": part(6), "vote": part(4), "precedent": {"rates": {"correct": None}}},
    }
    rows = [re.sub(r"\s+", " ", row) for row in kinds_table(scores).splitlines()]
    assert rows[2:] == [
        "| in English | 50 % | 25–75 | 9 |",
        "| unanswerable: absent | 50 % | 25–75 | 5 |",
        "| amount | 50 % | 25–75 | 6 |",
    ]


@pytest.mark.slow
def test_without_an_index_the_example_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RADSLAG_INDEX", str(tmp_path / "none"))
    with pytest.raises(UsageError, match="radslag ingest"):
        example()


def test_every_generated_part_has_its_place() -> None:
    for name in (
        "table: settings",
        "example: ask",
        "table: quality",
        "table: kinds",
        "table: baselines",
        "table: bench",
    ):
        assert f"<!-- {name} -->" in README
        assert f"<!-- /{name} -->" in README


def test_every_make_target_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {one or other for one, other in re.findall(r"`make (\w+)`|^make (\w+)", README, re.MULTILINE)}
    assert named
    assert named <= targets


def test_every_file_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert all((ROOT / link).exists() for link in links if "://" not in link)
