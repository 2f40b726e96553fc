"""Tones, greetings, networks' answers and response sets: what holds for all of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio_files import tones
from kwabo.domain.call_analysis.document import Known, read_response_set
from kwabo.domain.call_analysis.greeting import LONGEST_SECONDS, NOTHING_SAID_SECONDS, Greeting
from kwabo.domain.call_analysis.network import (
    RESULTS,
    NetworkAnswer,
    Tone,
    meaning,
    read_table,
    table_document,
)
from kwabo.domain.call_analysis.ranges import number_range, operator_of
from kwabo.domain.call_analysis.record import AnalysisRecord
from kwabo.domain.call_analysis.response_set import ALLOWED, WITHOUT, ReactionType
from kwabo.domain.call_analysis.results import ANSWERED, AnalysisResult, of_end
from kwabo.domain.call_analysis.tones import tone_of
from kwabo.domain.interactions.attempt import result_of_unanswered

CODES = st.none() | st.sampled_from([403, 404, 408, 480, 484, 486, 487, 503, 603])
CAUSES = st.none() | st.sampled_from([1, 3, 16, 17, 18, 19, 20, 21, 27, 28, 34])
RATE = 8000
SIT = ((950, 0.33), (1400, 0.33), (1800, 0.33))


@settings(deadline=None, max_examples=40)
@given(
    offsets=st.tuples(*[st.integers(-25, 25)] * 3),
    level=st.floats(0.02, 0.8),
    before=st.floats(0.0, 1.0),
    noise=st.floats(0.0, 0.02),
)
def test_three_rising_tones_are_heard_whatever_is_before_them(
    offsets: tuple[int, ...], level: float, before: float, noise: float
) -> None:
    parts = [(0, before), *((hz + off, s) for (hz, s), off in zip(SIT, offsets, strict=True))]
    samples = tones(*parts, (0, 0.5), level=level)
    rough = np.random.default_rng(1).standard_normal(len(samples)) * noise * level
    assert tone_of((samples + rough).astype(np.float32), RATE) is Tone.SIT


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ([(440, 1.5), (0, 3.5), (440, 1.5)], Tone.RINGBACK),
        ([(440, 0.5), (0, 0.5)] * 4, Tone.BUSY),
        ([(440, 0.25), (0, 0.25)] * 6, Tone.CONGESTION),
        ([(0, 2.0)], Tone.SILENCE),
        ([(1800, 0.33), (1400, 0.33), (950, 0.33), (0, 1.0)], Tone.SILENCE),  # falling: no SIT
    ],
)
def test_cadences_are_told_apart(parts: list[tuple[float, float]], wanted: Tone) -> None:
    assert tone_of(tones(*parts), RATE) is wanted


def test_a_voice_is_no_tone() -> None:
    noise = np.random.default_rng(2).standard_normal(RATE * 2).astype(np.float32) * 0.1
    assert tone_of(noise, RATE) is Tone.VOICE
    assert tone_of(noise[:10], RATE) is Tone.SILENCE


@given(cause=CAUSES, sip_code=CODES)
def test_without_a_table_and_a_tone_the_standards_decide(
    cause: int | None, sip_code: int | None
) -> None:
    told = meaning(cause, sip_code)
    assert told.result == result_of_unanswered(cause, sip_code)
    assert (told.announcement, told.line) == (None, None)


LINES = st.builds(
    NetworkAnswer,
    sip_code=CODES,
    cause=CAUSES,
    tone=st.sampled_from(["", *Tone]),
    result=st.sampled_from(RESULTS),
    announcement=st.sampled_from(["", "switched_off"]),
)


@given(table=st.lists(LINES, max_size=6), cause=CAUSES, sip_code=CODES, tone=st.sampled_from(Tone))
def test_the_first_line_that_fits_decides(
    table: list[NetworkAnswer], cause: int | None, sip_code: int | None, tone: Tone
) -> None:
    told = meaning(cause, sip_code, tone=tone, early_media=True, table=table)
    fitting = [n for n, line in enumerate(table, start=1) if line.fits(cause, sip_code, tone)]
    assert told.line == (fitting[0] if fitting else None)
    if fitting:
        assert told.result == table[fitting[0] - 1].result


@given(table=st.lists(LINES, max_size=6, unique_by=lambda one: (one.sip_code, one.cause, one.tone)))
def test_a_table_that_is_right_comes_back_as_it_was(table: list[NetworkAnswer]) -> None:
    table = [one for one in table if one.sip_code or one.cause or one.tone]
    read, wrong = read_table(table_document(table))
    assert wrong == []
    assert list(read) == table


@given(result=st.sampled_from(AnalysisResult), kind=st.sampled_from(ReactionType))
def test_a_reaction_is_taken_where_it_is_allowed_and_nowhere_else(
    result: AnalysisResult, kind: ReactionType
) -> None:
    prompt_id, queue_id, flow_id = uuid4(), uuid4(), uuid4()
    more: dict[str, Any] = {
        "play_file": {"prompt_id": str(prompt_id)},
        "queue": {"queue_id": str(queue_id)},
        "flow": {"flow_id": str(flow_id)},
        "retry": {"retry_seconds": 3600},
    }.get(kind, {})
    known = Known(
        prompts=frozenset({prompt_id}),
        queues=frozenset({queue_id}),
        flows=frozenset({flow_id}),
    )
    document = {"reactions": {str(result): {"type": str(kind), **more}}}
    read, wrong = read_response_set(document, known)
    assert (wrong == []) is (kind in ALLOWED[result])
    wanted = kind if kind in ALLOWED[result] else WITHOUT[result].type
    assert read.reaction(result).type is wanted


def test_nothing_is_spoken_where_nobody_answered_and_faxes_hear_no_flow() -> None:
    for result in AnalysisResult:
        assert WITHOUT[result].type in ALLOWED[result]
        assert (ReactionType.FLOW in ALLOWED[result]) is (
            result in ANSWERED and result is not AnalysisResult.FAX
        )
        if result not in ANSWERED:
            assert not {ReactionType.QUEUE, ReactionType.PLAY_FILE} & set(ALLOWED[result])


@given(result=st.sampled_from(RESULTS), cause=CAUSES, sip_code=CODES)
def test_every_end_of_an_unanswered_call_has_a_reaction(
    result: Any, cause: int | None, sip_code: int | None
) -> None:
    found = of_end(result, cause, sip_code)
    assert found is not None
    assert found not in ANSWERED


NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@given(
    beep=st.booleans(),
    spans=st.lists(st.tuples(st.floats(0.1, 8), st.floats(0.1, 8)), max_size=8),
)
def test_a_greeting_ends_by_silence_by_its_beep_or_by_time(
    beep: bool, spans: list[tuple[float, float]]
) -> None:
    greeting, now = Greeting(since=NOON, beep=beep), NOON
    for silent, spoken in spans:
        now += timedelta(seconds=silent)
        if greeting.over(now):
            return
        greeting, over = greeting.heard(speaking=True, seconds=None, at=now)
        assert not over
        assert not greeting.over(now + timedelta(hours=1))  # not while it speaks
        now += timedelta(seconds=spoken)
        greeting, over = greeting.heard(speaking=False, seconds=spoken, at=now)
        if not beep:
            assert over
            return
        if over:
            assert spoken <= 1.5
            return
    assert greeting.over(now + timedelta(seconds=NOTHING_SAID_SECONDS))
    assert greeting.too_long(NOON + timedelta(seconds=LONGEST_SECONDS))


@given(
    result=st.none() | st.sampled_from(["person", "machine", "fax", "unsure"]),
    whole=st.none() | st.booleans(),
    seconds=st.none() | st.floats(0, 10),
)
def test_a_record_comes_back_as_it_was_kept(
    result: str | None, whole: bool | None, seconds: float | None
) -> None:
    record = AnalysisRecord(
        result=result, message_whole=whole, seconds=seconds, prompt_id=uuid4(), queue_id=uuid4()
    )
    assert AnalysisRecord.of(record.document()) == record
    assert AnalysisRecord.of({**record.document(), "of_a_later_version": 1}) == record


@pytest.mark.parametrize(
    ("number", "wanted", "operator"),
    [
        ("+2290197123456", "+2290197", "MTN"),
        ("+2290195123456", "+2290195", "Moov"),
        ("+33612345678", "FR mobile", ""),
        ("+33144556677", "FR fixed_line", ""),
        ("+9991234567", "other", ""),
    ],
)
def test_number_ranges(number: str, wanted: str, operator: str) -> None:
    assert number_range(number) == wanted
    assert operator_of(wanted) == operator
