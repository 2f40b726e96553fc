"""What may be wrong with a script, in English; other languages by code."""

from __future__ import annotations

from collections.abc import Mapping

from kwabo.domain.campaigns.objection import Objection

MESSAGES: Mapping[str, str] = {
    "SCRIPT_TOO_LARGE": "The script is too large: at most {most} characters in all.",
    "SCRIPT_LIST": "Give a list of {least} to {most}.",
    "SCRIPT_ID": "Give a name of 1 to 60 letters, digits, - or _, without spaces.",
    "SCRIPT_ID_TWICE": "'{id}' is used twice. Choose another name.",
    "SCRIPT_LABEL": "Write 1 to {most} characters.",
    "SCRIPT_TEXT_LONG": "Shorten it to {most} characters.",
    "SCRIPT_TEXT": "Write a text.",
    "SCRIPT_BLOCK_TYPE": "Choose a text, a field, a section or a button.",
    "SCRIPT_KEY": "Unknown entries: {keys}.",
    "SCRIPT_CHOICE_OF": "Choose one of these: {possible}.",
    "SCRIPT_FLAG": "Say true or false.",
    "SCRIPT_TOO_DEEP": "At most {most} levels may stand inside one another.",
    "SCRIPT_TOO_MANY_BLOCKS": "A page holds at most {most} blocks. Make another page.",
    "SCRIPT_COLUMN_UNKNOWN": "The list has no column '{column}'.",
    "SCRIPT_COLUMN_FIXED": "'{column}' cannot be written from a script: telephone numbers, keys, "
    "time zones and languages are changed in the contact's record. Make the field read-only.",
    "SCRIPT_COLUMN_KIND": "The column '{column}' holds values of the kind {kind}: choose the input "
    "{possible}.",
    "SCRIPT_COLUMN_NEEDED": "A field that is only shown needs a column.",
    "SCRIPT_COLUMN_TWICE": "Another field of this page writes the column '{column}' already.",
    "SCRIPT_CHOICES": "Give 1 to {most} different choices.",
    "SCRIPT_DEFAULT": "The default is no value that the field takes.",
    "SCRIPT_REQUIRED_READ_ONLY": "A field that is only shown cannot be required.",
    "SCRIPT_NAME_UNKNOWN": "There is no '{name}' to show: columns, answer:field, agent:name, "
    "campaign:name.",
    "SCRIPT_ANSWER_UNKNOWN": "The script has no field '{name}'.",
    "SCRIPT_CONDITION": "A condition is all, any, not, or a statement with of, value_type, "
    "operator and value.",
    "SCRIPT_CONDITION_EMPTY": "A group needs at least one statement.",
    "SCRIPT_CONDITION_LARGE": "A condition holds at most {most} statements.",
    "SCRIPT_CONDITION_NEVER": "This can never hold: {why}.",
    "SCRIPT_VALUE": "Give a value of 1 to {most} characters.",
    "SCRIPT_NUMBER": "Write a number: digits with at most one decimal comma or point.",
    "SCRIPT_MOMENT": "Write a date or a time, as 2026-11-23 or 2026-11-23T10:00.",
    "SCRIPT_WHOLE": "Give a whole number from {least} to {most}.",
    "SCRIPT_PAGE_MISSING": "There is no page '{page}'.",
    "SCRIPT_PAGE_UNREACHABLE": "No way leads to the page '{page}'.",
    "SCRIPT_DEAD_END": "The page '{page}' leads nowhere: give it a next page, a button to another "
    "page, or mark it as the end.",
    "SCRIPT_ALWAYS_ONE": "The way on may be missing here: let the last one have no condition.",
    "SCRIPT_WRAP_UP_CODE": "There is no such active wrap-up code. Choose an existing one.",
    "SCRIPT_DNC_LIST": "There is no such DNC list with entries of its own. Choose an existing one.",
    "SCRIPT_USER": "There is no such active agent. Choose an existing one.",
    "SCRIPT_TO": "Say to whom: a number, an agent, or nobody yet.",
    "SCRIPT_PHONE": "This is no telephone number: write it with + and the country's code.",
    "SCRIPT_ADDRESS": "Write an address that begins with https:// and has a host without braces.",
    "SCRIPT_NO_CHANNEL": "Messages cannot be sent yet: there are no channels. Take the button out.",
    "SCRIPT_CHOICE": "Choose one of the field's choices.",
    "SCRIPT_TIME": "Write a time of the day as HH:MM.",
    "SCRIPT_LIST_UNKNOWN": "There is no such contact list. Choose an existing one.",
    "SCRIPT_FIELD_NEEDED": "The script needs a value for '{label}' before a success is recorded.",
    "NUMBER_FORMAT": "Write a number: digits with at most one decimal comma or point.",
    "DATE_FORMAT": "Write a date: day/month/year or year-month-day.",
}


def problem(path: str, code: str, **details: object) -> Objection:
    """One thing wrong, at a path of the document such as `pages.0.blocks.1.label`."""
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=path, code=code, message=MESSAGES[code].format_map(told), details=told)
