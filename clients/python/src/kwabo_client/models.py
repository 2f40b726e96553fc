"""The objects of the API: a TypedDict for each."""

from __future__ import annotations

from kwabo_client.generated.models import *  # noqa: F403 - every model
