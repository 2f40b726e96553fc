"""What a network meant by ending a call that nobody answered.

First the trunk's own table, the first line that fits; then the tones before the answer; then the
SIP code and the Q.850 cause as standards define them. A line of a table:

    {"sip_code": 480, "cause": null, "tone": "", "result": "invalid", "announcement": "unallocated"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from kwabo.domain.campaigns.objection import Objection
from kwabo.domain.interactions.attempt import Result, result_of_unanswered

MOST_LINES = 100


class Tone(StrEnum):
    """What is heard before an answer."""

    SIT = "sit"  # three rising tones, before an announcement
    BUSY = "busy"
    CONGESTION = "congestion"
    RINGBACK = "ringback"
    VOICE = "voice"  # or music: something else than tones
    SILENCE = "silence"


_TONES = frozenset(Tone)


class Announcement(StrEnum):
    """What a network says of the called number."""

    UNALLOCATED = "unallocated"
    SWITCHED_OFF = "switched_off"  # or out of reach
    NO_CREDIT = "no_credit"
    BARRED = "barred"
    CHANGED = "changed"
    CONGESTED = "congested"
    OTHER = "other"


# Results that a line may give: those of a call that nobody answered.
RESULTS = (
    Result.BUSY,
    Result.NO_ANSWER,
    Result.INVALID,
    Result.SIT,
    Result.CONGESTION,
    Result.REJECTED,
    Result.FAILED,
)
_BY_TONE: Mapping[Tone, Result] = {
    Tone.SIT: Result.SIT,
    Tone.BUSY: Result.BUSY,
    Tone.CONGESTION: Result.CONGESTION,
}
# ITU-T Q.850; what a network that gives the cause is most likely to say.
_BY_CAUSE: Mapping[int, Announcement] = {
    1: Announcement.UNALLOCATED,
    20: Announcement.SWITCHED_OFF,
    21: Announcement.BARRED,
    22: Announcement.CHANGED,
    27: Announcement.SWITCHED_OFF,
    34: Announcement.CONGESTED,
    38: Announcement.CONGESTED,
    42: Announcement.CONGESTED,
    55: Announcement.BARRED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkAnswer:
    """A line of a trunk's table; what is None or '' fits everything."""

    sip_code: int | None = None
    cause: int | None = None
    tone: str = ""
    result: Result
    announcement: str = ""

    def fits(self, cause: int | None, sip_code: int | None, tone: str | None) -> bool:
        """Whether the line is about such an end."""
        return (
            (self.sip_code is None or self.sip_code == sip_code)
            and (self.cause is None or self.cause == cause)
            and (not self.tone or self.tone == tone)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What an end means."""

    result: Result
    announcement: str | None  # None: nothing was said, as far as is known
    line: int | None  # of the trunk's table, from 1


def meaning(
    cause: int | None,
    sip_code: int | None,
    *,
    tone: str | None = None,
    early_media: bool = False,
    table: Sequence[NetworkAnswer] = (),
) -> Meaning:
    """See the module. Only early media can carry an announcement."""
    for number, line in enumerate(table, start=1):
        if line.fits(cause, sip_code, tone):
            return Meaning(result=line.result, announcement=line.announcement or None, line=number)
    heard = _BY_TONE.get(Tone(tone)) if tone in _TONES else None
    result = heard or result_of_unanswered(cause, sip_code)
    announcement: str | None = None
    if early_media and tone not in (Tone.RINGBACK, Tone.SILENCE, Tone.BUSY, Tone.CONGESTION):
        announcement = _BY_CAUSE.get(cause or 0)
        if announcement is None and tone in (Tone.SIT, Tone.VOICE):
            announcement = Announcement.OTHER
    return Meaning(result=result, announcement=announcement, line=None)


# ── The table as it is written ───────────────────────────────────────────────────────────────────

MESSAGES: Mapping[str, str] = {
    "NETWORK_ANSWERS": "Give a list of at most {most} lines.",
    "NETWORK_ANSWER_SHAPE": "A line has sip_code, cause, tone, result and announcement.",
    "NETWORK_ANSWER_EMPTY": "Say on what the line is: a SIP code, a cause or a tone.",
    "NETWORK_ANSWER_SIP_CODE": "A final SIP code is a number from 300 to 699.",
    "NETWORK_ANSWER_CAUSE": "A Q.850 cause is a number from 1 to 127.",
    "NETWORK_ANSWER_CHOICE": "Choose from these: {possible}.",
    "NETWORK_ANSWER_TWICE": "Line {line} is on the same and comes first: this one never counts.",
}
_FIELDS = ("sip_code", "cause", "tone", "result", "announcement")


def _problem(path: str, code: str, **details: object) -> Objection:
    told = {name: str(value) for name, value in details.items()}
    return Objection(field=path, code=code, message=MESSAGES[code].format_map(told), details=told)


def read_table(written: Any) -> tuple[tuple[NetworkAnswer, ...], list[Objection]]:
    """The table, and what is wrong with it."""
    if not isinstance(written, list | tuple) or len(written) > MOST_LINES:
        return (), [_problem("network_answers", "NETWORK_ANSWERS", most=MOST_LINES)]
    lines: list[NetworkAnswer] = []
    wrong: list[Objection] = []
    for index, given in enumerate(written):
        path = f"network_answers.{index}"
        if not isinstance(given, Mapping) or set(given) - set(_FIELDS):
            wrong.append(_problem(path, "NETWORK_ANSWER_SHAPE"))
            continue
        found = _line_problems(given, path)
        if found:
            wrong += found
            continue
        line = NetworkAnswer(
            sip_code=given.get("sip_code"),
            cause=given.get("cause"),
            tone=given.get("tone") or "",
            result=Result(given["result"]),
            announcement=given.get("announcement") or "",
        )
        same = [n for n, one in enumerate(lines, start=1) if _key(one) == _key(line)]
        if same:
            wrong.append(_problem(path, "NETWORK_ANSWER_TWICE", line=same[0]))
        lines.append(line)
    return tuple(lines), wrong


def _key(line: NetworkAnswer) -> tuple[int | None, int | None, str]:
    return line.sip_code, line.cause, line.tone


def _line_problems(given: Mapping[str, Any], path: str) -> list[Objection]:
    found = []
    if all(given.get(name) in (None, "") for name in ("sip_code", "cause", "tone")):
        found.append(_problem(f"{path}.sip_code", "NETWORK_ANSWER_EMPTY"))
    if not _within(given.get("sip_code"), 300, 699):
        found.append(_problem(f"{path}.sip_code", "NETWORK_ANSWER_SIP_CODE"))
    if not _within(given.get("cause"), 1, 127):
        found.append(_problem(f"{path}.cause", "NETWORK_ANSWER_CAUSE"))
    choices = (
        ("tone", ("", *Tone)),
        ("result", tuple(RESULTS)),
        ("announcement", ("", *Announcement)),
    )
    for name, possible in choices:
        if (given.get(name) or "") not in possible:
            told = ", ".join(one for one in possible if one)
            found.append(_problem(f"{path}.{name}", "NETWORK_ANSWER_CHOICE", possible=told))
    return found


def _within(value: Any, least: int, most: int) -> bool:
    if value is None:
        return True
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def table_document(table: Sequence[NetworkAnswer]) -> list[dict[str, Any]]:
    """The table as it is kept."""
    return [
        {
            "sip_code": line.sip_code,
            "cause": line.cause,
            "tone": line.tone,
            "result": str(line.result),
            "announcement": line.announcement,
        }
        for line in table
    ]
