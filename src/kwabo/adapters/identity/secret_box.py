"""Secrets sealed with AES-256-GCM; see `ports.secret_box`."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from kwabo.ports.secret_box import SecretUnreadable

_VERSION: Final = b"\x01"
_NONCE_BYTES: Final = 12


class FileKeyBox:
    """The key lies in a file that every process of a site shares; it is made when it is missing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def seal(self, secret: str, purpose: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return _VERSION + nonce + self._cipher().encrypt(nonce, secret.encode(), purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> str:
        if sealed[:1] != _VERSION:
            raise SecretUnreadable
        nonce, rest = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        try:
            return self._cipher().decrypt(nonce, rest, purpose.encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise SecretUnreadable from error

    def _cipher(self) -> AESGCM:
        return AESGCM(self._key())

    def _key(self) -> bytes:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f"{self._path.name}.{secrets.token_hex(4)}")
        if not self._path.exists():
            with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as new:
                new.write(secrets.token_bytes(32))
            try:
                os.link(part, self._path)  # whole or not at all, and never over another's key
            except FileExistsError:
                pass
            finally:
                part.unlink()
        return self._path.read_bytes()
