"""Rule sets on the floor: when the rules at a wrap-up are asked, and what they may change here."""

from __future__ import annotations

from uuid import UUID

from kwabo.domain.campaigns.rule_sets.actions import (
    AppendCustomEntryToDncList,
    AppendNumberToDncList,
)
from kwabo.domain.campaigns.rule_sets.document import Kind, Rule
from kwabo.engine.floor.state import Call, Campaign, Floor
from kwabo.ports.floor_changes import RulesAsked
from kwabo.services.rulings import of_kind


def ask(floor: Floor, call: Call, wrap_up_code_id: UUID | None = None) -> None:
    """The call has its outcome: have the store ask the campaign's rules in this transaction."""
    campaign = floor.campaigns.get(call.campaign_id)
    if campaign is None or call.result is None or call.dialling_at is None:
        return
    rule_sets = of_kind(campaign.row.rule_sets, Kind.WRAP_UP)
    if not rule_sets:
        return
    floor.out.write(
        RulesAsked(
            attempt_id=call.attempt_id,
            campaign_id=call.campaign_id,
            contact_id=call.contact_id,
            number=call.number,
            result=str(call.result),
            wrap_up_code_id=wrap_up_code_id,
            answer_analysed=campaign.row.call_analysis,
            course_attempts=call.course_attempts,
            rule_sets=rule_sets,
            at=floor.now,
        )
    )
    if any(lists(rule) for rule_set in rule_sets for rule in rule_set.rules):
        floor.dnc_changed = True
    look_again(campaign)


def lists(rule: Rule) -> bool:
    """Whether the rule may put somebody on a DNC list: others may be calling them."""
    kinds = (AppendNumberToDncList, AppendCustomEntryToDncList)
    return any(isinstance(action, kinds) for action in rule.actions)


def look_again(campaign: Campaign) -> None:
    """Rules may have put a contact back: whether the list is finished is found out anew."""
    campaign.exhausted = False
    campaign.look_at = 0.0


def reopened(campaign: Campaign, contacts: int) -> None:
    """Rules have put finished contacts back."""
    campaign.finished = max(0, campaign.finished - contacts)
    look_again(campaign)
