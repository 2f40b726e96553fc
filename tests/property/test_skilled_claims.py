"""Whoever is given a contact can do what it needs, and it waits only when nobody can."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from contract.floor_store.bench import campaign, lease_of, request
from contract.floor_store.memory_bench import MemoryBench
from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.domain.routing.skills import language_skill
from kwabo.services.claims import SKILLS_WAIT

_LANGUAGES = st.sampled_from(["", "fr", "fon", "bba"])
_SPOKEN = st.frozensets(st.sampled_from(["fr", "fon", "bba"]).map(language_skill))
_RULES, _ = read_rules(
    {"rules": [{"name": "l", "actions": [{"type": "SET_SKILLS", "language_column": "l"}]}]},
    Kind.PRE_CALL,
    Known(),
)
_RULE_SET = RuleSet(rule_set_id=uuid4(), name="spoken", kind=Kind.PRE_CALL, rules=_RULES)


@given(
    contacts=st.lists(_LANGUAGES, max_size=8),
    agents=st.lists(_SPOKEN, max_size=4),
    common=_SPOKEN,
    for_nobody=st.integers(0, 4),
)
def test_a_claim_with_skills(
    contacts: list[str], agents: list[frozenset[str]], common: frozenset[str], for_nobody: int
) -> None:
    async def main() -> None:
        bench = MemoryBench()
        row = campaign(bench, rule_sets=(_RULE_SET,))
        await bench.add_campaign(row)
        speaks: dict[UUID, str] = {}
        for place, language in enumerate(contacts):
            speaks[await bench.add_contact(f"+22901970000{place:02d}", data={"l": language})] = (
                language
            )
        can = {await bench.add_agent(f"a{place}"): can for place, can in enumerate(agents)}
        wanted = request(bench, row, *(() if for_nobody else can), skills=can, common=common)
        if for_nobody:
            ids = [bench.new_id() for _ in range(for_nobody)]
            wanted = replace(wanted, attempt_ids=ids, for_nobody=for_nobody, spare=list(can))
        lease = await lease_of(bench)
        async with bench.store.transaction(lease) as transaction:
            answer = await transaction.claim(wanted)
        held = [made.agent_user_id for made in answer.attempts if made.agent_user_id is not None]
        assert len(held) == len(set(held))
        assert len(answer.attempts) <= (for_nobody or len(can))
        for made in answer.attempts:
            language = speaks[made.contact_id]
            needs = {language_skill(language)} if language else set()
            assert set(made.skills) == needs
            if made.agent_user_id is not None:
                assert needs <= can[made.agent_user_id] | common
            else:
                assert for_nobody
                assert needs <= common
        left = [c | common for a, c in can.items() if a not in held]
        room = len(answer.attempts) < (for_nobody or len(can))
        for contact_id, language in speaks.items():
            course = await bench.course(row.campaign_id, contact_id)
            if course is not None and course[2] == SKILLS_WAIT and room:
                # Whoever could is held for another contact of this claim.
                assert not any(language_skill(language) in one for one in left)

    asyncio.run(main())
