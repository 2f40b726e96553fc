"""Days of an organisation as a period of instants."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta, tzinfo

from kwabo.kernel.errors import Invalid


def check_days(first_day: date, last_day: date, most: int) -> None:
    """Both included, in this order, at most so many. Raises Invalid."""
    if not timedelta(0) <= last_day - first_day < timedelta(days=most):
        raise Invalid(
            "PERIOD",
            f"Give a first and a last day in this order, at most {most} days.",
            field="last_day",
            details={"most": str(most)},
        )


def instants_of(first_day: date, last_day: date, here: tzinfo | None) -> tuple[datetime, datetime]:
    """From the first day's midnight to the one after the last day, by the clock of `here`."""
    since = datetime.combine(first_day, time(0), tzinfo=here)
    return since, datetime.combine(last_day + timedelta(days=1), time(0), tzinfo=here)
