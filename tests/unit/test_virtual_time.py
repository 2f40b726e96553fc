"""Virtual time jumps, keeps order, stands still when held and never hangs."""

import asyncio
import random
from datetime import timedelta

import pytest

from kwabo.adapters.system import SystemClock, TimeOrderedIds
from kwabo.adapters.virtual_time import (
    EPOCH,
    NothingWillHappen,
    VirtualClock,
    run_in_virtual_time,
)
from kwabo.kernel.clock import every


def test_a_year_passes_at_once() -> None:
    async def main(clock: VirtualClock) -> None:
        await clock.sleep(365 * 86400)
        assert clock.now() == EPOCH + timedelta(days=365)

    run_in_virtual_time(main)


def test_sleepers_wake_in_order_of_time() -> None:
    async def main(clock: VirtualClock) -> list[tuple[float, int]]:
        seen: list[tuple[float, int]] = []

        async def sleeper(n: int, seconds: float) -> None:
            await clock.sleep(seconds)
            seen.append((clock.monotonic(), n))

        async with asyncio.TaskGroup() as group:
            for n in range(100):
                group.create_task(sleeper(n, (n * 37) % 100 + 0.5))
        return seen

    first = run_in_virtual_time(main)
    assert [at for at, _ in first] == sorted(at for at, _ in first)
    assert run_in_virtual_time(main) == first


def test_asyncio_timeouts_follow_virtual_time() -> None:
    async def main(clock: VirtualClock) -> float:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3600):
                await clock.sleep(7200)
        return clock.monotonic()

    assert run_in_virtual_time(main) == pytest.approx(3600)


def test_waiting_for_nothing_is_an_error_not_a_hang() -> None:
    async def main(_: VirtualClock) -> None:
        await asyncio.Event().wait()

    with pytest.raises(NothingWillHappen):
        run_in_virtual_time(main)


def test_time_stands_still_while_held() -> None:
    async def main(clock: VirtualClock) -> float:
        server = await asyncio.start_server(_echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        ticks: list[float] = []

        async def ticker() -> None:
            while True:
                await clock.sleep(1)
                ticks.append(clock.monotonic())

        task = asyncio.create_task(ticker())
        with clock.held():
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(b"hello\n")
            assert await reader.readline() == b"hello\n"
            assert ticks == []
        await clock.sleep(2.5)
        task.cancel()
        writer.close()
        server.close()
        assert ticks == [1.0, 2.0]
        return clock.monotonic()

    assert run_in_virtual_time(main) == pytest.approx(2.5)


class _SleepsOnly:
    """A clock that has no way of its own to look."""

    def __init__(self, clock: VirtualClock) -> None:
        self.now, self.monotonic, self.sleep = clock.now, clock.monotonic, clock.sleep


@pytest.mark.parametrize("own", [True, False])
def test_looking_goes_on_between_other_events(own: bool) -> None:
    async def main(clock: VirtualClock) -> list[float]:
        looked: list[float] = []
        met: list[float] = []
        acted = asyncio.Event()

        def look() -> bool:
            looked.append(clock.monotonic())
            if clock.monotonic() == 1.0:
                acted.set()
            return acted.is_set()

        async def other() -> None:
            await clock.sleep(0.6)
            met.append(clock.monotonic())

        task = asyncio.create_task(other())
        looking = asyncio.create_task(every(clock if own else _SleepsOnly(clock), 0.25, look))
        await acted.wait()
        assert met == [0.6]
        assert clock.monotonic() == 1.0
        await clock.sleep(0.3)
        looking.cancel()
        await task
        return looked

    assert run_in_virtual_time(main) == [0.25, 0.5, 0.75, 1.0, 1.25]


def test_asyncio_timers_and_tasks_come_between_two_looks() -> None:
    async def main(clock: VirtualClock) -> list[str]:
        seen: list[str] = []

        def look() -> bool:
            seen.append(f"look {clock.monotonic()}")
            return False

        loop = asyncio.get_running_loop()
        loop.call_later(0.3, lambda: seen.append(f"timer {clock.monotonic()}"))
        clock.call_after(0.6, lambda: loop.call_soon(seen.append, f"task {clock.monotonic()}"))
        looking = asyncio.create_task(every(clock, 0.25, look))
        await clock.sleep(1.1)
        looking.cancel()
        return seen

    assert run_in_virtual_time(main) == [
        "look 0.25", "timer 0.3", "look 0.5", "task 0.6", "look 0.75", "look 1.0",
    ]  # fmt: skip


def test_the_last_timer_may_find_nothing_to_do() -> None:
    async def main(clock: VirtualClock) -> None:
        clock.call_after(1.0, lambda: True)
        await asyncio.get_running_loop().create_future()

    with pytest.raises(NothingWillHappen):
        run_in_virtual_time(main)


def test_looking_ends_with_its_task() -> None:
    async def main(clock: VirtualClock) -> int:
        looks: list[None] = []

        def look() -> bool:
            looks.append(None)
            return False

        task = asyncio.create_task(every(clock, 0.25, look))
        await clock.sleep(1.1)
        task.cancel()
        await clock.sleep(10)
        return len(looks)

    assert run_in_virtual_time(main) == 4


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    writer.write(await reader.readline())
    writer.close()


def test_threads_are_refused() -> None:
    async def main(_: VirtualClock) -> None:
        await asyncio.to_thread(len, "")

    with pytest.raises(RuntimeError, match=r"clock\.held"):
        run_in_virtual_time(main)


def test_ids_increase_and_tell_their_version() -> None:
    ids = TimeOrderedIds(SystemClock())
    made = [ids.new() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {one.version for one in made} == {7}


def test_seeded_ids_in_virtual_time_repeat() -> None:
    async def main(clock: VirtualClock) -> list[str]:
        ids = TimeOrderedIds(clock, random.Random(7))
        out = []
        for _ in range(50):
            out.append(str(ids.new()))
            await clock.sleep(0.0004)
        return out

    first = run_in_virtual_time(main)
    assert first == sorted(first)
    assert run_in_virtual_time(main) == first
