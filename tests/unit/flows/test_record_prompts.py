"""Recording prompts by telephone: the code, the takes, and what outlives an engine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kwabo.domain.flows.actions import (
    DropRecording,
    HangUp,
    KeepRecording,
    NextRecording,
    OpenRecordings,
    Record,
    Say,
    StopRecording,
)
from kwabo.domain.flows.check import check
from kwabo.domain.flows.cursor import Facts, of_json, to_json
from kwabo.domain.flows.flow import flow_of
from kwabo.domain.flows.inputs import (
    CallerGone,
    Recorded,
    RecordingTold,
)
from kwabo.domain.flows.interpreter import begin, resume
from kwabo.domain.flows.parts import NumberPart, PromptPart, SoundPart, TextPart
from kwabo.domain.flows.record_prompts_words import WORDS
from kwabo.domain.flows.rehearsal import rehearse
from kwabo.domain.flows.surroundings import Surroundings
from unit.flows.walked import NOW, Call

CODE = "204815"
WAYS = {"done": "done", "refused": "refused", "failed": "failed"}


def flow_document(**settings: Any) -> dict[str, Any]:
    """A flow that lets callers record; each way ends at a node of its name."""
    node = {"id": "rec", "type": "record_prompts", "ways": WAYS, **settings}
    ends = [{"id": name, "type": "hang_up"} for name in WAYS.values()]
    return {"languages": ["fr", "fon"], "start": "rec", "nodes": [node, *ends]}


class Speaker(Call):
    """A caller with a code for three prompts."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(flow_document(**settings))

    @property
    def state(self) -> Any:
        assert self.last.cursor is not None
        return self.last.cursor.state

    def heard(self) -> tuple[Any, ...]:
        """What is being said, to its end."""
        parts = tuple(self.one(Say).parts)
        self.said()
        return parts

    def told(self, position: int, **more: Any) -> None:
        """The world answers with this prompt of three."""
        given = {"session_id": "s1", "of": 3, "prompt": f"prompt-{position}", **more}
        self.tell(RecordingTold(question=self.state["question"], position=position, **given))

    def opened(self) -> None:
        """The code is keyed, and is right."""
        self.press(CODE)
        assert self.one(OpenRecordings).code == CODE
        self.told(1)

    def spoke(self, media: str, seconds: float = 4.0) -> str:
        """The caller speaks after the tone and presses #; the take's name."""
        take = str(self.one(Record).recording)
        self.press("#")
        assert self.one(StopRecording).recording == take
        self.tell(Recorded(recording=take, media=media, seconds=seconds))
        return take

    def ended(self, way: str) -> None:
        """The last words are said, and the node is left by this way."""
        assert self.trail == ["rec"]
        words = {"refused": "record_prompts_wrong_code", "failed": "record_prompts_sorry"}
        assert keys_of(self.heard()) == [words[way]]
        assert self.trail == ["rec", way]

    def crashed(self, recordings: frozenset[str] = frozenset()) -> None:
        """Another engine goes on from what is stored."""
        assert self.last.cursor is not None
        stored = of_json(json.loads(json.dumps(to_json(self.last.cursor))))
        self._take(resume(self.flow, stored, self.now, recordings))


def keys_of(parts: tuple[Any, ...]) -> list[str]:
    return [getattr(one, "key", getattr(one, "value", "")) for one in parts]


def test_prompts_are_recorded_one_after_the_other() -> None:
    call = Speaker()
    (asked,) = call.heard()
    assert asked == PromptPart(key="record_prompts_code", instead=WORDS["record_prompts_code"])
    call.opened()
    # Its number, what it says, and what to do.
    parts = call.heard()
    assert keys_of(parts) == ["1", "prompt-1", "record_prompts_speak"]
    assert call.one(Record).beep
    take = call.spoke("/r/1.wav")
    parts = call.heard()
    assert parts[0] == SoundPart(media="/r/1.wav")
    assert keys_of(parts[1:]) == ["record_prompts_choose"]
    call.press("1")
    kept = call.one(KeepRecording)
    assert (kept.session_id, kept.position, kept.take, kept.media) == ("s1", 1, take, "/r/1.wav")
    call.told(2)
    # What to do is said once; the tone says it from then on.
    assert keys_of(call.heard()) == ["2", "prompt-2"]
    call.spoke("/r/2.wav")
    call.press("1")  # before all is said
    assert call.one(KeepRecording).position == 2
    call.told(0)
    assert keys_of(call.heard()) == ["record_prompts_thanks"]
    assert call.trail == ["rec", "done"]


def test_a_single_prompt_has_no_number_and_what_it_says_comes_along() -> None:
    call = Speaker()
    call.press(CODE)
    call.told(1, of=1, prompt="number.5", texts={"fr": "cinq"})
    parts = call.heard()
    assert parts[0] == PromptPart(key="number.5", instead={"fr": "cinq"})
    assert not [one for one in parts if isinstance(one, NumberPart)]


