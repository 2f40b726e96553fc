"""Judges that what agents were told is done stays done (I8): outcomes, promises, objections and
pauses.

An answer counts when it is still there: a transaction that was taken back has told nobody anything.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from kwabo.adapters.memory.floor_data import MemoryCommand
from kwabo.ports.floor_rows import AttemptRow
from simulation.world import World


class Keeping:
    """See the module."""

    def __init__(self, world: World, problem: Callable[[str], None]) -> None:
        self._world = world
        self._problem = problem
        self._agents: dict[UUID, UUID | None] = {}  # attempt → whose it was at the last reading
        self._before: dict[UUID, UUID] = {}  # who was paused when the last step was over
        self._spoke: dict[UUID, UUID | None] = {}  # agent → with whom, when it was over

    def step(self, changed: Sequence[AttemptRow]) -> None:
        """Whoever was promised a pause gets no further call."""
        for row in changed:
            agent = row.agent_user_id
            new = agent is not None and self._agents.get(row.attempt_id) != agent
            self._agents[row.attempt_id] = agent
            if agent is None or not new or row.state == "closed":
                continue
            if self._spoke.get(agent) == row.attempt_id:
                continue  # was consulted, and takes the conversation over: the pause comes after it
            command_id = self._world.paused.get(agent)
            if command_id is None or command_id != self._before.get(agent):
                continue
            if _was_done(self._world.data.commands[command_id]):
                self._problem(f"pause: {row.attempt_id} goes to an agent who asked for a pause")
        self._before = dict(self._world.paused)
        self._spoke = {one.user_id: one.attempt_id for one in self._world.data.presence}

    def end(self) -> None:
        """Everything is over."""
        given: dict[UUID, str] = {}
        handed_on = self._handed_on()
        for command in self._world.data.commands:
            if command.kind == "call.wrap_up" and _was_done(command):
                attempt_id = UUID(str(command.payload["attempt_id"]))
                if attempt_id in given and attempt_id not in handed_on:
                    self._problem(f"I4: {attempt_id} took two outcomes")
                given.setdefault(attempt_id, str(command.payload["wrap_up_code_id"]))
                self._followed(attempt_id, command)
        for attempt_id, code_id in given.items():
            if attempt_id in handed_on:
                continue  # the first outcome stays, the system's too
            kept = self._world.data.wrap_ups.get(attempt_id)
            if kept is None or str(kept.wrap_up_code_id) != code_id:
                self._problem(f"I8: {attempt_id} has not the outcome that its agent gave")

    def _handed_on(self) -> set[UUID]:
        """Conversations that may have come back to an agent after one had given the outcome."""
        return {
            UUID(str(command.payload["attempt_id"]))
            for command in self._world.data.commands
            if command.kind in ("call.transfer", "call.consult_complete") and _was_done(command)
        }

    def _followed(self, attempt_id: UUID, command: MemoryCommand) -> None:
        """What the outcome asked for was done."""
        data, world = self._world.data, self._world
        row = data.attempts[attempt_id].row
        if command.payload.get("callback") is not None:
            made = any(one.written.attempt_id == attempt_id for one in data.callbacks)
            if not made:
                self._problem(f"I8: the callback promised in {attempt_id} is not kept")
        objected = command.payload["wrap_up_code_id"] == str(world.code_ids["dnc"])
        if objected and (world.dnc_list_id, row.number) not in data.dnc:
            self._problem(f"I8: {row.number} objected in {attempt_id} and is not listed")


def _was_done(command: MemoryCommand) -> bool:
    return command.answer is not None and bool(command.answer.get("ok"))
