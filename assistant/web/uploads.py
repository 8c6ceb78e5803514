"""The route that takes a file: one request a file, its bytes as the body, its name and municipality in the address."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse

from assistant.uploads import Uploads
from assistant.web.guard.visitor import may_upload
from ingest.uploads import Reason, UploadRefused

UPLOADS = "/uploads"
MARK = "x-radslag"  # a header that pages of other sites can't send without asking, which is never allowed
STATUSES = {Reason.SIZE: 413, Reason.COUNT: 429, Reason.SAME: 409, Reason.DISK: 507}  # others: 415


def router(uploads: Uploads) -> APIRouter:
    """The route, for those who may upload."""
    routes = APIRouter()

    @routes.post(UPLOADS, include_in_schema=False)
    async def upload(request: Request, name: str, municipality: str = "") -> JSONResponse:
        if not may_upload(request) or MARK not in request.headers:
            return JSONResponse({"refused": "role"}, 403)
        try:
            return JSONResponse({"document": await _taken(request, uploads, name, municipality)}, 201)
        except UploadRefused as refused:
            headers = {"connection": "close"}  # what is still on its way isn't read
            return JSONResponse({"refused": refused.reason.value}, STATUSES.get(refused.reason, 415), headers)
        except ClientDisconnect:
            return JSONResponse({"refused": "cut off"}, 400)

    return routes


async def _taken(request: Request, uploads: Uploads, name: str, municipality: str) -> str:
    incoming: Any = await run_in_threadpool(uploads.incoming, name, municipality)
    with incoming:
        async for content in request.stream():
            await run_in_threadpool(incoming.write, content)
        return str(await run_in_threadpool(incoming.keep))
