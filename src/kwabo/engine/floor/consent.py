"""What the floor does when the ledger of consents or the organisation's law changes."""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.interactions.attempt import UNANSWERED
from kwabo.engine.floor import call_closing
from kwabo.engine.floor.state import Floor


def withdrawn(floor: Floor, numbers: set[str]) -> None:
    """People withdrew consent: take back calls to them that nobody has answered.

    Also those of campaigns that need no consent: who withdraws does not want this call.
    """
    for call in floor.live_calls():
        if call.number in numbers and call.state in UNANSWERED:
            call_closing.cancel(floor, call)


def look_again(floor: Floor, reopened: Mapping[str, int]) -> None:
    """Contacts may be callable that were not: every campaign looks at its list again.

    `reopened`: campaign → contacts that were finished and are open again.
    """
    for campaign_id, campaign in floor.campaigns.items():
        contacts = int(reopened.get(str(campaign_id), 0))
        campaign.finished = max(0, campaign.finished - contacts)
        campaign.look_at = 0.0
        campaign.exhausted = False
        campaign.waiting_for = ""
        if contacts:
            floor.out.touch("campaign", campaign_id, "campaign.changed")
