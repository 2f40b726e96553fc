"""Virtual time: asyncio code that runs as fast as the processor allows, the same at every run.

A loop of its own replaces waiting by jumping: when nothing can run now, its time becomes that of
the next timer. `asyncio.sleep`, `asyncio.timeout` and everything built on them follow. One thread;
running something in another thread is refused.

Real input and output (a database in a simulation, say) goes on inside `clock.held()`: time stands
still until the block ends. When nothing can run, no timer waits and time is not held, nothing would
ever happen again: `NothingWillHappen` is raised instead of hanging.
"""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from itertools import count
from typing import Any, TypeVar

T = TypeVar("T")

EPOCH = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)  # a Monday morning


_TURNS = 256
_NONE: list[tuple[selectors.SelectorKey, int]] = []


class NothingWillHappen(RuntimeError):
    """Every task waits for something that no timer and no task can bring about."""


class _JumpingSelector(selectors.DefaultSelector):
    """A selector that never waits unless time is held; it moves virtual time instead.

    It keeps the clock's own timers: what asyncio makes of one costs several times as much.
    """

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0
        self.holds = 0
        self._turns = 0
        self._timers: list[tuple[float, int, Callable[[], object]]] = []
        self._order = count()

    def add(self, due: float, do: Callable[[], object]) -> None:
        """Call `do` at this time; in order of time and then of asking. It must not raise.

        It returns True when it has done nothing but set timers: time goes on at once then.
        """
        heappush(self._timers, (due, next(self._order), do))

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if self.holds:
            ready = super().select(0)
            if ready or (timeout is not None and timeout <= 0):
                return ready
            return super().select(None)  # only the real work that holds time can wake the loop
        # Nothing real is under way: the system is asked seldom, for signals and stray sockets.
        self._turns += 1
        timers = self._timers
        if self._turns % _TURNS == 0 or (timeout is None and not timers):
            ready = super().select(0)
            if ready:
                return ready
            if timeout is None and not timers:
                raise NothingWillHappen("every task waits, and no timer is set")
        if timeout is not None and timeout <= 0:
            return _NONE
        until = float("inf") if timeout is None else self.seconds + timeout
        if timeout is not None and not (timers and timers[0][0] <= until):
            self.seconds = until
            return _NONE
        looks_on = True
        while looks_on and timers and timers[0][0] <= until:
            self.seconds = max(self.seconds, timers[0][0])
            while timers and timers[0][0] <= self.seconds:
                looks_on = heappop(timers)[2]() is True and looks_on
            self._turns += 1
            looks_on = looks_on and self._turns % _TURNS != 0
        return _NONE


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop whose time is counted, not measured."""

    def __init__(self) -> None:
        self.jumping = _JumpingSelector()
        super().__init__(self.jumping)
        self._clock_resolution = 1e-6  # above the rounding of a float that counts years in seconds

    def time(self) -> float:
        return self.jumping.seconds

    def run_in_executor(  # type: ignore[override]  # the superclass's is generic in its arguments
        self, executor: Any, func: Any, *args: Any
    ) -> Any:
        if not self.jumping.holds:
            raise RuntimeError(
                "A thread was asked for under virtual time; wrap real work in clock.held()."
            )
        return super().run_in_executor(executor, func, *args)


class VirtualClock:
    """The clock of a `VirtualLoop`."""

    def __init__(self, loop: VirtualLoop, start: datetime = EPOCH) -> None:
        self._jumping = loop.jumping
        self._loop = loop
        self._start = start
        self._now = (0.0, start)  # the instant at the time that was asked for last

    def now(self) -> datetime:
        seconds = self._jumping.seconds
        if self._now[0] != seconds:
            self._now = (seconds, self._start + timedelta(seconds=seconds))
        return self._now[1]

    def monotonic(self) -> float:
        return self._jumping.seconds

    async def every(self, seconds: float, look: Callable[[], bool]) -> None:
        """See `kwabo.kernel.clock.every`."""
        ended = self._loop.create_future()  # with the task that waits for it
        add, jumping = self._jumping.add, self._jumping

        def look_again() -> bool:
            if ended.done():
                return False
            add(jumping.seconds + seconds, look_again)
            return not look()

        add(jumping.seconds + seconds, look_again)
        await ended

    def call_after(self, seconds: float, do: Callable[[], object]) -> None:
        """Call `do` once `seconds` have passed.

        It must not raise. It returns True when it has done nothing but set timers.
        """
        self._jumping.add(self._jumping.seconds + max(seconds, 0.0), do)

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0.0:
            await asyncio.sleep(0)
            return
        waiter = self._loop.create_future()

        def wake() -> None:
            if not waiter.done():
                waiter.set_result(None)

        self._jumping.add(self._jumping.seconds + seconds, wake)
        await waiter

    @contextmanager
    def held(self) -> Iterator[None]:
        """Time stands still inside: for real input and output."""
        self._loop.jumping.holds += 1
        try:
            yield
        finally:
            self._loop.jumping.holds -= 1


def run_in_virtual_time(
    main: Callable[[VirtualClock], Coroutine[Any, Any, T]], *, start: datetime = EPOCH
) -> T:
    """Run `main(clock)` to its end on a loop of its own; tasks left over are cancelled.

    Not to be called where a loop runs already.
    """
    loop = VirtualLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        return runner.run(main(VirtualClock(loop, start)))
