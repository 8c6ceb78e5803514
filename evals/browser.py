"""Asks the web app a question the way its page does, without a browser."""

from __future__ import annotations

import json
from typing import Any
from urllib.request import Request, urlopen

from ingest.errors import RadslagError

SECONDS = 60  # for one request
SESSION = "bench"


def ask_page(url: str, question: str) -> None:
    """Submit `question` in the page at `url` and wait until the answer has been sent.

    The page's own description says which events belong together: the one of the question field, and the one that
    follows it.

    Raises:
        RadslagError: the page has no question field, or an event failed.
    """
    events = _read(f"{url}config")["dependencies"]
    submit = next((each for each in events if any(name == "submit" for _, name in each["targets"])), None)
    if submit is None:
        raise RadslagError(f"the page at {url} has no field to submit a question in; measure without it")
    field = submit["targets"][0][0]
    _trigger(url, submit, {field: question})
    follow = next((each for each in events if each["trigger_after"] == submit["id"]), None)
    if follow is not None:
        _trigger(url, follow, {})


def _trigger(url: str, event: dict[str, Any], values: dict[int, str]) -> None:
    """Run one event; what it takes from the session is the server's business (None)."""
    data = [values.get(component) for component in event["inputs"]]
    body = json.dumps({"data": data, "fn_index": event["id"], "session_hash": SESSION}).encode()
    _read(Request(f"{url}gradio_api/queue/join", body, {"Content-Type": "application/json"}))
    with urlopen(f"{url}gradio_api/queue/data?session_hash={SESSION}", timeout=SECONDS) as stream:
        for line in stream:
            message = json.loads(line.removeprefix(b"data:")) if line.startswith(b"data:") else {}
            if message.get("msg") == "process_completed":
                if not message["success"]:
                    raise RadslagError(f"the page could not answer ({message['output']}); ask in a browser to see why")
                return
    raise RadslagError(f"the page at {url} sent no answer; ask in a browser to see why")


def _read(request: str | Request) -> Any:
    with urlopen(request, timeout=SECONDS) as response:
        return json.load(response)
