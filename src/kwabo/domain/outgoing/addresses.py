"""Which addresses a request may go to whose target a person has typed.

Without the operator's leave only public addresses: otherwise anybody with a settings page could
reach what only this machine reaches (databases, switches, a cloud's metadata service). Addresses
that carry another one inside are judged by that one too.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# IPv6 ranges whose addresses hold one of IPv4, and how far from the right it stands in bits:
# mapped (RFC 4291), NAT64 (RFC 6052), 6to4 (RFC 3056).
_EMBEDDING = (
    (IPv6Network("::ffff:0:0/96"), 0),
    (IPv6Network("64:ff9b::/96"), 0),
    (IPv6Network("2002::/16"), 80),
)
# Local translation (RFC 8215), Teredo, IPv4-compatible: where they lead cannot be told.
_NEVER = (IPv6Network("64:ff9b:1::/48"), IPv6Network("2001::/32"), IPv6Network("::/96"))


def is_public(address: str | Address) -> bool:
    """Whether an address, as the resolver gives it, is of the public internet.

    What is not: the machine itself, private networks, link-local (cloud metadata), shared, reserved
    and multicast ranges, and text that is no address.
    """
    if isinstance(address, str):
        try:
            address = ip_address(address.partition("%")[0])
        except ValueError:
            return False
    if isinstance(address, IPv6Address):
        for network, shift in _EMBEDDING:
            if address in network:
                return is_public(IPv4Address((int(address) >> shift) & 0xFFFFFFFF))
        if any(address in network for network in _NEVER):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved
