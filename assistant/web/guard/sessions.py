"""Sessions: who is logged in, known by a random token of which only a hash is kept, in memory alone."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock

from assistant.web.guard.accounts import Account, Accounts
from assistant.web.guard.passwords import Hash

MOST_OF_ONE = 50  # sessions of one account; beyond that, the one unused for longest ends


@dataclass(frozen=True)
class Session:
    """One login. `password` is the hash it was made against: the session ends when that changes."""

    name: str
    password: Hash
    began: float
    used: float


class Sessions:
    """All sessions of this process; they end with it. Safe from several threads.

    A session ends after `idle_seconds` without a request, after `longest_seconds` however busy it is, when it is ended, and when
    its account is removed or gets another password.
    """

    def __init__(
        self, idle_seconds: float, longest_seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._idle = idle_seconds
        self._longest = longest_seconds
        self._clock = clock
        self._sessions: dict[bytes, Session] = {}
        self._lock = Lock()

    def begin(self, account: Account, token: str | None = None) -> str:
        """A session of `account`; gives its token, a random one unless the caller has one that nobody can guess."""
        token = token or secrets.token_urlsafe(32)
        now = self._clock()
        with self._lock:
            self._sessions = {key: each for key, each in self._sessions.items() if self._lives(each, now)}
            own = sorted((each.used, key) for key, each in self._sessions.items() if each.name == account.name)
            for _, key in own[: max(0, len(own) + 1 - MOST_OF_ONE)]:
                del self._sessions[key]
            self._sessions[_hash(token)] = Session(account.name, account.password, now, now)
        return token

    def account(self, token: str, accounts: Accounts) -> Account | None:
        """The account logged in with `token`, as `accounts` have it now; None when the session has ended."""
        key, now = _hash(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            account = accounts.get(session.name)
            if account is None or account.password != session.password or not self._lives(session, now):
                del self._sessions[key]
                return None
            self._sessions[key] = replace(session, used=now)
            return account

    def end(self, token: str) -> None:
        """End the session with that token, if there is one."""
        with self._lock:
            self._sessions.pop(_hash(token), None)

    def _lives(self, session: Session, now: float) -> bool:
        return now - session.used < self._idle and now - session.began < self._longest


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
