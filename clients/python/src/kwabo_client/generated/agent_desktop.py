"""Operations: agent desktop."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi


class AgentDesktop:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def agent_state(
        self,
    ) -> m.AgentState:
        """The asker's state.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_state")
        return answer

    def agent_sign_in(
        self,
        body: m.SignInBody,
    ) -> m.SignInAnswer:
        """Sign in; safe to repeat from a new tab, which replaces the old one's registration.

        Permission: `agent.desktop`.
        """
        answer: m.SignInAnswer = self._api.call("agent_sign_in", body=body)
        return answer

    def agent_connect_leg(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Have the floor call the softphone, which is registered.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_connect_leg", key=idempotency_key)
        return answer

    def agent_ready(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take calls, now or after the present one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_ready", key=idempotency_key)
        return answer

    def agent_pause(
        self,
        body: m.PauseBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take no calls, from now or after the present one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_pause", body=body, key=idempotency_key)
        return answer

    def agent_sign_out(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Sign out.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_sign_out", key=idempotency_key)
        return answer

    def agent_fetch(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Fetch the next preview record; 404 `NO_RECORD` when there is none.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_fetch", key=idempotency_key)
        return answer

    def agent_dial(
        self,
        body: m.DialBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Call the record in preview.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_dial", body=body, key=idempotency_key)
        return answer

    def agent_skip(
        self,
        body: m.SkipBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Give the record in preview back.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_skip", body=body, key=idempotency_key)
        return answer

    def agent_take(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take the caller for whom the desk rings; 409 `ALERT_OVER` when it is too late.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_take", body=body, key=idempotency_key)
        return answer

    def agent_refuse(
        self,
        body: m.RefuseBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Leave the caller to another agent; they come first for the next one who is free.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_refuse", body=body, key=idempotency_key)
        return answer

    def agent_after_call(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Have after-call work once the present call has ended, or now for the last one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_after_call", key=idempotency_key)
        return answer

    def agent_hang_up(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """End the call.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_hang_up", body=body, key=idempotency_key)
        return answer

    def agent_hold(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Let the customer wait with music.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_hold", body=body, key=idempotency_key)
        return answer

    def agent_resume(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Go on with the customer.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_resume", body=body, key=idempotency_key)
        return answer

    def agent_mute(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """The customer no longer hears the agent.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_mute", body=body, key=idempotency_key)
        return answer

    def agent_unmute(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """The customer hears the agent again.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_unmute", body=body, key=idempotency_key)
        return answer

    def agent_digits(
        self,
        body: m.DigitsBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Press keys (DTMF).

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_digits", body=body, key=idempotency_key)
        return answer

    def agent_transfer(
        self,
        body: m.TransferBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Hand the customer over without speaking first.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_transfer", body=body, key=idempotency_key)
        return answer

    def agent_consult(
        self,
        body: m.TransferBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Speak with a third party while the customer waits.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_consult", body=body, key=idempotency_key)
        return answer

    def agent_consult_complete(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Leave the customer with the third party.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call(
            "agent_consult_complete", body=body, key=idempotency_key
        )
        return answer

    def agent_consult_cancel(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Let the third party go and return to the customer.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call(
            "agent_consult_cancel", body=body, key=idempotency_key
        )
        return answer

    def agent_wrap_up(
        self,
        body: m.WrapUpBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Say what came of the conversation.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = self._api.call("agent_wrap_up", body=body, key=idempotency_key)
        return answer

    def agent_card(
        self,
        attempt_id: m.Id,
    ) -> m.CardAnswer:
        """The card of one's own call.

        Permission: `agent.desktop`.
        """
        answer: m.CardAnswer = self._api.call("agent_card", path={"attempt_id": attempt_id})
        return answer

    def agent_wrap_up_codes(
        self,
        *,
        campaign_id: m.Id | None = None,
    ) -> list[m.WrapUpCodeAnswer]:
        """The active codes, or those of a campaign.

        Permission: `agent.desktop`.
        """
        answer: list[m.WrapUpCodeAnswer] = self._api.call(
            "agent_wrap_up_codes", query={"campaign_id": campaign_id}
        )
        return answer

    def agent_pause_reasons(
        self,
    ) -> list[m.PauseReasonAnswer]:
        """The reasons to choose from.

        Permission: `agent.desktop`.
        """
        answer: list[m.PauseReasonAnswer] = self._api.call("agent_pause_reasons")
        return answer

    def agent_directory(
        self,
    ) -> list[m.ColleagueAnswer]:
        """The other agents, for transfers.

        Permission: `agent.desktop`.
        """
        answer: list[m.ColleagueAnswer] = self._api.call("agent_directory")
        return answer

    def save_script_answers(
        self,
        attempt_id: m.Id,
        body: m.AnswersBody,
    ) -> m.AnswersAnswer:
        """Keep answers of one's own call and write their columns; the same again changes nothing.

        Permission: `agent.desktop`.
        """
        answer: m.AnswersAnswer = self._api.call(
            "save_script_answers", path={"attempt_id": attempt_id}, body=body
        )
        return answer

    def press_script_button(
        self,
        body: m.PressBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.PressedAnswer:
        """Do what a button of the call's script does to DNC lists and contacts.

        Permission: `agent.desktop`.
        """
        answer: m.PressedAnswer = self._api.call(
            "press_script_button", body=body, key=idempotency_key
        )
        return answer

    def agent_alert(
        self,
    ) -> m.AlertAnswer:
        """Who calls while the desk rings; 404 when it does not.

        Permission: `agent.desktop`.
        """
        answer: m.AlertAnswer = self._api.call("agent_alert")
        return answer


class AsyncAgentDesktop:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def agent_state(
        self,
    ) -> m.AgentState:
        """The asker's state.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_state")
        return answer

    async def agent_sign_in(
        self,
        body: m.SignInBody,
    ) -> m.SignInAnswer:
        """Sign in; safe to repeat from a new tab, which replaces the old one's registration.

        Permission: `agent.desktop`.
        """
        answer: m.SignInAnswer = await self._api.call("agent_sign_in", body=body)
        return answer

    async def agent_connect_leg(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Have the floor call the softphone, which is registered.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_connect_leg", key=idempotency_key)
        return answer

    async def agent_ready(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take calls, now or after the present one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_ready", key=idempotency_key)
        return answer

    async def agent_pause(
        self,
        body: m.PauseBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take no calls, from now or after the present one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_pause", body=body, key=idempotency_key)
        return answer

    async def agent_sign_out(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Sign out.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_sign_out", key=idempotency_key)
        return answer

    async def agent_fetch(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Fetch the next preview record; 404 `NO_RECORD` when there is none.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_fetch", key=idempotency_key)
        return answer

    async def agent_dial(
        self,
        body: m.DialBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Call the record in preview.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_dial", body=body, key=idempotency_key)
        return answer

    async def agent_skip(
        self,
        body: m.SkipBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Give the record in preview back.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_skip", body=body, key=idempotency_key)
        return answer

    async def agent_take(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Take the caller for whom the desk rings; 409 `ALERT_OVER` when it is too late.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_take", body=body, key=idempotency_key)
        return answer

    async def agent_refuse(
        self,
        body: m.RefuseBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Leave the caller to another agent; they come first for the next one who is free.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_refuse", body=body, key=idempotency_key)
        return answer

    async def agent_after_call(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Have after-call work once the present call has ended, or now for the last one.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_after_call", key=idempotency_key)
        return answer

    async def agent_hang_up(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """End the call.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_hang_up", body=body, key=idempotency_key)
        return answer

    async def agent_hold(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Let the customer wait with music.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_hold", body=body, key=idempotency_key)
        return answer

    async def agent_resume(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Go on with the customer.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_resume", body=body, key=idempotency_key)
        return answer

    async def agent_mute(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """The customer no longer hears the agent.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_mute", body=body, key=idempotency_key)
        return answer

    async def agent_unmute(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """The customer hears the agent again.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_unmute", body=body, key=idempotency_key)
        return answer

    async def agent_digits(
        self,
        body: m.DigitsBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Press keys (DTMF).

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_digits", body=body, key=idempotency_key)
        return answer

    async def agent_transfer(
        self,
        body: m.TransferBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Hand the customer over without speaking first.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call(
            "agent_transfer", body=body, key=idempotency_key
        )
        return answer

    async def agent_consult(
        self,
        body: m.TransferBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Speak with a third party while the customer waits.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_consult", body=body, key=idempotency_key)
        return answer

    async def agent_consult_complete(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Leave the customer with the third party.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call(
            "agent_consult_complete", body=body, key=idempotency_key
        )
        return answer

    async def agent_consult_cancel(
        self,
        body: m.AttemptBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Let the third party go and return to the customer.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call(
            "agent_consult_cancel", body=body, key=idempotency_key
        )
        return answer

    async def agent_wrap_up(
        self,
        body: m.WrapUpBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AgentState:
        """Say what came of the conversation.

        Permission: `agent.desktop`.
        """
        answer: m.AgentState = await self._api.call("agent_wrap_up", body=body, key=idempotency_key)
        return answer

    async def agent_card(
        self,
        attempt_id: m.Id,
    ) -> m.CardAnswer:
        """The card of one's own call.

        Permission: `agent.desktop`.
        """
        answer: m.CardAnswer = await self._api.call("agent_card", path={"attempt_id": attempt_id})
        return answer

    async def agent_wrap_up_codes(
        self,
        *,
        campaign_id: m.Id | None = None,
    ) -> list[m.WrapUpCodeAnswer]:
        """The active codes, or those of a campaign.

        Permission: `agent.desktop`.
        """
        answer: list[m.WrapUpCodeAnswer] = await self._api.call(
            "agent_wrap_up_codes", query={"campaign_id": campaign_id}
        )
        return answer

    async def agent_pause_reasons(
        self,
    ) -> list[m.PauseReasonAnswer]:
        """The reasons to choose from.

        Permission: `agent.desktop`.
        """
        answer: list[m.PauseReasonAnswer] = await self._api.call("agent_pause_reasons")
        return answer

    async def agent_directory(
        self,
    ) -> list[m.ColleagueAnswer]:
        """The other agents, for transfers.

        Permission: `agent.desktop`.
        """
        answer: list[m.ColleagueAnswer] = await self._api.call("agent_directory")
        return answer

    async def save_script_answers(
        self,
        attempt_id: m.Id,
        body: m.AnswersBody,
    ) -> m.AnswersAnswer:
        """Keep answers of one's own call and write their columns; the same again changes nothing.

        Permission: `agent.desktop`.
        """
        answer: m.AnswersAnswer = await self._api.call(
            "save_script_answers", path={"attempt_id": attempt_id}, body=body
        )
        return answer

    async def press_script_button(
        self,
        body: m.PressBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.PressedAnswer:
        """Do what a button of the call's script does to DNC lists and contacts.

        Permission: `agent.desktop`.
        """
        answer: m.PressedAnswer = await self._api.call(
            "press_script_button", body=body, key=idempotency_key
        )
        return answer

    async def agent_alert(
        self,
    ) -> m.AlertAnswer:
        """Who calls while the desk rings; 404 when it does not.

        Permission: `agent.desktop`.
        """
        answer: m.AlertAnswer = await self._api.call("agent_alert")
        return answer