def test_a_take_is_recorded_again_and_the_first_goes() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    call.spoke("/r/1.wav")
    call.press("2")
    assert call.one(DropRecording).media == "/r/1.wav"
    call.heard()
    second = call.spoke("/r/2.wav")
    call.press("1")
    assert (call.one(KeepRecording).take, call.one(KeepRecording).media) == (second, "/r/2.wav")


def test_hash_goes_on_without_the_prompt_before_and_behind_the_take() -> None:
    call = Speaker()
    call.opened()
    call.press("#")
    assert call.one(NextRecording).after == 1
    call.told(2)
    call.heard()
    call.spoke("/r/2.wav")
    call.press("#")
    assert call.one(DropRecording).media == "/r/2.wav"
    assert call.one(NextRecording).after == 2
    call.told(0)
    call.heard()
    assert call.trail == ["rec", "done"]


def test_star_ends_and_another_key_brings_the_tone_at_once() -> None:
    call = Speaker()
    call.opened()
    call.press("5")
    assert call.names(Record)
    call.spoke("/r/1.wav")
    call.press("7")  # no choice: all is said again
    assert isinstance(call.one(Say).parts[0], SoundPart)
    call.press("*")
    assert call.one(DropRecording).media == "/r/1.wav"
    call.heard()
    assert call.trail == ["rec", "done"]


def test_a_wrong_code_is_asked_for_again_three_times_in_all() -> None:
    call = Speaker()
    call.press("12345")
    call.silence()
    assert keys_of(call.heard())[0] == "record_prompts_wrong_code"
    call.press("999999")
    call.told(0, session_id="", failure="CODE")
    assert call.trail == ["rec"]
    call.heard()
    call.press("1#")
    call.ended("refused")


def test_silence_is_no_wrong_code_but_is_not_waited_for_for_ever() -> None:
    call = Speaker(tries=2)
    call.heard()
    call.silence()
    assert keys_of(call.heard()) == ["record_prompts_code"]
    call.silence()
    call.ended("refused")


def test_whoever_has_tried_too_often_is_not_asked_again() -> None:
    call = Speaker()
    call.press(CODE)
    call.told(0, session_id="", failure="TOO_MANY_TRIES")
    call.ended("refused")


@pytest.mark.parametrize("failure", ["AUDIO_SILENT", "AUDIO_TOO_SHORT"])
def test_a_take_without_a_voice_is_recorded_once_more(failure: str) -> None:
    call = Speaker()
    call.opened()
    call.heard()
    for _ in range(2):
        call.spoke("/r/1.wav")
        call.press("1")
        call.told(0, failure=failure)
        assert call.one(DropRecording).media == "/r/1.wav"
        if call.trail[-1] == "rec":
            assert keys_of(call.heard())[0] == "record_prompts_silent"
    call.spoke("", seconds=0.0)
    assert keys_of(call.heard())[0] == "record_prompts_silent"


def test_a_caller_who_says_nothing_is_let_go() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    for media in ("", "/r/2.wav", ""):
        recording = str(call.state["recording"])
        call.tell(Recorded(recording=recording, media=media, seconds=0.1))
        assert bool(call.names(DropRecording)) == bool(media)
        if "way" not in call.state:
            call.heard()
    call.ended("failed")


def test_a_caller_who_presses_nothing_behind_a_take_is_let_go_and_the_take_goes() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    call.spoke("/r/1.wav")
    for _ in range(3):
        call.heard()
        call.silence()
    assert call.one(DropRecording).media == "/r/1.wav"
    call.ended("failed")


@pytest.mark.parametrize("failure", ["RECORDING_OVER", "DISK_FULL", "FAILED"])
def test_what_cannot_be_stored_ends_by_its_way(failure: str) -> None:
    call = Speaker()
    call.opened()
    call.heard()
    call.spoke("/r/1.wav")
    call.press("1")
    call.told(0, failure=failure)
    assert call.one(DropRecording).media == "/r/1.wav"
    call.ended("failed")


def test_a_world_that_does_not_answer_is_not_waited_for() -> None:
    call = Speaker()
    call.press(CODE)
    call.silence()
    call.ended("failed")


# ── Hanging up, and engines that die ─────────────────────────────────────────────────────────────


def test_whoever_hangs_up_loses_the_take_alone_that_was_not_kept() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    call.spoke("/r/1.wav")
    call.tell(CallerGone())
    assert call.one(DropRecording).media == "/r/1.wav"
    assert not call.names(KeepRecording)


def test_a_take_that_is_being_kept_stays_when_the_caller_hangs_up() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    take = call.spoke("/r/1.wav")
    call.press("1")
    call.tell(CallerGone())
    assert call.one(KeepRecording).take == take
    assert not call.names(DropRecording)


