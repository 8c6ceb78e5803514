"""Asks the web app a question the way its page does, without a browser."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen
from uuid import uuid4

from ingest.errors import RadslagError

SECONDS = 60  # for one request


def ask_page(url: str, question: str) -> str:
    """Submit `question` in a page at `url` that was just opened, and wait until the answer has been sent.

    The page's own description says which events belong together: the one of the question field, and those that follow
    one another after it. Returns what the last of them sent, as JSON.

    Raises:
        RadslagError: the page has no question field, or an event failed.
        OSError: the server doesn't answer, or refuses.
    """
    return Page(url).ask(question)


class Page:
    """The page at `url`, opened once; its questions are those of different people, with a session each."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._events: list[dict[str, Any]] = _read(f"{url}config")["dependencies"]
        found = [each for each in self._events if any(name == "submit" for _, name in each["targets"])]
        if not found:
            raise RadslagError(f"the page at {url} has no field to submit a question in; measure without it")
        self._submit = found[0]

    def ask(self, question: str) -> str:
        """As `ask_page`."""
        session = uuid4().hex
        event: dict[str, Any] | None = self._submit
        values = {self._submit["targets"][0][0]: question}
        sent = ""
        while event is not None:
            if event.get("backend_fn", True):  # others happen in the browser alone
                sent, values = self._trigger(event, values, session), {}
            done = event["id"]
            event = next((each for each in self._events if _follows(each, done)), None)
        return sent

    def _trigger(self, event: dict[str, Any], values: dict[int, str], session: str) -> str:
        """Run one event; what it takes from the session is the server's business (None)."""
        data = [values.get(component) for component in event["inputs"]]
        body = json.dumps({"data": data, "fn_index": event["id"], "session_hash": session}).encode()
        _read(Request(f"{self._url}gradio_api/queue/join", body, {"Content-Type": "application/json"}))
        with urlopen(f"{self._url}gradio_api/queue/data?session_hash={session}", timeout=SECONDS) as stream:
            for line in stream:
                message = json.loads(line.removeprefix(b"data:")) if line.startswith(b"data:") else {}
                if message.get("msg") == "process_completed":
                    output = message["output"]
                    if not message["success"]:
                        raise RadslagError(
                            f"the page at {self._url} could not answer ({output}); ask in a browser to see why"
                        )
                    return json.dumps(output, ensure_ascii=False)
        raise RadslagError(f"the page at {self._url} sent no answer; ask in a browser to see why")


def _follows(event: dict[str, Any], done: int) -> bool:
    """Whether the page triggers `event` when the one with the id `done` has gone well."""
    return event["trigger_after"] == done and not event.get("trigger_only_on_failure")


def _read(request: str | Request) -> Any:
    with urlopen(request, timeout=SECONDS) as response:
        return json.load(response)
