"""How many calls each trunk can take now, and what of that each campaign may use.

A campaign may have lines of its trunk set aside: while it runs and has contacts, others leave them
free. It may also have a most. What nobody has set aside goes to whoever asks; pacing shares it by
priority and weight (`sharing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID


@dataclass(slots=True, kw_only=True)
class TrunkRoom:
    """What a trunk can take."""

    lines: int  # that no call holds
    starts: int  # that calls per second and the trunk's health allow now


@dataclass(slots=True, kw_only=True)
class CampaignLines:
    """A running campaign's part in its trunk."""

    campaign_id: UUID
    trunk_id: UUID
    used: int = 0
    reserved: int = 0
    most: int | None = None  # None: as many as the trunk has


class Lines:
    """See the module. Changed by `take`; whoever only tries takes from a `copy`."""

    def __init__(
        self, trunks: Mapping[UUID, TrunkRoom], campaigns: Iterable[CampaignLines] = ()
    ) -> None:
        self._trunks = dict(trunks)
        self._campaigns = {campaign.campaign_id: campaign for campaign in campaigns}
        self._reserving: dict[UUID, list[CampaignLines]] = {}  # trunk → who has lines set aside
        for campaign in self._campaigns.values():
            if campaign.reserved > 0:
                self._reserving.setdefault(campaign.trunk_id, []).append(campaign)

    @classmethod
    def plain(cls, trunks: Mapping[UUID, int]) -> Lines:
        """Trunks that can take so many calls, for whoever asks."""
        return cls({trunk: TrunkRoom(lines=n, starts=n) for trunk, n in trunks.items()})

    def copy(self) -> Lines:
        """The same, to try something on."""
        return Lines(
            {
                trunk: TrunkRoom(lines=room.lines, starts=room.starts)
                for trunk, room in self._trunks.items()
            },
            [
                CampaignLines(
                    campaign_id=c.campaign_id,
                    trunk_id=c.trunk_id,
                    used=c.used,
                    reserved=c.reserved,
                    most=c.most,
                )
                for c in self._campaigns.values()
            ],
        )

    @property
    def breathless(self) -> bool:
        """Whether a trunk takes no more calls at this instant, and a moment later may."""
        return any(room.starts <= 0 for room in self._trunks.values())

    def room(self, campaign_id: UUID, trunk_id: UUID) -> int:
        """Calls that the campaign may start on the trunk now."""
        trunk = self._trunks.get(trunk_id)
        if trunk is None:
            return 0
        return max(0, min(self._left(campaign_id, trunk_id, trunk), trunk.starts))

    def full(self, campaign_id: UUID, trunk_id: UUID) -> bool:
        """Whether no line is left to the campaign, however many calls per second there may be."""
        trunk = self._trunks.get(trunk_id)
        return trunk is None or self._left(campaign_id, trunk_id, trunk) <= 0

    def _left(self, campaign_id: UUID, trunk_id: UUID, trunk: TrunkRoom) -> int:
        lines = trunk.lines
        if not self._campaigns:
            return lines
        for other in self._reserving.get(trunk_id, ()):
            if other.campaign_id != campaign_id:
                lines -= max(0, other.reserved - other.used)
        own = self._campaigns.get(campaign_id)
        if own is not None and own.most is not None:
            lines = min(lines, own.most - own.used)
        return lines

    def take(self, campaign_id: UUID, trunk_id: UUID, calls: int = 1) -> None:
        """The campaign starts so many calls."""
        trunk = self._trunks[trunk_id]
        trunk.lines -= calls
        trunk.starts -= calls
        own = self._campaigns.get(campaign_id)
        if own is not None:
            own.used += calls
