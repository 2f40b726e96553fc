"""Keys and prompts as they pass on the wire: the RTP packets that begin something, by the kernel.

A key's first packet is marked and its last ones say that it has ended (RFC 4733); the first packet
of a prompt after silence is marked. Only those are read, so that 200 calls cost next to nothing.
Needs Linux and the right to read packets (root).
"""

from __future__ import annotations

import asyncio
import ctypes
import socket
import struct
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_ATTACH_FILTER, _STAMP_IN_NANOSECONDS, _OUTGOING, _IPV4 = 26, 35, 4, 0x0800
_KEY, _AUDIO = 101, (0, 8)  # payload types: telephone-event as Asterisk offers it, G.711
_FILTER = (  # UDP, RTP of version 2, and marked or a key's end
    (0x30, 0, 0, 9), (0x15, 0, 9, 17), (0xB1, 0, 0, 0), (0x50, 0, 0, 8), (0x54, 0, 0, 0xC0),
    (0x15, 0, 5, 0x80), (0x50, 0, 0, 9), (0x45, 4, 0, 0x80), (0x15, 0, 2, _KEY), (0x50, 0, 0, 21),
    (0x45, 1, 0, 0x80), (0x06, 0, 0, 0), (0x06, 0, 0, 256),
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Key:
    """One key of one call, in seconds of the machine's clock."""

    digit: int
    begun: float
    ended: float | None = None
    prompt: float | None = None  # the next sound that began, before the next key


@dataclass(slots=True)
class Wire:
    """What has passed."""

    ports: range  # the switch's, for media: others' calls on this machine are not counted
    _seen: dict[tuple[int, int], list[Key]] = field(default_factory=lambda: defaultdict(list))

    def packet(self, at: float, data: bytes) -> None:
        """One IPv4 packet that the filter let through."""
        head = 4 * (data[0] & 15)
        source, target = struct.unpack_from("!HH", data, head)
        payload, marked = data[head + 9] & 0x7F, data[head + 9] & 0x80
        if payload == _KEY and target in self.ports:
            keys = self._seen[target, source]
            if marked:
                keys.append(Key(digit=data[head + 20], begun=at))
            elif keys and keys[-1].ended is None:
                keys[-1].ended = at
        elif payload in _AUDIO and source in self.ports:
            keys = self._seen[source, target]
            if keys and keys[-1].prompt is None:
                keys[-1].prompt = at

    def keys(self, since: float, until: float) -> list[Key]:
        """Those that began then."""
        return [key for keys in self._seen.values() for key in keys if since <= key.begun < until]


@contextmanager
def watch(ports: range) -> Iterator[Wire | None]:
    """Read in the running loop until the block is left; None where it is not allowed."""
    wire = Wire(ports)
    try:
        reader = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_IPV4))
    except (AttributeError, PermissionError):
        yield None
        return
    with reader:
        code = b"".join(struct.pack("HBBI", *one) for one in _FILTER)
        held = ctypes.create_string_buffer(code)
        program = struct.pack("HL", len(_FILTER), ctypes.addressof(held))
        reader.setsockopt(socket.SOL_SOCKET, _ATTACH_FILTER, program)
        reader.setsockopt(socket.SOL_SOCKET, _STAMP_IN_NANOSECONDS, 1)
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 8 << 20)
        reader.bind(("lo", 0))
        reader.setblocking(False)

        def read() -> None:
            while True:
                try:
                    data, told, _, address = reader.recvmsg(256, 64)
                except BlockingIOError:
                    return
                if address[2] != _OUTGOING and told:  # lo shows each twice
                    seconds, nanoseconds = struct.unpack("ll", told[0][2][:16])
                    wire.packet(seconds + nanoseconds / 1e9, data)

        loop = asyncio.get_running_loop()
        loop.add_reader(reader, read)
        try:
            yield wire
        finally:
            loop.remove_reader(reader)
