"""Free ports for a stack, on loopback.

They are drawn from below what Linux hands out to clients (32768 and up): a port that is free when
it is drawn is then not taken by somebody's outgoing connection before the server listens.
"""

from __future__ import annotations

import secrets
import socket

_FIRST, _LAST = 10240, 19999
_RTP_FIRST, _RTP_LAST = 20000, 32000
_RTP_BLOCK = 800  # ports per node: 400 calls


def free_tcp_port(host: str = "127.0.0.1") -> int:
    """A port that nothing listens on now."""
    return _free(socket.SOCK_STREAM, host)


def free_udp_port(host: str = "127.0.0.1") -> int:
    """A UDP port that nothing is bound to now."""
    return _free(socket.SOCK_DGRAM, host)


def is_free_tcp_port(port: int, host: str = "127.0.0.1") -> bool:
    """Whether one could listen there."""
    return _is_free(socket.SOCK_STREAM, host, port)


class RtpBlock:
    """A block of media ports, held until closed. Its first port is the mark, the rest are used.

    When all blocks are held, the last one is shared: Asterisk tries the next port when one is
    taken.
    """

    def __init__(self) -> None:
        for first in range(_RTP_FIRST, _RTP_LAST - _RTP_BLOCK + 1, _RTP_BLOCK):
            self._mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.first = first + 2
            self.last = first + _RTP_BLOCK - 1
            try:
                self._mark.bind(("127.0.0.1", first))
            except OSError:
                self._mark.close()
            else:
                return

    def close(self) -> None:
        """Give the block back."""
        self._mark.close()


def _free(kind: socket.SocketKind, host: str) -> int:
    for _ in range(1000):
        port = _FIRST + secrets.randbelow(_LAST - _FIRST + 1)
        if _is_free(kind, host, port):
            return port
    raise OSError(f"No free port between {_FIRST} and {_LAST}.")


def _is_free(kind: socket.SocketKind, host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, kind) as probe:
        if kind is socket.SOCK_STREAM:
            # A listener's closed connections do not count; for UDP the option would allow sharing.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True
