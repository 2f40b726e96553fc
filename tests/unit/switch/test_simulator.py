"""The simulator in virtual time: the same at every run, and as faulty as it is told to be."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable

from kwabo.adapters.switch.simulator import (
    Behaviour,
    BehaviourKind,
    Faults,
    Population,
    SimulatedNode,
    SimulatedSwitch,
    Table,
)
from kwabo.adapters.virtual_time import VirtualClock, run_in_virtual_time
from kwabo.ports.switch import (
    BridgeKind,
    CallAnalysis,
    CallNumber,
    ChannelAnswered,
    ChannelEnded,
    ChannelPickedUp,
    ChannelRinging,
    Originate,
    SwitchConnected,
    SwitchEvent,
    SwitchLost,
    SwitchRefused,
    SwitchUncertain,
)

ORDER = [ChannelRinging, ChannelPickedUp, ChannelAnswered, ChannelEnded]


def call(n: int, **more: object) -> Originate:
    values: dict[str, object] = {
        "channel_id": f"a-{n}",
        "to": CallNumber(number=f"+22901{n:08d}", trunk_endpoint="trunk"),
        "caller_id": "+2290190000000",
        **more,
    }
    return Originate(**values)  # type: ignore[arg-type]


Script = Callable[[VirtualClock, SimulatedNode, SimulatedSwitch], Awaitable[None]]


def play(script: Script, **node: object) -> tuple[list[SwitchEvent], SimulatedNode]:
    """Run a script against a node; what was told, and the node."""

    async def main(clock: VirtualClock) -> tuple[list[SwitchEvent], SimulatedNode]:
        world = SimulatedNode(clock, **node)  # type: ignore[arg-type]
        switch = SimulatedSwitch(world, "kwabo-1")
        told: list[SwitchEvent] = []

        async def read() -> None:
            async for event in switch.events():
                told.append(event)  # noqa: PERF401 (kept as far as it got, whatever fails)

        reader = asyncio.create_task(read())
        await switch.start()
        await clock.sleep(0.1)
        await script(clock, world, switch)
        await switch.close()
        await reader
        world.close()
        return told, world

    return run_in_virtual_time(main)


async def _a_busy_hour(clock: VirtualClock, node: SimulatedNode, switch: SimulatedSwitch) -> None:
    for n in range(1000):
        with contextlib.suppress(SwitchRefused, SwitchUncertain):
            await switch.originate(call(n, call_analysis=CallAnalysis() if n % 2 == 0 else None))
        await clock.sleep(3.6)
    await clock.sleep(3600)


def test_a_run_repeats_itself() -> None:
    first, _ = play(_a_busy_hour, far_end=Population(1))
    again, _ = play(_a_busy_hour, far_end=Population(1))
    other, _ = play(_a_busy_hour, far_end=Population(2))
    assert first == again
    assert first != other


def test_a_faultless_switch_tells_each_life_once() -> None:
    told, node = play(_a_busy_hour, far_end=Population(3))
    assert len(node.calls) == 1000
    for n in range(1000):
        kinds = [type(e) for e in told if getattr(e, "channel_id", "") == f"a-{n}"]
        assert kinds == sorted(
            set(kinds),
            key=[ChannelRinging, ChannelPickedUp, ChannelAnswered, ChannelEnded].index,
        )
        assert kinds[-1] is ChannelEnded
    assert not node.channels


def test_numbers_do_the_same_whatever_was_dialled_before() -> None:
    forwards, backwards = Population(9), Population(9)
    numbers = [f"+22901{n:08d}" for n in range(50)]
    first = {number: forwards.behaviour(number) for number in numbers}
    second = {number: backwards.behaviour(number) for number in reversed(numbers)}
    assert first == second
    assert len(set(first.values())) > 40


def test_faults_happen_and_repeat() -> None:
    def faulty() -> tuple[list[SwitchEvent], SimulatedNode]:
        faults = Faults(
            lose_event=0.05,
            double_event=0.1,
            delay_event=0.2,
            refuse_originate=0.05,
            uncertain_done=0.05,
            uncertain_not_done=0.05,
        )
        return play(_a_busy_hour, far_end=Population(4), faults=faults, source=random.Random(5))

    told, node = faulty()
    again, _ = faulty()
    assert told == again
    ends = [event.channel_id for event in told if isinstance(event, ChannelEnded)]
    assert len(ends) > len(set(ends))  # doubled
    assert set(ends) < {one.channel_id for one in node.calls}  # lost
    assert 850 < len(node.calls) < 950  # refused, or not done
    lives = {
        tuple(ORDER.index(type(e)) for e in told if getattr(e, "channel_id", "") == one.channel_id)
        for one in node.calls
    }
    assert any(list(life) != sorted(life) for life in lives)  # reordered


def test_people_hang_up_when_nobody_speaks_and_talk_when_somebody_does() -> None:
    person = Behaviour(
        rings_after_seconds=1, answers_after_seconds=4, talks_seconds=60, patience_seconds=3
    )

    async def script(clock: VirtualClock, node: SimulatedNode, switch: SimulatedSwitch) -> None:
        await switch.originate(call(1))
        await switch.originate(call(2))
        await switch.originate(call(3, purpose="consult"))
        await clock.sleep(6)
        await switch.create_bridge("b", BridgeKind.MIXING)
        await switch.join("b", "a-2")
        await switch.join("b", "a-3")
        await clock.sleep(120)

    _, node = play(script, far_end=Table(otherwise=person))
    seconds = [
        (one.ended_at - one.answered_at).total_seconds()
        for one in node.calls
        if one.ended_at and one.answered_at
    ]
    assert [round(one, 3) for one in seconds] == [3.0, 61.0, 61.0]


def test_an_answer_that_nobody_takes_is_explained() -> None:
    async def script(clock: VirtualClock, node: SimulatedNode, switch: SimulatedSwitch) -> None:
        await switch.originate(call(1))
        node.accepting = False
        node.drop_connections("cut")
        assert not switch.ready
        await clock.sleep(30)
        node.accepting = True
        await clock.sleep(2)
        assert switch.ready
        assert not (await switch.snapshot()).channels

    told, node = play(script)
    assert [type(event) for event in told] == [SwitchConnected, SwitchLost, SwitchConnected]
    assert node.calls[0].identified_at is not None


def test_a_restart_empties_the_switch() -> None:
    async def script(clock: VirtualClock, node: SimulatedNode, switch: SimulatedSwitch) -> None:
        await switch.originate(call(1))
        await switch.create_bridge("b", BridgeKind.HOLDING)
        await clock.sleep(6)
        node.restart()
        await clock.sleep(5)
        alive = await switch.snapshot()
        assert (alive.channels, alive.bridges) == ({}, {})
        await switch.originate(call(1))

    told, node = play(script, far_end=Table(otherwise=Behaviour(kind=BehaviourKind.PERSON)))
    assert len(node.calls) == 2
    assert not [event for event in told if isinstance(event, ChannelEnded)]
