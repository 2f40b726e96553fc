"""What the end of a call that no agent had means, and what follows from it for its number."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from kwabo.domain.call_analysis.network import meaning
from kwabo.domain.call_analysis.record import NOTHING
from kwabo.domain.call_analysis.response_set import Reaction, ReactionType
from kwabo.domain.call_analysis.results import of_end
from kwabo.domain.interactions.attempt import Result
from kwabo.engine.floor.state import Call, Floor
from kwabo.kernel.records import changed
from kwabo.ports.floor_changes import EarlyMediaKept
from kwabo.ports.floor_rows import CampaignRow
from kwabo.ports.switch import CallAnalysis, ChannelEnded

WHOLE_SLACK_SECONDS = 0.5  # a message told as ended so much too early has been heard whole


def analysis_of(row: CampaignRow) -> CallAnalysis | None:
    """What is to listen to the answers of the campaign's calls."""
    response_set = row.response_set
    if not row.call_analysis or response_set.sensitivity == "off":
        return None
    return CallAnalysis(sensitivity=str(response_set.sensitivity), fax=response_set.fax_detection)


def unanswered(floor: Floor, call: Call, event: ChannelEnded) -> Result:
    """The result of a call that ended without an answer, by all that is known of its end."""
    trunk = floor.trunks.get(call.trunk_id)
    early = event.early_media
    told = meaning(
        event.cause,
        event.sip_code,
        tone=early.tone if early else None,
        early_media=early is not None,
        table=trunk.row.network_answers if trunk is not None else (),
    )
    if early is not None and early.path is not None and trunk is not None:
        floor.out.write(
            EarlyMediaKept(
                attempt_id=call.attempt_id,
                path=early.path,
                seconds=early.recorded_seconds,
                at=floor.now,
                delete_at=floor.now + timedelta(days=trunk.row.early_media_keep_days),
            )
        )
    if (
        early is None
        and told.announcement is None
        and told.line is None
        and call.analysis is NOTHING
    ):
        return told.result  # nothing is known but the result
    call.analysis = changed(
        call.analysis,
        early_media=True if early is not None else None,
        early_seconds=round(early.seconds, 2) if early is not None else None,
        tone=early.tone if early is not None else None,
        announcement=told.announcement,
        network_answer=told.line,
        recording=True if early is not None and early.path is not None else None,
    )
    return told.result


def note_message(floor: Floor, call: Call) -> None:
    """Whether a message has been heard to its end; not known of a call that vanished."""
    seconds, began = call.analysis.message_seconds, call.message_started_at
    if seconds is None:
        return
    # Pacing learns how long call analysis listened, not how long a message was.
    call.picked_up = floor.mono - (call.analysis.seconds or 0.0)
    if began is None or call.vanished:
        return
    whole = (floor.now - began).total_seconds() >= seconds - WHOLE_SLACK_SECONDS
    call.analysis = changed(call.analysis, message_whole=whole)


def response(floor: Floor, call: Call, result: Result) -> Reaction | None:
    """What the campaign does with a call that ended so; None: it says nothing of its number."""
    if call.answered_at is not None and result is Result.PERSON:
        return None
    found = of_end(result, call.cause, call.sip_code)
    if found is None:
        return None
    reaction = floor.campaigns[call.campaign_id].row.response_set.reaction(found)
    if call.answered_at is None:
        call.analysis = changed(call.analysis, reaction=str(reaction.type))
    return reaction


def recall_seconds(
    row: CampaignRow, result: Result, reaction: Reaction | None
) -> Mapping[str, int | None]:
    """The campaign's delays, but for a result that is put on retry."""
    if reaction is None or reaction.type is not ReactionType.RETRY:
        return row.recall_seconds
    return {**row.recall_seconds, result: reaction.retry_seconds}


def recall_rules(row: CampaignRow, result: Result, reaction: Reaction | None) -> Mapping[str, Any]:
    """The campaign's recall rules, but for such a result."""
    if reaction is None or reaction.type is not ReactionType.RETRY:
        return row.recall_rules
    return {name: rule for name, rule in row.recall_rules.items() if name != result}
