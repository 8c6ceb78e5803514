"""Passwords: what is kept of one, whether another is the same, and which are too easy to guess."""

from __future__ import annotations

import hashlib
import hmac
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ingest.errors import UsageError

MIN_CHARS = 12
MAX_CHARS = 256  # a longer one would only keep the server busy
MIN_DIFFERENT = 5  # signs; "aaaaaaaaaaaa" is as good as none
_NONSENSE = (
    "lösenord", "losenord", "password", "passord", "passw0rd", "kommun", "radslag", "rådslag", "qwerty", "asdfgh",
    "välkommen", "valkommen", "welcome", "sommar", "vinter", "admin", "letmein", "iloveyou", "hemligt", "fullmäktige",
)  # fmt: skip
_ROWS = ("0123456789012", "abcdefghijklmnopqrstuvwxyzåäö", "qwertyuiopåasdfghjklöäzxcvbnm")
_RUN = 4  # signs in a row as on the keyboard, in the alphabet or counting, that count as one
_MANY_MB = 256  # the most memory scrypt may take; n · r · 128 bytes are needed


@dataclass(frozen=True)
class Hash:
    """What is kept of a password: scrypt's result, and what it was made with."""

    n: int
    r: int
    p: int
    salt: bytes
    key: bytes

    def as_json(self) -> dict[str, Any]:
        return {"n": self.n, "r": self.r, "p": self.p, "salt": self.salt.hex(), "key": self.key.hex()}

    @classmethod
    def from_json(cls, written: Mapping[str, Any]) -> Hash:
        """The reverse of `as_json`.

        Raises:
            ValueError, KeyError, TypeError: something is missing or out of bounds.
        """
        made = cls(
            int(written["n"]),
            int(written["r"]),
            int(written["p"]),
            bytes.fromhex(written["salt"]),
            bytes.fromhex(written["key"]),
        )
        whole = made.n & (made.n - 1) == 0 and 2**14 <= made.n <= 2**20 and 1 <= made.r <= 32 and 1 <= made.p <= 16
        if not whole or len(made.salt) < 16 or len(made.key) < 32:
            raise ValueError("scrypt numbers out of bounds")
        return made


def hashed(password: str, n: int = 2**15, r: int = 8, p: int = 3) -> Hash:
    """`password` as it is kept, with a salt of its own. The defaults take 32 MB and about a quarter of a second."""
    salt = os.urandom(16)
    return Hash(n, r, p, salt, _scrypt(password, n, r, p, salt, 32))


def same(password: str, kept: Hash) -> bool:
    """Whether `kept` was made of `password`; takes as long whether or not."""
    made = _scrypt(password, kept.n, kept.r, kept.p, kept.salt, len(kept.key))
    return hmac.compare_digest(made, kept.key)


# What an unknown name's password is held against, so that it takes as long to be refused as a known one's.
NOBODY = Hash(2**15, 8, 3, b"radslag: nobody!", bytes(32))


def check_password(password: str, name: str) -> None:
    """Refuse a password that is guessed sooner than it should be.

    Raises:
        UsageError: it is too short, too long, or made of what everybody tries first.
    """
    plain = unicodedata.normalize("NFKC", password)
    if not MIN_CHARS <= len(plain) <= MAX_CHARS:
        raise UsageError(
            f"found a password of {len(plain)} characters, needs {MIN_CHARS} to {MAX_CHARS}: take four words, say"
        )
    left = plain.casefold()
    for easy in (*_NONSENSE, *(part for part in (name.casefold(),) if len(part) > 2)):
        left = left.replace(easy, "")
    if len(_without_runs(left)) < MIN_CHARS // 2 or len(set(left)) < MIN_DIFFERENT:
        raise UsageError(
            "the password is of the kind that is tried first (a name, a common word, a row of keys, one sign repeated): "
            "take four words that don't belong together, say"
        )


def _without_runs(text: str) -> str:
    """`text` with every row of keys, letters or digits, in either direction, made one sign."""
    kept, place = [], 0
    while place < len(text):
        length = 1
        for row in _ROWS:
            for order in (row, row[::-1]):
                while place + length < len(text) and text[place : place + length + 1] in order:
                    length += 1
        kept.append(text[place])
        place += length if length >= _RUN else 1
    return "".join(kept)


def _scrypt(password: str, n: int, r: int, p: int, salt: bytes, length: int) -> bytes:
    # NFKC: å typed as one sign on one keyboard and as two on another is the same letter
    plain = unicodedata.normalize("NFKC", password).encode()[: 4 * MAX_CHARS]
    return hashlib.scrypt(plain, salt=salt, n=n, r=r, p=p, maxmem=_MANY_MB * 1_000_000, dklen=length)
