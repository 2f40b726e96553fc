"""What happens during a day beside calls: agents leave, trunks die, analysis errs, restarts."""

from __future__ import annotations

from pacing_bench import calling, serving
from pacing_bench.floor import Floor
from pacing_bench.terms import Act, Happening


def on_happening(floor: Floor, happening: Happening) -> bool:
    if happening.act is Act.LEAVE:
        for agent in range(happening.first, happening.last):
            serving.leave(floor, agent, happening.seconds)
    elif happening.act is Act.TRUNK_DEAD:
        floor.trunk_dead = True
        floor.at(floor.now + happening.seconds, on_trunk_back, None)
    elif happening.act is Act.DETECTOR:
        floor.lost_share, floor.passed_share = happening.lost, happening.passed
    else:
        restart(floor, happening)
    return True


def on_trunk_back(floor: Floor, _: None) -> bool:
    floor.trunk_dead = False
    return True


def restart(floor: Floor, happening: Happening) -> None:
    floor.down_until = floor.now + happening.seconds
    for call in list(floor.waiting):
        call.ready_at = -1.0
        calling.lose(floor, call)
    floor.waiting.clear()
    for campaign in floor.campaigns:
        campaign.policy.restart(happening.kept)
    floor.at(floor.down_until, on_back_up, None)


def on_back_up(floor: Floor, _: None) -> bool:
    return True
