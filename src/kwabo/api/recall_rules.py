"""A campaign's recall rules, attempt limits and order of numbers, as the API has them."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

NumberOrder = Literal["turns", "first", "last_reached", "round"]
NumberLabels = Annotated[tuple[Annotated[str, Field(max_length=200)], ...], Field(max_length=100)]
LimitIds = Annotated[tuple[UUID, ...], Field(max_length=100)]
StepTime = Annotated[time, PlainSerializer(lambda at: f"{at:%H:%M}", return_type=str)]


class AfterSeconds(BaseModel):
    """Wait so long."""

    model_config = ConfigDict(extra="forbid")

    after_seconds: Annotated[int, Field(ge=-1_000_000_000, le=1_000_000_000)]


class AtTime(BaseModel):
    """Wait until a time of day, in the contact's own zone, some days later."""

    model_config = ConfigDict(extra="forbid")

    days: Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
    at: StepTime


class RecallRuleModel(BaseModel):
    """What follows a result: one step further each time that it comes."""

    model_config = ConfigDict(extra="forbid")

    steps: Annotated[list[AfterSeconds | AtTime], Field(max_length=100)]
    other_hours: bool = False
    afterwards: Literal["repeat", "finish"] = "repeat"
    most: Annotated[int | None, Field(ge=-1_000_000, le=1_000_000)] = None


RecallRules = Annotated[dict[str, RecallRuleModel], Field(max_length=30)]
