"""Sessions and allowances, by a clock that is set by hand."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.web.guard.buckets import MOST_KEYS, Buckets
from assistant.web.guard.sessions import MOST_OF_ONE, Sessions
from tests.assistant.web.guard.build import account


@dataclass
class Clock:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


ANNA, BO = account("anna"), account("bo")
BOTH = {"anna": ANNA, "bo": BO}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(idle_seconds=60, longest_seconds=600, clock=clock)


def test_a_session_is_known_by_its_token_and_only_its_hash_is_kept(sessions: Sessions) -> None:
    first, second = sessions.begin(ANNA), sessions.begin(ANNA)
    assert len(first) >= 43, "32 random bytes"
    assert first != second
    assert sessions.account(first, BOTH) == ANNA
    assert sessions.account(first + "x", BOTH) is None
    assert sessions.account("", BOTH) is None
    assert first not in repr(vars(sessions))


def test_a_session_ends_when_idle_and_at_last_anyway(sessions: Sessions, clock: Clock) -> None:
    token = sessions.begin(ANNA)
    for _ in range(11):  # used every 50 s, up to 550
        clock.now += 50
        assert sessions.account(token, BOTH) == ANNA
    clock.now += 50
    assert sessions.account(token, BOTH) is None, "600 s are over"
    token = sessions.begin(ANNA)
    clock.now += 60
    assert sessions.account(token, BOTH) is None, "idle for 60 s"
    clock.now -= 30
    assert sessions.account(token, BOTH) is None, "what has ended stays so"


def test_a_session_ends_with_logout_account_and_password(sessions: Sessions) -> None:
    one, other, of_bo = sessions.begin(ANNA), sessions.begin(ANNA), sessions.begin(BO)
    sessions.end(one)
    assert sessions.account(one, BOTH) is None
    assert sessions.account(other, BOTH) == ANNA
    assert sessions.account(other, {"bo": BO}) is None
    assert sessions.account(other, BOTH) is None, "an account made anew doesn't bring the session back"
    assert sessions.account(of_bo, {"bo": replace(BO, role="editor")}) == replace(BO, role="editor"), "roles follow"
    changed = replace(BO, password=account("bo", password="ett helt annat ord").password)
    assert account("bo", password="ett helt annat ord").password != BO.password
    assert sessions.account(of_bo, {"bo": changed}) is None


def test_the_oldest_of_too_many_sessions_ends(sessions: Sessions, clock: Clock) -> None:
    of_bo = sessions.begin(BO)
    tokens = []
    for _ in range(MOST_OF_ONE + 1):
        clock.now += 0.1
        tokens.append(sessions.begin(ANNA))
    assert sessions.account(tokens[0], BOTH) is None
    assert sessions.account(tokens[1], BOTH) == ANNA
    assert sessions.account(of_bo, BOTH) == BO


def test_an_allowance_is_used_up_and_comes_back(clock: Clock) -> None:
    buckets = Buckets(3, 60, clock)
    assert [buckets.take("a") for _ in range(3)] == [0, 0, 0]
    assert buckets.take("a") == pytest.approx(20), "3 in 60 s: one every 20 s"
    assert buckets.take("b") == 0, "others have their own"
    clock.now += 19
    assert buckets.take("a") == pytest.approx(1)
    clock.now += 1
    assert buckets.take("a") == 0
    clock.now += 6000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, pytest.approx(20)], "no more than 3 are saved up"
    buckets.fill("a")
    assert buckets.take("a", 3) == 0


@given(st.lists(st.floats(0, 10), min_size=1, max_size=60))
def test_nobody_gets_more_than_the_rate_allows(pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(5, 10, clock)
    taken = 0
    for pause in pauses:
        clock.now += pause
        wait = buckets.take("a")
        taken += wait == 0
        assert 0 <= wait <= 2
    assert taken <= 5 + sum(pauses) / 2 + 1e-6


def test_only_so_many_clients_are_remembered(clock: Clock) -> None:
    buckets = Buckets(1, 60, clock)
    for number in range(MOST_KEYS + 10):
        buckets.take(str(number))
    assert len(buckets._held) == MOST_KEYS
    assert buckets.take(str(MOST_KEYS)) > 0
