"""Queues, transfers, callbacks and voicemail: agents are reached, or what is left instead."""

from __future__ import annotations

from kwabo.domain.flows.actions import (
    AwaitVoicemail,
    CancelTimer,
    EnterQueue,
    HangUp,
    KeepVoicemail,
    LeaveQueue,
    OfferCallback,
    Record,
    Transfer,
)
from kwabo.domain.flows.inputs import (
    CallerGone,
    QueueLeft,
    Recorded,
    TextReceived,
    TransferEnded,
)
from unit.flows.walked import GONE, HELLO, Call, document

QUEUE = {
    "id": "q", "type": "queue", "queue_id": "q1", "skills": ["billing"], "seconds": 60,
    "offers": [{"key": "9"}], "ways": {"timeout": "late", "9": "back", "closed": "shut"},
}  # fmt: skip
QUEUE_ENDS = [{"id": one, "type": "hang_up", "say": HELLO} for one in ("late", "back", "shut")]


def test_a_queue_is_left_by_an_agent_by_key_or_too_late() -> None:
    main = document(QUEUE, *QUEUE_ENDS, limits={"seconds": 10})
    call = Call(main)
    entered = call.one(EnterQueue)
    assert (entered.queue_id, entered.skills, entered.language) == ("q1", ("billing",), "fr")
    assert len(call.names(CancelTimer)) == 1, "the call's time does not count in the queue"
    call.tell(QueueLeft(reason="answered"), seconds=1_000)
    assert (call.last.cursor, call.last.outcome) == (None, "ANSWERED")
    assert HangUp() not in call.last.actions
    call = Call(main)
    call.press("9")
    assert call.trail == ["q", "back"]
    assert call.names(LeaveQueue) == [LeaveQueue()]
    call = Call(main)
    call.tell(QueueLeft(reason="full"))
    assert call.trail == ["q", "late"]
    assert call.names(LeaveQueue) == []
    call = Call(main)
    call.tell(QueueLeft(reason="closed"))
    assert call.trail == ["q", "shut"]
    call.tell(QueueLeft(reason="answered"))
    assert call.last.outcome == "ANSWERED", "an agent who was faster"


def test_a_transfer_is_connected_or_fails() -> None:
    node = {
        "id": "t", "type": "transfer", "kind": "number", "to": "{{contact:autre}}",
        "ways": {"failed": "gone"},
    }  # fmt: skip
    call = Call(document(node, GONE), contact={"autre": "+2290197000009"})
    assert call.one(Transfer).to == "+2290197000009"
    call.tell(TransferEnded(reason="busy"))
    assert call.trail == ["t", "gone"]
    call = Call(document(node, GONE), contact={"autre": "+2290197000009"})
    call.tell(TransferEnded(reason="connected"))
    assert call.last.outcome == "TRANSFERRED"
    assert Call(document(node, GONE)).trail == ["t", "gone"]


def test_a_callback_is_accepted_declined_or_impossible() -> None:
    node = {
        "id": "c", "type": "callback", "queue_id": "q1", "say": HELLO, "priority": 2,
        "ways": {"accepted": "bye", "declined": "gone"},
    }  # fmt: skip
    call = Call(document(node, GONE))
    call.press("1")
    assert call.one(OfferCallback) == OfferCallback(
        queue_id="q1", number="+2290197000001", language="fr", priority=2
    )
    call = Call(document(node, GONE))
    call.press("2")
    assert call.trail == ["c", "gone"]
    assert Call(document(node, GONE), caller="").trail == ["c", "gone"]


def test_a_voicemail_is_kept() -> None:
    node = {
        "id": "v", "type": "voicemail", "queue_id": "q1", "say": HELLO, "ways": {"next": "bye"}
    }  # fmt: skip
    call = Call(document(node))
    call.said()
    call.tell(Recorded(recording=call.one(Record).recording, media="m", seconds=7))
    assert call.one(KeepVoicemail) == KeepVoicemail(
        queue_id="q1", media="m", seconds=7, number="+2290197000001"
    )
    call = Call(document(node), medium="text")
    call.tell(TextReceived(text="Rappelez-moi"))
    assert call.one(KeepVoicemail).text == "Rappelez-moi"


def test_a_caller_who_hangs_up_while_a_message_is_recorded_has_left_it() -> None:
    node = {
        "id": "v", "type": "voicemail", "queue_id": "q1", "say": HELLO, "ways": {"next": "bye"}
    }  # fmt: skip
    call = Call(document(node))
    call.said()
    recording = call.one(Record).recording
    call.tell(CallerGone())
    assert call.one(AwaitVoicemail) == AwaitVoicemail(
        recording=recording, queue_id="q1", number="+2290197000001"
    )
    call = Call(document(node))
    call.tell(CallerGone())
    assert not call.names(AwaitVoicemail), "before the tone"
