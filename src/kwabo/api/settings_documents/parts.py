"""What things have beside their fields, at routes of their own; each is read and written whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Protocol
from uuid import UUID

from pydantic import AfterValidator

from kwabo.api.queue_routing import QueueSettingsBody
from kwabo.api.recycling import RecyclePlanBody
from kwabo.api.schedules import ScheduleSettingsBody
from kwabo.api.settings_documents.calls import Calls, Ids
from kwabo.api.settings_documents.fitting import canonical, fitted


class Part(Protocol):
    """A value of a thing. Ids stand in it as the API has them."""

    @property
    def name(self) -> str: ...

    @property
    def inside(self) -> str:
        """Where in the value routes see what is wrong, as a JSON Pointer."""
        ...

    @property
    def form(self) -> Any:
        """Its type."""
        ...

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        """The value of the thing whose answer is `raw`."""
        ...

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        """Make it what is wanted. Without `publish`, calls notice nothing of it."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """A queue's settings. The places of its members stay: they are about persons."""

    name: str = "routing"
    inside: str = ""
    form: Any = QueueSettingsBody

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        return (await calls.ask("GET", _ROUTING, ids))["settings"]

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        now = await calls.ask("GET", _ROUTING, ids)
        body = {"version": now["version"], "settings": wanted, "members": now["members"]}
        await calls.ask("PUT", _ROUTING, ids, body)


_ROUTING = "/queues/{queue_id}/routing"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleSets:
    """The rule sets that a campaign asks, in their order."""

    name: str = "rule_set_ids"
    inside: str = ""
    form: Any = list[UUID]

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        return [one["rule_set_id"] for one in await calls.items(_RULE_SETS, ids)]

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        await calls.ask("PUT", _RULE_SETS, ids, {"rule_set_ids": wanted})


_RULE_SETS = "/campaigns/{campaign_id}/rule-sets"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a campaign or a sequence runs by itself; null: never."""

    path: str
    name: str = "schedule"
    inside: str = ""
    form: Any = ScheduleSettingsBody | None

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        return (await calls.ask("GET", self.path, ids))["schedule"]

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        if wanted is None:
            await calls.ask("DELETE", self.path, ids)
            return
        now = (await calls.ask("GET", self.path, ids))["schedule"]
        await calls.ask("PUT", self.path, ids, wanted | {"version": now and now["version"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Meanings:
    """What outcomes mean where a campaign says it itself."""

    name: str = "wrap_up_mapping"
    inside: str = ""
    form: Any = dict[str, list[str]]

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        return own_outcomes(await calls.ask("GET", _MEANINGS, ids))

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        table = await calls.ask("GET", _MEANINGS, ids)
        inherited = dict.fromkeys(own_outcomes(table))
        body = {"version": table["version"], "outcomes": inherited | wanted}
        await calls.ask("PATCH", _MEANINGS, ids, body)


_MEANINGS = "/campaigns/{campaign_id}/wrap-up-mapping"


def own_outcomes(table: Mapping[str, Any]) -> dict[str, Any]:
    """What a table of outcomes says itself; of the organisation's, codes say it in theirs."""
    of_campaign = table["campaign_id"] is not None
    return {
        row["outcome"]: row["flags"]
        for row in table["outcomes"]
        if row["source"] == "own" and (of_campaign or not row["name"])
    }


def _sorted(plans: list[RecyclePlanBody]) -> list[RecyclePlanBody]:
    """They have no order of their own; ids differ from organisation to organisation."""
    return sorted(plans, key=lambda plan: plan.model_dump_json(exclude={"wrap_up_code_ids"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class RecyclePlans:
    """When finished contacts of a campaign become open again by themselves."""

    name: str = "recycle_plans"
    inside: str = ""
    form: Any = Annotated[list[RecyclePlanBody], AfterValidator(_sorted)]

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        return await calls.items(_PLANS, ids)

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        left = list(wanted)
        for plan in await calls.items(_PLANS, ids):
            as_is = canonical(fitted(plan, RecyclePlanBody), RecyclePlanBody)
            if as_is in left:
                left.remove(as_is)
            else:
                plan_id = {"recycle_plan_id": plan["recycle_plan_id"]}
                await calls.ask("DELETE", _PLANS + "/{recycle_plan_id}", {**ids, **plan_id})
        for body in left:
            await calls.ask("POST", _PLANS, ids, body)


_PLANS = "/campaigns/{campaign_id}/recycle-plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Versions:
    """The document of a flow or script that calls use, and a draft where it is another one.

    `{"published": …, "draft": …}`; each has the `keys`, or is null: nothing was published, the
    draft is what was published.
    """

    path: str  # of one
    keys: tuple[str, ...]  # of a version, and of the draft under `draft`
    name: str = "versions"
    inside: str = "/published/document"
    form: Any = dict[Literal["published", "draft"], dict[str, Any] | None]

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        draft = {"document": raw["draft"], **{key: raw[key] for key in self.keys}}
        if raw["published_version"] is None:
            return {"published": None, "draft": draft}
        newest = (await calls.items(f"{self.path}/versions", ids))[0]
        published = {key: newest[key] for key in ("document", *self.keys)}
        return {"published": published, "draft": None if draft == published else draft}

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        now = await calls.ask("GET", self.path, ids)
        kept = await self.read(calls, ids, now)
        published, draft = wanted.get("published"), wanted.get("draft")
        if publish and published is not None and published != kept["published"]:
            now = await self._put(calls, ids, now, published)
            body = {"version": now["version"]}
            now = await calls.ask("POST", f"{self.path}/publish", ids, body)
        last = draft or published
        if last is not None:
            await self._put(calls, ids, now, last)

    async def _put(self, calls: Calls, ids: Ids, now: Any, wanted: Mapping[str, Any]) -> Any:
        body = {"draft": wanted["document"], **{k: wanted[k] for k in self.keys if k in wanted}}
        if all(now[key] == value for key, value in body.items()):
            return now
        return await calls.ask("PATCH", self.path, ids, body | {"version": now["version"]})


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What engines say and messages tell of a prompt, where it was approved: language → medium."""

    name: str = "words"
    inside: str = ""
    form: Any = dict[str, dict[Literal["speech", "text"], str]]

    async def read(self, calls: Calls, ids: Ids, raw: Mapping[str, Any]) -> Any:
        found: dict[str, dict[str, str]] = {}
        for one in raw["variants"]:
            if one["state"] == "approved" and one["medium"] != "recorded":
                found.setdefault(one["language"], {})[one["medium"]] = one["words"]
        return {language: dict(sorted(found[language].items())) for language in sorted(found)}

    async def write(self, calls: Calls, ids: Ids, wanted: Any, *, publish: bool) -> None:
        kept = await self.read(calls, ids, await calls.ask("GET", "/prompts/{prompt_id}", ids))
        for language, media in wanted.items():
            for medium, words in media.items():
                if kept.get(language, {}).get(medium) != words:
                    body = {"language": language, "medium": medium, "words": words}
                    await self._say(calls, ids, body, publish=publish)

    async def _say(self, calls: Calls, ids: Ids, body: Any, *, publish: bool) -> None:
        made = await calls.ask("POST", "/prompts/{prompt_id}/words", ids, body)
        variant = {"prompt_variant_id": made["variant_id"]}
        await calls.ask("POST", "/prompt-variants/{prompt_variant_id}/submit", variant)
        if publish:
            await calls.ask("POST", "/prompt-variants/{prompt_variant_id}/approve", variant)
