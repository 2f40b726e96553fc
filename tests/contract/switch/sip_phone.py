"""A browser's softphone without a browser: SIP over WebSocket that registers and answers calls.

It speaks just enough: REGISTER with digest authentication, 200 to INVITE (with an answer whose
media never comes up), to BYE and to OPTIONS. Closing it drops the socket, as a closed tab does.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import secrets

import aiohttp

_HOST = "phone.invalid"


class SipPhone:
    """One registered phone. `url` is the switch's, e.g. ws://127.0.0.1:8088/ws."""

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = url
        self._user = user
        self._password = password
        self._session = aiohttp.ClientSession()
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self._answers: asyncio.Queue[str] = asyncio.Queue()

    async def register(self) -> None:
        """Return when the switch has accepted the registration."""
        self._socket = await self._session.ws_connect(self._url, protocols=("sip",))
        self._reader = asyncio.create_task(self._read(self._socket))
        call_id, tag = secrets.token_hex(8), secrets.token_hex(4)
        await self._socket.send_str(self._request(call_id, tag, 1, ""))
        challenge = await asyncio.wait_for(self._answers.get(), 5)
        assert challenge.startswith("SIP/2.0 401"), challenge
        login = self._login(_header(challenge, "WWW-Authenticate"))
        await self._socket.send_str(self._request(call_id, tag, 2, login))
        accepted = await asyncio.wait_for(self._answers.get(), 5)
        assert accepted.startswith("SIP/2.0 200"), accepted

    async def close(self) -> None:
        """The tab is closed."""
        if self._socket is not None:
            await self._socket.close()
        if self._reader is not None:
            await self._reader
        await self._session.close()

    def _request(self, call_id: str, tag: str, sequence: int, login: str) -> str:
        return (
            f"REGISTER sip:{_HOST} SIP/2.0\r\n"
            f"Via: SIP/2.0/WS {_HOST};branch=z9hG4bK{secrets.token_hex(8)};rport\r\n"
            "Max-Forwards: 70\r\n"
            f"From: <sip:{self._user}@{_HOST}>;tag={tag}\r\n"
            f"To: <sip:{self._user}@{_HOST}>\r\n"
            f"Call-ID: {call_id}\r\nCSeq: {sequence} REGISTER\r\n"
            f"Contact: <sip:{self._user}@{_HOST};transport=ws>;expires=120\r\n"
            f"{login}Content-Length: 0\r\n\r\n"
        )

    def _login(self, challenge: str) -> str:
        fields = dict(re.findall(r'(\w+)="?([^",]+)"?', challenge))
        uri, nonce_count, cnonce = f"sip:{_HOST}", "00000001", secrets.token_hex(8)

        def md5(text: str) -> str:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

        who = md5(f"{self._user}:{fields['realm']}:{self._password}")
        what = md5(f"REGISTER:{uri}")
        response = md5(f"{who}:{fields['nonce']}:{nonce_count}:{cnonce}:auth:{what}")
        opaque = f', opaque="{fields["opaque"]}"' if "opaque" in fields else ""
        return (
            f'Authorization: Digest username="{self._user}", realm="{fields["realm"]}", '
            f'nonce="{fields["nonce"]}", uri="{uri}", response="{response}", algorithm=MD5, '
            f'cnonce="{cnonce}", nc={nonce_count}, qop=auth{opaque}\r\n'
        )

    async def _read(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        async for message in socket:
            text = message.data if isinstance(message.data, str) else message.data.decode()
            if text.startswith("SIP/2.0"):
                self._answers.put_nowait(text)
            elif not text.startswith("ACK "):
                await socket.send_str(self._answer(text))

    def _answer(self, request: str) -> str:
        head, _, body = request.partition("\r\n\r\n")
        kept = "".join(
            f"{line}\r\n"
            for line in head.split("\r\n")[1:]
            if line.split(":", 1)[0] in ("Via", "v", "From", "f", "Call-ID", "i", "CSeq")
        )
        to = _header(request, "To")
        tag = "" if ";tag=" in to else f";tag={secrets.token_hex(4)}"
        kept += f"To: {to}{tag}\r\nContact: <sip:{self._user}@{_HOST};transport=ws>\r\n"
        if not request.startswith("INVITE "):
            return f"SIP/2.0 200 OK\r\n{kept}Content-Length: 0\r\n\r\n"
        media = _answer_to(body)
        return (
            f"SIP/2.0 200 OK\r\n{kept}Content-Type: application/sdp\r\n"
            f"Content-Length: {len(media)}\r\n\r\n{media}"
        )


def _header(message: str, name: str) -> str:
    found = re.search(rf"^{name}:\s*(.*?)\r$", message, re.MULTILINE | re.IGNORECASE)
    assert found, f"no {name} in {message}"
    return found.group(1)


def _answer_to(offer: str) -> str:
    audio = re.search(r"^m=audio \d+ (\S+) (.*?)\r?$", offer, re.MULTILINE)
    assert audio, offer
    mid = re.search(r"^a=mid:(\S+)", offer, re.MULTILINE)
    lines = [
        "v=0",
        "o=- 1 1 IN IP4 127.0.0.1",
        "s=-",
        "c=IN IP4 127.0.0.1",
        "t=0 0",
        f"m=audio 9 {audio.group(1)} {audio.group(2)}",
        *re.findall(r"^a=(?:rtpmap|fmtp):.*$", offer.replace("\r", ""), re.MULTILINE),
        f"a=mid:{mid.group(1) if mid else 'audio'}",
        "a=rtcp-mux",
        "a=setup:active",
        "a=fingerprint:sha-256 " + ":".join(["AB"] * 32),
        "a=ice-ufrag:phone",
        "a=ice-pwd:0123456789abcdef01234567",
        "a=candidate:1 1 UDP 2130706431 127.0.0.1 9 typ host",
        "a=sendrecv",
    ]
    return "\r\n".join(lines) + "\r\n"
