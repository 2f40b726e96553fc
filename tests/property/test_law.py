"""Law and guard: stricter stays lawful, prefixes and gaps are what a plain search finds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kwabo.domain.compliance.callable_time import CallableTime
from kwabo.domain.compliance.candidate import (
    CampaignTerms,
    Candidate,
    CandidateNumber,
    PastCalls,
)
from kwabo.domain.compliance.consents import ANY, ConsentLine, standing
from kwabo.domain.compliance.fraud_guard import (
    Cap,
    FraudGuard,
    Usage,
    calls_end,
    longest_prefix,
    period_of,
    spend_end,
)
from kwabo.domain.compliance.law import Law, law_of, objections
from kwabo.domain.compliance.law import OrganisationLaw as Organisation
from kwabo.domain.compliance.law_rules import RedialGapPassed, WithinLawfulFrequency
from kwabo.domain.compliance.lawful_hours import lawful_hours
from kwabo.domain.compliance.preset import PRESET_IDS, preset_of
from kwabo.domain.compliance.public_holidays import public_holidays
from kwabo.domain.compliance.rules import RULES
from kwabo.kernel.verdict import ALLOWED, Allowed, Later

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
NUMBER = "+33162000001"
HOLIDAYS = {day for year in range(2025, 2029) for day in public_holidays("FR", None, year)}
moments = st.integers(-400 * 24 * 60, 400 * 24 * 60).map(lambda m: NOW + timedelta(minutes=m))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What of a campaign the law looks at."""

    mode: str = "predictive"
    caller_id: str = "+33162000000"
    abandon_target: float = 0.03
    abandon_window: str = "day"
    no_answer_timeout_seconds: int = 20
    compliance_preset: str | None = None
    consent_purpose: str = "prospecting"
    consent_required: bool = False
    contract_calls: bool = False
    sector: str = ""


campaigns = st.builds(
    Settings,
    mode=st.sampled_from(("preview", "progressive", "power", "predictive")),
    caller_id=st.sampled_from(
        ("+33162000000", "+33612345678", "+2290121000000", "+447700900000", "+441632960000", "")
    ),
    abandon_target=st.sampled_from((0.001, 0.01, 0.03, 0.031, 0.2)),
    abandon_window=st.sampled_from(("day", "30_days")),
    no_answer_timeout_seconds=st.sampled_from((5, 14, 15, 30)),
    sector=st.sampled_from(("", "energy_renovation", "home_adaptation")),
    contract_calls=st.booleans(),
)
preset_ids = st.sampled_from(PRESET_IDS)


@given(campaigns, preset_ids, st.floats(0.001, 0.2), st.integers(5, 120))
@settings(max_examples=300, deadline=None)
def test_what_is_stricter_than_something_lawful_is_lawful(
    campaign: Settings, preset_id: str, target: float, ring: int
) -> None:
    preset = preset_of(preset_id)
    assume(not objections(campaign, preset))
    stricter = replace(
        campaign,
        abandon_target=min(target, campaign.abandon_target),
        abandon_window="day",
        no_answer_timeout_seconds=max(ring, campaign.no_answer_timeout_seconds),
        consent_required=True,
        contract_calls=False,
        sector="",
    )
    assert objections(stricter, preset) == ()


@given(campaigns, preset_ids)
@settings(max_examples=300, deadline=None)
def test_each_objection_names_a_field_whose_mending_ends_it(
    campaign: Settings, preset_id: str
) -> None:
    preset = preset_of(preset_id)
    mends = {
        "abandon_target": 0.001,
        "abandon_window": "day",
        "no_answer_timeout_seconds": 120,
        "sector": "",
        "contract_calls": False,
        "caller_id": {"FR": "+33162000000"}.get(preset_id, "+441632960000"),
    }
    found = objections(campaign, preset)
    mended = replace(campaign, **{one.field: mends[one.field] for one in found})
    assert objections(mended, preset) == ()
    for one in found:
        others = {other.field: mends[other.field] for other in found if other is not one}
        assert objections(replace(campaign, **others), preset) == (one,)


