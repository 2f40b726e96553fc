"""Shapes of the agent's desktop and of live views."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from kwabo.api.agent_script import CardScript
from kwabo.api.attempts import AttemptRow
from kwabo.api.callers import CallerAnswer
from kwabo.api.contact_lists import ColumnAnswer
from kwabo.api.contacts import ContactAnswer, contact_answer
from kwabo.api.models import Answer, RequestBody, UtcTime
from kwabo.api.scripts import GivenAnswerAnswer, given_answers
from kwabo.api.wrap_up_codes import WrapUpCodeAnswer
from kwabo.domain.routing.alerts import RefusalReason
from kwabo.services.cards import Card
from kwabo.services.wrap_ups import NewWrapUp

Text = Annotated[str, Field(max_length=100)]


class ConsultAnswer(Answer):
    """The third party of a call."""

    to_label: str
    state: Literal["calling", "connected"]


class AttemptLive(Answer):
    """An attempt as live views show it."""

    attempt_id: UUID
    campaign_id: UUID
    campaign_name: str
    contact_id: UUID
    attempt_number: int
    number: str
    state: str
    result: str | None
    agent_user_id: UUID | None
    held: bool
    muted: bool
    consult: ConsultAnswer | None
    agent_lost: bool
    in_flow: bool = False
    offered_at: str | None
    dialling_at: str | None
    ringing_at: str | None
    answered_at: str | None
    connected_at: str | None
    closed_at: str | None


class LegAnswer(Answer):
    """An agent's leg."""

    kind: str
    state: Literal["none", "calling", "up"]


class CallbackTallyAnswer(Answer):
    """How many callbacks of one's own stand how."""

    open: int
    due: int
    missed: int
    next_due_at: str | None


class AgentState(Answer):
    """An agent as live views show them."""

    user_id: UUID
    display_name: str
    status: str
    pause_reason_id: UUID | None
    since: str
    leg: LegAnswer
    attempt: AttemptLive | None
    after_call_until: str | None
    pause_after: bool
    preview_until: str | None
    queue_ids: list[UUID]
    fetch_available: bool
    callbacks: CallbackTallyAnswer | None = None
    after_call: str = ""
    pause_cause: str = ""
    alert_until: str | None = None


class SipAccess(Answer):
    """With what the softphone registers."""

    uri: str
    user: str
    password: str
    ws_path: str


class SignInAnswer(AgentState):
    """The state after signing in; `sip` for a leg in the browser."""

    sip: SipAccess | None


class LegBody(RequestBody):
    """Where the agent's calls arrive."""

    kind: Literal["webrtc", "address"]
    address: Text | None = None


class SignInBody(RequestBody):
    """How to sign in."""

    leg: LegBody


class PauseBody(RequestBody):
    """Why to pause."""

    pause_reason_id: UUID | None = None


class AttemptBody(RequestBody):
    """Which call."""

    attempt_id: UUID


class RefuseBody(AttemptBody):
    """Which caller, and why; the reason is optional."""

    reason: RefusalReason | None = None


class DialBody(AttemptBody):
    """Which record to call, on which of its numbers."""

    number: Text | None = None


class SkipBody(AttemptBody):
    """Which record to skip, and why."""

    reason: Annotated[str | None, Field(max_length=500)] = None


class DigitsBody(AttemptBody):
    """Keys to press."""

    digits: Annotated[str, Field(pattern=r"^[0-9*#A-D]{1,32}$")]


class ToBody(RequestBody):
    """A number or an agent."""

    number: Text | None = None
    user_id: UUID | None = None


class TransferBody(AttemptBody):
    """To whom a call goes."""

    to: ToBody


class CallbackBody(RequestBody):
    """A promise to call back."""

    due_at: UtcTime
    mine: bool = False
    number: Text | None = None
    note: str = ""
    latest_at: UtcTime | None = None


class WrapUpBody(AttemptBody):
    """What came of a conversation."""

    wrap_up_code_id: UUID
    notes: str = ""
    fields: Annotated[dict[str, str], Field(max_length=300, default_factory=dict)]
    do_not_call: bool = False
    callback: CallbackBody | None = None
    next: Literal["ready", "pause"] = "ready"

    def wanted(self) -> NewWrapUp:
        """For the service."""
        callback = self.callback
        return NewWrapUp(
            attempt_id=self.attempt_id,
            wrap_up_code_id=self.wrap_up_code_id,
            notes=self.notes,
            fields=self.fields,
            do_not_call=self.do_not_call,
            callback_due_at=callback.due_at if callback else None,
            callback_mine=callback.mine if callback else False,
            callback_number=callback.number if callback else None,
            callback_note=callback.note if callback else "",
            callback_latest_at=callback.latest_at if callback else None,
            next_status=self.next,
        )


class ColleagueAnswer(Answer):
    """Another agent."""

    user_id: UUID
    display_name: str
    status: str
    since: str


class CardCampaign(Answer):
    """What a card shows of the campaign."""

    campaign_id: UUID
    name: str
    mode: str
    script: str
    preview_skip_allowed: bool


class CardCallback(Answer):
    """What a card shows of a callback."""

    due_at: UtcTime
    note: str


class CardAnswer(Answer):
    """The call card."""

    attempt: AttemptLive
    contact: ContactAnswer
    columns: list[ColumnAnswer]
    campaign: CardCampaign
    script_html: str
    script: CardScript | None
    script_answers: dict[UUID, list[GivenAnswerAnswer]]
    history: list[AttemptRow]
    wrap_up_codes: list[WrapUpCodeAnswer]
    caller: CallerAnswer | None
    callback: CardCallback | None

    @classmethod
    def of(cls, card: Card) -> CardAnswer:
        """The answer for a card."""
        settings = card.campaign.settings
        return cls(
            attempt=AttemptLive.model_validate(card.attempt),
            contact=contact_answer(card.contact),
            columns=[ColumnAnswer.model_validate(column) for column in card.columns],
            campaign=CardCampaign(
                campaign_id=card.campaign.campaign_id,
                name=settings.name,
                mode=settings.mode,
                script=settings.script,
                preview_skip_allowed=settings.preview_skip_allowed,
            ),
            script_html=card.script_html,
            script=CardScript.of(card.script),
            script_answers={
                attempt_id: given_answers(answers) for attempt_id, answers in card.answers.items()
            },
            history=[AttemptRow.of(one) for one in card.history],
            wrap_up_codes=[WrapUpCodeAnswer.model_validate(code) for code in card.wrap_up_codes],
            caller=CallerAnswer.model_validate(card.caller) if card.caller else None,
            callback=CardCallback.model_validate(card.callback) if card.callback else None,
        )


def state_of(answer: dict[str, Any]) -> AgentState:
    """The agent's state in a floor's answer."""
    return AgentState.model_validate(answer["agent"])


def sign_in_answer(answer: dict[str, Any]) -> SignInAnswer:
    """The floor's answer to a sign-in."""
    return SignInAnswer.model_validate({**answer["agent"], "sip": answer.get("sip")})
