"""Misspell: cases with slips of the pen in their questions, to measure what slips cost.

A slip is a letter left out, written twice or wrong (its neighbour on a Swedish keyboard), two that changed places, or marks over letters left
out throughout a word. Names (capitals), numbers and words of less than `MIN_CHARS` letters stay as they are.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from evals.cases import load_cases
from ingest.errors import UsageError
from ingest.text_file import numbered_lines

MIN_CHARS = 5
SEED = 5

_ROWS = ("qwertyuiopå", "asdfghjklöä", "zxcvbnm")
_BESIDE = {letter: after for row in _ROWS for letter, after in zip(row, [*row[1:], row[-2]], strict=True)}
_WORD = re.compile(rf"[^\W\d_]{{{MIN_CHARS},}}")
_UNMARKED = str.maketrans("åäö", "aao")


def misspelt(question: str, slips: int, chance: random.Random) -> str:
    """The question with one slip in each of so many of its words, or in as many as there are."""
    words = [match for match in _WORD.finditer(question) if match.group().islower()]
    for match in sorted(chance.sample(words, min(slips, len(words))), key=lambda match: -match.start()):
        question = question[: match.start()] + _with_slip(match.group(), chance) + question[match.end() :]
    return question


def misspell(files: Sequence[Path], out: Path, slips: int) -> int:
    """Write the cases of JSONL files into the folder `out`, under the same names, with slips; the number of questions changed.

    Raises:
        UsageError: two files have one name, or a file would be written over itself, or holds no cases.
    """
    names = Counter(path.name for path in files)
    if twice := [name for name, number in names.items() if number > 1]:
        raise UsageError(f"several files are called {twice[0]}: misspell one folder at a time")
    if own := [path for path in files if path.resolve() == (out / path.name).resolve()]:
        raise UsageError(f"{own[0]} would be written over: name another folder for --out")
    load_cases(files)
    chance = random.Random(SEED)
    out.mkdir(parents=True, exist_ok=True)
    changed = 0
    for path in files:
        cases = [json.loads(line) for _, line in numbered_lines(path)]
        for case in cases:
            if "question" in case:
                before, case["question"] = case["question"], misspelt(case["question"], slips, chance)
                changed += case["question"] != before
        lines = (json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
        (out / path.name).write_text("".join(lines), encoding="utf-8")
    return changed


def _with_slip(word: str, chance: random.Random) -> str:
    """The word with one slip after its first letter."""
    place = chance.randrange(1, len(word))
    before, letter, after = word[:place], word[place], word[place + 1 :]
    slips = [
        before + after,
        before + letter + letter + after,
        before + _BESIDE.get(letter, "e") + after,
        before + after[:1] + letter + after[1:],
        word.translate(_UNMARKED),
    ]
    slip: str = chance.choice([slip for slip in slips if slip != word])
    return slip
