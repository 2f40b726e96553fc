"""How a variant of a prompt comes to be played: draft, in review, approved, retired.

A version never changes: who wants other words or another recording makes the next version, and the
approved one is played until that is approved.
"""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID


class Medium(StrEnum):
    """What a variant is."""

    RECORDED = "recorded"  # a voice
    SPEECH = "speech"  # words for a text-to-speech engine
    TEXT = "text"  # words for a message


class VariantState(StrEnum):
    """Of a version of a variant."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    RETIRED = "retired"  # it was approved; a later version has taken its place


def may_approve(*, makers: frozenset[UUID | None], approver: UUID, second_person: bool) -> bool:
    """Whether this person may approve it; `makers` have made or submitted it."""
    return not second_person or approver not in makers


def goes_on(state: VariantState) -> frozenset[VariantState]:
    """The states that may follow."""
    return {
        VariantState.DRAFT: frozenset({VariantState.IN_REVIEW, VariantState.APPROVED}),
        VariantState.IN_REVIEW: frozenset({VariantState.DRAFT, VariantState.APPROVED}),
        VariantState.APPROVED: frozenset({VariantState.RETIRED}),
        VariantState.RETIRED: frozenset(),
    }[state]
