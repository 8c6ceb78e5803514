"""A worker whose documents misbehave as their names say; run in a process of its own."""

from __future__ import annotations

import ctypes
import re
import subprocess
import time

from ingest import parse_worker
from ingest.parse import Parsed, parse
from ingest.read.progress import goes_on
from ingest.settings import Settings
from ingest.sources import Source


def misbehave(source: Source, settings: Settings, version: str) -> Parsed:
    match source.id.split(".")[0]:
        case "hang":
            time.sleep(600)
        case "hold":  # the interpreter's lock, for hours
            re.fullmatch(r"(a|aa)+b", "a" * 80)
        case "child":
            subprocess.run(["sleep", "617"], check=True)
        case "segfault":
            ctypes.string_at(0)
        case "surprise":
            raise KeyError("what nobody foresaw")
        case "chatter":
            print("not an answer")
        case "hog":
            bytearray(10_000_000_000)
        case "long":  # but going on
            for _ in range(10):
                time.sleep(0.4)
                goes_on()
    return parse(source, settings, version)


def serve(parent: int) -> None:
    vars(parse_worker)["parse"] = misbehave
    parse_worker.serve(parent)
