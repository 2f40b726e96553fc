"""External do-not-call providers: how one is asked, and what its answer means.

A provider is asked about one number with one HTTP request. Its answer is a value somewhere in a
JSON document (`data.results[0].status`), the whole text of the answer (''), or the HTTP status
(`@status`). A value that is neither "listed" nor "not listed" is no answer: the provider is silent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.outgoing.answers import is_path, value_at
from kwabo.domain.outgoing.requests import OutgoingRequest, is_header, is_secret_name, is_url

DAY_SECONDS: Final = 24 * 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderSettings:
    """What an organisation sets; the meaning of each is in the column of the same name."""

    method: str = "GET"
    url: str  # with {number} (E.164, encoded) or {digits} (without the plus)
    body: str = ""  # JSON of a POST, with the same placeholders
    header_name: str = ""  # '': none
    header_value: str = ""  # with {secret}
    secret_name: str = ""  # of a secret that the operator keeps
    answer_path: str = ""
    listed_values: tuple[str, ...] = ("true",)
    not_listed_values: tuple[str, ...] = ("false",)
    timeout_seconds: int = 3
    requests_per_second: int = 10
    max_age_seconds: int = 28 * DAY_SECONDS
    when_silent: str = "hold"  # hold | allow


def request_about(settings: ProviderSettings, number: str, secret: str) -> OutgoingRequest:
    """The request about an E.164 number."""
    headers = {"Accept": "application/json"}
    if settings.body and settings.method == "POST":
        headers["Content-Type"] = "application/json"
    if settings.header_name:
        headers[settings.header_name] = settings.header_value.replace("{secret}", secret)
    return OutgoingRequest(
        method=settings.method,
        url=_filled(settings.url, quote(number, safe=""), number[1:]),
        body=_filled(settings.body, number, number[1:]) if settings.method == "POST" else "",
        headers=headers,
        timeout_seconds=settings.timeout_seconds,
    )


def _filled(template: str, number: str, digits: str) -> str:
    return template.replace("{number}", number).replace("{digits}", digits)


def read_answer(settings: ProviderSettings, status: int, body: bytes) -> bool | str:
    """Whether the number is listed, or the code of why that is not known."""
    value, why = value_at(settings.answer_path, status, body)
    if why:
        return why
    if _among(value, settings.listed_values):
        return True
    return False if _among(value, settings.not_listed_values) else "ANSWER_UNKNOWN"


def _among(value: str, choice: tuple[str, ...]) -> bool:
    return value.strip().casefold() in {one.strip().casefold() for one in choice}


def tidied(settings: ProviderSettings) -> ProviderSettings:
    """Without spaces around values and without empty ones."""
    return replace(
        settings,
        url=settings.url.strip(),
        answer_path=settings.answer_path.strip(),
        header_name=settings.header_name.strip(),
        secret_name=settings.secret_name.strip(),
        listed_values=tuple(v.strip() for v in settings.listed_values if v.strip()),
        not_listed_values=tuple(v.strip() for v in settings.not_listed_values if v.strip()),
    )


def objections(settings: ProviderSettings) -> list[Objection]:
    """Everything wrong with a provider's settings."""
    found: list[Objection] = []

    def check(right: bool, name: str, code: str, message: str) -> None:
        if not right:
            found.append(Objection(field=f"provider.{name}", code=code, message=message))

    check(
        is_url(settings.url), "url", "PROVIDER_URL",
        "Give an address that begins with https:// (or http://), with a fixed host and without "
        "a user name.",
    )  # fmt: skip
    check(
        any(mark in settings.url + settings.body for mark in ("{number}", "{digits}")),
        "url", "PROVIDER_NUMBER_MISSING",
        "Say where the number goes: {number} or {digits} in the address or the body.",
    )  # fmt: skip
    check(settings.method in ("GET", "POST"), "method", "PROVIDER_METHOD", "Choose GET or POST.")
    check(
        len(settings.body) <= 5_000,
        "body", "PROVIDER_BODY", "Shorten the body to 5,000 characters.",
    )  # fmt: skip
    check(_is_header(settings), "header_name", "PROVIDER_HEADER", _HEADER_MESSAGE)
    check(
        not settings.secret_name or is_secret_name(settings.secret_name),
        "secret_name", "PROVIDER_SECRET_NAME",
        "Name the secret with small letters, digits, - and _.",
    )  # fmt: skip
    check(
        "{secret}" not in settings.header_value or bool(settings.secret_name),
        "secret_name", "PROVIDER_SECRET_MISSING", "Name the secret that {secret} stands for.",
    )  # fmt: skip
    found += _answer_objections(settings)
    return found


def _answer_objections(settings: ProviderSettings) -> list[Objection]:
    found: list[Objection] = []

    def check(right: bool, name: str, code: str, message: str) -> None:
        if not right:
            found.append(Objection(field=f"provider.{name}", code=code, message=message))

    check(
        is_path(settings.answer_path),
        "answer_path", "PROVIDER_PATH",
        "Write the path as names with points between them, such as data.results[0].status; "
        "@status for the HTTP status; nothing for the whole text.",
    )  # fmt: skip
    for name in ("listed_values", "not_listed_values"):
        values = getattr(settings, name)
        check(
            0 < len(values) <= 50 and all(len(value) <= 200 for value in values),
            name, "PROVIDER_VALUES", "Give the values (1 to 50) by which the answer is known.",
        )  # fmt: skip
    both = {v.casefold() for v in settings.listed_values} & {
        v.casefold() for v in settings.not_listed_values
    }
    check(
        not both,
        "not_listed_values", "PROVIDER_VALUES_TWICE",
        "A value cannot mean both: take it out of one of the two.",
    )  # fmt: skip
    for name, (least, most, message) in _RANGES.items():
        if not least <= getattr(settings, name) <= most:
            details = {"least": str(least), "most": str(most)}
            found.append(
                Objection(field=f"provider.{name}", code="RANGE", message=message, details=details)
            )
    check(
        settings.when_silent in ("hold", "allow"),
        "when_silent", "PROVIDER_WHEN_SILENT", "Choose hold or allow.",
    )  # fmt: skip
    return found


_HEADER_MESSAGE = (
    "Give the header a name of letters, digits and -, one that Kwabo does not set itself, and a "
    "value of one line."
)
_RANGES: Mapping[str, tuple[int, int, str]] = {
    "timeout_seconds": (1, 30, "Wait between 1 and 30 seconds for the answer."),
    "requests_per_second": (1, 200, "Ask between 1 and 200 times a second."),
    "max_age_seconds": (60, 366 * DAY_SECONDS, "Let an answer count for 1 minute to 366 days."),
}


def _is_header(settings: ProviderSettings) -> bool:
    if not settings.header_name:
        return not settings.header_value
    return is_header(settings.header_name, settings.header_value)
