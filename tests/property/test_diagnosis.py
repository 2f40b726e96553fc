"""A campaign's waterfall against counting one by one, and what findings may say."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kwabo.domain.campaigns.diagnosis import Bucket, CourseCount, Group, ListCount, waterfall
from kwabo.domain.campaigns.diagnosis_ahead import Ahead, ReasonAhead, ahead
from kwabo.domain.campaigns.diagnosis_findings import Figures, Finding, Lines, findings
from kwabo.domain.campaigns.diagnosis_sentences import FINDINGS, bucket_sentence, finding_sentence
from kwabo.domain.compliance.rules import Assessment
from kwabo.kernel.verdict import ALLOWED, Allowed, Denied, Later

NOW = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
REASONS = (
    "", "DNC_LISTED", "FILTERED", "OUTSIDE_CALLABLE_TIME", "HOLIDAY", "RECALL_DELAY",
    "RESULT_BUSY", "RESULT_INVALID", "ATTEMPT_LIMIT", "PREVIEW_WAITS", "OWNED_BY_OTHER",
    "CALLBACK_SCHEDULED", "CALLBACK_OWNED", "CONSENT_MISSING", "SOMETHING_NEW",
)  # fmt: skip
courses = st.lists(
    st.builds(
        CourseCount,
        state=st.sampled_from(("open", "in_progress", "finished")),
        reason=st.sampled_from(REASONS),
        is_due=st.none() | st.booleans(),
        contacts=st.integers(1, 50),
        next_attempt_at=st.integers(1, 90).map(lambda hours: NOW + timedelta(hours=hours)),
    ),
    max_size=25,
)
counted = st.builds(
    lambda found, kept_out, untouched: ListCount(
        contacts=sum(c.contacts for c in found) + kept_out + untouched,
        kept_out=kept_out,
        courses=tuple(found),
    ),
    courses,
    st.integers(0, 30),
    st.integers(0, 30),
)
statuses = st.dictionaries(
    st.sampled_from(("signed_out", "lost", "paused", "ready", "on_call", "after_call")),
    st.integers(1, 5),
)
all_lines = st.builds(
    Lines,
    total=st.integers(1, 40),
    used=st.integers(0, 40),
    used_here=st.integers(0, 40),
    set_aside=st.integers(0, 40),
    most=st.integers(0, 20),
    wanted=st.integers(0, 60),
)


@given(counted)
def test_every_contact_is_in_one_bucket(found: ListCount) -> None:
    buckets = waterfall(found)
    assert sum(bucket.contacts for bucket in buckets) == found.contacts
    assert len({(bucket.group, bucket.code) for bucket in buckets}) == len(buckets)
    assert all(bucket.contacts > 0 for bucket in buckets)
    by_group: Counter[str] = Counter()
    for one in found.courses:
        if one.state != "open":
            by_group[one.state] += one.contacts
        elif one.is_due is None:
            by_group["change"] += one.contacts
        elif not one.is_due:
            by_group["later"] += one.contacts
        else:
            by_group["due or agent"] += one.contacts
    by_group["change"] += found.kept_out
    told: Counter[str] = Counter()
    for bucket in buckets:
        group = "due or agent" if bucket.group in (Group.DUE, Group.AGENT) else str(bucket.group)
        told[group] += bucket.contacts
    del told["untouched"]
    assert +told == +by_group


@given(counted)
def test_the_next_time_of_a_bucket_is_the_earliest_of_its_contacts(found: ListCount) -> None:
    for bucket in waterfall(found):
        if bucket.group != Group.LATER:
            assert bucket.next_attempt_at is None
            continue
        times = [
            one.next_attempt_at
            for one in found.courses
            if one.state == "open"
            and one.is_due is False
            and (one.reason or "RECALL_DELAY") == bucket.code
        ]
        assert bucket.next_attempt_at == min(at for at in times if at is not None)


@given(
    counted,
    statuses,
    all_lines,
    st.sampled_from(("ready", "running", "pausing", "paused", "stopped", "complete")),
    st.sampled_from(
        ("", "NO_AGENTS", "TRUNK_DOWN", "SPEND_CAP", "WAITING_FOR_RECALLS", "ORDER_FILLING")
    ),
    st.sampled_from(("", "BUDGET_SPENT", "LEARNING", "ENOUGH")),
    st.sampled_from(("", "alarm", "stop")),
)
def test_findings_are_ordered_told_and_true(
    found: ListCount,
    agents: dict[str, int],
    lines: Lines,
    state: str,
    state_reason: str,
    pacing_reason: str,
    abandon_alarm: str,
) -> None:
    buckets = waterfall(found)
    said = findings(
        Figures(
            state=state,
            state_reason=state_reason,
            contacts=found.contacts,
            buckets=buckets,
            agents=agents,
            lines=lines,
            pacing_reason=pacing_reason,
            abandon_alarm=abandon_alarm,
        )
    )
    severities = ["stops", "slows", "note"]
    ranks = [severities.index(one.severity) for one in said]
    assert said
    assert ranks == sorted(ranks)
    assert len({one.code for one in said}) == len(said)
    for one in said:
        assert 0 <= one.contacts <= found.contacts
        assert 0.0 <= one.share <= 1.0
        assert finding_sentence(one.code, "fr") != finding_sentence(one.code, "en")
    _agree(said, found, agents, state)
    _agree_about_contacts(said, buckets, lines, state)


def _agree(said: tuple[Finding, ...], found: ListCount, agents: dict[str, int], state: str) -> None:
    codes = {one.code for one in said}
    working = agents.keys() - {"signed_out", "lost", "paused"}
    without_staff = {"QUEUE_WITHOUT_AGENTS", "NO_AGENT_AT_WORK", "AGENTS_PAUSED"}
    assert bool(codes & without_staff) == (not working)
    assert ("LIST_EMPTY" in codes) == (found.contacts == 0)
    if state in ("ready", "paused", "pausing", "stopped"):
        assert "CAMPAIGN_NOT_RUNNING" in codes


def _agree_about_contacts(
    said: tuple[Finding, ...], buckets: tuple[Bucket, ...], lines: Lines, state: str
) -> None:
    by_code = {one.code: one for one in said}
    groups = {bucket.group for bucket in buckets}
    now = groups & {Group.UNTOUCHED, Group.DUE}
    waits = groups & {Group.LATER, Group.AGENT}
    if "NOTHING_IN_THE_WAY" in by_code:
        assert all(one.severity == "note" for one in said)
        assert state == "running"
        assert now
        assert lines.free > 0
    if "LAST_CALLS" in by_code:
        assert len(said) == 1
        assert Group.IN_PROGRESS in groups
        assert not now
    at_hand = now or Group.IN_PROGRESS in groups
    assert ("NOBODY_CALLABLE_NOW" in by_code) == bool(waits and not at_hand)
    assert ("NOBODY_LEFT" in by_code) == (Group.CHANGE in groups and not waits and not at_hand)
    if "NOBODY_CALLABLE_NOW" in by_code:
        times = [b.next_attempt_at for b in buckets if b.next_attempt_at is not None]
        assert by_code["NOBODY_CALLABLE_NOW"].until == min(times, default=None)
    if state == "complete":
        assert ("CAMPAIGN_COMPLETE" in by_code) == bool(at_hand or waits)


@given(
    st.lists(
        st.one_of(
            st.just(ALLOWED),
            st.sampled_from(REASONS[1:]).map(Denied),
            st.builds(
                lambda code, hours: Later(code, NOW + timedelta(hours=hours)),
                st.sampled_from(REASONS[1:]),
                st.integers(1, 90),
            ),
        ),
        max_size=50,
    )
)
def test_the_next_contacts_are_counted_by_their_first_objection(
    verdicts: list[Allowed | Denied | Later],
) -> None:
    seen = [
        Assessment(
            verdict=verdict,
            checks=(),
            numbers=(),
            next_attempt_at=verdict.retry_at if isinstance(verdict, Later) else None,
            number=None,
        )
        for verdict in verdicts
    ]
    found = ahead(seen)
    objections = Counter(v.code for v in verdicts if not isinstance(v, Allowed))
    assert found.looked_at == len(verdicts)
    assert {reason.code: reason.contacts for reason in found.reasons} == objections
    assert found.kept_out == objections.total()
    counts = [reason.contacts for reason in found.reasons]
    assert counts == sorted(counts, reverse=True)
    for reason in found.reasons:
        times = [v.retry_at for v in verdicts if isinstance(v, Later) and v.code == reason.code]
        assert reason.next_attempt_at == min(times, default=None)


def test_half_of_the_next_contacts_kept_out_is_worth_a_line() -> None:
    def said(kept_out: int, *, due: int = 0) -> dict[str, str]:
        reasons = (ReasonAhead(code="CONSENT_MISSING", contacts=kept_out, next_attempt_at=None),)
        buckets = [Bucket(group=Group.UNTOUCHED, code="NOT_LOOKED_AT", contacts=100)]
        if due:
            buckets.append(Bucket(group=Group.DUE, code="DUE", contacts=due))
        figures = Figures(
            state="running",
            state_reason="",
            contacts=100 + due,
            buckets=tuple(buckets),
            agents={"ready": 1},
            lines=Lines(total=5, used=0, used_here=0, set_aside=0, most=0, wanted=1),
            ahead=Ahead(looked_at=50, reasons=reasons if kept_out else ()),
        )
        return {one.code: one.severity for one in findings(figures)}

    assert said(24) == {"NOTHING_IN_THE_WAY": "note"}
    assert said(25) == {"NEXT_KEPT_OUT": "slows"}
    assert said(50) == {"NEXT_KEPT_OUT": "stops"}
    assert said(50, due=3) == {"NEXT_KEPT_OUT": "slows"}


def test_a_campaign_without_agents_misses_none() -> None:
    def said(*, total: int, used_here: int, most: int) -> dict[str, str]:
        figures = Figures(
            state="running",
            state_reason="",
            contacts=100,
            buckets=(Bucket(group=Group.UNTOUCHED, code="NOT_LOOKED_AT", contacts=100),),
            agents={},
            agentless=True,
            lines=Lines(
                total=total,
                used=used_here,
                used_here=used_here,
                set_aside=0,
                most=most,
                wanted=most,
            ),
        )
        return {one.code: one.severity for one in findings(figures)}

    assert said(total=10, used_here=0, most=5) == {"NOTHING_IN_THE_WAY": "note"}
    assert said(total=10, used_here=5, most=5) == {
        "NOTHING_IN_THE_WAY": "note", "ALL_LINES_CALL": "note",
    }  # fmt: skip
    assert said(total=3, used_here=1, most=5) == {"TRUNK_LINES_TOO_FEW": "slows"}


def test_each_finding_has_words_in_both_languages() -> None:
    assert all(french and english for french, english in FINDINGS.values())
    assert bucket_sentence("DNC_LISTED", "fr").startswith("Tous ses numéros")
    assert bucket_sentence("SOMETHING_NEW", "en") == "SOMETHING_NEW"
