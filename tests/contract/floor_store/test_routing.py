"""What the floor is told of queues, in every store."""

from __future__ import annotations

from contract.floor_store.bench import Bench, lease_of


async def test_the_prompt_that_a_queues_callers_hear_is_told_by_its_key(bench: Bench) -> None:
    lease = await lease_of(bench)
    assert (await bench.store.load_routing(lease)).music == {}
    await bench.play_in_queue("attente")
    told = await bench.store.load_routing(lease)
    assert told.music == {bench.place.queue_id: "attente"}
    assert told.settings[bench.place.queue_id].music_prompt_id is not None
