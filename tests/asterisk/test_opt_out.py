"""The key that opts out, on the real switch: RFC 4733 from the far end while the message plays."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest
import pytest_asyncio

from asterisk.test_predictive import Floor, at_work, complete, run
from kwabo.adapters.carrier_lab.behaviours import Behaviour, BehaviourTable, Kind
from kwabo.settings import DEMO_PASSWORD
from kwabo.stack.demo.rest import Person
from kwabo.stack.stack import Stack, StackSettings

pytestmark = [pytest.mark.asterisk, pytest.mark.timeout(300)]


def table() -> BehaviourTable:
    """The last digit chooses: 1 talks long, 8 presses 8 after a word, 9 presses 9."""
    calm = {"ring_seconds": 2.0, "ring_spread": 0.0, "talk_spread": 0.0}
    return BehaviourTable(
        behaviours={
            "long": Behaviour(kind=Kind.PERSON, talk_seconds=20.0, **{**calm, "ring_seconds": 0.5}),
            "eight": Behaviour(kind=Kind.KEYS, keys="8", talk_seconds=20.0, **calm),
            "nine": Behaviour(kind=Kind.KEYS, keys="99", talk_seconds=20.0, **calm),
            "agent": Behaviour(kind=Kind.AGENT, ring_seconds=0.0, talk_seconds=3600.0),
        },
        shares={"long": 100},
        suffixes={"1": ("long",), "8": ("eight",), "9": ("nine",)},
    )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def floor(home: Path, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Floor]:
    settings = StackSettings(
        home=home,
        folder=tmp_path_factory.mktemp("opt-out"),
        table=table(),
        environment={"KWABO_DEMO": "1", "KWABO_DEMO_AGENTS": "2"},
    )
    async with Stack(settings) as stack, Person(stack.url(), "admin", DEMO_PASSWORD) as admin:
        yield Floor(stack=stack, admin=admin)


async def test_nine_during_the_message_lists_the_number_at_once_and_eight_does_not(
    floor: Floor,
) -> None:
    version = (await floor.admin.get("/compliance"))["version"]
    await floor.admin.patch("/compliance", {"version": version, "opt_out": True})
    numbers = ["0197004001", "0197004009", "0197004008"]
    async with at_work(floor, 1):
        campaign_id = await run(floor, numbers, mode="power", pace={"calls_per_agent": 3})
        await complete(floor, campaign_id)
    attempts = {a["number"][4:]: a for a in (await floor.attempts(campaign_id)).values()}
    left = {number for number, attempt in attempts.items() if attempt["abandoned"]}
    assert left == {"0197004009", "0197004008"}
    lists = (await floor.admin.get("/dnc-lists"))["items"]
    wide = [one for one in lists if one["organisation_wide"]]
    listed = {}
    for one in wide:
        path = f"/dnc-lists/{one['dnc_list_id']}/entries"
        listed |= {e["value"]: e for e in (await floor.admin.get(path))["items"]}
    for number in numbers:
        attempt = attempts[number]
        if number.endswith("9"):
            entry = listed[f"+229{number}"]
            assert (entry["reason"], entry["source"]) == ("OPT_OUT_KEY", "key")
            at = datetime.fromisoformat(attempt["opted_out_at"])
            assert at > datetime.fromisoformat(attempt["message_started_at"])
            written = datetime.fromisoformat(entry["created_at"])
            assert abs((written - at).total_seconds()) < 1
            closed = datetime.fromisoformat(attempt["closed_at"])
            assert closed > at  # the confirmation was played
        else:
            assert attempt["opted_out_at"] is None
            assert f"+229{number}" not in listed
