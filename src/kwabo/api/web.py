"""The web application's files: built into `static/`, one page for every address of its router."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from fastapi import APIRouter
from starlette.responses import FileResponse, PlainTextResponse, Response

from kwabo.kernel.errors import NotFound

STATIC: Final = Path(__file__).parent / "static"
_FOREVER: Final = "public, max-age=31536000, immutable"  # built names carry a hash of the content


def web_router(folder: Path) -> APIRouter:
    """Serves `folder`; what is no file there is a page of the application."""
    router = APIRouter()
    root = folder.resolve()

    @router.get("/{path:path}", include_in_schema=False)
    async def page_or_file(path: str) -> Response:
        """A file, or the application's page."""
        if path in ("api", "sip") or path.startswith("api/"):
            raise NotFound("NOT_FOUND", "There is no such address.")
        return _answer(root, path)

    return router


def _answer(root: Path, path: str) -> Response:
    file = (root / path).resolve()
    if path and file.is_relative_to(root) and file.is_file():
        hashed = path.startswith("assets/")
        return FileResponse(file, headers={"Cache-Control": _FOREVER if hashed else "no-cache"})
    if path.startswith("assets/"):
        raise NotFound("NOT_FOUND", "There is no such file.")
    index = root / "index.html"
    if not index.is_file():
        return PlainTextResponse(
            "The web application is not built. Run ./dev up, which builds it.\n", 503
        )
    return FileResponse(index, headers={"Cache-Control": "no-cache"})
