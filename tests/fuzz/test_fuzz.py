"""A short, bounded fuzz of the readers, and everything that a fuzz has found before."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.targets import GROUPS, run, seeds

RUNS = {"text": 3_000, "web": 4_000, "office": 3_000, "pdf": 10_000}  # of each group, some 15 seconds
MAX_SECONDS = 300  # with its start
FOUND = Path(__file__).with_name("found")
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("group", GROUPS)
def test_the_seeds_are_read(group: str) -> None:
    some = list(seeds(group))
    assert len(some) >= 2
    for seed in some:
        run(group, seed)


@pytest.mark.parametrize("group", GROUPS)
def test_what_was_found_before_is_mended(group: str) -> None:
    """Files are named GROUP-DEFECT; there may be none."""
    assert FOUND.is_dir()
    for path in sorted(FOUND.glob(f"{group}-*")):
        run(group, path.read_bytes())


@pytest.mark.slow
@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not to be had for this computer")
@pytest.mark.parametrize("group", GROUPS)
def test_a_short_fuzz_finds_nothing(group: str, tmp_path: Path) -> None:
    """From one seed, so that a run is like the last; the fuzzer's way still differs a little from run to run."""
    for number, seed in enumerate(seeds(group)):
        (tmp_path / f"{number:03}").write_bytes(seed)
    saved = ROOT / ".fuzz"  # what is found is worth keeping
    saved.mkdir(exist_ok=True)
    limits = [f"-runs={RUNS[group]}", "-seed=1", "-timeout=30", "-rss_limit_mb=4000", "-max_len=5000"]
    fuzz = subprocess.run(
        [sys.executable, "-m", "tests.fuzz.harness", group, *limits, f"-artifact_prefix={saved}/{group}-", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        timeout=MAX_SECONDS,
        check=False,
    )
    assert fuzz.returncode == 0, fuzz.stdout[-3000:] + fuzz.stderr[-3000:]
