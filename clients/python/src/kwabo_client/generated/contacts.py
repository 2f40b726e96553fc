"""Operations: contacts."""

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


class Contacts:
    """See the module."""

    def __init__(self, api: Api) -> None:
        self._api = api

    def list_contact_lists(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> Pages[m.ContactListAnswer]:
        """The organisation's lists, by name.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ContactListAnswer] = self._api.pages(
            "list_contact_lists", query={"search": search, "limit": limit}
        )
        return answer

    def add_contact_list(
        self,
        body: m.ContactListBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactListAnswer:
        """Make a list.

        Permission: `lists.write`.
        """
        answer: m.ContactListAnswer = self._api.call(
            "add_contact_list", body=body, key=idempotency_key
        )
        return answer

    def get_contact_list(
        self,
        contact_list_id: m.Id,
    ) -> m.ContactListAnswer:
        """One list.

        Permission: `contacts.read`.
        """
        answer: m.ContactListAnswer = self._api.call(
            "get_contact_list", path={"contact_list_id": contact_list_id}
        )
        return answer

    def change_contact_list(
        self,
        contact_list_id: m.Id,
        body: m.ContactListPatch,
    ) -> m.ContactListAnswer:
        """Change a list.

        Permission: `lists.write`.
        """
        answer: m.ContactListAnswer = self._api.call(
            "change_contact_list", path={"contact_list_id": contact_list_id}, body=body
        )
        return answer

    def remove_contact_list(
        self,
        contact_list_id: m.Id,
    ) -> None:
        """Remove a list with its contacts.

        Permission: `lists.write`.
        """
        self._api.call("remove_contact_list", path={"contact_list_id": contact_list_id})

    def list_column_changes(
        self,
        contact_list_id: m.Id,
    ) -> Pages[m.ColumnChangeAnswer]:
        """The list's 20 newest changes; one that is not done comes first.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ColumnChangeAnswer] = self._api.pages(
            "list_column_changes", path={"contact_list_id": contact_list_id}
        )
        return answer

    def ask_column_change(
        self,
        contact_list_id: m.Id,
        body: m.ColumnChangeBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Change a column of a list in use; a new kind, and the removal of a phone column, are checked
        first (`checking`, then `checked`) and done by `apply`.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = self._api.call(
            "ask_column_change",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def list_column_uses(
        self,
        contact_list_id: m.Id,
        *,
        column: str | None = None,
    ) -> Pages[m.ColumnUseAnswer]:
        """Where a column of the list is used.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ColumnUseAnswer] = self._api.pages(
            "list_column_uses", path={"contact_list_id": contact_list_id}, query={"column": column}
        )
        return answer

    def get_column_change(
        self,
        column_change_id: m.Id,
    ) -> m.ColumnChangeAnswer:
        """One change.

        Permission: `contacts.read`.
        """
        answer: m.ColumnChangeAnswer = self._api.call(
            "get_column_change", path={"column_change_id": column_change_id}
        )
        return answer

    def apply_column_change(
        self,
        column_change_id: m.Id,
        body: m.ApplyBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Do what has been checked.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = self._api.call(
            "apply_column_change",
            path={"column_change_id": column_change_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def cancel_column_change(
        self,
        column_change_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Give up a change of which nothing has been done yet.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = self._api.call(
            "cancel_column_change", path={"column_change_id": column_change_id}, key=idempotency_key
        )
        return answer

    def get_list_health(
        self,
        contact_list_id: m.Id,
    ) -> m.ListHealthAnswer:
        """How good the list's numbers are; counted anew, in the background, when it is old.

        Permission: `contacts.read`.
        """
        answer: m.ListHealthAnswer = self._api.call(
            "get_list_health", path={"contact_list_id": contact_list_id}
        )
        return answer

    def refresh_list_health(
        self,
        contact_list_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListHealthAnswer:
        """Have it counted anew.

        Permission: `contacts.read`.
        """
        answer: m.ListHealthAnswer = self._api.call(
            "refresh_list_health", path={"contact_list_id": contact_list_id}, key=idempotency_key
        )
        return answer

    def list_contacts(
        self,
        contact_list_id: m.Id,
        *,
        search: str | None = None,
        sort: str | None = None,
        callable: bool | None = None,
        limit: int | None = None,
    ) -> m.ContactsAnswer:
        """A list's contacts; `search` is a part of a value or a number in any written form.

        In a long list a part of a text is looked for during some 0.6 s a request: the page may be short
        or empty, and its `next_page_token` goes on from there.

        Permission: `contacts.read`.
        """
        answer: m.ContactsAnswer = self._api.call(
            "list_contacts",
            path={"contact_list_id": contact_list_id},
            query={"search": search, "sort": sort, "callable": callable, "limit": limit},
        )
        return answer

    def save_contact(
        self,
        contact_list_id: m.Id,
        body: m.ContactBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactAnswer:
        """Add a contact (201), or meet the one that has its key (200).

        Permission: `contacts.write`.
        """
        answer: m.ContactAnswer = self._api.call(
            "save_contact",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def save_contacts(
        self,
        contact_list_id: m.Id,
        body: m.BatchBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.BatchAnswer:
        """Save up to 1,000 contacts; bad ones come back, the others are taken.

        Permission: `contacts.write`.
        """
        answer: m.BatchAnswer = self._api.call(
            "save_contacts",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def remove_contacts(
        self,
        contact_list_id: m.Id,
        body: m.DeleteBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeletedAnswer:
        """Remove contacts by id or key; those in a call just now stay.

        Permission: `contacts.write`.
        """
        answer: m.DeletedAnswer = self._api.call(
            "remove_contacts",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def export_contacts(
        self,
        contact_list_id: m.Id,
        *,
        search: str | None = None,
        callable: bool | None = None,
        sort: str | None = None,
    ) -> Download:
        """The list as a CSV file, with cells that a spreadsheet could run made harmless.

        Permission: `contacts.read`.
        """
        answer: Download = self._api.download(
            "export_contacts",
            path={"contact_list_id": contact_list_id},
            query={"search": search, "callable": callable, "sort": sort},
        )
        return answer

    def get_contact(
        self,
        contact_id: m.Id,
    ) -> m.ContactAnswer:
        """One contact.

        Permission: `contacts.read`.
        """
        answer: m.ContactAnswer = self._api.call("get_contact", path={"contact_id": contact_id})
        return answer

    def change_contact(
        self,
        contact_id: m.Id,
        body: m.ContactPatch,
    ) -> m.ContactAnswer:
        """Change a contact.

        Permission: `contacts.write`.
        """
        answer: m.ContactAnswer = self._api.call(
            "change_contact", path={"contact_id": contact_id}, body=body
        )
        return answer

    def remove_contact(
        self,
        contact_id: m.Id,
    ) -> None:
        """Remove a contact.

        Permission: `contacts.write`.
        """
        self._api.call("remove_contact", path={"contact_id": contact_id})

    def clear_number(
        self,
        contact_id: m.Id,
        body: m.ClearNumberBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ClearedNumberAnswer:
        """Have a number called again that was marked uncallable; the reason is kept.

        Permission: `contacts.write`.
        """
        answer: m.ClearedNumberAnswer = self._api.call(
            "clear_number", path={"contact_id": contact_id}, body=body, key=idempotency_key
        )
        return answer

    def upload_import(
        self,
        file: File,
        *,
        contact_list_id: m.Id | None = None,
        import_template_id: m.Id | None = None,
        sheet: str | None = None,
        progress: Progress | None = None,
    ) -> m.UploadAnswer:
        """Upload a CSV file or a workbook: multipart, `contact_list_id`, `import_template_id` and
        `sheet` (all optional) before `file`.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = self._api.upload(
            "upload_import",
            file,
            fields={
                "contact_list_id": contact_list_id,
                "import_template_id": import_template_id,
                "sheet": sheet,
            },
            progress=progress,
        )
        return answer

    def choose_sheet(
        self,
        import_id: m.Id,
        body: m.SheetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UploadAnswer:
        """Read another sheet of an uploaded workbook.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = self._api.call(
            "choose_sheet", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    def choose_template(
        self,
        import_id: m.Id,
        body: m.TemplateChoiceBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UploadAnswer:
        """Read an uploaded file by a template, or by none.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = self._api.call(
            "choose_template", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    def preview_import(
        self,
        import_id: m.Id,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        header_line: int | None = None,
        kinds: str | None = None,
        region: str | None = None,
    ) -> m.ImportPreviewAnswer:
        """Look at the file again, with another encoding or delimiter; `header_line`: the line of the
        columns' titles, what stands before it is left out (default: as found); `kinds`: the
        columns' kinds in the file's order, with commas between them, `ignore` for one that is left
        out; `region`: the country of numbers without a code, when the list is not chosen yet.

        Permission: `contacts.write`.
        """
        answer: m.ImportPreviewAnswer = self._api.call(
            "preview_import",
            path={"import_id": import_id},
            query={
                "encoding": encoding,
                "delimiter": delimiter,
                "header_line": header_line,
                "kinds": kinds,
                "region": region,
            },
        )
        return answer

    def start_import(
        self,
        import_id: m.Id,
        body: m.StartBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Start the import.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = self._api.call(
            "start_import", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    def list_imports(
        self,
        *,
        contact_list_id: m.Id | None = None,
        limit: int | None = None,
    ) -> Pages[m.ImportAnswer]:
        """The organisation's imports, newest first.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ImportAnswer] = self._api.pages(
            "list_imports", query={"contact_list_id": contact_list_id, "limit": limit}
        )
        return answer

    def get_import(
        self,
        import_id: m.Id,
    ) -> m.ImportAnswer:
        """One import: where it is in the file, and what became of its rows so far.

        Permission: `contacts.read`.
        """
        answer: m.ImportAnswer = self._api.call("get_import", path={"import_id": import_id})
        return answer

    def list_rejections(
        self,
        import_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.RejectionAnswer]:
        """The report: rejected rows, and cells that were left out of rows that were kept.

        Permission: `contacts.read`.
        """
        answer: Pages[m.RejectionAnswer] = self._api.pages(
            "list_rejections", path={"import_id": import_id}, query={"limit": limit}
        )
        return answer

    def download_rejections(
        self,
        import_id: m.Id,
    ) -> Download:
        """The report as a CSV file.

        Permission: `contacts.read`.
        """
        answer: Download = self._api.download("download_rejections", path={"import_id": import_id})
        return answer

    def cancel_import(
        self,
        import_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Stop the import; what was imported stays.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = self._api.call(
            "cancel_import", path={"import_id": import_id}, key=idempotency_key
        )
        return answer

    def resume_import(
        self,
        import_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Go on with a cancelled or failed import behind its last stored row.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = self._api.call(
            "resume_import", path={"import_id": import_id}, key=idempotency_key
        )
        return answer

    def list_import_templates(
        self,
    ) -> Pages[m.ImportTemplateAnswer]:
        """The organisation's templates, by name.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ImportTemplateAnswer] = self._api.pages("list_import_templates")
        return answer

    def add_import_template(
        self,
        body: m.ImportTemplateBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportTemplateAnswer:
        """Make a template.

        Permission: `lists.write`.
        """
        answer: m.ImportTemplateAnswer = self._api.call(
            "add_import_template", body=body, key=idempotency_key
        )
        return answer

    def get_import_template(
        self,
        import_template_id: m.Id,
    ) -> m.ImportTemplateAnswer:
        """One template.

        Permission: `contacts.read`.
        """
        answer: m.ImportTemplateAnswer = self._api.call(
            "get_import_template", path={"import_template_id": import_template_id}
        )
        return answer

    def change_import_template(
        self,
        import_template_id: m.Id,
        body: m.ImportTemplatePatch,
    ) -> m.ImportTemplateAnswer:
        """Change a template; imports that have been prepared with it stay as they were.

        Permission: `lists.write`.
        """
        answer: m.ImportTemplateAnswer = self._api.call(
            "change_import_template", path={"import_template_id": import_template_id}, body=body
        )
        return answer

    def remove_import_template(
        self,
        import_template_id: m.Id,
    ) -> None:
        """Remove a template that no scheduled import uses.

        Permission: `lists.write`.
        """
        self._api.call("remove_import_template", path={"import_template_id": import_template_id})

    def list_import_schedules(
        self,
    ) -> Pages[m.ImportScheduleAnswer]:
        """The organisation's scheduled imports, by name.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ImportScheduleAnswer] = self._api.pages("list_import_schedules")
        return answer

    def add_import_schedule(
        self,
        body: m.ImportScheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportScheduleAnswer:
        """Make a scheduled import.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = self._api.call(
            "add_import_schedule", body=body, key=idempotency_key
        )
        return answer

    def test_import_source(
        self,
        body: m.SourceTestBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SourceTestAnswer:
        """Connect to a source and list its files; nothing is fetched.

        Permission: `lists.write`.
        """
        answer: m.SourceTestAnswer = self._api.call(
            "test_import_source", body=body, key=idempotency_key
        )
        return answer

    def get_import_schedule(
        self,
        import_schedule_id: m.Id,
    ) -> m.ImportScheduleAnswer:
        """One scheduled import.

        Permission: `contacts.read`.
        """
        answer: m.ImportScheduleAnswer = self._api.call(
            "get_import_schedule", path={"import_schedule_id": import_schedule_id}
        )
        return answer

    def change_import_schedule(
        self,
        import_schedule_id: m.Id,
        body: m.ImportSchedulePatch,
    ) -> m.ImportScheduleAnswer:
        """Change a scheduled import.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = self._api.call(
            "change_import_schedule", path={"import_schedule_id": import_schedule_id}, body=body
        )
        return answer

    def remove_import_schedule(
        self,
        import_schedule_id: m.Id,
    ) -> None:
        """Remove a scheduled import; what it has imported stays.

        Permission: `lists.write`.
        """
        self._api.call("remove_import_schedule", path={"import_schedule_id": import_schedule_id})

    def run_import_schedule(
        self,
        import_schedule_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportScheduleAnswer:
        """Have it run now.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = self._api.call(
            "run_import_schedule",
            path={"import_schedule_id": import_schedule_id},
            key=idempotency_key,
        )
        return answer

    def list_schedule_runs(
        self,
        import_schedule_id: m.Id,
        *,
        limit: int | None = None,
    ) -> Pages[m.ImportRunAnswer]:
        """Its runs, newest first.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ImportRunAnswer] = self._api.pages(
            "list_schedule_runs",
            path={"import_schedule_id": import_schedule_id},
            query={"limit": limit},
        )
        return answer

    def list_schedule_files(
        self,
        import_schedule_id: m.Id,
    ) -> Pages[m.ScheduleFileAnswer]:
        """The newest 50 files that it has fetched.

        Permission: `contacts.read`.
        """
        answer: Pages[m.ScheduleFileAnswer] = self._api.pages(
            "list_schedule_files", path={"import_schedule_id": import_schedule_id}
        )
        return answer


class AsyncContacts:
    """See the module; asks with await."""

    def __init__(self, api: AsyncApi) -> None:
        self._api = api

    def list_contact_lists(
        self,
        *,
        search: str | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.ContactListAnswer]:
        """The organisation's lists, by name.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ContactListAnswer] = self._api.pages(
            "list_contact_lists", query={"search": search, "limit": limit}
        )
        return answer

    async def add_contact_list(
        self,
        body: m.ContactListBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactListAnswer:
        """Make a list.

        Permission: `lists.write`.
        """
        answer: m.ContactListAnswer = await self._api.call(
            "add_contact_list", body=body, key=idempotency_key
        )
        return answer

    async def get_contact_list(
        self,
        contact_list_id: m.Id,
    ) -> m.ContactListAnswer:
        """One list.

        Permission: `contacts.read`.
        """
        answer: m.ContactListAnswer = await self._api.call(
            "get_contact_list", path={"contact_list_id": contact_list_id}
        )
        return answer

    async def change_contact_list(
        self,
        contact_list_id: m.Id,
        body: m.ContactListPatch,
    ) -> m.ContactListAnswer:
        """Change a list.

        Permission: `lists.write`.
        """
        answer: m.ContactListAnswer = await self._api.call(
            "change_contact_list", path={"contact_list_id": contact_list_id}, body=body
        )
        return answer

    async def remove_contact_list(
        self,
        contact_list_id: m.Id,
    ) -> None:
        """Remove a list with its contacts.

        Permission: `lists.write`.
        """
        await self._api.call("remove_contact_list", path={"contact_list_id": contact_list_id})

    def list_column_changes(
        self,
        contact_list_id: m.Id,
    ) -> AsyncPages[m.ColumnChangeAnswer]:
        """The list's 20 newest changes; one that is not done comes first.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ColumnChangeAnswer] = self._api.pages(
            "list_column_changes", path={"contact_list_id": contact_list_id}
        )
        return answer

    async def ask_column_change(
        self,
        contact_list_id: m.Id,
        body: m.ColumnChangeBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Change a column of a list in use; a new kind, and the removal of a phone column, are checked
        first (`checking`, then `checked`) and done by `apply`.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = await self._api.call(
            "ask_column_change",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def list_column_uses(
        self,
        contact_list_id: m.Id,
        *,
        column: str | None = None,
    ) -> AsyncPages[m.ColumnUseAnswer]:
        """Where a column of the list is used.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ColumnUseAnswer] = self._api.pages(
            "list_column_uses", path={"contact_list_id": contact_list_id}, query={"column": column}
        )
        return answer

    async def get_column_change(
        self,
        column_change_id: m.Id,
    ) -> m.ColumnChangeAnswer:
        """One change.

        Permission: `contacts.read`.
        """
        answer: m.ColumnChangeAnswer = await self._api.call(
            "get_column_change", path={"column_change_id": column_change_id}
        )
        return answer

    async def apply_column_change(
        self,
        column_change_id: m.Id,
        body: m.ApplyBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Do what has been checked.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = await self._api.call(
            "apply_column_change",
            path={"column_change_id": column_change_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def cancel_column_change(
        self,
        column_change_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ColumnChangeAnswer:
        """Give up a change of which nothing has been done yet.

        Permission: `lists.write`.
        """
        answer: m.ColumnChangeAnswer = await self._api.call(
            "cancel_column_change", path={"column_change_id": column_change_id}, key=idempotency_key
        )
        return answer

    async def get_list_health(
        self,
        contact_list_id: m.Id,
    ) -> m.ListHealthAnswer:
        """How good the list's numbers are; counted anew, in the background, when it is old.

        Permission: `contacts.read`.
        """
        answer: m.ListHealthAnswer = await self._api.call(
            "get_list_health", path={"contact_list_id": contact_list_id}
        )
        return answer

    async def refresh_list_health(
        self,
        contact_list_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ListHealthAnswer:
        """Have it counted anew.

        Permission: `contacts.read`.
        """
        answer: m.ListHealthAnswer = await self._api.call(
            "refresh_list_health", path={"contact_list_id": contact_list_id}, key=idempotency_key
        )
        return answer

    async def list_contacts(
        self,
        contact_list_id: m.Id,
        *,
        search: str | None = None,
        sort: str | None = None,
        callable: bool | None = None,
        limit: int | None = None,
    ) -> m.ContactsAnswer:
        """A list's contacts; `search` is a part of a value or a number in any written form.

        In a long list a part of a text is looked for during some 0.6 s a request: the page may be short
        or empty, and its `next_page_token` goes on from there.

        Permission: `contacts.read`.
        """
        answer: m.ContactsAnswer = await self._api.call(
            "list_contacts",
            path={"contact_list_id": contact_list_id},
            query={"search": search, "sort": sort, "callable": callable, "limit": limit},
        )
        return answer

    async def save_contact(
        self,
        contact_list_id: m.Id,
        body: m.ContactBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ContactAnswer:
        """Add a contact (201), or meet the one that has its key (200).

        Permission: `contacts.write`.
        """
        answer: m.ContactAnswer = await self._api.call(
            "save_contact",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def save_contacts(
        self,
        contact_list_id: m.Id,
        body: m.BatchBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.BatchAnswer:
        """Save up to 1,000 contacts; bad ones come back, the others are taken.

        Permission: `contacts.write`.
        """
        answer: m.BatchAnswer = await self._api.call(
            "save_contacts",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    async def remove_contacts(
        self,
        contact_list_id: m.Id,
        body: m.DeleteBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.DeletedAnswer:
        """Remove contacts by id or key; those in a call just now stay.

        Permission: `contacts.write`.
        """
        answer: m.DeletedAnswer = await self._api.call(
            "remove_contacts",
            path={"contact_list_id": contact_list_id},
            body=body,
            key=idempotency_key,
        )
        return answer

    def export_contacts(
        self,
        contact_list_id: m.Id,
        *,
        search: str | None = None,
        callable: bool | None = None,
        sort: str | None = None,
    ) -> AsyncDownload:
        """The list as a CSV file, with cells that a spreadsheet could run made harmless.

        Permission: `contacts.read`.
        """
        answer: AsyncDownload = self._api.download(
            "export_contacts",
            path={"contact_list_id": contact_list_id},
            query={"search": search, "callable": callable, "sort": sort},
        )
        return answer

    async def get_contact(
        self,
        contact_id: m.Id,
    ) -> m.ContactAnswer:
        """One contact.

        Permission: `contacts.read`.
        """
        answer: m.ContactAnswer = await self._api.call(
            "get_contact", path={"contact_id": contact_id}
        )
        return answer

    async def change_contact(
        self,
        contact_id: m.Id,
        body: m.ContactPatch,
    ) -> m.ContactAnswer:
        """Change a contact.

        Permission: `contacts.write`.
        """
        answer: m.ContactAnswer = await self._api.call(
            "change_contact", path={"contact_id": contact_id}, body=body
        )
        return answer

    async def remove_contact(
        self,
        contact_id: m.Id,
    ) -> None:
        """Remove a contact.

        Permission: `contacts.write`.
        """
        await self._api.call("remove_contact", path={"contact_id": contact_id})

    async def clear_number(
        self,
        contact_id: m.Id,
        body: m.ClearNumberBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ClearedNumberAnswer:
        """Have a number called again that was marked uncallable; the reason is kept.

        Permission: `contacts.write`.
        """
        answer: m.ClearedNumberAnswer = await self._api.call(
            "clear_number", path={"contact_id": contact_id}, body=body, key=idempotency_key
        )
        return answer

    async def upload_import(
        self,
        file: File,
        *,
        contact_list_id: m.Id | None = None,
        import_template_id: m.Id | None = None,
        sheet: str | None = None,
        progress: Progress | None = None,
    ) -> m.UploadAnswer:
        """Upload a CSV file or a workbook: multipart, `contact_list_id`, `import_template_id` and
        `sheet` (all optional) before `file`.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = await self._api.upload(
            "upload_import",
            file,
            fields={
                "contact_list_id": contact_list_id,
                "import_template_id": import_template_id,
                "sheet": sheet,
            },
            progress=progress,
        )
        return answer

    async def choose_sheet(
        self,
        import_id: m.Id,
        body: m.SheetBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UploadAnswer:
        """Read another sheet of an uploaded workbook.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = await self._api.call(
            "choose_sheet", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    async def choose_template(
        self,
        import_id: m.Id,
        body: m.TemplateChoiceBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.UploadAnswer:
        """Read an uploaded file by a template, or by none.

        Permission: `contacts.write`.
        """
        answer: m.UploadAnswer = await self._api.call(
            "choose_template", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    async def preview_import(
        self,
        import_id: m.Id,
        *,
        encoding: str | None = None,
        delimiter: str | None = None,
        header_line: int | None = None,
        kinds: str | None = None,
        region: str | None = None,
    ) -> m.ImportPreviewAnswer:
        """Look at the file again, with another encoding or delimiter; `header_line`: the line of the
        columns' titles, what stands before it is left out (default: as found); `kinds`: the
        columns' kinds in the file's order, with commas between them, `ignore` for one that is left
        out; `region`: the country of numbers without a code, when the list is not chosen yet.

        Permission: `contacts.write`.
        """
        answer: m.ImportPreviewAnswer = await self._api.call(
            "preview_import",
            path={"import_id": import_id},
            query={
                "encoding": encoding,
                "delimiter": delimiter,
                "header_line": header_line,
                "kinds": kinds,
                "region": region,
            },
        )
        return answer

    async def start_import(
        self,
        import_id: m.Id,
        body: m.StartBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Start the import.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = await self._api.call(
            "start_import", path={"import_id": import_id}, body=body, key=idempotency_key
        )
        return answer

    def list_imports(
        self,
        *,
        contact_list_id: m.Id | None = None,
        limit: int | None = None,
    ) -> AsyncPages[m.ImportAnswer]:
        """The organisation's imports, newest first.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ImportAnswer] = self._api.pages(
            "list_imports", query={"contact_list_id": contact_list_id, "limit": limit}
        )
        return answer

    async def get_import(
        self,
        import_id: m.Id,
    ) -> m.ImportAnswer:
        """One import: where it is in the file, and what became of its rows so far.

        Permission: `contacts.read`.
        """
        answer: m.ImportAnswer = await self._api.call("get_import", path={"import_id": import_id})
        return answer

    def list_rejections(
        self,
        import_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.RejectionAnswer]:
        """The report: rejected rows, and cells that were left out of rows that were kept.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.RejectionAnswer] = self._api.pages(
            "list_rejections", path={"import_id": import_id}, query={"limit": limit}
        )
        return answer

    def download_rejections(
        self,
        import_id: m.Id,
    ) -> AsyncDownload:
        """The report as a CSV file.

        Permission: `contacts.read`.
        """
        answer: AsyncDownload = self._api.download(
            "download_rejections", path={"import_id": import_id}
        )
        return answer

    async def cancel_import(
        self,
        import_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Stop the import; what was imported stays.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = await self._api.call(
            "cancel_import", path={"import_id": import_id}, key=idempotency_key
        )
        return answer

    async def resume_import(
        self,
        import_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportAnswer:
        """Go on with a cancelled or failed import behind its last stored row.

        Permission: `contacts.write`.
        """
        answer: m.ImportAnswer = await self._api.call(
            "resume_import", path={"import_id": import_id}, key=idempotency_key
        )
        return answer

    def list_import_templates(
        self,
    ) -> AsyncPages[m.ImportTemplateAnswer]:
        """The organisation's templates, by name.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ImportTemplateAnswer] = self._api.pages("list_import_templates")
        return answer

    async def add_import_template(
        self,
        body: m.ImportTemplateBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportTemplateAnswer:
        """Make a template.

        Permission: `lists.write`.
        """
        answer: m.ImportTemplateAnswer = await self._api.call(
            "add_import_template", body=body, key=idempotency_key
        )
        return answer

    async def get_import_template(
        self,
        import_template_id: m.Id,
    ) -> m.ImportTemplateAnswer:
        """One template.

        Permission: `contacts.read`.
        """
        answer: m.ImportTemplateAnswer = await self._api.call(
            "get_import_template", path={"import_template_id": import_template_id}
        )
        return answer

    async def change_import_template(
        self,
        import_template_id: m.Id,
        body: m.ImportTemplatePatch,
    ) -> m.ImportTemplateAnswer:
        """Change a template; imports that have been prepared with it stay as they were.

        Permission: `lists.write`.
        """
        answer: m.ImportTemplateAnswer = await self._api.call(
            "change_import_template", path={"import_template_id": import_template_id}, body=body
        )
        return answer

    async def remove_import_template(
        self,
        import_template_id: m.Id,
    ) -> None:
        """Remove a template that no scheduled import uses.

        Permission: `lists.write`.
        """
        await self._api.call(
            "remove_import_template", path={"import_template_id": import_template_id}
        )

    def list_import_schedules(
        self,
    ) -> AsyncPages[m.ImportScheduleAnswer]:
        """The organisation's scheduled imports, by name.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ImportScheduleAnswer] = self._api.pages("list_import_schedules")
        return answer

    async def add_import_schedule(
        self,
        body: m.ImportScheduleBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportScheduleAnswer:
        """Make a scheduled import.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = await self._api.call(
            "add_import_schedule", body=body, key=idempotency_key
        )
        return answer

    async def test_import_source(
        self,
        body: m.SourceTestBody,
        *,
        idempotency_key: str | None = None,
    ) -> m.SourceTestAnswer:
        """Connect to a source and list its files; nothing is fetched.

        Permission: `lists.write`.
        """
        answer: m.SourceTestAnswer = await self._api.call(
            "test_import_source", body=body, key=idempotency_key
        )
        return answer

    async def get_import_schedule(
        self,
        import_schedule_id: m.Id,
    ) -> m.ImportScheduleAnswer:
        """One scheduled import.

        Permission: `contacts.read`.
        """
        answer: m.ImportScheduleAnswer = await self._api.call(
            "get_import_schedule", path={"import_schedule_id": import_schedule_id}
        )
        return answer

    async def change_import_schedule(
        self,
        import_schedule_id: m.Id,
        body: m.ImportSchedulePatch,
    ) -> m.ImportScheduleAnswer:
        """Change a scheduled import.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = await self._api.call(
            "change_import_schedule", path={"import_schedule_id": import_schedule_id}, body=body
        )
        return answer

    async def remove_import_schedule(
        self,
        import_schedule_id: m.Id,
    ) -> None:
        """Remove a scheduled import; what it has imported stays.

        Permission: `lists.write`.
        """
        await self._api.call(
            "remove_import_schedule", path={"import_schedule_id": import_schedule_id}
        )

    async def run_import_schedule(
        self,
        import_schedule_id: m.Id,
        *,
        idempotency_key: str | None = None,
    ) -> m.ImportScheduleAnswer:
        """Have it run now.

        Permission: `lists.write`.
        """
        answer: m.ImportScheduleAnswer = await self._api.call(
            "run_import_schedule",
            path={"import_schedule_id": import_schedule_id},
            key=idempotency_key,
        )
        return answer

    def list_schedule_runs(
        self,
        import_schedule_id: m.Id,
        *,
        limit: int | None = None,
    ) -> AsyncPages[m.ImportRunAnswer]:
        """Its runs, newest first.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ImportRunAnswer] = self._api.pages(
            "list_schedule_runs",
            path={"import_schedule_id": import_schedule_id},
            query={"limit": limit},
        )
        return answer

    def list_schedule_files(
        self,
        import_schedule_id: m.Id,
    ) -> AsyncPages[m.ScheduleFileAnswer]:
        """The newest 50 files that it has fetched.

        Permission: `contacts.read`.
        """
        answer: AsyncPages[m.ScheduleFileAnswer] = self._api.pages(
            "list_schedule_files", path={"import_schedule_id": import_schedule_id}
        )
        return answer
