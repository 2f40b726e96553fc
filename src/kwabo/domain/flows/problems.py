"""What may be wrong with a flow, in English; other languages by code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field

from kwabo.domain.campaigns.objection import Objection

MESSAGES: Mapping[str, str] = {
    "FLOW_TOO_LARGE": "The flow is too large: at most {most} characters in all.",
    "FLOW_ENTRIES": "Give a list of {least} to {most}.",
    "FLOW_OBJECT": "Give an object with named entries here.",
    "FLOW_KEY": "Unknown entries: {keys}.",
    "FLOW_ID": "Give a name of 1 to 60 letters, digits, - or _, without spaces.",
    "FLOW_ID_TWICE": "'{id}' is used twice. Choose another name.",
    "FLOW_NODE_TYPE": "There is no kind of node '{type}'. Choose one of these: {possible}.",
    "FLOW_NEEDED": "This is needed.",
    "FLOW_LABEL": "Write at most {most} characters.",
    "FLOW_TEXT": "Write a text of at most {most} characters.",
    "FLOW_WHOLE": "Give a whole number from {least} to {most}.",
    "FLOW_FLAG": "Say true or false.",
    "FLOW_CHOICE_OF": "Choose one of these: {possible}.",
    "FLOW_PHONE_KEY": "Give one key of the telephone: 0 to 9, * or #.",
    "FLOW_KEY_TWICE": "The key {key} is used twice here.",
    "FLOW_LANGUAGES": "Give 1 to {most} languages by their codes, each once.",
    "FLOW_LANGUAGE_UNKNOWN": "The flow has no language '{language}'. Add it to its languages.",
    "FLOW_LANGUAGE_NOT_USED": "The organisation does not use the language '{language}'.",
    "FLOW_VARIABLE_TYPE": "Choose one of these types: {possible}.",
    "FLOW_VARIABLE_UNKNOWN": "The flow has no variable '{name}'. Add it to its variables.",
    "FLOW_VARIABLE_KIND": "'{name}' is of the type {type}; here it must be {possible}.",
    "FLOW_NAME_UNKNOWN": "There is no '{name}' to fill in: variables, call:…, person:…, contact:….",
    "FLOW_VALUE_KIND": "The value is no {type}.",
    "FLOW_PART": "A part is one of prompt, text, number, amount, date, time, digits, or a group of "
    "parts.",
    "FLOW_TOO_MANY_PARTS": "At most {most} parts may be said at once.",
    "FLOW_TOO_DEEP": "At most {most} levels may stand inside one another.",
    "FLOW_WORDS_MISSING": "The words are missing in {languages}.",
    "FLOW_PROMPT_MISSING": "The prompt '{key}' is missing in {languages}. Record or write it.",
    "FLOW_FRAGMENT_MISSING": "For {kind} in {language} {count} pieces are missing: {examples}.",
    "FLOW_CONDITION": "A condition is all, any, not, or a statement with of, value_type, operator "
    "and value.",
    "FLOW_CONDITION_EMPTY": "A group needs at least one statement.",
    "FLOW_CONDITION_LARGE": "A condition holds at most {most} statements.",
    "FLOW_CONDITION_NEVER": "This can never hold: {why}.",
    "FLOW_VALUE": "Give a value of 1 to {most} characters.",
    "FLOW_NUMBER": "Write a number: digits with at most one decimal comma or point.",
    "FLOW_MOMENT": "Write a date or a time, as 2026-11-23 or 2026-11-23T10:00.",
    "FLOW_WAY_UNKNOWN": "The node has no way '{way}'.",
    "FLOW_WAY_NEEDED": "Say where the way '{way}' leads.",
    "FLOW_WAY_TWICE": "The way '{way}' stands twice here.",
    "FLOW_WAY_RESERVED": "'{way}' is a way that the node has already. Choose another name.",
    "FLOW_TIMEOUT_NEEDED": "Say what happens when the caller does nothing: the way 'timeout' leads "
    "nowhere.",
    "FLOW_TARGET_MISSING": "There is no node '{target}'.",
    "FLOW_START_NEEDED": "Say with which node the flow begins.",
    "FLOW_UNREACHABLE": "No way leads to the node '{target}'.",
    "FLOW_ENDLESS": "Whoever comes here never gets out: {nodes}. Let one of the ways lead to an "
    "end.",
    "FLOW_LOOP": "These nodes follow one another without end and without anything that changes: "
    "{nodes}.",
    "FLOW_UNKNOWN_QUEUE": "There is no such queue. Choose an existing one.",
    "FLOW_UNKNOWN_SKILL": "There is no such skill. Choose an existing one.",
    "FLOW_UNKNOWN_SCHEDULE": "There are no such opening hours. Choose existing ones.",
    "FLOW_UNKNOWN_SOURCE": "There is no such data source. Choose an existing one.",
    "FLOW_UNKNOWN_OUTPUT": "The data source gives no value '{name}'.",
    "FLOW_UNKNOWN_INPUT": "The data source asks for no '{name}'.",
    "FLOW_UNKNOWN_DNC_LIST": "There is no such DNC list with entries of its own. Choose another.",
    "FLOW_UNKNOWN_FLOW": "There is no such published flow. Choose an existing one and publish it.",
    "FLOW_UNKNOWN_PROMPT": "There is no such prompt. Choose an existing one.",
    "FLOW_UNKNOWN_CHANNEL": "There is no such channel. Messages can be sent by: {possible}.",
    "FLOW_RUNS_ITSELF": "The flow would run itself: {flows}.",
    "FLOW_RUNS_DEEP": "Flows may run one another {most} deep; this would be deeper: {flows}.",
    "FLOW_BOUNDS": "The smaller number comes first.",
    "FLOW_INSTANT": "Write a moment with its zone, as 2026-11-27T09:00:00Z.",
    "FLOW_TEST_TRAIL": "Test '{name}': expected {wanted}, but went {found}.",
    "FLOW_TEST_OUTCOME": "Test '{name}': expected the outcome {wanted}, but it was {found}.",
    "FLOW_TEST_SAID": "Test '{name}': expected to hear {wanted}, but heard {found}.",
    "FLOW_TEST_RESULT": "Test '{name}': expected {result} = {wanted}, but it was '{found}'.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing wrong."""

    node: str  # id; '': of the flow as a whole
    field: str  # of the node or the flow, such as `options.0.key`
    code: str
    message: str
    details: Mapping[str, str] = dataclass_field(default_factory=dict)

    def objection(self) -> Objection:
        """As errors tell it; the field is a path into the document."""
        path = f"nodes.{self.node}.{self.field}" if self.node else self.field
        details = {**self.details, "node": self.node} if self.node else self.details
        return Objection(
            field=path.rstrip("."), code=self.code, message=self.message, details=details
        )


def finding(node: str, field_: str, code: str, **details: object) -> Finding:
    """A finding with its English sentence."""
    told = {name: str(value) for name, value in details.items()}
    message = MESSAGES[code].format_map(told)
    return Finding(node=node, field=field_, code=code, message=message, details=told)
