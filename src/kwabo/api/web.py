"""The web application's files: built into `static/`, one page for every address of its router."""

from __future__ import annotations

import gzip
import mimetypes
from functools import lru_cache
from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from kwabo.kernel.errors import NotFound

STATIC: Final = Path(__file__).parent / "static"
_FOREVER: Final = "public, max-age=31536000, immutable"  # built names carry a hash of the content
_TEXT: Final = frozenset({".js", ".css", ".svg", ".json", ".webmanifest"})  # worth compressing


def web_router(folder: Path) -> APIRouter:
    """Serves `folder`; what is no file there is a page of the application."""
    router = APIRouter()
    root = folder.resolve()

    @router.get("/{path:path}", include_in_schema=False)
    async def page_or_file(path: str, request: Request) -> Response:
        """A file, or the application's page."""
        if path in ("api", "sip") or path.startswith("api/"):
            raise NotFound("NOT_FOUND", "There is no such address.")
        return _answer(root, path, gzipped=_accepts_gzip(request))

    return router


def _accepts_gzip(request: Request) -> bool:
    wanted = request.headers.get("accept-encoding", "")
    return any(part.strip().split(";")[0] == "gzip" for part in wanted.split(","))


@lru_cache(maxsize=256)
def _compressed(file: Path) -> bytes:
    """A built file, compressed once; only files whose name changes with their content."""
    return gzip.compress(file.read_bytes(), compresslevel=9, mtime=0)


def _answer(root: Path, path: str, *, gzipped: bool) -> Response:
    file = (root / path).resolve()
    if path and file.is_relative_to(root) and file.is_file():
        hashed = path.startswith("assets/")
        headers = {"Cache-Control": _FOREVER if hashed else "no-cache"}
        if not hashed or file.suffix not in _TEXT:
            return FileResponse(file, headers=headers)
        headers["Vary"] = "Accept-Encoding"
        if not gzipped:
            return FileResponse(file, headers=headers)
        kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        headers["Content-Encoding"] = "gzip"
        return Response(_compressed(file), media_type=kind, headers=headers)
    if path.startswith("assets/"):
        raise NotFound("NOT_FOUND", "There is no such file.")
    index = root / "index.html"
    if not index.is_file():
        return PlainTextResponse(
            "The web application is not built. Run ./dev up, which builds it.\n", 503
        )
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
