"""What outcomes mean: the campaign before the organisation before what is built in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.outcome_flags import (
    BUSINESS,
    FLAGS,
    SYSTEM_DEFAULTS,
    SYSTEM_FLAGS,
    SYSTEM_OUTCOMES,
    OutcomeMapping,
    in_campaign,
    of_code,
    of_system,
    ordered,
    wrong_flags,
)

flags = st.lists(st.sampled_from(FLAGS), max_size=4).map(tuple)
tables = st.dictionaries(st.sampled_from([*SYSTEM_OUTCOMES, "code"]), flags, max_size=6)


@given(tables, tables, st.sampled_from(SYSTEM_OUTCOMES), flags)
def test_the_nearest_table_that_names_an_outcome_decides(
    organisation: dict[str, tuple[str, ...]],
    campaign: dict[str, tuple[str, ...]],
    outcome: str,
    own: tuple[str, ...],
) -> None:
    mapped = in_campaign(OutcomeMapping(outcomes=organisation), OutcomeMapping(outcomes=campaign))
    tables = (campaign, organisation, SYSTEM_DEFAULTS)
    expected = next((table[outcome] for table in tables if outcome in table), ())
    assert of_system(mapped, outcome) == frozenset(expected)
    nearest = next((t["code"] for t in (campaign, organisation) if "code" in t), own)
    assert of_code(mapped, "code", own) == frozenset(nearest)


@given(tables, flags)
def test_a_table_survives_being_kept(
    outcomes: dict[str, tuple[str, ...]], default: tuple[str, ...]
) -> None:
    mapping = OutcomeMapping(outcomes=outcomes, default=default)
    assert OutcomeMapping.of_document(mapping.as_document()) == mapping


@given(st.lists(st.sampled_from([*FLAGS, "other"]), max_size=5), st.booleans())
def test_flags_are_known_ones_and_of_business_at_most_one(chosen: list[str], system: bool) -> None:
    allowed = SYSTEM_FLAGS if system else FLAGS
    right = set(chosen) <= set(allowed) and len(BUSINESS & set(chosen)) <= 1
    assert (wrong_flags(chosen, "flags", system=system) == []) == right
    assert list(ordered(chosen)) == [flag for flag in FLAGS if flag in chosen]