@given(campaigns, preset_ids, preset_ids)
def test_a_campaigns_own_preset_goes_before_the_organisations(
    campaign: Settings, own: str, organisations: str
) -> None:
    chosen = law_of(replace(campaign, compliance_preset=own), Organisation(preset_id=organisations))
    assert chosen.preset.preset_id == own
    followed = law_of(campaign, Organisation(preset_id=organisations))
    assert followed.preset.preset_id == organisations


# ── Gaps and frequency ───────────────────────────────────────────────────────────────────────────

instants = st.integers(-100 * 24 * 60, 0).map(lambda minutes: NOW + timedelta(minutes=minutes))
pasts = st.builds(
    PastCalls,
    dialled_at=st.lists(instants, max_size=8).map(lambda ats: tuple(sorted(ats))),
    abandoned_at=st.none() | instants,
    machine_at=st.none() | instants,
    refused_at=st.none() | instants,
)


def asked(past: PastCalls, preset_id: str, mode: str) -> tuple[Candidate, CampaignTerms]:
    candidate = Candidate(
        contact_id=UUID(int=1),
        numbers=(CandidateNumber(number=NUMBER, label="", callable=True),),
        callable=True,
        uncallable_reason=None,
        time_zone="Europe/Paris",
        course=None,
        live_elsewhere=False,
        dialled_at=None,
        past_calls={NUMBER: past},
    )
    terms = CampaignTerms(
        campaign_id=UUID(int=2),
        callable_time=CallableTime(weekdays=frozenset({1}), start=time(0), until=time(23)),
        max_attempts=9,
        minimum_gap_seconds=0,
        law=Law(preset=preset_of(preset_id), mode=mode),
    )
    return candidate, terms


@given(
    pasts,
    preset_ids,
    st.sampled_from(("preview", "predictive")),
    st.sampled_from((None, "prospecting")),
    st.booleans(),
    instants,
)
@settings(max_examples=300, deadline=None)
def test_a_rule_that_is_silent_under_a_law_objects_to_nobody(
    past: PastCalls, preset_id: str, mode: str, purpose: str | None, guarded: bool, at: datetime
) -> None:
    candidate, terms = asked(past, preset_id, mode)
    guard = FraudGuard(countries=frozenset(), caps=()) if guarded else None
    law = replace(terms.law, consent_purpose=purpose, guard=guard)
    terms = replace(terms, law=law)
    objecting = set()
    for rule in RULES:
        if hasattr(rule, "check"):
            verdict = rule.check(candidate, terms, at)
        else:
            verdict = rule.check_number(candidate, candidate.numbers[0], terms, at)
        if verdict != ALLOWED:
            objecting.add(rule.code)
    silent = {rule.code for rule in RULES if hasattr(rule, "silent") and rule.silent(terms)}
    assert not objecting & silent
    assert ("CONSENT_MISSING" in objecting) == (purpose is not None)
    assert ("COUNTRY_NOT_ALLOWED" in objecting) == guarded


@given(pasts, preset_ids, st.sampled_from(("preview", "predictive")))
@settings(max_examples=400, deadline=None)
def test_a_redial_gap_ends_at_the_first_minute_that_a_plain_search_allows(
    past: PastCalls, preset_id: str, mode: str
) -> None:
    preset = preset_of(preset_id)

    def forbidden(at: datetime) -> bool:
        since = {
            "abandoned": (past.abandoned_at, preset.redial_after_abandoned_hours, 1),
            "machine": (past.machine_at, preset.redial_after_machine_hours, 1),
            "refused": (past.refused_at, preset.redial_after_refusal_days, 24),
        }
        for name, (event, length, hours) in since.items():
            spared = mode == "preview" and name != "refused"
            if event is None or length is None or spared:
                continue
            if event <= at < event + timedelta(hours=length * hours):
                return True
        return False

    candidate, terms = asked(past, preset_id, mode)
    verdict = RedialGapPassed().check_number(candidate, candidate.numbers[0], terms, NOW)
    if not forbidden(NOW):
        assert isinstance(verdict, Allowed)
        return
    assert isinstance(verdict, Later)
    assert forbidden(verdict.retry_at - timedelta(minutes=1))
    assert not forbidden(verdict.retry_at)
    later = RedialGapPassed().check_number(candidate, candidate.numbers[0], terms, verdict.retry_at)
    assert isinstance(later, Allowed)


