"""Agents' endpoints are put at run time through ARI, and a browser can then register."""

from __future__ import annotations

import hashlib
import re
from uuid import uuid4

import aiohttp
import pytest

from ari_probe import AriProbe
from kwabo.adapters.switch.asterisk.configuration import webrtc_agent
from kwabo.stack.stack import Stack

pytestmark = pytest.mark.asterisk


async def put_agent(ari: AriProbe, name: str, password: str) -> None:
    for kind, key, fields in webrtc_agent(endpoint=name, password=password):
        body = {"fields": [{"attribute": k, "value": v} for k, v in fields.items()]}
        status, answer = await ari.ask(
            "PUT", f"/asterisk/config/dynamic/res_pjsip/{kind}/{key}", body
        )
        assert status == 200, answer


async def register(stack: Stack, name: str, password: str, *, expires: int = 120) -> int:
    """Register as SIP.js does, and return the final SIP status; the socket is closed then."""
    assert stack.switch is not None
    url = stack.switch.ari.url.replace("http://", "ws://").replace("/ari", "/ws")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url, protocols=("sip",)) as socket,
    ):
        return await register_on(socket, name, password, expires=expires)


async def register_on(
    socket: aiohttp.ClientWebSocketResponse, name: str, password: str, *, expires: int = 120
) -> int:
    call_id, authorization = uuid4().hex, ""
    for sequence in (1, 2):
        await socket.send_str(
            f"REGISTER sip:kwabo SIP/2.0\r\n"
            f"Via: SIP/2.0/WS {name}.invalid;branch=z9hG4bK{uuid4().hex}\r\n"
            f"Max-Forwards: 70\r\nFrom: <sip:{name}@kwabo>;tag=t1\r\nTo: <sip:{name}@kwabo>\r\n"
            f"Call-ID: {call_id}\r\nCSeq: {sequence} REGISTER\r\n"
            f"Contact: <sip:{name}@{name}.invalid;transport=ws>;expires={expires}\r\n"
            f"{authorization}Content-Length: 0\r\n\r\n"
        )
        answer = (await socket.receive()).data
        answer = answer if isinstance(answer, str) else answer.decode()
        status = int(answer.split(" ", 2)[1])
        if status != 401:
            return status
        realm = _field(answer, "realm")
        nonce = _field(answer, "nonce")
        opaque = _field(answer, "opaque")
        secret = _md5(f"{name}:{realm}:{password}")
        response = _md5(f"{secret}:{nonce}:00000001:c1:auth:{_md5('REGISTER:sip:kwabo')}")
        authorization = (
            f'Authorization: Digest username="{name}",realm="{realm}",nonce="{nonce}",'
            f'uri="sip:kwabo",response="{response}",algorithm=MD5,qop=auth,nc=00000001,'
            f'cnonce="c1",opaque="{opaque}"\r\n'
        )
    return status


def _field(answer: str, name: str) -> str:
    match = re.search(rf'{name}="([^"]*)"', answer)
    return match.group(1) if match else ""


def _md5(text: str) -> str:
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


async def test_an_agent_registers_and_is_seen(ari: AriProbe, stack: Stack) -> None:
    name = f"agent-{uuid4().hex[:8]}"
    await put_agent(ari, name, "right")
    assert stack.switch is not None
    url = stack.switch.ari.url.replace("http://", "ws://").replace("/ari", "/ws")
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(url, protocols=("sip",)) as socket,
    ):
        assert await register_on(socket, name, "right") == 200
        event = await ari.when(
            lambda event: (
                event["type"] in ("PeerStatusChange", "ContactStatusChange")
                and event["endpoint"]["resource"] == name
            )
        )
        assert event["endpoint"]["technology"] == "PJSIP"
        status, endpoint = await ari.ask("GET", f"/endpoints/PJSIP/{name}")
        assert (status, endpoint["state"]) == (200, "online")
    # The WebSocket is gone, and with it the contact.
    await ari.when(
        lambda event: (
            event["type"] == "ContactStatusChange"
            and event["endpoint"]["resource"] == name
            and event["contact_info"]["contact_status"] in ("Removed", "Unreachable")
        )
    )


async def test_a_wrong_password_is_refused(ari: AriProbe, stack: Stack) -> None:
    name = f"agent-{uuid4().hex[:8]}"
    await put_agent(ari, name, "right")
    assert await register(stack, name, "wrong") == 401


async def test_the_password_can_be_changed(ari: AriProbe, stack: Stack) -> None:
    name = f"agent-{uuid4().hex[:8]}"
    await put_agent(ari, name, "old")
    await put_agent(ari, name, "new")
    assert await register(stack, name, "old") == 401
    assert await register(stack, name, "new") == 200


async def test_a_removed_endpoint_cannot_register(ari: AriProbe, stack: Stack) -> None:
    name = f"agent-{uuid4().hex[:8]}"
    await put_agent(ari, name, "right")
    for kind in ("endpoint", "aor", "auth"):
        status, answer = await ari.ask(
            "DELETE", f"/asterisk/config/dynamic/res_pjsip/{kind}/{name}"
        )
        assert status == 204, answer
    assert await register(stack, name, "right") == 401


async def test_loopback_registrations_are_not_taken_for_the_trunk(
    ari: AriProbe, stack: Stack
) -> None:
    """The trunk is matched by address, and browsers come from the same one."""
    assert await register(stack, f"nobody-{uuid4().hex[:8]}", "x") == 401
