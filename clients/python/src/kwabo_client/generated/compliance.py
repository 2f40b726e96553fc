"""Operations: compliance."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi


class Compliance:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_presets(
        self,
    ) -> m.PresetsAnswer:
        """Every preset with its sources, the one without demands first.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.PresetsAnswer = self._api.call("list_presets")
        return answer

    def organisation_preset(
        self,
    ) -> m.OrganisationPresetAnswer:
        """The id of the organisation's preset, for campaigns that name none.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.OrganisationPresetAnswer = self._api.call("organisation_preset")
        return answer

    def get_compliance(
        self,
    ) -> m.ComplianceAnswer:
        """The organisation's law and guard, and what is used of its caps now.

        Permission: `settings.read`.
        """
        answer: m.ComplianceAnswer = self._api.call("get_compliance")
        return answer

    def change_compliance(
        self,
        body: m.CompliancePatch,
    ) -> m.ComplianceAnswer:
        """Change law and guard; effective at once.

        Permission: `settings.write`.
        """
        answer: m.ComplianceAnswer = self._api.call("change_compliance", body=body)
        return answer

    def call_proof(
        self,
        attempt_id: m.Id,
    ) -> m.ProofAnswer:
        """Who called whom, when, by which law, on what consent, what was played.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.ProofAnswer = self._api.call("call_proof", path={"attempt_id": attempt_id})
        return answer

    def get_retention(
        self,
    ) -> m.RetentionAnswer:
        """How long each class is kept, holds, and the last removals.

        Permission: `settings.read`.
        """
        answer: m.RetentionAnswer = self._api.call("get_retention")
        return answer

    def change_retention(
        self,
        body: m.RetentionPatch,
    ) -> m.RetentionAnswer:
        """Change how long classes are kept; effective with the next removal.

        Permission: `settings.write`.
        """
        answer: m.RetentionAnswer = self._api.call("change_retention", body=body)
        return answer

    def preview_retention(
        self,
    ) -> m.RetentionPreview:
        """What would go now; nothing is removed.

        Permission: `settings.read`.
        """
        answer: m.RetentionPreview = self._api.call("preview_retention")
        return answer

    def run_retention(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.RetentionRunAnswer:
        """Remove now what is older, in place of the next night.

        Permission: `settings.write`.
        """
        answer: m.RetentionRunAnswer = self._api.call("run_retention", key=idempotency_key)
        return answer

    def add_legal_hold(
        self,
        body: m.HoldBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.LegalHoldAnswer:
        """Hold back from erasure.

        Permission: `settings.write`.
        """
        answer: m.LegalHoldAnswer = self._api.call("add_legal_hold", body=body, key=idempotency_key)
        return answer

    def end_legal_hold(
        self,
        legal_hold_id: m.Id,
        body: m.EndHoldBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.LegalHoldAnswer:
        """End a hold.

        Permission: `settings.write`.
        """
        answer: m.LegalHoldAnswer = self._api.call(
            "end_legal_hold", path={"legal_hold_id": legal_hold_id}, body=body, key=idempotency_key
        )
        return answer


class AsyncCompliance:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    async def list_presets(
        self,
    ) -> m.PresetsAnswer:
        """Every preset with its sources, the one without demands first.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.PresetsAnswer = await self._api.call("list_presets")
        return answer

    async def organisation_preset(
        self,
    ) -> m.OrganisationPresetAnswer:
        """The id of the organisation's preset, for campaigns that name none.

        Permission: `campaigns.read` or `settings.read`.
        """
        answer: m.OrganisationPresetAnswer = await self._api.call("organisation_preset")
        return answer

    async def get_compliance(
        self,
    ) -> m.ComplianceAnswer:
        """The organisation's law and guard, and what is used of its caps now.

        Permission: `settings.read`.
        """
        answer: m.ComplianceAnswer = await self._api.call("get_compliance")
        return answer

    async def change_compliance(
        self,
        body: m.CompliancePatch,
    ) -> m.ComplianceAnswer:
        """Change law and guard; effective at once.

        Permission: `settings.write`.
        """
        answer: m.ComplianceAnswer = await self._api.call("change_compliance", body=body)
        return answer

    async def call_proof(
        self,
        attempt_id: m.Id,
    ) -> m.ProofAnswer:
        """Who called whom, when, by which law, on what consent, what was played.

        Permission: `campaigns.read` or `reports.read`.
        """
        answer: m.ProofAnswer = await self._api.call("call_proof", path={"attempt_id": attempt_id})
        return answer

    async def get_retention(
        self,
    ) -> m.RetentionAnswer:
        """How long each class is kept, holds, and the last removals.

        Permission: `settings.read`.
        """
        answer: m.RetentionAnswer = await self._api.call("get_retention")
        return answer

    async def change_retention(
        self,
        body: m.RetentionPatch,
    ) -> m.RetentionAnswer:
        """Change how long classes are kept; effective with the next removal.

        Permission: `settings.write`.
        """
        answer: m.RetentionAnswer = await self._api.call("change_retention", body=body)
        return answer

    async def preview_retention(
        self,
    ) -> m.RetentionPreview:
        """What would go now; nothing is removed.

        Permission: `settings.read`.
        """
        answer: m.RetentionPreview = await self._api.call("preview_retention")
        return answer

    async def run_retention(
        self,
        *,
        idempotency_key: str | None = None,
    ) -> m.RetentionRunAnswer:
        """Remove now what is older, in place of the next night.

        Permission: `settings.write`.
        """
        answer: m.RetentionRunAnswer = await self._api.call("run_retention", key=idempotency_key)
        return answer

    async def add_legal_hold(
        self,
        body: m.HoldBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.LegalHoldAnswer:
        """Hold back from erasure.

        Permission: `settings.write`.
        """
        answer: m.LegalHoldAnswer = await self._api.call(
            "add_legal_hold", body=body, key=idempotency_key
        )
        return answer

    async def end_legal_hold(
        self,
        legal_hold_id: m.Id,
        body: m.EndHoldBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.LegalHoldAnswer:
        """End a hold.

        Permission: `settings.write`.
        """
        answer: m.LegalHoldAnswer = await self._api.call(
            "end_legal_hold", path={"legal_hold_id": legal_hold_id}, body=body, key=idempotency_key
        )
        return answer
