"""Every kind of setting that a document holds, and where the API has it.

A kind's fields are those that its POST, PATCH or PUT takes: a new field of a body is in documents
without a line here. Left out is what tells of persons, what calls bring about, and secrets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from kwabo.api.settings_documents.calls import body_of, route_of
from kwabo.api.settings_documents.fitting import fields_of
from kwabo.api.settings_documents.parts import (
    Meanings,
    Part,
    RecyclePlans,
    Routing,
    RuleSets,
    Schedule,
    Versions,
    Words,
    own_outcomes,
)

Missing = Iterator[tuple[str, str]]  # place within the thing, and why it is not there


def _as_is(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return raw


def _nothing(raw: Mapping[str, Any]) -> Missing:
    return iter(())


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of setting; one of which there is one only has no `id`."""

    name: str  # in the document, and in references
    path: str  # of the list, or of the one
    id: str = ""  # the parameter of `item`, and the answer's field
    item: str = ""
    add: str = ""  # where one is made, if not at `path`
    change: Literal["PATCH", "PUT"] = "PATCH"
    whole: bool = False  # a change tells everything, not what differs
    key: str = "name"
    owner: str = ""  # the kind to which these belong; `path` has its id
    each: bool = False  # lists tell less than single answers
    without: frozenset[str] = frozenset()  # fields that documents do not hold
    secret: frozenset[str] = frozenset()  # fields that go in and never come out
    first: Mapping[str, Any] = field(default_factory=dict)  # of fields that a part tells later
    parts: tuple[Part, ...] = ()
    removes: frozenset[str] = frozenset()  # mappings whose entries go when they are sent as null
    merges: frozenset[str] = frozenset()  # mappings whose entries stay when they are not sent
    shape: Callable[[Mapping[str, Any]], Mapping[str, Any]] = _as_is  # an answer as a body
    settle: Callable[[dict[str, Any]], dict[str, Any]] = dict  # fields with what the server adds
    missing: Callable[[Mapping[str, Any]], Missing] = _nothing

    @property
    def single(self) -> bool:
        """There is exactly one."""
        return not self.id

    @property
    def place(self) -> str:
        """Where one is read and changed."""
        return self.path if self.single else self.item

    @property
    def removable(self) -> bool:
        """Whether one can be deleted."""
        return not self.single and self.name not in _STAY

    def fields(self) -> dict[str, Any]:
        """What a document says of one, beside its parts: field → type."""
        made = None if self.single else body_of(route_of("POST", self.add or self.path))
        changed = body_of(route_of(self.change, self.place))
        hidden = {self.key, "version", *self.without, *self.first}
        return fields_of(made, changed, without=hidden)

    def part(self, name: str) -> Part | None:
        """The part of this name."""
        return next((one for one in self.parts if one.name == name), None)


# Calls of the past name the first three; the others hold what persons said.
_STAY: Final = {"trunks", "wrap_up_codes", "pause_reasons", "contact_lists", "dnc_lists"}


def _kind(name: str, id: str, path: str = "", **more: Any) -> Kind:  # noqa: A002
    path = path or "/" + name.replace("_", "-")
    return Kind(name=name, id=id, path=path, item=f"{path}/{{{id}}}", **more)