@given(pasts)
@settings(max_examples=400, deadline=None)
def test_no_window_of_the_frequency_ever_holds_more_calls_than_allowed(past: PastCalls) -> None:
    preset = preset_of("FR")
    assert preset.frequency_calls
    assert preset.frequency_days
    window = timedelta(days=preset.frequency_days)
    kept: list[datetime] = []
    for at in past.dialled_at:
        candidate, terms = asked(PastCalls(dialled_at=tuple(kept)), "FR", "predictive")
        rule = WithinLawfulFrequency()
        verdict = rule.check_number(candidate, candidate.numbers[0], terms, at)
        if isinstance(verdict, Allowed):
            kept.append(at)
        else:
            assert isinstance(verdict, Later)
            before = verdict.retry_at - timedelta(seconds=1)
            assert len([one for one in kept if before - window < one <= before]) >= 4
    for at in kept:
        assert len([one for one in kept if at - window < one <= at]) <= preset.frequency_calls


# ── Hours ────────────────────────────────────────────────────────────────────────────────────────


@given(
    moments,
    st.lists(
        st.sampled_from(("Europe/Paris", "America/Martinique", "Indian/Reunion", "Pacific/Noumea")),
        min_size=1,
        max_size=2,
    ),
)
@settings(max_examples=150, deadline=None)
def test_lawful_hours_open_in_all_zones_at_once_and_not_a_quarter_earlier(
    now: datetime, names: list[str]
) -> None:
    preset = preset_of("FR")
    hours = lawful_hours(preset.hours, preset.holidays)

    def open_at(at: datetime) -> bool:
        for name in names:
            local = at.astimezone(ZoneInfo(name))
            inside = any(
                local.isoweekday() in window.weekdays
                and window.start <= local.time() < window.until
                for window in preset.hours
            )
            if not inside or local.date() in HOLIDAYS:
                return False
        return True

    standing = hours.at(tuple(names), None, now)
    assert standing.open == open_at(now)
    found = now if standing.open else standing.opens_at
    at = now
    while at < (found or now + timedelta(days=6)):
        assert not open_at(at), at
        at += timedelta(minutes=15)
    assert found is None or open_at(found)


def test_the_calendar_of_france_has_the_eleven_holidays_of_its_labour_code() -> None:
    assert {day for day in HOLIDAYS if day.year == 2026} == {
        date(2026, 1, 1),
        date(2026, 4, 6),
        date(2026, 5, 1),
        date(2026, 5, 8),
        date(2026, 5, 14),
        date(2026, 5, 25),
        date(2026, 7, 14),
        date(2026, 8, 15),
        date(2026, 11, 1),
        date(2026, 11, 11),
        date(2026, 12, 25),
    }


# ── Consent ──────────────────────────────────────────────────────────────────────────────────────

lines = st.lists(
    st.builds(
        lambda at, kind, purpose, valid: (at, kind, purpose, valid),
        st.integers(-50, 10),
        st.sampled_from(("given", "withdrawn")),
        st.sampled_from(("a", "b", ANY)),
        st.none() | st.integers(1, 60),
    ),
    max_size=8,
)


