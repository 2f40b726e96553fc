"""Contacts whose language few agents speak: who is held for their calls, and who joins them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

from kwabo.domain.campaigns.rule_sets.document import Kind, Known, RuleSet, read_rules
from kwabo.domain.routing.skills import Skill, language_skill
from kwabo.engine.floor import skilled
from kwabo.ports.floor_rows import AgentAbilities
from unit.floor.desk import Desk, at_the_desk
from unit.floor.paces import NOBODY_ANSWERS, PATIENT_TIMEOUT, calls_out, campaign_of

FRENCH, FON = language_skill("fr"), language_skill("fon")
_RULES, _ = read_rules(
    {"rules": [{"name": "l", "actions": [{"type": "SET_SKILLS", "language_column": "langue"}]}]},
    Kind.PRE_CALL,
    Known(),
)
_SPOKEN = (RuleSet(rule_set_id=uuid4(), name="spoken", kind=Kind.PRE_CALL, rules=_RULES),)


def _speak(*languages: str, second_speaks_fon: bool = True) -> Callable[[Desk], None]:
    """The list's contacts speak these, over and over; agents French, the second one Fon too."""

    def prepare(desk: Desk) -> None:
        for place, contact_id in enumerate(desk.data.lists[next(iter(desk.data.lists))]):
            contact = desk.data.contacts[contact_id]
            language = languages[place % len(languages)]
            desk.data.contacts.put(contact_id, replace(contact, data={"langue": language}))
        _can(desk, desk.first, FRENCH)
        _can(desk, desk.second, FRENCH, *([FON] if second_speaks_fon else []))

    return prepare


def _can(desk: Desk, user_id: UUID, *skills: Skill) -> None:
    desk.data.abilities.put(user_id, AgentAbilities(skills=dict.fromkeys(skills, 3)))


def _language(desk: Desk, contact_id: UUID) -> str:
    return desk.data.contacts[contact_id].data["langue"]


def test_progressive_calls_whom_the_free_agents_can_speak_with() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(lambda: len(calls_out(desk)) == 2)
        held = {_language(desk, row.contact_id): row.agent_user_id for row in calls_out(desk)}
        assert held == {"fon": desk.second, "fr": desk.first}

    campaign = {"rule_sets": _SPOKEN, **PATIENT_TIMEOUT}
    at_the_desk(
        story, contacts=6, numbers=NOBODY_ANSWERS, campaign=campaign, prepare=_speak("fon", "fr")
    )


def test_a_campaign_says_that_nobody_has_the_skills_of_those_who_are_left() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        campaign = campaign_of(desk)
        await desk.until(lambda: campaign.state_reason == "SKILLS_WAIT")
        assert campaign.state == "running"
        assert not calls_out(desk)
        desk.agent(desk.second).skills = {FRENCH: 3, FON: 3}
        await desk.until(lambda: len(calls_out(desk)) == 1, 10)
        assert calls_out(desk)[0].agent_user_id == desk.second

    campaign = {"rule_sets": _SPOKEN, **PATIENT_TIMEOUT}
    prepare = _speak("fon", second_speaks_fon=False)
    at_the_desk(story, contacts=3, numbers=NOBODY_ANSWERS, campaign=campaign, prepare=prepare)


def test_power_holds_the_agent_whose_skill_few_have_and_calls_on_for_the_others() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(lambda: len(calls_out(desk)) >= 4)
        await desk.clock.sleep(5)
        by = {row.contact_id: row.agent_user_id for row in calls_out(desk)}
        fon = [agent for contact, agent in by.items() if _language(desk, contact) == "fon"]
        assert fon == [desk.second]
        assert {a for c, a in by.items() if _language(desk, c) == "fr"} == {None}

    campaign = {
        "mode": "power",
        "calls_per_agent": 3.0,
        "rule_sets": _SPOKEN,
        **PATIENT_TIMEOUT,
    }
    at_the_desk(
        story, contacts=12, numbers=NOBODY_ANSWERS, campaign=campaign, prepare=_speak("fon", "fr")
    )


def test_an_answer_goes_to_a_free_agent_with_its_skills() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        await desk.until(lambda: desk.agent(desk.second).attempt_id is not None)
        call = desk.call
        one, other = desk.agent(desk.first), desk.agent(desk.second)
        assert skilled.first(call, [one, other]) is other
        assert skilled.first(call, [one]) is one  # rather than to nobody
        call.skills = ()
        assert skilled.first(call, [one, other]) is one

    campaign = {"rule_sets": _SPOKEN, **PATIENT_TIMEOUT}
    at_the_desk(story, contacts=1, numbers=NOBODY_ANSWERS, campaign=campaign, prepare=_speak("fon"))


def test_a_fetched_record_is_one_that_the_agent_can_speak_about() -> None:
    async def story(desk: Desk) -> None:
        await desk.ready(desk.first, desk.second)
        await desk.start()
        answer = await desk.ask("agent.fetch", desk.first)
        assert answer["ok"], answer
        assert _language(desk, desk.call.contact_id) == "fr"

    campaign = {"mode": "preview", "preview_delivery": "fetch", "rule_sets": _SPOKEN}
    at_the_desk(
        story, contacts=4, numbers=NOBODY_ANSWERS, campaign=campaign, prepare=_speak("fon", "fr")
    )
