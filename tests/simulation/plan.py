"""What a seed decides: a floor, its campaigns, and everything that goes wrong."""

from __future__ import annotations

import random
from dataclasses import dataclass

from kwabo.adapters.switch.simulator import Faults

PACED = ("progressive", "power", "predictive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One of several campaigns on shared queues."""

    mode: str = "predictive"
    priority: int = 3
    weight: int = 1
    calls_per_agent: float = 1.5
    ceiling: float = 10.0  # predictive: the most calls for each agent
    target: float = 0.03
    kept_free: int = 0
    queue: int = 0  # modulo the number of queues


@dataclass(slots=True, kw_only=True)
class Plan:
    """What a seed decides. A failing seed can be told again by changing single values."""

    seed: int
    contacts: int
    agents: int
    seconds: float  # until faults stop
    faults: Faults
    store_faults: float = 0.0  # chance for each transaction, half before and half after the commit
    latency: float = 0.0  # the longest wait before each request to switch or database, seconds
    crashes: int = 0
    freezes: int = 0
    switch_losses: int = 0
    switch_restarts: int = 0
    preview: bool = False
    fetch: bool = False
    analysis: bool = False
    dnc_entries: int = 0
    lines: int = 30
    two_campaigns: bool = False
    restless: float = 0.3  # how often agents do something else than talk and wrap up
    max_attempts: int = 3
    stops: int = 0  # pauses and emergency stops of a campaign
    mode: str = "progressive"  # of campaigns that are not in preview
    calls_per_agent: float = 1.5
    target: float = 0.03  # highest abandon rate
    calls_per_second: float = 5.0
    shares: tuple[Share, ...] = ()  # campaigns in place of the one or two of `mode`
    queues: int = 1  # with two, an agent serves the first, the second, or both
    analysis_errors: float = 0.0  # chance that call analysis errs, either way
    machines_told: bool = False  # agents have a wrap-up code for machines
    changes: int = 0  # of mode, target, ratio, weight … of a running campaign
    all_lost: int = 0  # times that all agents are gone at once
    trunk_deaths: int = 0
    quick: bool = False  # people answer and speak briefly: long lists come to their end
    law: str = ""  # compliance preset of the campaigns
    lines_most: int = 0  # of each campaign; 0: as many as the trunk has
    number_order: str = "turns"
    shown: float = 0.0  # share of contacts that an agent looks at before they are called
    callbacks_shown: bool = False  # the same for callbacks
    takeover: str = "anyone"  # who makes an agent's callback when they are away …
    takeover_minutes: int = 15  # … and after how long
    forgetful: float = 0.0  # share of conversations whose outcome the agent never gives
    untold: float = 0.0  # share of DNC entries of which nobody tells the floor
    machines: str = ""  # what is done with them in place of hanging up: play_file, queue

    @property
    def faultless(self) -> bool:
        """Whether nothing is lost, and nobody is killed or frozen."""
        troubles = self.crashes + self.freezes + self.switch_losses + self.switch_restarts
        return self.faults == Faults() and not (troubles or self.store_faults)

    @classmethod
    def of(cls, seed: int) -> Plan:
        """The plan of a seed."""
        draw = random.Random(f"plan {seed}")
        calm = seed % 5 == 0  # every fifth seed has no faults at all
        chance = (lambda p: 0) if calm else (lambda p: p if draw.random() < 0.35 else 0.0)
        some = (lambda most: 0) if calm else (lambda most: draw.choice((0, 0, 0, 1, most)))
        preview = draw.random() < 0.25
        pace = random.Random(f"pace {seed}")
        plan = cls(
            seed=seed,
            contacts=draw.randint(3, 14),
            agents=draw.randint(1, 4),
            seconds=draw.uniform(60, 300),
            faults=Faults(
                lose_event=chance(0.05),
                double_event=chance(0.2),
                delay_event=chance(0.2),
                refuse_originate=chance(0.15),
                uncertain_done=chance(0.15),
                uncertain_not_done=chance(0.15),
            ),
            store_faults=chance(0.02),
            latency=draw.choice((0.0, 0.02, 0.3)),
            crashes=some(3),
            freezes=some(2),
            switch_losses=some(3),
            switch_restarts=some(2),
            preview=preview,
            fetch=preview and draw.random() < 0.5,
            analysis=draw.random() < 0.4,
            dnc_entries=draw.choice((0, 0, 1, 3)),
            lines=draw.choice((1, 2, 30)),
            two_campaigns=draw.random() < 0.3,
            restless=draw.choice((0.0, 0.2, 0.6)),
            max_attempts=draw.randint(1, 3),
            stops=draw.choice((0, 0, 0, 2)),
            mode=pace.choice(PACED),
            calls_per_agent=pace.choice((1.0, 1.5, 3.0)),
        )
        plan._widen(random.Random(f"shared {seed}"), calm)
        plan._set(random.Random(f"settings {seed}"))
        return plan

    def _widen(self, draw: random.Random, calm: bool) -> None:
        """What calls for nobody in particular add; drawn apart, so that the rest stays as it is."""
        self.target = draw.choice((0.01, 0.03, 0.2))
        self.machines_told = self.analysis
        self.analysis_errors = draw.choice((0.0, 0.0, 0.1, 0.3)) if self.analysis else 0.0
        self.changes = draw.choice((0, 0, 2, 6))
        some = draw.choice((0, 0, 0, 1, 2)), draw.choice((0, 0, 0, 1, 2))
        self.all_lost, self.trunk_deaths = (0, 0) if calm else some
        if draw.random() < 0.35 and not self.preview:
            self.queues = draw.choice((1, 1, 2))
            self.shares = tuple(_share(draw) for _ in range(draw.randint(2, 3)))
        if draw.random() < 0.2:
            self._crowd(draw)

    def _set(self, draw: random.Random) -> None:
        """Settings of campaigns that few of them have; drawn apart likewise."""
        if draw.random() < 0.5:
            return
        self.lines_most = draw.choice((0, 0, 1, 3))
        self.number_order = draw.choice(("turns", "first", "last_reached", "round", "round"))
        self.shown = draw.choice((0.0, 0.0, 0.3))
        self.callbacks_shown = draw.random() < 0.3
        self.takeover, self.takeover_minutes = draw.choice(
            (("anyone", 15), ("anyone", 1), ("anyone", 0), ("by_hand", 15))
        )
        self.untold = draw.choice((0.0, 0.5))
        if self.untold and self.preview:
            self.dnc_entries = max(6, self.dnc_entries)
        machines = draw.choice(("", "play_file", "queue"))
        if self.analysis:
            self.machines = machines
        elif len(self.shares) < 2 and not self.two_campaigns and draw.random() < 0.4:
            # Its pause after an abandoned call is longer than any run: one campaign, no machines.
            self.law, self.target = "GB", min(self.target, 0.03)
        self.forgetful = draw.choice((0.0, 0.0, 0.3))

    def _crowd(self, draw: random.Random) -> None:
        self.agents = draw.randint(2, 12)
        self.contacts = self.agents * draw.randint(4, 20)
        self.lines = draw.choice((self.agents, 2 * self.agents, 100))
        self.calls_per_second = draw.choice((5.0, 20.0))
        self.max_attempts = min(2, self.max_attempts)
        self.seconds = min(self.seconds, 200.0)
        self.quick = True


def _share(draw: random.Random) -> Share:
    return Share(
        mode=draw.choice(PACED),
        priority=draw.choice((2, 3, 3, 3, 5)),
        weight=draw.choice((1, 1, 4)),
        calls_per_agent=draw.choice((1.0, 1.5, 3.0)),
        ceiling=draw.choice((1.0, 2.0, 10.0)),
        target=draw.choice((0.01, 0.03, 0.2)),
        kept_free=draw.choice((0, 0, 0, 1)),
        queue=draw.randint(0, 1),
    )
