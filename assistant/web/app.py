"""The web app: the pages of both languages and the routes beside them, in one application; and the server that runs it.

The web app is a thin skin on the assistant. Gradio draws the controls; what comes from documents or users is HTML of our own
(`assistant.markup`), because nothing in it may be taken for markup that wasn't made here. Importing this module imports Gradio,
so only the serve command does.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
from pathlib import Path
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when Gradio is imported
# After every event, Gradio would sum up the last 10 000 in a pandas table that nobody here looks at.
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)
os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "100"

import gradio as gr
from fastapi import FastAPI
from fastapi.responses import RedirectResponse

from assistant.model import Language
from assistant.web import api, mcp, reader, shell, uploads
from assistant.web.conversation import Service
from assistant.web.guard.hosts import LOOPBACK
from assistant.web.guard.stack import guarded
from assistant.web.page import Page
from assistant.web.server import Server, listen
from ingest.settings import Settings

logger = logging.getLogger("radslag")

STATIC = Path(__file__).with_name("static")
LANGUAGES: tuple[Language, ...] = ("en", "sv")  # in the order their pages are mounted: / would take every address


def application(service: Service) -> Page:
    """The whole web application, ready for an ASGI server."""
    no_documentation: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}
    mounted = FastAPI(**no_documentation)
    # Routers of our own are included here, before the pages.
    mounted.include_router(reader.router(service))
    mounted.include_router(mcp.router(service))
    mounted.include_router(uploads.router(service.uploads))
    mounted.mount(api.PATH, api.application(service))
    mounted.add_api_route("/en", lambda: RedirectResponse(shell.PATHS["en"]), include_in_schema=False)
    for language in LANGUAGES:
        mounted = gr.mount_gradio_app(
            mounted,
            shell.build(service, language),
            path=shell.PATHS[language].rstrip("/") or "/",
            app_kwargs=no_documentation,
            theme=_theme(),
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            mcp_server=False,
            pwa=False,
            ssr_mode=False,
            show_error=False,
            max_file_size=1,  # bytes: nothing here takes a file
        )
    return Page(mounted, {path: language for language, path in shell.PATHS.items()}, _head())


def server(service: Service, bound: socket.socket) -> Server:
    """A server of the web app on a socket that is bound already; `run(sockets=[bound])` starts it."""
    page = application(service)
    return Server(guarded(page, service.settings), page, bound)


def serve(service: Service, settings: Settings) -> None:
    """Serve the page until Ctrl-C.

    Raises:
        UsageError: the address or the port can't be used.
    """
    if settings.host not in LOOPBACK and settings.accounts is None:
        logger.warning(
            "%s is open to the network without accounts: whoever reaches this machine can ask and read every document "
            "(to have them log in, see `accounts` in the README)",
            settings.host,
        )
    with listen(settings.host, settings.port) as bound, contextlib.suppress(KeyboardInterrupt):
        server(service, bound).run(sockets=[bound])


def _head() -> str:
    """What stands at the head of every page: the style, nested so that it outweighs Gradio's own, the script, the icon."""
    sheets = sorted(sheet.name for sheet in STATIC.glob("*.css"))
    others = [name for name in sheets if name not in ("palette.css", "root.css", "base.css")]
    nested = "\n".join(_read(STATIC / name) for name in ("base.css", *others))
    whole = "\n".join(_read(STATIC / name) for name in ("palette.css", "root.css"))
    style = f"{whole}\n.gradio-container.gradio-container.gradio-container {{\n{nested}\n}}"
    script = "\n".join(_read(source) for source in sorted(STATIC.glob("*.js")))
    return f"{_ICON}<style>{style}</style><script>{script}</script>"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")


_ICON = (
    '<link rel="icon" href="data:image/svg+xml,'
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='4' "
    "fill='%23154c56'/%3E%3Cpath d='M9 8h14v10H15l-6 6z' fill='%23fff'/%3E%3C/svg%3E\">"
)


def _theme() -> gr.themes.Base:
    """Gradio's plainest theme with the fonts of the reader's own machine."""
    font = [gr.themes.Font(name) for name in ("system-ui", "Segoe UI", "Roboto", "Helvetica Neue", "sans-serif")]
    mono = [gr.themes.Font(name) for name in ("ui-monospace", "Consolas", "monospace")]
    return gr.themes.Base(font=font, font_mono=mono).set(
        body_background_fill="#fbfaf7", body_background_fill_dark="#14181a"
    )