def _languages(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    used = [one for one in raw["items"] if one["used"]]
    return {"languages": used, "second_person": raw["second_person"]}


def _retention(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"days": {one["data_class"]: one["days"] for one in raw["classes"]}}


def _meanings(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"default": raw["default"], "outcomes": own_outcomes(raw)}


def _webhook(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**raw, "active": raw["state"] != "off"}


def _columns(fields: dict[str, Any]) -> dict[str, Any]:
    """A column's place is its position, and what it is called its label where it has none."""
    return {
        name: [
            {key: one["label"] or one["name"] if key == "label" else of
             for key, of in one.items() if key != "position"}
            for one in value
        ] if name == "columns" else value
        for name, value in fields.items()
    }  # fmt: skip


def _secret(raw: Mapping[str, Any]) -> Missing:
    if raw["has_secret"]:
        yield "/secret", "SECRET"


def _signing_secret(raw: Mapping[str, Any]) -> Missing:
    yield "/secret", "SECRET_OF_ITS_OWN"


def _settings_file(raw: Mapping[str, Any]) -> Missing:
    if raw["settings"]["secret_name"]:
        yield "/settings/secret_name", "SECRET_FILE"


def _provider_file(raw: Mapping[str, Any]) -> Missing:
    if raw["provider"] and raw["provider"]["secret_name"]:
        yield "/provider/secret_name", "SECRET_FILE"


def _recordings(raw: Mapping[str, Any]) -> Missing:
    for one in raw["variants"]:
        if one["state"] == "approved" and one["medium"] == "recorded":
            yield f"/recordings/{one['language']}", "RECORDING"


def _members(raw: Mapping[str, Any]) -> Missing:
    if raw["member_user_ids"]:
        yield "/member_user_ids", "PERSONS"


def _deputy(raw: Mapping[str, Any]) -> Missing:
    if raw["callback_deputy_user_id"]:
        yield "/callback_deputy_user_id", "PERSONS"


KINDS: Final[tuple[Kind, ...]] = (
    Kind(name="languages", path="/languages", change="PUT", shape=_languages),
    Kind(name="compliance", path="/compliance"),
    Kind(name="retention", path="/retention", shape=_retention, merges=frozenset({"days"})),
    Kind(name="incident_settings", path="/incident-settings", change="PUT"),
    _kind("skills", "skill_id"),
    _kind("trunks", "trunk_id"),
    _kind("wrap_up_codes", "wrap_up_code_id"),
    Kind(
        name="wrap_up_mapping",
        path="/wrap-up-mapping",
        shape=_meanings,
        removes=frozenset({"outcomes"}),
    ),
    _kind("pause_reasons", "pause_reason_id"),
    _kind("callable_time_sets", "callable_time_set_id"),
    _kind("schedule_groups", "schedule_group_id"),
    _kind("attempt_limits", "attempt_limit_id"),
    _kind("contact_lists", "contact_list_id", settle=_columns),
    Kind(
        name="filters",
        id="contact_list_filter_id",
        path="/contact-lists/{contact_list_id}/filters",
        item="/contact-list-filters/{contact_list_filter_id}",
        owner="contact_lists",
    ),
    _kind("import_templates", "import_template_id", whole=True),
    _kind(
        "import_schedules",
        "import_schedule_id",
        whole=True,
        secret=frozenset({"secret"}),
        missing=_secret,
    ),
    _kind("dnc_lists", "dnc_list_id", missing=_provider_file),
    _kind("prompts", "prompt_id", add="/prompts/new", key="key", parts=(Words(),),
          missing=_recordings),
    _kind("queues", "queue_id", without=frozenset({"member_user_ids"}), parts=(Routing(),),
          missing=_members),
    _kind("data_actions", "data_action_id", change="PUT", missing=_settings_file),
    _kind("rule_sets", "rule_set_id"),
    _kind(
        "flows",
        "flow_id",
        each=True,
        first={"draft": {}, "tests": []},
        parts=(Versions(path="/flows/{flow_id}", keys=("tests",)),),
    ),
    _kind(
        "scripts",
        "script_id",
        each=True,
        first={"draft": {}},
        parts=(Versions(path="/scripts/{script_id}", keys=()),),
    ),
    _kind("response_sets", "response_set_id"),
    _kind(
        "campaigns",
        "campaign_id",
        without=frozenset({"callback_deputy_user_id"}),
        merges=frozenset({"recall_seconds"}),
        parts=(
            RuleSets(),
            Meanings(),
            RecyclePlans(),
            Schedule(path="/campaigns/{campaign_id}/schedule"),
        ),
        missing=_deputy,
    ),
    _kind("campaign_rules", "campaign_rule_id", change="PUT"),
    _kind(
        "campaign_sequences",
        "sequence_id",
        parts=(Schedule(path="/campaign-sequences/{sequence_id}/schedule"),),
    ),
    _kind("inbound_numbers", "inbound_number_id", key="number"),
    _kind("webhooks", "webhook_id", key="url", shape=_webhook, missing=_signing_secret),
)  # fmt: skip

KIND_OF: Final[Mapping[str, Kind]] = {kind.name: kind for kind in KINDS}
