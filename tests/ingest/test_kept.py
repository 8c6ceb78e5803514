"""What is kept: the newest, a bounded number, made once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from ingest.kept import Kept


def test_the_oldest_go_first() -> None:
    kept: Kept[int, str] = Kept(2)
    for number in (1, 2, 3):
        assert kept.put(number, str(number)) == str(number)
    assert [kept.get(number) for number in (1, 2, 3)] == [None, "2", "3"]


def test_made_once() -> None:
    kept: Kept[str, list[int]] = Kept(2)
    first = kept.get_or_make("a", lambda: [1])
    assert kept.get_or_make("a", lambda: [2]) is first


def test_several_threads_share_it() -> None:
    kept: Kept[int, int] = Kept(5)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda number: kept.get_or_make(number % 9, lambda: number % 9), range(5000)))
    assert found == [number % 9 for number in range(5000)]
    assert sum(kept.get(number) is not None for number in range(9)) <= 5
