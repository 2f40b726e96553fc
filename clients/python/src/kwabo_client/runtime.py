"""What the generated modules stand on."""

from __future__ import annotations

from kwabo_client.files import AsyncDownload, Download, File, Progress
from kwabo_client.pages import AsyncPages, Pages
from kwabo_client.transport import Api, AsyncApi

__all__ = [
    "Api", "AsyncApi", "AsyncDownload", "AsyncPages", "Download", "File", "Pages", "Progress",
]  # fmt: skip
