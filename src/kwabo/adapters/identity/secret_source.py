"""Secrets from the operating system."""

from __future__ import annotations

import secrets


class SystemSecrets:
    """See `kwabo.ports.secret_source.SecretSource`."""

    def token(self) -> str:
        return secrets.token_urlsafe(32)
