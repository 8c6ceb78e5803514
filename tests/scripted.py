"""A server that speaks the chat completions of OpenAI, answers from a queue of scripted replies and remembers what it was asked.

A reply may say `⟦words⟧`: that becomes the number, in brackets, that the evidence with these words has in the prompt.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "sk-hemlig-0123456789"


@dataclass(frozen=True)
class Reply:
    """One scripted reply: `text` in pieces of `piece_chars`, or `body` as it stands; what else may go wrong on the way."""

    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str | None = None
    piece_chars: int = 11
    wait_seconds: float = 0.0  # before anything is sent
    piece_seconds: float = 0.0  # between two pieces
    breaks_after: int | None = None  # pieces, and then the connection is cut
    pings: int = 0  # comments, which keep a connection alive and say nothing, one each `piece_seconds` before the text
    finish: str = "stop"
    streams: bool = True  # whether it can stream; asked to where it can't, it sends a whole reply


def error(status: int, message: str, **headers: str) -> Reply:
    """An error as OpenAI words it; it repeats the key, as careless gateways do."""
    body = json.dumps({"error": {"message": f"{message} (key {KEY})", "type": "error", "code": None}})
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Reply(status=status, body=body, headers={"Content-Type": "application/json", **named})


@dataclass
class Scripted:
    """The running server: its address, what it was asked (bodies and headers), and the replies that are left."""

    url: str
    replies: deque[Reply] = field(default_factory=deque)
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def say(self, *replies: Reply | str) -> None:
        """Have these as the next replies."""
        self.replies.extend(Reply(reply) if isinstance(reply, str) else reply for reply in replies)

    @property
    def prompt(self) -> str:
        """All that was said to the model the last time."""
        return "\n".join(message["content"] for message in self.asked[-1]["messages"])


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Those who hang up in the middle are what some tests are about."""


def _with_numbers(text: str, prompt: str) -> str:
    evidence = re.findall(r"^\[(\d+)\] (.*)$", prompt, re.MULTILINE)

    def number(words: re.Match[str]) -> str:
        return next((f"[{number}]" for number, line in evidence if words[1] in line), f"[no evidence has {words[1]!r}]")

    return re.sub("⟦(.+?)⟧", number, text)


@contextmanager
def scripted() -> Iterator[Scripted]:
    """The server on a free loopback port, until the block ends. A question too many gets status 418."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            asked = json.loads(self.rfile.read(length))
            running.asked.append(asked)
            running.headers.append(dict(self.headers))
            if self.path != "/v1/chat/completions":
                reply = error(404, f"no {self.path}")
            else:
                reply = running.replies.popleft() if running.replies else error(418, "no reply is left")
                reply = replace(reply, text=_with_numbers(reply.text, running.prompt))
            time.sleep(reply.wait_seconds)
            try:
                self._answer(reply, asked)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _answer(self, reply: Reply, asked: Mapping[str, Any]) -> None:
            if reply.body is not None:
                self._send(reply.status, {"Content-Type": "text/html", **reply.headers}, reply.body)
            elif asked.get("stream") and reply.streams:
                self._stream(reply)
            else:
                choice = {
                    "index": 0,
                    "message": {"role": "assistant", "content": reply.text},
                    "finish_reason": reply.finish,
                }
                whole = {"id": "x", "object": "chat.completion", "created": 0, "model": "scripted", "choices": [choice]}
                self._send(reply.status, {"Content-Type": "application/json"}, json.dumps(whole))

        def _send(self, status: int, headers: Mapping[str, str], body: str) -> None:
            content = body.encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _stream(self, reply: Reply) -> None:
            self.send_response(reply.status)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for _ in range(reply.pings):
                self._chunk(": ping\n\n")
                time.sleep(reply.piece_seconds)
            starts = range(0, len(reply.text), reply.piece_chars)
            for number, start in enumerate(starts):
                if number == reply.breaks_after:
                    self.close_connection = True
                    return
                self._event({"content": reply.text[start : start + reply.piece_chars]}, None)
                time.sleep(reply.piece_seconds)
            self._event({}, reply.finish)
            self._chunk("data: [DONE]\n\n")
            self.wfile.write(b"0\r\n\r\n")

        def _event(self, delta: Mapping[str, str], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "finish_reason": finish}
            event = {
                "id": "x",
                "object": "chat.completion.chunk",
                "created": 0,
                "model": "scripted",
                "choices": [choice],
            }
            self._chunk(f"data: {json.dumps(event)}\n\n")

        def _chunk(self, text: str) -> None:
            content = text.encode()
            self.wfile.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
            self.wfile.flush()

    server = _Server(("127.0.0.1", 0), Handler)
    running = Scripted(f"http://127.0.0.1:{server.server_address[1]}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
