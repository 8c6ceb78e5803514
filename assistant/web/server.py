"""The server around the page: an address to listen on, one line when it is ready, an end without delay."""

from __future__ import annotations

import errno
import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from assistant.web.page import Page
from ingest.errors import UsageError

ANY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # listening everywhere → the address this machine opens it at
SHUTDOWN_SECONDS = 2  # how long a question being answered may hold up the end of the program


def listen(host: str, port: int) -> socket.socket:
    """A socket bound to `host` and `port`.

    Raises:
        UsageError: the port is taken, or the address can't be used.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            reason = f"port {port} is taken: stop the program that listens on it, or use --port with another number"
        else:
            reason = f"cannot listen on {host} port {port}: {error.strerror}; use another --host or --port"
        raise UsageError(reason) from error


class Server(uvicorn.Server):
    """uvicorn around `application`, saying in one line on standard error when it can be opened.

    It ends without delay, for `page`, somewhere within the application, ends the streams that open pages hold.
    """

    def __init__(self, application: ASGIApp, page: Page, bound: socket.socket) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                log_level="warning",
                access_log=False,
                server_header=False,
                proxy_headers=False,  # whom to believe is a setting of ours (`assistant.web.guard.proxies`)
                timeout_graceful_shutdown=SHUTDOWN_SECONDS,
            )
        )
        self.page = page
        host, port = bound.getsockname()[:2]
        shown = ANY_ADDRESS.get(host, host)
        self.url = f"http://[{shown}]:{port}/" if ":" in shown else f"http://{shown}:{port}/"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"Rådslag: {self.url} (Ctrl-C to stop)", file=sys.stderr, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.page.stopping.set()
        await super().shutdown(sockets)
