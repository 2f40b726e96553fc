"""Data actions of a floor in memory: what other programs have answered, and what they are told.

`service` plays the other program: it answers a question about its inputs a fixed time after it was
asked, or fails (None). Without one, nobody answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from kwabo.adapters.memory.tables import Journal, Table
from kwabo.domain.campaigns.rule_sets.document import RuleSet, data_actions_asked
from kwabo.domain.campaigns.rule_sets.facts import ContactFacts
from kwabo.domain.data_actions.answers import DataAnswer
from kwabo.domain.data_actions.settings import DataActionSettings
from kwabo.ports.floor_changes import DataActionTold
from kwabo.services.data_questions import Labels, questions

Service = Callable[[UUID, Mapping[str, str]], Mapping[str, str] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoryDataCheck:
    """What is known of a question."""

    inputs: Mapping[str, str] = field(default_factory=dict)
    outputs: Mapping[str, str] = field(default_factory=dict)
    answered_at: datetime | None = None
    failed_at: datetime | None = None
    awaited_at: datetime | None = None


class DataActions:
    """The tables about data actions."""

    def __init__(self) -> None:
        self.settings: dict[UUID, DataActionSettings] = {}
        self.checks: Table[tuple[UUID, str], MemoryDataCheck] = Table()
        self.told: Table[UUID, DataActionTold] = Table()  # by delivery
        self.service: Service | None = None
        self.delay = timedelta(seconds=1)  # of the service

    def with_answers(
        self,
        rule_sets: Iterable[RuleSet],
        facts: ContactFacts,
        labels: Labels,
        campaign: tuple[UUID, str],
        now: datetime,
    ) -> ContactFacts:
        """The facts with the answers that conditions of these rules may compare."""
        wanted = data_actions_asked(tuple(rule_sets))
        actions = {one: self.settings[one] for one in sorted(wanted & set(self.settings))}
        if not actions:
            return facts
        asked = questions(actions, facts, labels, *campaign)
        answers = {at: self._known(question, now) for at, question in asked.items()}
        return replace(facts, answers=answers)

    def _known(self, question: DataAnswer, now: datetime) -> DataAnswer:
        check = self.checks.get((question.data_action_id, question.key))
        if check is None:
            return question
        check = self._served(question.data_action_id, check, now)
        return replace(
            question,
            outputs=check.outputs,
            answered_at=check.answered_at,
            failed_at=check.failed_at,
            awaited_at=check.awaited_at,
        )

    def _served(
        self, data_action_id: UUID, check: MemoryDataCheck, now: datetime
    ) -> MemoryDataCheck:
        """With what the service has answered by now to a question that waits."""
        if self.service is None or check.awaited_at is None:
            return check
        at = check.awaited_at + self.delay
        if at > now:
            return check
        outputs = self.service(data_action_id, check.inputs)
        if outputs is None:
            return replace(check, failed_at=at, awaited_at=None)
        return replace(check, outputs=outputs, answered_at=at, failed_at=None, awaited_at=None)

    def want(self, answers: Iterable[DataAnswer], now: datetime, journal: Journal) -> None:
        """Contacts wait for these."""
        for answer in answers:
            key = (answer.data_action_id, answer.key)
            known = self.checks.get(key)
            known = self._served(key[0], known, now) if known else MemoryDataCheck()
            if known.awaited_at is None:
                wanted = replace(known, inputs=answer.inputs, awaited_at=now)
                self.checks.put(key, wanted, journal)

    def tell(self, change: DataActionTold, journal: Journal) -> None:
        """Keep what a rule tells another program, once."""
        known = change.data_action_id in self.settings
        if known and self.told.get(change.delivery_id) is None:
            self.told.put(change.delivery_id, change, journal)
