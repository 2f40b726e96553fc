"""Operations: dnc lists."""

# Made from the server's OpenAPI document by `./dev client`; changes here are overwritten.

from __future__ import annotations

from kwabo_client.generated import models as m
from kwabo_client.runtime import (
    Api,
    AsyncApi,
    AsyncDownload,
    AsyncPages,
    Download,
    File,
    Pages,
    Progress,
)


class DncLists:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_dnc_lists(
        self,
    ) -> Pages[m.DncListAnswer]:
        """Every list, by name.

        Permission: `campaigns.read` or `dnc.write` or `settings.read`.
        """
        answer: Pages[m.DncListAnswer] = self._api.pages("list_dnc_lists")
        return answer

    def add_dnc_list(
        self,
        body: m.DncListBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncListAnswer:
        """Add a list. One with a provider needs `settings.write` too.

        Permission: `dnc.write`.
        """
        answer: m.DncListAnswer = self._api.call("add_dnc_list", body=body, key=idempotency_key)
        return answer

    def get_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> m.DncListAnswer:
        """One list.

        Permission: `campaigns.read` or `dnc.write` or `settings.read`.
        """
        answer: m.DncListAnswer = self._api.call("get_dnc_list", path={"dnc_list_id": dnc_list_id})
        return answer

    def change_dnc_list(
        self,
        dnc_list_id: m.Id,
        body: m.DncListPatch,
    ) -> m.DncListAnswer:
        """Change a list. Its provider needs `settings.write` too.

        Permission: `dnc.write`.
        """
        answer: m.DncListAnswer = self._api.call(
            "change_dnc_list", path={"dnc_list_id": dnc_list_id}, body=body
        )
        return answer

    def delete_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> None:
        """Delete a list that no campaign names, with its entries.

        Permission: `dnc.write`.
        """
        self._api.call("delete_dnc_list", path={"dnc_list_id": dnc_list_id})

    def ask_dnc_provider(
        self,
        dnc_list_id: m.Id,
        body: m.AskProviderBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AskedProviderAnswer:
        """Ask the list's provider about a number now; nothing is kept of the answer.

        Permission: `settings.write`.
        """
        answer: m.AskedProviderAnswer = self._api.call(
            "ask_dnc_provider", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    def explain_dnc_listing(
        self,
        *,
        value: str,
    ) -> m.DncListingsAnswer:
        """Why something is listed: a number in any written form, or a column's value.

        Permission: `contacts.read` or `dnc.write`.
        """
        answer: m.DncListingsAnswer = self._api.call("explain_dnc_listing", query={"value": value})
        return answer

    def list_dnc_entries(
        self,
        dnc_list_id: m.Id,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.DncEntryAnswer]:
        """The list's entries, by value.

        Permission: `contacts.read` or `dnc.write`.
        """
        answer: Pages[m.DncEntryAnswer] = self._api.pages(
            "list_dnc_entries",
            path={"dnc_list_id": dnc_list_id},
            query={"search": search, "limit": limit},
        )
        return answer

    def add_dnc_entries(
        self,
        dnc_list_id: m.Id,
        body: m.DncEntriesBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncEntriesAnswer:
        """List numbers or values; they are not called any more from now.

        Permission: `dnc.write`.
        """
        answer: m.DncEntriesAnswer = self._api.call(
            "add_dnc_entries", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    def remove_dnc_entries(
        self,
        dnc_list_id: m.Id,
        body: m.RemoveBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RemovedAnswer:
        """Let numbers or values be called again; the reason is kept.

        Permission: `dnc.write`.
        """
        answer: m.RemovedAnswer = self._api.call(
            "remove_dnc_entries", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    def export_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> Download:
        """The whole list as a CSV file.

        Permission: `dnc.write`.
        """
        answer: Download = self._api.download("export_dnc_list", path={"dnc_list_id": dnc_list_id})
        return answer

    def list_dnc_uploads(
        self,
        dnc_list_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.DncUploadAnswer]:
        """The files of a list, newest first.

        Permission: `dnc.write`.
        """
        answer: Pages[m.DncUploadAnswer] = self._api.pages(
            "list_dnc_uploads", path={"dnc_list_id": dnc_list_id}, query={"limit": limit}
        )
        return answer

    def upload_dnc_file(
        self,
        dnc_list_id: m.Id,
        file: File,
        *,
        progress: Progress | None = None,
    ) -> m.NewDncUploadAnswer:
        """Upload a file: multipart, one number on a line or any delimited file.

        Permission: `dnc.write`.
        """
        answer: m.NewDncUploadAnswer = self._api.upload(
            "upload_dnc_file", file, path={"dnc_list_id": dnc_list_id}, fields={}, progress=progress
        )
        return answer

    def get_dnc_upload(
        self,
        dnc_upload_id: m.Id,
    ) -> m.DncUploadAnswer:
        """Where a file is, and what became of its rows so far.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = self._api.call(
            "get_dnc_upload", path={"dnc_upload_id": dnc_upload_id}
        )
        return answer

    def preview_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        column: int | None = None,
        has_header: bool | None = None,
    ) -> m.SeenFileAnswer:
        """Look at the file again, with other choices.

        Permission: `dnc.write`.
        """
        answer: m.SeenFileAnswer = self._api.call(
            "preview_dnc_upload",
            path={"dnc_upload_id": dnc_upload_id},
            query={
                "encoding": encoding,
                "delimiter": delimiter,
                "column": column,
                "has_header": has_header,
            },
        )
        return answer

    def start_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        body: m.StartUploadBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """List what is in the file; each part counts from the moment it is stored.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = self._api.call(
            "start_dnc_upload",
            path={"dnc_upload_id": dnc_upload_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def cancel_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """Stop; what is listed stays listed.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = self._api.call(
            "cancel_dnc_upload", path={"dnc_upload_id": dnc_upload_id}, key=idempotency_key
        )
        return answer

    def resume_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """Go on with a cancelled or failed upload behind its last stored row.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = self._api.call(
            "resume_dnc_upload", path={"dnc_upload_id": dnc_upload_id}, key=idempotency_key
        )
        return answer

    def list_dnc_rejections(
        self,
        dnc_upload_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.RejectionAnswer]:
        """The report: rejected rows by line, and what was left out of rows that were kept.

        Permission: `dnc.write`.
        """
        answer: Pages[m.RejectionAnswer] = self._api.pages(
            "list_dnc_rejections", path={"dnc_upload_id": dnc_upload_id}, query={"limit": limit}
        )
        return answer

    def download_dnc_rejections(
        self,
        dnc_upload_id: m.Id,
    ) -> Download:
        """The report as a CSV file.

        Permission: `dnc.write`.
        """
        answer: Download = self._api.download(
            "download_dnc_rejections", path={"dnc_upload_id": dnc_upload_id}
        )
        return answer


class AsyncDncLists:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_dnc_lists(
        self,
    ) -> AsyncPages[m.DncListAnswer]:
        """Every list, by name.

        Permission: `campaigns.read` or `dnc.write` or `settings.read`.
        """
        answer: AsyncPages[m.DncListAnswer] = self._api.pages("list_dnc_lists")
        return answer

    async def add_dnc_list(
        self,
        body: m.DncListBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncListAnswer:
        """Add a list. One with a provider needs `settings.write` too.

        Permission: `dnc.write`.
        """
        answer: m.DncListAnswer = await self._api.call(
            "add_dnc_list", body=body, key=idempotency_key
        )
        return answer

    async def get_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> m.DncListAnswer:
        """One list.

        Permission: `campaigns.read` or `dnc.write` or `settings.read`.
        """
        answer: m.DncListAnswer = await self._api.call(
            "get_dnc_list", path={"dnc_list_id": dnc_list_id}
        )
        return answer

    async def change_dnc_list(
        self,
        dnc_list_id: m.Id,
        body: m.DncListPatch,
    ) -> m.DncListAnswer:
        """Change a list. Its provider needs `settings.write` too.

        Permission: `dnc.write`.
        """
        answer: m.DncListAnswer = await self._api.call(
            "change_dnc_list", path={"dnc_list_id": dnc_list_id}, body=body
        )
        return answer

    async def delete_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> None:
        """Delete a list that no campaign names, with its entries.

        Permission: `dnc.write`.
        """
        await self._api.call("delete_dnc_list", path={"dnc_list_id": dnc_list_id})

    async def ask_dnc_provider(
        self,
        dnc_list_id: m.Id,
        body: m.AskProviderBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.AskedProviderAnswer:
        """Ask the list's provider about a number now; nothing is kept of the answer.

        Permission: `settings.write`.
        """
        answer: m.AskedProviderAnswer = await self._api.call(
            "ask_dnc_provider", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    async def explain_dnc_listing(
        self,
        *,
        value: str,
    ) -> m.DncListingsAnswer:
        """Why something is listed: a number in any written form, or a column's value.

        Permission: `contacts.read` or `dnc.write`.
        """
        answer: m.DncListingsAnswer = await self._api.call(
            "explain_dnc_listing", query={"value": value}
        )
        return answer

    def list_dnc_entries(
        self,
        dnc_list_id: m.Id,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.DncEntryAnswer]:
        """The list's entries, by value.

        Permission: `contacts.read` or `dnc.write`.
        """
        answer: AsyncPages[m.DncEntryAnswer] = self._api.pages(
            "list_dnc_entries",
            path={"dnc_list_id": dnc_list_id},
            query={"search": search, "limit": limit},
        )
        return answer

    async def add_dnc_entries(
        self,
        dnc_list_id: m.Id,
        body: m.DncEntriesBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncEntriesAnswer:
        """List numbers or values; they are not called any more from now.

        Permission: `dnc.write`.
        """
        answer: m.DncEntriesAnswer = await self._api.call(
            "add_dnc_entries", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    async def remove_dnc_entries(
        self,
        dnc_list_id: m.Id,
        body: m.RemoveBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.RemovedAnswer:
        """Let numbers or values be called again; the reason is kept.

        Permission: `dnc.write`.
        """
        answer: m.RemovedAnswer = await self._api.call(
            "remove_dnc_entries", path={"dnc_list_id": dnc_list_id}, body=body, key=idempotency_key
        )
        return answer

    def export_dnc_list(
        self,
        dnc_list_id: m.Id,
    ) -> AsyncDownload:
        """The whole list as a CSV file.

        Permission: `dnc.write`.
        """
        answer: AsyncDownload = self._api.download(
            "export_dnc_list", path={"dnc_list_id": dnc_list_id}
        )
        return answer

    def list_dnc_uploads(
        self,
        dnc_list_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.DncUploadAnswer]:
        """The files of a list, newest first.

        Permission: `dnc.write`.
        """
        answer: AsyncPages[m.DncUploadAnswer] = self._api.pages(
            "list_dnc_uploads", path={"dnc_list_id": dnc_list_id}, query={"limit": limit}
        )
        return answer

    async def upload_dnc_file(
        self,
        dnc_list_id: m.Id,
        file: File,
        *,
        progress: Progress | None = None,
    ) -> m.NewDncUploadAnswer:
        """Upload a file: multipart, one number on a line or any delimited file.

        Permission: `dnc.write`.
        """
        answer: m.NewDncUploadAnswer = await self._api.upload(
            "upload_dnc_file", file, path={"dnc_list_id": dnc_list_id}, fields={}, progress=progress
        )
        return answer

    async def get_dnc_upload(
        self,
        dnc_upload_id: m.Id,
    ) -> m.DncUploadAnswer:
        """Where a file is, and what became of its rows so far.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = await self._api.call(
            "get_dnc_upload", path={"dnc_upload_id": dnc_upload_id}
        )
        return answer

    async def preview_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        column: int | None = None,
        has_header: bool | None = None,
    ) -> m.SeenFileAnswer:
        """Look at the file again, with other choices.

        Permission: `dnc.write`.
        """
        answer: m.SeenFileAnswer = await self._api.call(
            "preview_dnc_upload",
            path={"dnc_upload_id": dnc_upload_id},
            query={
                "encoding": encoding,
                "delimiter": delimiter,
                "column": column,
                "has_header": has_header,
            },
        )
        return answer

    async def start_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        body: m.StartUploadBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """List what is in the file; each part counts from the moment it is stored.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = await self._api.call(
            "start_dnc_upload",
            path={"dnc_upload_id": dnc_upload_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def cancel_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """Stop; what is listed stays listed.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = await self._api.call(
            "cancel_dnc_upload", path={"dnc_upload_id": dnc_upload_id}, key=idempotency_key
        )
        return answer

    async def resume_dnc_upload(
        self,
        dnc_upload_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.DncUploadAnswer:
        """Go on with a cancelled or failed upload behind its last stored row.

        Permission: `dnc.write`.
        """
        answer: m.DncUploadAnswer = await self._api.call(
            "resume_dnc_upload", path={"dnc_upload_id": dnc_upload_id}, key=idempotency_key
        )
        return answer

    def list_dnc_rejections(
        self,
        dnc_upload_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.RejectionAnswer]:
        """The report: rejected rows by line, and what was left out of rows that were kept.

        Permission: `dnc.write`.
        """
        answer: AsyncPages[m.RejectionAnswer] = self._api.pages(
            "list_dnc_rejections", path={"dnc_upload_id": dnc_upload_id}, query={"limit": limit}
        )
        return answer

    def download_dnc_rejections(
        self,
        dnc_upload_id: m.Id,
    ) -> AsyncDownload:
        """The report as a CSV file.

        Permission: `dnc.write`.
        """
        answer: AsyncDownload = self._api.download(
            "download_dnc_rejections", path={"dnc_upload_id": dnc_upload_id}
        )
        return answer