def test_an_engine_that_dies_while_a_take_is_kept_keeps_it_by_the_same_name() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    take = call.spoke("/r/1.wav")
    call.press("1")
    call.crashed()
    kept = call.one(KeepRecording)
    assert (kept.session_id, kept.position, kept.take, kept.media) == ("s1", 1, take, "/r/1.wav")
    call.told(2)
    assert "prompt-2" in keys_of(call.heard())


def test_an_engine_that_dies_while_somebody_speaks_waits_for_the_take() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    take = str(call.one(Record).recording)
    call.crashed(frozenset({take}))
    assert not call.names(Record)
    call.tell(Recorded(recording=take, media="/r/1.wav", seconds=3.0))
    call.press("1")
    assert call.one(KeepRecording).position == 1


def test_an_engine_that_dies_before_the_choice_offers_it_again() -> None:
    call = Speaker()
    call.opened()
    call.heard()
    call.spoke("/r/1.wav")
    call.crashed()
    assert call.one(Say).parts[0] == SoundPart(media="/r/1.wav")
    call.press("1")
    assert call.one(KeepRecording).media == "/r/1.wav"


def test_an_engine_that_dies_between_prompts_asks_for_the_same_one() -> None:
    call = Speaker()
    call.opened()
    call.press("#")
    call.told(2)
    call.crashed()
    assert call.one(NextRecording).after == 1
    call.told(2)
    assert "prompt-2" in keys_of(call.heard())


def test_an_engine_that_dies_at_the_last_words_leaves_by_the_same_way() -> None:
    call = Speaker()
    call.opened()
    call.press("*")
    call.crashed()
    assert call.trail == ["rec", "done"]


def test_an_engine_that_dies_before_the_code_asks_for_it_anew() -> None:
    call = Speaker()
    call.press("123")
    call.crashed()
    assert keys_of(call.heard()) == ["record_prompts_code"]
    call.opened()


# ── Settings, and trying ─────────────────────────────────────────────────────────────────────────


def test_a_flow_may_say_it_in_its_own_words() -> None:
    words = {"text": {"fr": "Votre code ?", "fon": "Code towe?"}}
    call = Speaker(say=[words], thanks=[{"prompt": "merci"}])
    spoken = TextPart(text="Votre code ?", instead={"fon": "Code towe?"})
    assert call.heard() == (spoken,)
    call.opened()
    call.press("*")
    assert keys_of(call.heard()) == ["merci"]


def test_in_writing_nobody_can_speak() -> None:
    flow = flow_of("f", {"f": flow_document()})
    done = begin(flow, Facts(medium="text"), NOW)
    assert [one.node for one in done.trail] == ["rec", "failed"]
    assert isinstance(done.actions[-1], HangUp)


@pytest.mark.parametrize(
    ("settings", "field"),
    [
        ({"tries": 0}, "tries"),
        ({"tries": 4}, "tries"),
        ({"max_seconds": 120}, "max_seconds"),  # an upload may last as long, with its silence
        ({"silence_seconds": 0}, "silence_seconds"),
        ({"seconds": 2}, "seconds"),
        ({"say": [{"text": {"fr": "Votre code ?"}}]}, "say.0.text"),
        ({"digits": 4}, ""),
        ({"ways": {"done": "done", "failed": "failed"}}, "ways.refused"),
    ],
)
def test_wrong_settings_are_refused(settings: dict[str, Any], field: str) -> None:
    found = check(flow_document(**settings), Surroundings())
    assert field in [one.field for one in found if one.node == "rec"], found


def test_settings_need_not_be_given() -> None:
    assert [one for one in check(flow_document(), Surroundings()) if one.node == "rec"] == []


@pytest.mark.parametrize(
    ("steps", "failing", "trail", "said"),
    [
        (
            [{"press": "204815"}, {"record": 3}, {"press": "1"}, {"record": 2}, {"press": "1"}],
            0,
            ("rec", "done"),
            ("prompt-1", "recording", "prompt-2", "recording", "record_prompts_thanks"),
        ),
        (
            [{"press": "111111222222333333"}],
            0,
            ("rec", "refused"),
            ("record_prompts_wrong_code",) * 3,
        ),
        (
            [{"press": "204815"}, {"record": 3}, {"press": "1"}, {"record": 2}, {"press": "1"}],
            2,
            ("rec", "failed"),
            ("prompt-1", "recording", "prompt-2", "recording", "record_prompts_sorry"),
        ),
    ],
)
def test_it_can_be_rehearsed(
    steps: list[Any], failing: int, trail: tuple[str, ...], said: tuple[str, ...]
) -> None:
    given = {"code": CODE, "prompts": 2, "failing": failing}
    test = {"steps": steps, "data": {"recordings": given}}
    done = rehearse(flow_of("f", {"f": flow_document()}), test, time_zone="UTC", now=NOW)
    assert done.trail == trail
    assert [one for one in done.said if one in said] == list(said)
    assert done.unused == 0
