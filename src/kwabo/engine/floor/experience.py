"""What a floor learns from its calls: for pacing, and for the window of the abandon rate.

A call counts in the window from its answer, else from its end; one whose end nobody knows counts
as answered and as abandoned.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import lru_cache

from kwabo.domain.campaigns.settings import WINDOW_SECONDS
from kwabo.domain.compliance.zones import zone
from kwabo.domain.interactions.attempt import TRUNK_TROUBLE, Result
from kwabo.domain.pacing.learning import Ended, Learner, Segment
from kwabo.domain.pacing.window import Window
from kwabo.engine.floor.state import Agent, Call, Campaign, Floor
from kwabo.ports.floor_pacing import PacingHistory, PastAttempt

RANGE_DIGITS = 6  # digits at the end of a number that do not tell operator or region
TIMEOUT_SLACK_SECONDS = 1.5  # an end this near to the no-answer time-out is ours
_NEVER = float("-inf")
# Not the called person's doing: nothing follows for the next person's answer.
_NO_EVIDENCE = TRUNK_TROUBLE | {Result.CANCELLED, Result.UNKNOWN, Result.SKIPPED}


def segment(campaign: Campaign, number: str, at: datetime) -> Segment:
    """What the odds of a call's answer are learnt by: number range, and hour of the list's zone."""
    return _segment(number[:-RANGE_DIGITS], _local_hour(campaign.row.list_time_zone, at))


@lru_cache(maxsize=4096)
def _segment(number_range: str, hour: int) -> Segment:
    return Segment(number_range=number_range, hour=hour)


def _local_hour(time_zone: str, at: datetime) -> int:
    """The hour of the day in a zone; all calls of a minute share one."""
    known = _hours.get(time_zone)
    if known is not None and known[0] <= at < known[1]:
        return known[2]
    where = zone(time_zone)
    begin = at.replace(second=0, microsecond=0)
    hour = begin.astimezone(where).hour if where is not None else begin.hour
    _hours[time_zone] = (begin, begin + _MINUTE, hour)
    return hour


_MINUTE = timedelta(minutes=1)
_hours: dict[str, tuple[datetime, datetime, int]] = {}  # zone → a minute, and its hour there


def age(floor: Floor, call: Call) -> float:
    """Seconds since the call was dialled."""
    if call.asked > _NEVER:
        return floor.mono - call.asked
    return (floor.now - (call.dialling_at or floor.now)).total_seconds()


def _of(floor: Floor, call: Call) -> tuple[Campaign, Segment] | None:
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None or call.dialling_at is None:
        return None
    if call.segment is None:
        call.segment = segment(campaign, call.number, call.dialling_at)
    return campaign, call.segment


def picked_up(floor: Floor, call: Call) -> None:
    """Somebody or something has answered; call analysis listens."""
    known = _of(floor, call)
    if known is None or call.picked_up is not None or call.answered_at is not None:
        return  # told twice, or overtaken by the verdict
    campaign, where = known
    call.picked_up = floor.mono
    campaign.learner.answered(where, age(floor, call))


def _analysed(floor: Floor, campaign: Campaign, where: Segment, call: Call, person: bool) -> None:
    """The verdict of call analysis; not every switch tells when it began to listen."""
    if call.picked_up is None:
        campaign.learner.answered(where, age(floor, call))
    listened = None if call.picked_up is None else floor.mono - call.picked_up
    campaign.learner.analysed(listened, person)


def answered(floor: Floor, call: Call) -> None:
    """A person, as far as is known, has answered."""
    known = _of(floor, call)
    if known is None or call.counted_live:
        return
    campaign, where = known
    call.counted_live = True
    campaign.window.count(floor.now, dialled=1, live=1)
    if campaign.row.call_analysis:
        _analysed(floor, campaign, where, call, True)
    else:
        campaign.learner.answered(where, age(floor, call))


def abandoned(floor: Floor, call: Call) -> None:
    """The person who answered got no agent."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is not None and call.counted_live:
        campaign.window.count(call.answered_at or floor.now, abandoned=1)


