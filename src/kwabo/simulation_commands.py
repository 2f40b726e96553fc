"""`kwabo simulate`: a day of a floor before it happens."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
import structlog
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

_MODES = ("progressive", "power", "predictive")


def _writable(context: click.Context, option: click.Parameter, file: Path | None) -> Path | None:
    """Known before the run, which may be long."""
    if file is None or (file.is_file() and os.access(file, os.W_OK)):
        return file
    if not file.parent.is_dir():
        raise click.BadParameter(f"there is no folder '{file.parent}'. Make it, or name another.")
    if file.exists() or not os.access(file.parent, os.W_OK):
        raise click.BadParameter(f"'{file}' cannot be written. Name another file.")
    return file


_FILE: dict[str, Any] = {"type": click.Path(path_type=Path), "callback": _writable}


@click.command()
@click.argument("scenario", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seed", type=click.IntRange(0), help="Take the place of the scenario's seed.")
@click.option(
    "--seeds", type=click.IntRange(1, 10_000), default=1, help="So many runs, from SEED on."
)
@click.option("--mode", type=click.Choice(_MODES), help="Dial every campaign in this mode.")
@click.option("--json", "json_file", help="Write all figures.", **_FILE)
@click.option("--page", "page_file", help="Write a page with plots.", **_FILE)
@click.option("--language", type=click.Choice(["en", "fr"]), default="en", help="Of the page.")
@click.option("--quiet", is_flag=True, help="No progress bar.")
def simulate(
    scenario: Path,
    seed: int | None,
    seeds: int,
    mode: str | None,
    json_file: Path | None,
    page_file: Path | None,
    language: str,
    quiet: bool,
) -> None:
    """Run SCENARIO (a TOML file) in virtual time and tell what would happen.

    The same engine, rules and stores as on a working day; the people are drawn from the seed. The
    same seed gives the same result. docs/developers/simulation.md tells every key of a scenario.
    """
    from kwabo.simulation import ScenarioInvalid, read_scenario
    from kwabo.simulation.table import show

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    try:
        read = read_scenario(scenario)
        if mode is not None:
            campaigns = tuple(replace(campaign, mode=mode) for campaign in read.campaigns)
            read = replace(read, campaigns=campaigns)
        first = read.seed if seed is None else seed
        begun = time.perf_counter()
        outcomes = _run(read, range(first, first + seeds), quiet)
    except ScenarioInvalid as error:
        raise click.ClickException(f"{scenario} cannot be run:\n{error}") from error
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{scenario} is not UTF-8. Save it as UTF-8.") from error
    except OSError as error:
        raise click.ClickException(f"{scenario} cannot be read: {error.strerror}.") from error
    took = time.perf_counter() - begun
    show(Console(), outcomes)
    callers = sum(outcome.callers.came for outcome in outcomes if outcome.callers is not None)
    calls = callers + sum(outcome.calls.dialled for outcome in outcomes)
    click.echo(f"{calls:,} calls in {took:.1f} s: {calls / took:,.0f} calls/s", err=True)
    if json_file is not None:
        _write_json(json_file, outcomes)
    if page_file is not None:
        from kwabo.simulation.page import page

        page_file.write_text(page(outcomes, language), encoding="utf-8")


def _run(scenario: Any, seeds: Sequence[int], quiet: bool) -> list[Any]:
    from kwabo.simulation import simulate as run

    outcomes = []
    with Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        disable=quiet,
    ) as progress:
        bar = progress.add_task(scenario.name, total=float(len(seeds)))
        for done, seed in enumerate(seeds):

            def tell(share: float, done: int = done) -> None:
                progress.update(bar, completed=done + share)

            outcomes.append(run(scenario, seed, on_progress=tell))
    return outcomes


def _write_json(file: Path, outcomes: Sequence[Any]) -> None:
    from dataclasses import asdict

    from kwabo.simulation.several import estimates, queue_estimates

    if len(outcomes) == 1:
        document = outcomes[0].document()
    else:
        document = {
            "runs": [outcome.document() for outcome in outcomes],
            "estimates": {name: asdict(found) for name, found in estimates(outcomes).items()},
            "queue_estimates": {
                queue: {name: asdict(found) for name, found in figures.items()}
                for queue, figures in queue_estimates(outcomes).items()
            },
        }
    file.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
