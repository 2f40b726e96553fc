"""The settings of the message for abandoned people, and what is warned of."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

PATH = "/api/v1/compliance"


async def change(client: httpx.AsyncClient, **part: Any) -> httpx.Response:
    version = (await client.get(PATH)).json()["version"]
    return await client.patch(PATH, json={"version": version, **part})


async def test_a_key_and_a_message_are_kept(admin: httpx.AsyncClient) -> None:
    before = (await admin.get(PATH)).json()
    assert (before["opt_out"], before["opt_out_key"], before["warnings"]) == (False, "9", [])
    answer = await change(admin, opt_out=True, opt_out_key="*", message_media="sound:custom/nine")
    assert answer.status_code == 200, answer.text
    after = (await admin.get(PATH)).json()
    assert (after["opt_out"], after["opt_out_key"]) == (True, "*")
    assert (after["message_media"], after["warnings"]) == ("sound:custom/nine", [])


async def test_the_programs_own_message_is_warned_of_where_a_key_is_offered(
    admin: httpx.AsyncClient,
) -> None:
    assert (await change(admin, opt_out=True)).json()["warnings"] == ["MESSAGE_DOES_NOT_NAME_KEY"]
    assert (await change(admin, opt_out=False)).json()["warnings"] == []
    us = await change(admin, preset="US")
    assert us.json()["warnings"] == ["MESSAGE_DOES_NOT_NAME_KEY"]
    named = await change(admin, message_media="sound:custom/nine")
    assert named.json()["warnings"] == []


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ({"opt_out_key": "12"}, "OPT_OUT_KEY"),
        ({"opt_out_key": ""}, "OPT_OUT_KEY"),
        ({"message_media": "/etc/passwd"}, "MESSAGE_MEDIA"),
        ({"message_media": "sound:../../etc"}, "MESSAGE_MEDIA"),
        ({"confirmation_media": ""}, "MESSAGE_MEDIA"),
    ],
)
async def test_what_cannot_be_is_refused_with_its_field(
    admin: httpx.AsyncClient, part: dict[str, str], code: str
) -> None:
    answer = await change(admin, **part)
    assert answer.status_code == 422
    (field,) = answer.json()["error"]["details"]["fields"]
    assert (field["field"], field["code"]) == (next(iter(part)), code)


async def test_the_same_in_french(admin: httpx.AsyncClient) -> None:
    version = (await admin.get(PATH)).json()["version"]
    answer = await admin.patch(
        PATH,
        json={"version": version, "opt_out_key": "12"},
        headers={"Accept-Language": "fr"},
    )
    (field,) = answer.json()["error"]["details"]["fields"]
    assert "touche" in field["message"]
