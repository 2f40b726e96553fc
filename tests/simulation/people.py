"""Scripted agents: they see only what a desktop sees, and do what people do."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta
from typing import Any
from uuid import UUID

from kwabo.adapters.switch.simulator import BehaviourKind
from simulation.callees import AGENT_PHONES
from simulation.world import World

PATIENCE_SECONDS = 6.0
THIRD = "+22901979999"


class ScriptedAgent:
    """One person at a desktop, or with a telephone at home."""

    def __init__(self, world: World, user_id: UUID) -> None:
        self.world = world
        self.user_id = user_id
        self.random = random.Random(f"agent {world.plan.seed} {world.agent_ids.index(user_id)}")
        self.by_phone = self.random.random() < 0.15
        self.tab_open = True

    async def live(self) -> None:
        """For ever, until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._heartbeat())
            while True:
                longest = 1.5 if self.world.quiet else 4.0
                await self.world.clock.sleep(self.random.uniform(0.2, longest))
                if self.world.quiet:
                    self._open_tab()
                if self.tab_open or self.by_phone:
                    await self._act()
                elif self.random.random() < 0.2:
                    self._open_tab()

    async def _heartbeat(self) -> None:
        while True:
            await self.world.clock.sleep(4.0)
            if self.tab_open and not self.by_phone:
                self.world.command(self.user_id, "agent.heartbeat", {})

    @property
    def endpoint(self) -> str:
        return f"agent-{self.user_id.hex}"

    def _open_tab(self) -> None:
        if not self.tab_open:
            self.tab_open = True
            self.world.node.set_reachable(self.endpoint, True)

    def vanish(self) -> None:
        """Browser and leg are gone at once; a telephone at home is hung up."""
        if self.by_phone:
            self._drop_leg()
        else:
            self._close_tab()

    def _close_tab(self) -> None:
        self.tab_open = False
        self.world.node.set_reachable(self.endpoint, False)
        self._drop_leg()

    def _drop_leg(self) -> None:
        presence = self.world.data.presence.get(self.user_id)
        if presence is not None and presence.leg_channel_id:
            self.world.node.far_end_hangs_up(presence.leg_channel_id)

    async def ask(self, kind: str, **payload: Any) -> dict[str, Any] | None:
        """Send a command and wait for its answer; None when it was withdrawn."""
        data = self.world.data
        if kind in ("agent.ready", "agent.sign_in", "agent.sign_out"):
            self.world.paused.pop(self.user_id, None)
        command_id = self.world.command(self.user_id, kind, payload)
        for _ in range(int(PATIENCE_SECONDS / 0.2)):
            await self.world.clock.sleep(0.2)
            answer = data.commands[command_id].answer
            if answer is not None:
                if kind == "agent.pause" or payload.get("next") == "pause":
                    self.world.paused[self.user_id] = command_id
                return dict(answer)
        from dataclasses import replace

        data.commands.put(command_id, replace(data.commands[command_id], withdrawn=True))
        return None

    def _likes(self, chance: float) -> bool:
        """Whether to do something restless now."""
        return not self.world.quiet and self.random.random() < chance * self.world.plan.restless

    # ── By status ────────────────────────────────────────────────────────────────────────────────

    async def _act(self) -> None:
        presence = self.world.data.presence.get(self.user_id)
        status = presence.status if presence else "signed_out"
        attempt_id = str(presence.attempt_id) if presence and presence.attempt_id else None
        if status == "signed_out":
            await self._sign_in()
        elif status in ("connecting", "lost"):
            if presence and presence.leg_channel_id is None and not self.by_phone:
                await self.ask("agent.connect_leg")
        elif status == "paused":
            await self.ask("agent.ready")
        elif status == "ready":
            await self._ready()
        elif status == "reserved":
            await self._reserved(attempt_id)
        elif status == "previewing":
            await self._preview(attempt_id)
        elif status == "on_call":
            await self._talk(attempt_id)
        elif status == "after_call":
            await self._wrap_up(attempt_id)
        if self._likes(0.03):
            self._close_tab()
        if self._likes(0.03):
            await self._sign_in()  # a second tab
            await self.ask("agent.connect_leg")

    async def _sign_in(self) -> None:
        leg = {"kind": "webrtc"}
        if self.by_phone:
            leg = {"kind": "address", "address": f"{AGENT_PHONES}{self.user_id.int % 10**6:06d}"}
        await self.ask("agent.sign_in", leg=leg)

    async def _ready(self) -> None:
        if self.world.plan.fetch:
            await self.ask("agent.fetch")
        elif self._likes(0.15):
            await self.ask("agent.pause")
        elif self._likes(0.05):
            await self.ask("agent.sign_out")

    async def _reserved(self, attempt_id: str | None) -> None:
        if self._likes(0.1):
            await self.ask("agent.pause")
        elif self._likes(0.1):
            self._drop_leg()
        elif self._likes(0.1):
            await self.ask("call.hang_up", attempt_id=attempt_id)

    async def _preview(self, attempt_id: str | None) -> None:
        if self._likes(0.2):
            await self.ask("agent.skip", attempt_id=attempt_id)
        elif not self._likes(0.4):
            await self.ask("agent.dial", attempt_id=attempt_id)

    async def _talk(self, attempt_id: str | None) -> None:
        if self.world.quiet:
            await self.ask("call.hang_up", attempt_id=attempt_id)
            return
        others = [u for u in self.world.agent_ids if u != self.user_id]
        to: dict[str, str] = {"number": THIRD}
        if others and self.random.random() < 0.5:
            to = {"user_id": str(self.random.choice(others))}
        choice = self.random.random()
        if not self._likes(0.8):
            if choice < 0.2:
                await self.ask("call.hang_up", attempt_id=attempt_id)
        elif choice < 0.5:
            kinds = ("call.hold", "call.resume", "call.mute", "call.unmute", "call.digits")
            await self.ask(self.random.choice(kinds), attempt_id=attempt_id, digits="12")
        elif choice < 0.7:
            await self.ask("call.consult", attempt_id=attempt_id, to=to)
        elif choice < 0.8:
            kinds = ("call.consult_complete", "call.consult_cancel")
            await self.ask(self.random.choice(kinds), attempt_id=attempt_id)
        elif choice < 0.9:
            await self.ask("call.transfer", attempt_id=attempt_id, to=to)
        elif choice < 0.95:
            self._drop_leg()
        else:
            await self.ask("agent.sign_out")

    async def _wrap_up(self, attempt_id: str | None) -> None:
        choice = self.random.random()
        if self._forgets(attempt_id):
            return
        if self.world.plan.machines_told and self._heard_a_machine(attempt_id):
            await self._give(attempt_id, "machine")
        elif self._likes(0.1):
            await self.ask("agent.sign_out")
        elif self.world.quiet or choice < 0.4:
            await self._give(attempt_id, "sale")
        elif choice < 0.5:
            await self._give(attempt_id, "callback")
        elif choice < 0.55:
            await self._give(attempt_id, "dnc")

    def _forgets(self, attempt_id: str | None) -> bool:
        """Whether this outcome is left to the system."""
        if self.world.quiet or not self.world.plan.forgetful:
            return False
        draw = random.Random(f"outcome {self.world.plan.seed} {attempt_id}")
        return draw.random() < self.world.plan.forgetful

    def _heard_a_machine(self, attempt_id: str | None) -> bool:
        for call in reversed(self.world.node.calls):
            if call.channel_id == attempt_id:
                return call.behaviour is BehaviourKind.MACHINE
        return False

    async def _give(self, attempt_id: str | None, code: str) -> None:
        payload: dict[str, Any] = {"wrap_up_code_id": str(self.world.code_ids[code])}
        if code == "callback":
            seconds = self.random.uniform(5, 120)
            due_at = self.world.clock.now() + timedelta(seconds=seconds)
            payload["callback"] = {
                "due_at": due_at.isoformat(),
                "mine": self.random.random() < 0.5,
            }
        if self.random.random() < 0.1:
            payload["next"] = "pause"
        answer = await self.ask("call.wrap_up", attempt_id=attempt_id, **payload)
        attempt = self.world.data.attempts.get(UUID(attempt_id)) if attempt_id else None
        if code == "dnc" and attempt is not None and answer and answer.get("ok"):
            self.world.dnc_at.setdefault(attempt.row.number, self.world.clock.now())
