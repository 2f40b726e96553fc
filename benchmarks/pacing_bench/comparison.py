"""The product beside the baselines: at the same abandon rate, and beside progressive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pacing_bench.averages import Mean, Summary, at_rate
from pacing_bench.families import Swept, points

PRODUCT = "product"
PROGRESSIVE = "progressive"
LEVEL = "level:average"  # the adaptive level as it is set at first


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One scenario. Utilisations and rates lie between 0 and 1."""

    scenario: str
    utilisation: Mean
    rate: float
    held: float  # share of days at or under the target, persons lost by analysis counted
    over_progressive: Mean | None  # utilisation above progressive's, day by day
    over_level: Mean | None  # the same above the adaptive level's
    families: tuple[tuple[str, float | None], ...]  # best of each at the product's rate
    swept_utilisation: float  # of the product on the days of the sweep
    swept_rate: float

    @property
    def over_best(self) -> float | None:
        """Above the best family at the same rate; None without a sweep."""
        found = [best for _, best in self.families if best is not None]
        return self.swept_utilisation - max(found) if found else None


def _over(summary: Summary, other: Summary | None) -> Mean | None:
    """How far its utilisation lies above another's, day by day."""
    if other is None:
        return None
    pairs = zip(summary.days, other.days, strict=True)
    return Mean.of([day["utilisation"] - than["utilisation"] for day, than in pairs])


def compare(summaries: Sequence[Summary], swept: Swept, sweep_seeds: int) -> list[Comparison]:
    """Every scenario in which the product ran."""
    by_name = {(s.scenario, s.policy): s for s in summaries}
    found = []
    for summary in summaries:
        if summary.policy != PRODUCT:
            continue
        days = summary.days
        same = Summary(summary.scenario, PRODUCT, days[: sweep_seeds or len(days)])
        families = swept.get(summary.scenario, {})
        found.append(
            Comparison(
                scenario=summary.scenario,
                utilisation=summary.mean("utilisation"),
                rate=summary.rate(),
                held=summary.mean("within_with_lost").mean,
                over_progressive=_over(summary, by_name.get((summary.scenario, PROGRESSIVE))),
                over_level=_over(summary, by_name.get((summary.scenario, LEVEL))),
                families=tuple(
                    (name, at_rate(points(settings), same.rate()))
                    for name, settings in families.items()
                ),
                swept_utilisation=same.mean("utilisation").mean,
                swept_rate=same.rate(),
            )
        )
    return found
