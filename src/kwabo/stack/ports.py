"""Free ports for a stack, on loopback."""

from __future__ import annotations

import socket

_RTP_FIRST, _RTP_LAST = 20000, 32000  # below what Linux hands out to clients
RTP_BLOCK = 800  # ports per node: 400 calls


def free_tcp_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_free_tcp_port(port: int, host: str = "127.0.0.1") -> bool:
    """Whether one could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
        return True


def free_udp_port(host: str = "127.0.0.1") -> int:
    """A UDP port that nothing is bound to now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


class RtpBlock:
    """A block of media ports, held until closed. Its first port is the mark, the rest are used."""

    def __init__(self) -> None:
        for first in range(_RTP_FIRST, _RTP_LAST, RTP_BLOCK):
            mark = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            try:
                mark.bind(("127.0.0.1", first))
            except OSError:
                mark.close()
                continue
            self._mark = mark
            self.first = first + 2
            self.last = first + RTP_BLOCK - 1
            return
        raise OSError(f"No free block of media ports between {_RTP_FIRST} and {_RTP_LAST}.")

    def close(self) -> None:
        """Give the block back."""
        self._mark.close()
