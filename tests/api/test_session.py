"""Signing in and out, and what a cookie is worth."""

from __future__ import annotations

import httpx


async def test_signing_in_tells_who_and_what(admin: httpx.AsyncClient) -> None:
    answer = await admin.get("/api/v1/session")
    assert answer.status_code == 200
    session = answer.json()
    assert session["user"]["login"] == "a.admin"
    assert session["organisation"]["name"] == "Organisation A"
    assert "users.write" in session["permissions"]
