"""What may be wrong with a rule set, in English; other languages by code."""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.campaigns.settings import Objection

MESSAGES: Mapping[str, str] = {
    "RULE_LIST": "Give a list of {least} to {most}.",
    "RULE_NAME": "Give the rule a name of 1 to 200 characters.",
    "RULE_CONDITION_TYPE": "Choose one of these conditions: {possible}.",
    "RULE_ACTION_TYPE": "Choose one of these actions: {possible}.",
    "RULE_CHOICE": "Choose from these: {possible}.",
    "RULE_VALUE": "Give a value of at most {most} characters.",
    "RULE_NUMBER": "Give a whole number from 1 to {most}.",
    "RULE_TIME": "Give a date or time, for example 2026-11-23 or 2026-11-23T10:00.",
    "RULE_DAYS": "Choose days from 1 to {most}.",
    "RULE_WRAP_UP_CODE_UNKNOWN": "One of the wrap-up codes does not exist. Choose others.",
    "RULE_DNC_LIST_UNKNOWN": "There is no such DNC list. Choose an existing one.",
    "RULE_DNC_LIST_BY_COLUMN": "This DNC list holds values of a column. Choose one by number.",
    "RULE_DNC_LIST_BY_NUMBER": "This DNC list holds numbers. Choose one by a column.",
    "RULE_CALLER_ID_UNKNOWN": "No trunk may show this number. Those that can be shown: {possible}.",
    "RULE_SKILLS": "Choose 1 to {most} skills or languages, or the column of the contact's "
    "language.",
    "RULE_SKILL_UNKNOWN": "One of the skills does not exist. Choose others.",
    "TIME_ZONE": "Choose a time zone by its IANA name, for example Africa/Porto-Novo.",
    "CLOCK_TIME": "Give two different times of the day as HH:MM.",
    "DATES_ORDER": "The last date must not be before the first one.",
    "NUMBER_FORMAT": "Write a number: digits with at most one decimal comma or point.",
    "RULE_RANGE": "Give a value between {least} and {most}.",
    "RULE_NO_MESSAGES": "Messages are sent by no channel yet: this is about campaigns of messages "
    "and has to wait for them.",
    "RULE_TARGET_UNKNOWN": "There is no such campaign, sequence or queue. Choose an existing one.",
    "RULE_DATA_ACTION_UNKNOWN": "There is no such data action. Choose an existing one.",
    "RULE_OUTPUT_UNKNOWN": "The data action reads no such value of its answer. It reads: "
    "{possible}.",
    "RULE_RESOLUTION": "Say what counts when the answer is missing: true or false.",
    "RULE_DATA_ACTION_LATER": "Before a call there is no {names} yet. Choose a data action "
    "without it.",
    "RULE_WRITE": "Give each value a column of the list, at most {most}.",
    "RULE_COLUMN_MISSING": "The rule set '{rule_set}' needs columns that the list of the campaign "
    "'{campaign}' has not: {columns}.",
    "RULE_COLUMN_FIXED": "The rule set '{rule_set}' changes {columns} of the campaign "
    "'{campaign}'. Numbers, keys, time zones and languages are changed in the contact's record.",
}


def problem(path: str, code: str, **details: object) -> Objection:
    """One thing wrong, at a path of the document such as `rules.0.conditions.1.value`."""
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=path, code=code, message=MESSAGES[code].format_map(told), details=told)
