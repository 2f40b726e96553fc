"""What is wrong with an organisation's compliance settings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

import phonenumbers

from kwabo.domain.campaigns.settings import Objection
from kwabo.domain.compliance.fraud_guard import EVERYWHERE, PERIODS, Cap
from kwabo.domain.compliance.preset import PRESET_IDS
from kwabo.domain.contacts.phone_numbers import NumberKind

PREFIX = re.compile(r"\+[1-9][0-9]{0,14}")
ANY_NUMBER = "+"  # the tariff of whatever has no tariff of its own
MOST_ENTRIES = 2000
DEAREST = Decimal(1_000_000)  # a minute
HIGHEST_BUDGET = Decimal(10) ** 12
MOST_CALLS = 10_000_000
_KINDS = frozenset(str(kind) for kind in NumberKind)

MESSAGES: Mapping[str, str] = {
    "PRESET_UNKNOWN": "Choose a preset: {presets}.",
    "COUNTRY_CODE": "There is no country {value}: give two letters such as BJ.",
    "COUNTRIES_NEEDED": "Allow at least one country, or null for the organisation's own.",
    "NUMBER_KIND": "There is no kind of number {value}: choose of {kinds}.",
    "PREFIX": "Write the prefix {value} as + and digits, such as +882.",
    "TOO_MANY": "Give at most {most} entries.",
    "CAP_PERIOD": "A cap is for a minute, an hour or a day, not for {value}.",
    "CAP_MOST": "A cap allows between 1 and 10,000,000 calls.",
    "CAP_TWICE": "There are two caps for {value}: keep one.",
    "PRICE": "Give the price of a minute to {value} between 0 and 1,000,000, with at most 4 "
    "decimals.",
    "TARIFF_NEEDED": "A budget needs a price for every number: give the prefix + a tariff for all "
    "the rest.",
    "BUDGET": "Give a budget of 0 or more, or none.",
    "RESERVED_MINUTES": "Reserve between 1 and 240 minutes before a call.",
}


def settings_objections(
    *,
    preset: str,
    countries: Sequence[str] | None,
    number_kinds: Sequence[str],
    denied_prefixes: Sequence[str],
    caps: Sequence[Cap],
    tariffs: Mapping[str, Decimal],
    budgets: Mapping[str, Decimal | None],  # field → budget
    reserved_minutes: int,
) -> list[Objection]:
    """Everything wrong, in the order of the page; list entries by their place."""
    found = []
    if preset not in PRESET_IDS:
        found.append(_objection("preset", "PRESET_UNKNOWN", presets=", ".join(PRESET_IDS)))
    found += _places(countries, number_kinds, denied_prefixes)
    sizes = {"denied_prefixes": denied_prefixes, "caps": caps, "tariffs": tariffs}
    found += [
        _objection(name, "TOO_MANY", most=str(MOST_ENTRIES))
        for name, entries in sizes.items()
        if len(entries) > MOST_ENTRIES
    ]
    found += _caps(caps)
    found += _tariffs(tariffs)
    found += [
        _objection(name, "BUDGET")
        for name, budget in budgets.items()
        if budget is not None and not (budget.is_finite() and 0 <= budget <= HIGHEST_BUDGET)
    ]
    if any(budget is not None for budget in budgets.values()) and ANY_NUMBER not in tariffs:
        found.append(_objection("tariffs", "TARIFF_NEEDED"))
    if not 1 <= reserved_minutes <= 240:
        found.append(_objection("reserved_minutes", "RESERVED_MINUTES"))
    return found


def _objection(field: str, code: str, **details: str) -> Objection:
    message = MESSAGES[code].format_map(details)
    return Objection(field=field, code=code, message=message, details=details)


def _places(
    countries: Sequence[str] | None, kinds: Sequence[str], prefixes: Sequence[str]
) -> list[Objection]:
    found = []
    if countries is not None and not countries:
        found.append(_objection("countries", "COUNTRIES_NEEDED"))
    for index, country in enumerate(countries or ()):
        if country not in phonenumbers.SUPPORTED_REGIONS:
            found.append(_objection(f"countries.{index}", "COUNTRY_CODE", value=country[:20]))
    for index, kind in enumerate(kinds):
        if kind not in _KINDS:
            choice = ", ".join(sorted(_KINDS))
            name = f"number_kinds.{index}"
            found.append(_objection(name, "NUMBER_KIND", value=kind[:20], kinds=choice))
    for index, prefix in enumerate(prefixes):
        if not PREFIX.fullmatch(prefix):
            found.append(_objection(f"denied_prefixes.{index}", "PREFIX", value=prefix[:20]))
    return found


def _caps(caps: Sequence[Cap]) -> list[Objection]:
    found = []
    seen: set[tuple[str, str]] = set()
    for index, cap in enumerate(caps):
        name = f"caps.{index}"
        if cap.country != EVERYWHERE and cap.country not in phonenumbers.SUPPORTED_REGIONS:
            found.append(_objection(f"{name}.country", "COUNTRY_CODE", value=cap.country[:20]))
        if cap.per not in PERIODS:
            found.append(_objection(f"{name}.per", "CAP_PERIOD", value=cap.per[:20]))
        if not 1 <= cap.most <= MOST_CALLS:
            found.append(_objection(f"{name}.most", "CAP_MOST"))
        if (cap.country, cap.per) in seen:
            where = cap.country or "*"
            found.append(_objection(name, "CAP_TWICE", value=f"{where} / {cap.per}"))
        seen.add((cap.country, cap.per))
    return found


def _tariffs(tariffs: Mapping[str, Decimal]) -> list[Objection]:
    found = []
    for prefix, price in tariffs.items():
        if prefix != ANY_NUMBER and not PREFIX.fullmatch(prefix):
            found.append(_objection(f"tariffs.{prefix[:20]}", "PREFIX", value=prefix[:20]))
        elif not price.is_finite() or not 0 <= price <= DEAREST or price != round(price, 4):
            found.append(_objection(f"tariffs.{prefix}", "PRICE", value=prefix))
    return found
