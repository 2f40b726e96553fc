"""The agent's desktop. Every command acts on the asker and answers once the floor has done it."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from kwabo.api import agent_models as models
from kwabo.api.access import TheServices, requires
from kwabo.api.agent_models import AgentState, AttemptBody, state_of
from kwabo.api.pause_reasons import PauseReasonAnswer
from kwabo.api.wrap_up_codes import WrapUpCodeAnswer
from kwabo.domain.organisations.asker import Asker

router = APIRouter(prefix="/agent", tags=["agent's desktop"])

Agent = Annotated[Asker, requires("agent.desktop")]


@router.get("")
async def agent_state(asker: Agent, services: TheServices) -> AgentState:
    """The asker's state."""
    return AgentState.model_validate(await services.desktop.state(asker))


@router.post("/sign-in")
async def agent_sign_in(
    body: models.SignInBody, asker: Agent, services: TheServices
) -> models.SignInAnswer:
    """Sign in; safe to repeat from a new tab, which replaces the old one's registration."""
    return models.sign_in_answer(await services.desktop.sign_in(asker, body.leg.model_dump()))


@router.post("/connect-leg")
async def agent_connect_leg(asker: Agent, services: TheServices) -> AgentState:
    """Have the floor call the softphone, which is registered."""
    return state_of(await services.desktop.command(asker, "agent.connect_leg"))


@router.post("/ready")
async def agent_ready(asker: Agent, services: TheServices) -> AgentState:
    """Take calls, now or after the present one."""
    return state_of(await services.desktop.command(asker, "agent.ready"))


@router.post("/pause")
async def agent_pause(body: models.PauseBody, asker: Agent, services: TheServices) -> AgentState:
    """Take no calls, from now or after the present one."""
    return state_of(await services.desktop.pause(asker, body.pause_reason_id))


@router.post("/sign-out")
async def agent_sign_out(asker: Agent, services: TheServices) -> AgentState:
    """Sign out."""
    return state_of(await services.desktop.command(asker, "agent.sign_out"))


@router.post("/fetch")
async def agent_fetch(asker: Agent, services: TheServices) -> AgentState:
    """Fetch the next preview record; 404 `NO_RECORD` when there is none."""
    return state_of(await services.desktop.command(asker, "agent.fetch"))


@router.post("/dial")
async def agent_dial(body: models.DialBody, asker: Agent, services: TheServices) -> AgentState:
    """Call the record in preview."""
    return state_of(await services.desktop.dial(asker, body.attempt_id, body.number))


@router.post("/skip")
async def agent_skip(body: models.SkipBody, asker: Agent, services: TheServices) -> AgentState:
    """Give the record in preview back."""
    return state_of(
        await services.desktop.on_attempt(
            asker, "agent.skip", body.attempt_id, reason=body.reason or ""
        )
    )


@router.post("/take")
async def agent_take(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """Take the caller for whom the desk rings; 409 `ALERT_OVER` when it is too late."""
    return state_of(await services.desktop.on_attempt(asker, "call.take", body.attempt_id))


@router.post("/refuse")
async def agent_refuse(body: models.RefuseBody, asker: Agent, services: TheServices) -> AgentState:
    """Leave the caller to another agent; they come first for the next one who is free."""
    return state_of(
        await services.desktop.on_attempt(
            asker, "call.refuse", body.attempt_id, reason=str(body.reason or "")
        )
    )


@router.post("/after-call")
async def agent_after_call(asker: Agent, services: TheServices) -> AgentState:
    """Have after-call work once the present call has ended, or now for the last one."""
    return state_of(await services.desktop.command(asker, "agent.after_call"))


@router.post("/hang-up")
async def agent_hang_up(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """End the call."""
    return state_of(await services.desktop.on_attempt(asker, "call.hang_up", body.attempt_id))


@router.post("/hold")
async def agent_hold(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """Let the customer wait with music."""
    return state_of(await services.desktop.on_attempt(asker, "call.hold", body.attempt_id))


@router.post("/resume")
async def agent_resume(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """Go on with the customer."""
    return state_of(await services.desktop.on_attempt(asker, "call.resume", body.attempt_id))


@router.post("/mute")
async def agent_mute(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """The customer no longer hears the agent."""
    return state_of(await services.desktop.on_attempt(asker, "call.mute", body.attempt_id))


@router.post("/unmute")
async def agent_unmute(body: AttemptBody, asker: Agent, services: TheServices) -> AgentState:
    """The customer hears the agent again."""
    return state_of(await services.desktop.on_attempt(asker, "call.unmute", body.attempt_id))


@router.post("/digits")
async def agent_digits(body: models.DigitsBody, asker: Agent, services: TheServices) -> AgentState:
    """Press keys (DTMF)."""
    return state_of(
        await services.desktop.on_attempt(asker, "call.digits", body.attempt_id, digits=body.digits)
    )


@router.post("/transfer")
async def agent_transfer(
    body: models.TransferBody, asker: Agent, services: TheServices
) -> AgentState:
    """Hand the customer over without speaking first."""
    return state_of(
        await services.desktop.call_out(
            asker,
            "call.transfer",
            body.attempt_id,
            number=body.to.number,
            user_id=body.to.user_id,
        )
    )


@router.post("/consult")
async def agent_consult(
    body: models.TransferBody, asker: Agent, services: TheServices
) -> AgentState:
    """Speak with a third party while the customer waits."""
    return state_of(
        await services.desktop.call_out(
            asker, "call.consult", body.attempt_id, number=body.to.number, user_id=body.to.user_id
        )
    )


@router.post("/consult/complete")
async def agent_consult_complete(
    body: AttemptBody, asker: Agent, services: TheServices
) -> AgentState:
    """Leave the customer with the third party."""
    return state_of(
        await services.desktop.on_attempt(asker, "call.consult_complete", body.attempt_id)
    )


@router.post("/consult/cancel")
async def agent_consult_cancel(
    body: AttemptBody, asker: Agent, services: TheServices
) -> AgentState:
    """Let the third party go and return to the customer."""
    return state_of(
        await services.desktop.on_attempt(asker, "call.consult_cancel", body.attempt_id)
    )


@router.post("/wrap-up")
async def agent_wrap_up(body: models.WrapUpBody, asker: Agent, services: TheServices) -> AgentState:
    """Say what came of the conversation."""
    return state_of(await services.wrap_ups.wrap_up(asker, body.wanted()))


@router.get("/card/{attempt_id}")
async def agent_card(attempt_id: UUID, asker: Agent, services: TheServices) -> models.CardAnswer:
    """The card of one's own call."""
    return models.CardAnswer.of(await services.cards.card(asker, attempt_id))


@router.get("/wrap-up-codes")
async def agent_wrap_up_codes(
    asker: Agent, services: TheServices, campaign_id: UUID | None = None
) -> list[WrapUpCodeAnswer]:
    """The active codes, or those of a campaign."""
    codes = await services.wrap_ups.codes(asker, campaign_id)
    return [WrapUpCodeAnswer.model_validate(code) for code in codes]


@router.get("/pause-reasons")
async def agent_pause_reasons(asker: Agent, services: TheServices) -> list[PauseReasonAnswer]:
    """The reasons to choose from."""
    reasons = await services.desktop.pause_reasons(asker)
    return [PauseReasonAnswer.model_validate(reason) for reason in reasons]


@router.get("/directory")
async def agent_directory(asker: Agent, services: TheServices) -> list[models.ColleagueAnswer]:
    """The other agents, for transfers."""
    colleagues = await services.desktop.directory(asker)
    return [models.ColleagueAnswer.model_validate(colleague) for colleague in colleagues]
