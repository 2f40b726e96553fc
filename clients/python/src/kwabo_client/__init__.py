"""A typed client of Kwabo's API, with and without asyncio. See the README."""

from __future__ import annotations

from kwabo_client import models
from kwabo_client.client import AsyncKwaboClient, KwaboClient
from kwabo_client.errors import (
    Conflict,
    ConnectionFailed,
    Forbidden,
    Invalid,
    KwaboError,
    NotFound,
    NotSignedIn,
    Refused,
    ServerError,
    TimedOut,
    TooMany,
    Unavailable,
    UnknownAnswer,
)
from kwabo_client.files import AsyncDownload, Download
from kwabo_client.following import follow
from kwabo_client.pages import AsyncPages, Page, Pages
from kwabo_client.retries import Retries
from kwabo_client.version import __version__
from kwabo_client.webhooks import WebhookRejected, verify_webhook

__all__ = [
    "AsyncDownload",
    "AsyncKwaboClient",
    "AsyncPages",
    "Conflict",
    "ConnectionFailed",
    "Download",
    "Forbidden",
    "Invalid",
    "KwaboClient",
    "KwaboError",
    "NotFound",
    "NotSignedIn",
    "Page",
    "Pages",
    "Refused",
    "Retries",
    "ServerError",
    "TimedOut",
    "TooMany",
    "Unavailable",
    "UnknownAnswer",
    "WebhookRejected",
    "__version__",
    "follow",
    "models",
    "verify_webhook",
]
