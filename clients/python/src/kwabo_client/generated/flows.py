"""Operations: flows."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import Api, AsyncApi, AsyncPages, Pages


class Flows:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_flow_node_types(
        self,
    ) -> Pages[m.NodeTypeAnswer]:
        """Every kind of node with its settings and ways, for editors.

        Permission: `flows.read`.
        """
        answer: Pages[m.NodeTypeAnswer] = self._api.pages("list_flow_node_types")
        return answer

    def list_flows(
        self,
    ) -> Pages[m.ListedFlowAnswer]:
        """Every flow, by name.

        Permission: `flows.read`.
        """
        answer: Pages[m.ListedFlowAnswer] = self._api.pages("list_flows")
        return answer

    def add_flow(
        self,
        body: m.FlowBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Add a flow; no call goes through it before it is published.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = self._api.call("add_flow", body=body, key=idempotency_key)
        return answer

    def check_flow(
        self,
        body: m.FlowCheckBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowCheckAnswer:
        """Everything wrong with a document; nothing is kept.

        Permission: `flows.read`.
        """
        answer: m.FlowCheckAnswer = self._api.call("check_flow", body=body, key=idempotency_key)
        return answer

    def import_flow(
        self,
        body: m.FlowFile,
        *,
        name: str | None = None,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Add a flow of a file; queues, data actions, lists and flows are found by their names.

        `name`: another one than the file's.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = self._api.call(
            "import_flow", query={"name": name}, body=body, key=idempotency_key
        )
        return answer

    def get_flow(
        self,
        flow_id: m.Id,
    ) -> m.FlowAnswer:
        """One flow with its draft, everything wrong with it, and all that needs it.

        Permission: `flows.read`.
        """
        answer: m.FlowAnswer = self._api.call("get_flow", path={"flow_id": flow_id})
        return answer

    def change_flow(
        self,
        flow_id: m.Id,
        body: m.FlowPatch,
    ) -> m.FlowAnswer:
        """Change a flow's draft, tests or name; calls notice nothing.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = self._api.call("change_flow", path={"flow_id": flow_id}, body=body)
        return answer

    def delete_flow(
        self,
        flow_id: m.Id,
    ) -> None:
        """Delete a flow that nothing needs.

        Permission: `flows.write`.
        """
        self._api.call("delete_flow", path={"flow_id": flow_id})

    def list_flow_versions(
        self,
        flow_id: m.Id,
    ) -> Pages[m.FlowVersionAnswer]:
        """What was published, the newest first.

        Permission: `flows.read`.
        """
        answer: Pages[m.FlowVersionAnswer] = self._api.pages(
            "list_flow_versions", path={"flow_id": flow_id}
        )
        return answer

    def list_flow_differences(
        self,
        flow_id: m.Id,
        *,
        old: int | None = None,
        new: int | None = None,
    ) -> Pages[m.FlowDifference]:
        """What differs between two versions; without a number it is the draft.

        Permission: `flows.read`.
        """
        answer: Pages[m.FlowDifference] = self._api.pages(
            "list_flow_differences", path={"flow_id": flow_id}, query={"old": old, "new": new}
        )
        return answer

    def export_flow(
        self,
        flow_id: m.Id,
        *,
        version: int | None = None,
    ) -> m.FlowFile:
        """The flow as a file: the draft, or a published version.

        Permission: `flows.read`.
        """
        answer: m.FlowFile = self._api.call(
            "export_flow", path={"flow_id": flow_id}, query={"version": version}
        )
        return answer

    def publish_flow(
        self,
        flow_id: m.Id,
        body: m.FlowPublishBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Publish the draft: calls that begin from now on use it.

        422 names every wrong place and every test that the draft does not pass.

        Permission: `flows.publish`.
        """
        answer: m.FlowAnswer = self._api.call(
            "publish_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    def roll_back_flow(
        self,
        flow_id: m.Id,
        body: m.FlowRollBackBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Publish an older version's document again; the draft stays.

        Permission: `flows.publish`.
        """
        answer: m.FlowAnswer = self._api.call(
            "roll_back_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    def try_flow(
        self,
        flow_id: m.Id,
        body: m.TrialBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TrialAnswer:
        """Take one step through a flow; nothing is kept, sent or asked of other programs.

        Permission: `flows.read`.
        """
        answer: m.TrialAnswer = self._api.call(
            "try_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    def run_flow_tests(
        self,
        flow_id: m.Id,
        body: m.FlowTestsBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListAnswer[m.FlowTestAnswer]:
        """Run the flow's tests, or these, on its draft, or on this one; nothing is kept.

        Permission: `flows.read`.
        """
        answer: m.ListAnswer[m.FlowTestAnswer] = self._api.call(
            "run_flow_tests", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer


class AsyncFlows:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_flow_node_types(
        self,
    ) -> AsyncPages[m.NodeTypeAnswer]:
        """Every kind of node with its settings and ways, for editors.

        Permission: `flows.read`.
        """
        answer: AsyncPages[m.NodeTypeAnswer] = self._api.pages("list_flow_node_types")
        return answer

    def list_flows(
        self,
    ) -> AsyncPages[m.ListedFlowAnswer]:
        """Every flow, by name.

        Permission: `flows.read`.
        """
        answer: AsyncPages[m.ListedFlowAnswer] = self._api.pages("list_flows")
        return answer

    async def add_flow(
        self,
        body: m.FlowBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Add a flow; no call goes through it before it is published.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = await self._api.call("add_flow", body=body, key=idempotency_key)
        return answer

    async def check_flow(
        self,
        body: m.FlowCheckBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowCheckAnswer:
        """Everything wrong with a document; nothing is kept.

        Permission: `flows.read`.
        """
        answer: m.FlowCheckAnswer = await self._api.call(
            "check_flow", body=body, key=idempotency_key
        )
        return answer

    async def import_flow(
        self,
        body: m.FlowFile,
        *,
        name: str | None = None,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Add a flow of a file; queues, data actions, lists and flows are found by their names.

        `name`: another one than the file's.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = await self._api.call(
            "import_flow", query={"name": name}, body=body, key=idempotency_key
        )
        return answer

    async def get_flow(
        self,
        flow_id: m.Id,
    ) -> m.FlowAnswer:
        """One flow with its draft, everything wrong with it, and all that needs it.

        Permission: `flows.read`.
        """
        answer: m.FlowAnswer = await self._api.call("get_flow", path={"flow_id": flow_id})
        return answer

    async def change_flow(
        self,
        flow_id: m.Id,
        body: m.FlowPatch,
    ) -> m.FlowAnswer:
        """Change a flow's draft, tests or name; calls notice nothing.

        Permission: `flows.write`.
        """
        answer: m.FlowAnswer = await self._api.call(
            "change_flow", path={"flow_id": flow_id}, body=body
        )
        return answer

    async def delete_flow(
        self,
        flow_id: m.Id,
    ) -> None:
        """Delete a flow that nothing needs.

        Permission: `flows.write`.
        """
        await self._api.call("delete_flow", path={"flow_id": flow_id})

    def list_flow_versions(
        self,
        flow_id: m.Id,
    ) -> AsyncPages[m.FlowVersionAnswer]:
        """What was published, the newest first.

        Permission: `flows.read`.
        """
        answer: AsyncPages[m.FlowVersionAnswer] = self._api.pages(
            "list_flow_versions", path={"flow_id": flow_id}
        )
        return answer

    def list_flow_differences(
        self,
        flow_id: m.Id,
        *,
        old: int | None = None,
        new: int | None = None,
    ) -> AsyncPages[m.FlowDifference]:
        """What differs between two versions; without a number it is the draft.

        Permission: `flows.read`.
        """
        answer: AsyncPages[m.FlowDifference] = self._api.pages(
            "list_flow_differences", path={"flow_id": flow_id}, query={"old": old, "new": new}
        )
        return answer

    async def export_flow(
        self,
        flow_id: m.Id,
        *,
        version: int | None = None,
    ) -> m.FlowFile:
        """The flow as a file: the draft, or a published version.

        Permission: `flows.read`.
        """
        answer: m.FlowFile = await self._api.call(
            "export_flow", path={"flow_id": flow_id}, query={"version": version}
        )
        return answer

    async def publish_flow(
        self,
        flow_id: m.Id,
        body: m.FlowPublishBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Publish the draft: calls that begin from now on use it.

        422 names every wrong place and every test that the draft does not pass.

        Permission: `flows.publish`.
        """
        answer: m.FlowAnswer = await self._api.call(
            "publish_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    async def roll_back_flow(
        self,
        flow_id: m.Id,
        body: m.FlowRollBackBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.FlowAnswer:
        """Publish an older version's document again; the draft stays.

        Permission: `flows.publish`.
        """
        answer: m.FlowAnswer = await self._api.call(
            "roll_back_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    async def try_flow(
        self,
        flow_id: m.Id,
        body: m.TrialBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.TrialAnswer:
        """Take one step through a flow; nothing is kept, sent or asked of other programs.

        Permission: `flows.read`.
        """
        answer: m.TrialAnswer = await self._api.call(
            "try_flow", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer

    async def run_flow_tests(
        self,
        flow_id: m.Id,
        body: m.FlowTestsBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListAnswer[m.FlowTestAnswer]:
        """Run the flow's tests, or these, on its draft, or on this one; nothing is kept.

        Permission: `flows.read`.
        """
        answer: m.ListAnswer[m.FlowTestAnswer] = await self._api.call(
            "run_flow_tests", path={"flow_id": flow_id}, body=body, key=idempotency_key
        )
        return answer