@given(lines)
@settings(max_examples=300, deadline=None)
def test_consent_stands_only_when_nothing_said_later_ends_it(
    told: list[tuple[int, str, str, int | None]],
) -> None:
    ledger = [
        ConsentLine(
            consent_id=UUID(int=place + 1),
            place=place,
            kind=kind,
            number=NUMBER,
            purpose="a" if kind == "given" and purpose == ANY else purpose,
            channel="voice",
            at=NOW + timedelta(days=at),
            valid_until=None if valid is None else NOW + timedelta(days=at + valid),
        )
        for place, (at, kind, purpose, valid) in enumerate(told)
    ]
    found = standing(ledger, "a", NOW)
    past = [line for line in ledger if line.at <= NOW and line.purpose in ("a", ANY)]
    given_lines = [line for line in past if line.kind == "given"]
    proven = [
        line
        for line in given_lines
        if not any((o.at, o.place) > (line.at, line.place) for o in past)
        and (line.valid_until is None or line.valid_until > NOW)
    ]
    assert (found.state == "proven") == bool(proven)
    assert (found.state == "missing") == (not past)
    if found.line is not None:
        correction = ConsentLine(
            consent_id=UUID(int=99),
            place=99,
            kind="void",
            number=NUMBER,
            purpose="a",
            channel="voice",
            at=NOW,
            voids=found.line.consent_id,
        )
        without = [line for line in ledger if line is not found.line]
        assert standing([*ledger, correction], "a", NOW) == standing(without, "a", NOW)


# ── The guard ────────────────────────────────────────────────────────────────────────────────────

digits = st.text("0123456789", min_size=0, max_size=6).map(lambda text: "+" + text)


@given(st.text("0123456789", min_size=7, max_size=12).map("+{}".format), st.sets(digits))
@settings(max_examples=400)
def test_the_longest_prefix_is_what_a_plain_search_finds(number: str, prefixes: set[str]) -> None:
    fitting = [prefix for prefix in prefixes if number.startswith(prefix)]
    assert longest_prefix(number, tuple(prefixes)) == max(fitting, key=len, default=None)


@given(
    moments,
    st.sampled_from(("minute", "hour", "day", "month")),
    st.sampled_from(("UTC", "Africa/Porto-Novo", "Europe/Paris", "America/New_York")),
)
@settings(max_examples=300)
def test_periods_hold_their_instant_and_follow_each_other(
    now: datetime, per: str, zone: str
) -> None:
    begin, end = period_of(per, now, zone)
    assert begin <= now < end
    assert period_of(per, end, zone)[0] == end
    assert period_of(per, begin, zone) == (begin, end)


@given(
    st.lists(st.integers(0, 7200), max_size=60).map(sorted),
    st.integers(1, 5),
    st.integers(1, 20),
    st.integers(0, 500),
)
@settings(max_examples=200, deadline=None)
def test_caps_and_budgets_are_never_exceeded(
    seconds: list[int], per_minute: int, per_hour: int, budget: int
) -> None:
    guard = FraudGuard(
        countries=frozenset({"FR"}),
        caps=(
            Cap(country="", per="minute", most=per_minute),
            Cap(country="FR", per="hour", most=per_hour),
        ),
        tariffs={"+": Decimal(3), "+33162": Decimal(7)},
        spend_per_day=Decimal(budget),
        reserved_minutes=2,
    )
    usage = Usage()
    made: list[datetime] = []
    for second in seconds:
        now = NOW + timedelta(seconds=second)
        ends = [
            end
            for end in (calls_end(guard, usage, NUMBER, now), spend_end(guard, usage, NUMBER, now))
            if end is not None
        ]
        if not ends:
            usage.take(guard, NUMBER, now)
            made.append(now)
        else:
            assert all(end > now for end in ends)
    for per, most in (("minute", per_minute), ("hour", per_hour)):
        starts = [period_of(per, at, "UTC")[0] for at in made]
        assert all(starts.count(start) <= most for start in starts)
    assert 14 * len(made) <= budget
