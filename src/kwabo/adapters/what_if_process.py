"""What-ifs computed in a process of their own, so that hours of computing never hold up calls.

Parent and child exchange lines of JSON: the parts of the basis on the child's standard input, which
then closes; `progress`, and at the end `result` or `refused`, on its standard output. Its standard
error is the parent's. The child is killed with the call that waits for it; when its parent dies, it
ends with its next line of progress, which nobody reads.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from kwabo.ports.what_ifs import SimulationDied, SimulationRefused

LONGEST_LINE: Final = 1 << 26  # bytes


class SimulationProcess:
    """See `kwabo.ports.what_ifs.Simulations`. `module` is what the child runs."""

    def __init__(self, module: str) -> None:
        self._module = module
        self._child: asyncio.subprocess.Process | None = None

    @property
    def process_id(self) -> int | None:
        """The child's, while it runs."""
        return self._child.pid if self._child and self._child.returncode is None else None

    async def run(
        self, parts: AsyncIterator[Mapping[str, Any]], tell: Callable[[float], None]
    ) -> Mapping[str, Any]:
        """See `Simulations`."""
        child = self._child = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            self._module,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LONGEST_LINE,
        )
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_write(child, parts))
                answer = tasks.create_task(_answer(child, tell))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        finally:
            if child.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    child.kill()
            await child.wait()
        return answer.result()


async def _write(
    child: asyncio.subprocess.Process, parts: AsyncIterator[Mapping[str, Any]]
) -> None:
    assert child.stdin is not None
    with contextlib.suppress(ConnectionError):  # told by the end of its output
        async for part in parts:
            child.stdin.write(json.dumps(part, separators=(",", ":")).encode() + b"\n")
            await child.stdin.drain()
        child.stdin.close()


async def _answer(
    child: asyncio.subprocess.Process, tell: Callable[[float], None]
) -> Mapping[str, Any]:
    assert child.stdout is not None
    while line := await child.stdout.readline():
        told: dict[str, Any] = json.loads(line)
        if "result" in told:
            result: Mapping[str, Any] = told["result"]
            return result
        if "refused" in told:
            raise SimulationRefused(told["refused"]["code"], told["refused"]["message"])
        tell(float(told["progress"]))
    raise SimulationDied(f"the process ended with {await child.wait()}")
