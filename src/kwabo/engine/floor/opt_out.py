"""A person whom no agent could take opts out of calls by a key, while the message plays.

The objection is written in the step that hears the key; the confirmation is played after that has
been committed, so nobody is told what is not so. A key that is pressed while no process holds the
floor is heard by nobody: the next owner plays the message again from its beginning, with its key.
"""

from __future__ import annotations

from kwabo.engine.floor import calls
from kwabo.engine.floor.effects import StopPlaying
from kwabo.engine.floor.state import Call, Floor
from kwabo.ports.floor_changes import DncWritten

REASON = "OPT_OUT_KEY"
LIST_NAME = (
    "Oppositions par touche / Opt-outs by key"  # made where no organisation-wide list is there
)


def asked(floor: Floor, call: Call, digit: str) -> bool:
    """Whether a key is an objection: the campaign's own key, during the message, once."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None or not call.apologising or call.closed:
        return False
    return call.opted_out_at is None and digit == campaign.row.opt_out_key


def pressed(floor: Floor, call: Call, digit: str) -> None:
    """A key of the called person; only the campaign's own counts, and only during the message."""
    if not asked(floor, call, digit):
        return
    call.opted_out_at = floor.now
    floor.out.write(
        DncWritten(
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            number=call.number,
            reason=REASON,
            user_id=None,
            at=floor.now,
            organisation_wide=True,
            new_list_id=floor.ids.new(),
            new_list_name=LIST_NAME,
            source="key",
            attempt_id=call.attempt_id,
        )
    )
    floor.dnc_changed = True
    if call.message_playback:
        floor.out.do(StopPlaying(lane=call.lane, playback_id=call.message_playback))
    calls.confirm_opt_out(floor, call)
    calls.touch(floor, call, "attempt.opted_out")
