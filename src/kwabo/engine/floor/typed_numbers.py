"""Numbers that callers type: read as the country of the campaign's trunk dials them."""

from __future__ import annotations

from kwabo.domain.contacts.phone_numbers import read_number
from kwabo.engine.floor.state import Call, Floor


def as_called(floor: Floor, call: Call, typed: str) -> str:
    """E.164; the caller's own number where what they typed is none."""
    read = _read(floor, call, typed)
    return read if read is not None else call.number


def dialled(floor: Floor, call: Call, to: str) -> str:
    """A number to which a flow transfers, as E.164; as it is where it is none: it is refused."""
    read = _read(floor, call, to)
    return read if read is not None else to


def _read(floor: Floor, call: Call, typed: str) -> str | None:
    campaign = floor.campaigns.get(call.campaign_id)
    trunk = floor.trunks.get(campaign.row.trunk_id) if campaign is not None else None
    read = read_number(typed, trunk.row.country if trunk is not None else "")
    return read if isinstance(read, str) else None
