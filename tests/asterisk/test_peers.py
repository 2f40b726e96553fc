"""Other SIP programs as far ends: SIPp, and a hand-made UDP sender that repeats itself."""

from __future__ import annotations

import asyncio
import shutil
import socket
from pathlib import Path
from uuid import uuid4

import pytest

from ari_probe import AriProbe
from kwabo.stack.ports import free_udp_port
from kwabo.stack.stack import Stack

pytestmark = pytest.mark.asterisk
needs_sipp = pytest.mark.skipif(
    not shutil.which("sipp"), reason="SIPp is missing (Debian: apt install sip-tester)"
)


def invite(number: str, call_id: str, branch: str, port: int) -> bytes:
    media = (
        f"v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        f"m=audio {port + 2} RTP/AVP 8\r\na=rtpmap:8 PCMA/8000\r\n"
    )
    return (
        f"INVITE sip:{number}@127.0.0.1 SIP/2.0\r\n"
        f"Via: SIP/2.0/UDP 127.0.0.1:{port};branch={branch}\r\nMax-Forwards: 70\r\n"
        f"From: <sip:+2290121000000@127.0.0.1>;tag=a\r\nTo: <sip:{number}@127.0.0.1>\r\n"
        f"Call-ID: {call_id}\r\nCSeq: 1 INVITE\r\nContact: <sip:t@127.0.0.1:{port}>\r\n"
        f"X-Kwabo-Attempt-Id: {call_id}\r\nContent-Type: application/sdp\r\n"
        f"Content-Length: {len(media)}\r\n\r\n{media}"
    ).encode()


async def test_retransmitted_invites_count_once(stack: Stack, lab_call) -> None:
    assert stack.lab is not None
    call_id, branch = uuid4().hex, f"z9hG4bK{uuid4().hex}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.bind(("127.0.0.1", 0))
        message = invite("+2290100000003", call_id, branch, sender.getsockname()[1])
        for _ in range(5):
            sender.sendto(message, stack.lab.sip_address)
            await asyncio.sleep(0.1)
        assert (await lab_call(call_id)).behaviour == "busy"
        await asyncio.sleep(0.5)
        assert len([call for call in stack.lab.calls() if call.call_id == call_id]) == 1


@needs_sipp
async def test_the_lab_logs_every_call_of_fifty_a_second(stack: Stack, tmp_path: Path) -> None:
    assert stack.lab is not None
    host, lab_port = stack.lab.sip_address
    before = len(stack.lab.calls())
    number = "+2290177700010"  # answers and hangs up, so the scenario below waits for the BYE
    scenario = tmp_path / "caller.xml"
    scenario.write_text(CALLER)
    sipp = await asyncio.create_subprocess_exec(
        "sipp", f"{host}:{lab_port}", "-sf", str(scenario), "-s", number,
        "-i", "127.0.0.1", "-p", str(free_udp_port()), "-r", "50", "-m", "300", "-timeout", "60s",
        "-nostdin",
        cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    assert await sipp.wait() == 0
    await asyncio.sleep(0.5)
    seen = stack.lab.calls()[before:]
    assert len(seen) == 300
    assert len({call.call_id for call in seen}) == 300
    assert all(call.answered_at and call.ended_at and call.cause == 16 for call in seen)


@needs_sipp
async def test_the_switch_calls_sipp(ari: AriProbe, tmp_path: Path) -> None:
    """A second, independent far end answers and is bridged to nothing but the application."""
    port = free_udp_port()
    sipp = await asyncio.create_subprocess_exec(
        "sipp", "-sn", "uas", "-i", "127.0.0.1", "-p", str(port), "-m", "1", "-timeout", "30s",
        "-nostdin",
        cwd=tmp_path, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL,
        stdin=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await asyncio.sleep(0.5)
    attempt = await ari.call("", to_uri=f"sip:+2290100000001@127.0.0.1:{port}")
    await ari.event("StasisStart", attempt)
    await ari.ask("DELETE", f"/channels/{attempt}")
    await ari.event("ChannelDestroyed", attempt)
    assert await sipp.wait() == 0


CALLER = """<?xml version="1.0" encoding="UTF-8" ?>
<scenario name="caller that waits for the other side to hang up">
  <send retrans="500"><![CDATA[
    INVITE sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
    From: <sip:+2290121000000@[local_ip]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]>
    Call-ID: [call_id]
    CSeq: 1 INVITE
    Contact: <sip:caller@[local_ip]:[local_port]>
    Max-Forwards: 70
    Content-Type: application/sdp
    Content-Length: [len]

    v=0
    o=- 1 1 IN IP4 [local_ip]
    s=-
    c=IN IP4 [local_ip]
    t=0 0
    m=audio [media_port] RTP/AVP 8
    a=rtpmap:8 PCMA/8000
  ]]></send>
  <recv response="100" optional="true"/>
  <recv response="180" optional="true"/>
  <recv response="200"/>
  <send><![CDATA[
    ACK sip:[service]@[remote_ip]:[remote_port] SIP/2.0
    Via: SIP/2.0/UDP [local_ip]:[local_port];branch=[branch]
    From: <sip:+2290121000000@[local_ip]>;tag=[call_number]
    To: <sip:[service]@[remote_ip]>[peer_tag_param]
    Call-ID: [call_id]
    CSeq: 1 ACK
    Max-Forwards: 70
    Content-Length: 0
  ]]></send>
  <recv request="BYE"/>
  <send><![CDATA[
    SIP/2.0 200 OK
    [last_Via:]
    [last_From:]
    [last_To:]
    [last_Call-ID:]
    [last_CSeq:]
    Content-Length: 0
  ]]></send>
</scenario>
"""
