"""Everything that can go wrong, as one small tree.

A message reads *found / needed / what to do*, so that one line is enough for the reader to go on.
"""

from __future__ import annotations


class RadslagError(Exception):
    """Base of every error this program raises on purpose; its text is fit to show to a person."""


class UsageError(RadslagError):
    """The arguments, the settings or the index cannot be used as given (exit status 2)."""


class DocumentError(RadslagError):
    """One document cannot be read; the others go on.

    Attributes:
        document: id of the document (its path below the ingested root), or the path when it has no id yet.
        reason: what was found, in one sentence without the file name.
        remedy: what the user can do about it.
    """

    def __init__(self, document: str, reason: str, remedy: str) -> None:
        super().__init__(f"{document}: {reason}; {remedy}")
        self.document = document
        self.reason = reason
        self.remedy = remedy


class VectorError(RadslagError):
    """The vector store cannot be used; the registry, from which it is made, can stand in for it."""


class EncoderError(RadslagError):
    """The text encoder cannot be prepared or loaded."""
