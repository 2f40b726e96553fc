"""Which addresses a request may go to whose target a person has typed.

Without the operator's leave only public addresses: otherwise anybody with a settings page could
reach what only this machine reaches (databases, switches, a cloud's metadata service). Addresses
that carry another one inside are judged by that one too.
"""

from __future__ import annotations

import ipaddress

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")  # RFC 6052
_SIX_TO_FOUR = ipaddress.IPv6Network("2002::/16")
_TEREDO = ipaddress.IPv6Network("2001::/32")
_COMPATIBLE = ipaddress.IPv6Network("::/96")


def is_public(text: str) -> bool:
    """Whether an address, as the resolver gives it, belongs to the public internet."""
    try:
        address: Address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        elif address in _NAT64:
            address = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        elif address in _SIX_TO_FOUR or address in _TEREDO or address in _COMPATIBLE:
            return False
    return address.is_global and not address.is_multicast
