"""What is wrong with a campaign's recall rules and its order of numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kwabo.domain.campaigns.agentless import RECALLED_OUTCOMES
from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.campaigns.recall_rules import RecallRuleWrong, rule_of
from kwabo.domain.compliance.number_order import ORDERS
from kwabo.domain.interactions.attempt import Result

MOST_LABELS = 20
LONGEST_LABEL = 100
# A skipped record was never called: it waits for `recall_seconds.skipped`. Outcomes of calls that a
# flow had follow their result where they have no rule of their own.
RULED = (
    *(str(result) for result in Result if result is not Result.SKIPPED),
    *RECALLED_OUTCOMES,
)


def attempt_objections(
    *,
    recall_rules: Mapping[str, Any],
    number_order: str,
    number_label_order: Sequence[str],
) -> list[Objection]:
    """Everything wrong with them."""
    found: list[Objection] = []
    for result, value in recall_rules.items():
        name = f"recall_rules.{result}"
        if result not in RULED:
            message = f"There is no recall rule for '{result}'. Results: {', '.join(RULED)}."
            found.append(Objection(field=name, code="UNKNOWN_RESULT", message=message))
            continue
        try:
            if not isinstance(value, Mapping):
                raise RecallRuleWrong("RECALL_STEPS", "A recall rule is an object with steps.")
            rule_of(value)
        except RecallRuleWrong as error:
            found.append(Objection(field=name, code=error.code, message=str(error)))
    if number_order not in ORDERS:
        message = f"Choose an order of numbers: {', '.join(ORDERS)}."
        found.append(Objection(field="number_order", code="NUMBER_ORDER", message=message))
    if len(number_label_order) > MOST_LABELS or not all(
        0 < len(label.strip()) <= LONGEST_LABEL for label in number_label_order
    ):
        message = f"Name at most {MOST_LABELS} labels of 1 to {LONGEST_LABEL} characters."
        found.append(Objection(field="number_label_order", code="NUMBER_LABELS", message=message))
    return found