def closed(floor: Floor, call: Call, dialled: bool) -> None:
    """The call has its result."""
    known = _of(floor, call)
    result = call.result
    if not dialled or known is None or result is None:
        return
    if call.counted_live or result is Result.PERSON:
        return  # counted at the answer
    campaign, where = known
    unknown = int(result is Result.UNKNOWN)
    campaign.window.count(
        floor.now,
        dialled=1,
        live=unknown,
        abandoned=unknown,
        machines=int(result is Result.MACHINE),
    )
    if result is Result.MACHINE:
        _analysed(floor, campaign, where, call, False)
    if result is Result.MACHINE or call.picked_up is not None:
        return  # the answer has been learnt
    timeout = campaign.row.no_answer_timeout_seconds
    campaign.learner.ended(where, age(floor, call), _ending(result, age(floor, call), timeout))


def _ending(result: str, seconds: float, timeout: float) -> Ended:
    ours = result == Result.NO_ANSWER and seconds >= timeout - TIMEOUT_SLACK_SECONDS
    return Ended.GAVE_UP if ours or result in _NO_EVIDENCE else Ended.REFUSED


def talked(floor: Floor, call: Call) -> None:
    """An agent has left the conversation."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is not None and call.connected_at is not None:
        campaign.learner.talked((floor.now - call.connected_at).total_seconds())


def wrapped_up(floor: Floor, agent: Agent, call: Call, flags: set[str]) -> None:
    """The agent has given the outcome."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None:
        return
    _after_call(floor, agent, campaign, ended=True)
    if "machine" in flags and call.counted_live:
        campaign.learner.was_machine()
        late = -int(call.abandoned)
        campaign.window.count(call.answered_at or floor.now, live=-1, abandoned=late)
        call.counted_live = False


def cut_off(floor: Floor, agent: Agent, call: Call) -> None:
    """The after-call work was ended by its limit."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is not None:
        _after_call(floor, agent, campaign, ended=False)


def _after_call(floor: Floor, agent: Agent, campaign: Campaign, *, ended: bool) -> None:
    if agent.after_call_since is not None:
        seconds = (floor.now - agent.after_call_since).total_seconds()
        campaign.learner.wrapped_up(max(0.0, seconds), ended)


# ── From the past ────────────────────────────────────────────────────────────────────────────────


def remember(campaign: Campaign, history: PacingHistory) -> None:
    """Learn from what was done before; replaces what was known."""
    campaign.learner = Learner()
    campaign.window = Window(seconds=WINDOW_SECONDS[campaign.row.abandon_window])
    for past in history.attempts:
        learn(campaign, campaign.learner, past)
    for hour in history.hours:
        campaign.window.count(
            hour.hour,
            dialled=hour.dialled,
            live=hour.live,
            abandoned=hour.abandoned,
            machines=hour.machines,
        )


def adopted(call: Call) -> None:
    """A call of an earlier owner of the floor: who hears a message is counted at the end."""
    call.counted_live = call.answered_at is not None and call.ends_as is Result.PERSON


def learn(campaign: Campaign, learner: Learner, past: PastAttempt) -> None:
    """Take in one closed attempt."""
    where = segment(campaign, past.number, past.dialled_at)
    seconds = ((past.answered_at or past.closed_at) - past.dialled_at).total_seconds()
    if past.answered_at is not None:
        # How long call analysis listened is not kept: its delay is part of the answer's.
        learner.answered(where, seconds)
        if campaign.row.call_analysis:
            learner.analysed(None, past.result != Result.MACHINE)
    else:
        timeout = campaign.row.no_answer_timeout_seconds
        learner.ended(where, seconds, _ending(past.result, seconds, timeout))
    if past.connected_at is not None:
        learner.talked((past.closed_at - past.connected_at).total_seconds())
    if past.after_call_seconds is not None:
        learner.wrapped_up(past.after_call_seconds, past.wrapped_by_person)
    if past.was_machine:
        learner.was_machine()
