"""The reason beside a running campaign whose next contact waits."""

from __future__ import annotations

import pytest

from kwabo.domain.campaigns.lifecycle import Slowed, waiting_for


@pytest.mark.parametrize("code", ["RECALL_DELAY", "DNC_UNCHECKED", "FILTERED", "PERSON_LIMIT"])
def test_contacts_that_wait_are_a_reason_once_all_have_been_seen(code: str) -> None:
    assert waiting_for(code) is Slowed.WAITING_FOR_RECALLS
    assert waiting_for(code, unseen=True) is Slowed.NONE


def test_what_holds_up_everybody_is_a_reason_at_once() -> None:
    assert waiting_for("OUTSIDE_LAWFUL_HOURS", unseen=True) is Slowed.OUTSIDE_CALLABLE_TIME
    assert waiting_for("SPEND_CAP", unseen=True) is Slowed.SPEND_CAP
