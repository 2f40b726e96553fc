"""A person whose texts stand wherever one's texts can be, beside another person who stays.

Contacts, lists and campaign are made through the API; the rest is written as the engine writes it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from campaign_world import V1, campaign_body, made
from world import Both

WORD = "Zebulonnek"  # in every free text
NUMBER = "+2290197424242"
OTHER_NUMBER = "+2290197111111"
COLUMNS = [
    {"name": "nom", "label": "Nom", "kind": "text"},
    {"name": "tel", "label": "mobile", "kind": "phone"},
]


@dataclass(kw_only=True)
class Plants:
    """See the module."""

    client: httpx.AsyncClient
    owner: asyncpg.Connection
    campaign_id: str
    lists: list[str]
    contact_id: str
    other_id: str
    files: list[Path]  # a recording, an upload that names the number, and what a flow recorded
    others_file: Path

    @classmethod
    async def make(
        cls, client: httpx.AsyncClient, both: Both, owner: asyncpg.Connection, folder: Path
    ) -> Plants:
        """Write all of it."""
        lists, contacts = [], []
        for index in range(2):
            body = {"name": f"Liste {index}", "columns": COLUMNS, "key_columns": ["nom"]}
            one = await made(client, "/contact-lists", body)
            path = f"{V1}/contact-lists/{one['contact_list_id']}/contacts"
            answer = await client.post(
                path,
                json={"data": {"nom": f"{WORD} {index}", "tel": NUMBER}},
                headers={"Idempotency-Key": f"contact {index}"},
            )
            assert answer.status_code == 201, answer.text
            lists.append(one["contact_list_id"])
            contacts.append(answer.json()["contact_id"])
        path = f"/contact-lists/{lists[0]}/contacts"
        other = await made(client, path, {"data": {"nom": "Awa", "tel": OTHER_NUMBER}})
        campaign = await made(client, "/campaigns", campaign_body(both, lists[0]))
        files = [folder / name for name in ("recording.wav", "upload", "said.wav", "others")]
        for file, text in zip(
            files, ("", f"x;01 97 42 42 42;{WORD}\n", "", "x;0197111111\n"), strict=True
        ):
            file.write_text(text)
        plants = cls(
            client=client,
            owner=owner,
            campaign_id=campaign["campaign_id"],
            lists=lists,
            contact_id=contacts[0],
            other_id=other["contact_id"],
            files=files[:3],
            others_file=files[3],
        )
        # Rows by themselves: neither their neighbours' keys nor what follows from them.
        await owner.execute("SET session_replication_role = replica")
        for contact_id, number, word in (
            (contacts[0], NUMBER, WORD),
            (other["contact_id"], OTHER_NUMBER, "Somebody else"),
        ):
            await plants._write(both, UUID(contact_id), number, word)
        await plants._write_files(both.a.organisation_id)
        await owner.execute("SET session_replication_role = DEFAULT")
        return plants

    async def counts(self) -> Any:
        """What the campaign and its lists are said to be."""
        progress = (await self.client.get(f"{V1}/campaigns/{self.campaign_id}/progress")).json()
        lists = [
            (await self.client.get(f"{V1}/contact-lists/{one}")).json()["contacts"]
            for one in self.lists
        ]
        results = await self.client.get(f"{V1}/campaigns/{self.campaign_id}/attempts")
        hours = await self.owner.fetch("SELECT * FROM call_hours ORDER BY hour, wrap_up_code_id")
        kept = ("attempt_id", "state", "result", "answered_at", "closed_at")
        calls = [{name: one.get(name) for name in kept} for one in results.json()["items"]]
        return progress, lists, calls, [tuple(one.values()) for one in hours]

    async def others_are_whole(self) -> None:
        """Of the person who stays nothing went."""
        contact = (await self.client.get(f"{V1}/contacts/{self.other_id}")).json()
        assert contact["data"] == {"nom": "Awa", "tel": OTHER_NUMBER}
        for statement in (
            "SELECT notes FROM wrap_ups WHERE notes = 'Somebody else'",
            "SELECT note FROM callbacks WHERE note = 'Somebody else' AND state = 'open'",
            "SELECT value FROM import_rejections WHERE value = 'Somebody else'",
            "SELECT 1 FROM audit_log WHERE details ->> 'reason' = 'Somebody else'",
            "SELECT 1 FROM floor_commands WHERE payload ->> 'notes' = 'Somebody else'",
            "SELECT 1 FROM webhook_messages WHERE personal ->> 'notes' = 'Somebody else'",
            "SELECT 1 FROM script_answers WHERE pii_answers ->> 'a' = 'Somebody else'",
            "SELECT 1 FROM sandbox_messages WHERE text = 'Somebody else'",
            "SELECT 1 FROM consents WHERE proof = 'Somebody else'",
            "SELECT 1 FROM column_changes WHERE report::text LIKE '%Somebody else%'",
        ):
            assert await self.owner.fetch(statement), statement

    async def _add(self, table: str, **values: Any) -> None:
        """A row, as it comes; documents are given as Python values."""
        names = list(values)
        plain = [json.dumps(v) if isinstance(v, (dict, list)) else v for v in values.values()]
        kinds = {
            row["name"]: row["kind"]
            for row in await self.owner.fetch(
                "SELECT attname AS name, format_type(atttypid, atttypmod) AS kind FROM pg_attribute"
                " WHERE attrelid = $1::regclass AND attnum > 0",
                table,
            )
        }
        places = [
            f"${index}::{'jsonb' if isinstance(values[name], (dict, list)) else kinds[name]}"
            for index, name in enumerate(names, 1)
        ]
        await self.owner.execute(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(places)})",
            *plain,
        )

    async def _write(self, both: Both, contact_id: UUID, number: str, word: str) -> None:
        org = both.a.organisation_id
        now = await self.owner.fetchval("SELECT now()")
        attempt_id, callback_id, consent_id = uuid4(), uuid4(), uuid4()
        campaign_id, list_id = UUID(self.campaign_id), UUID(self.lists[0])
        user_id = await self.owner.fetchval("SELECT user_id FROM users WHERE login = 'a.agent'")
        code = await self.owner.fetchval(
            "SELECT wrap_up_code_id FROM wrap_up_codes WHERE organisation_id = $1 LIMIT 1", org
        )
        floor_id = await self.owner.fetchval(
            "SELECT floor_id FROM floors WHERE organisation_id = $1", org
        )
        common: dict[str, Any] = {"organisation_id": org}
        of_call = common | {"attempt_id": attempt_id}
        told = {"number": number, "contact_id": str(contact_id), "notes": word}
        await self.owner.execute("SET session_replication_role = DEFAULT")  # counts are kept
        await self._add(
            "attempts",
            **of_call,
            campaign_id=campaign_id,
            contact_id=contact_id,
            attempt_number=1,
            number=number,
            caller_id="",
            mode="progressive",
            trunk_id=both.a.trunk_id,
            agent_user_id=user_id,
            state="closed",
            result="person",
            transferred_to=number,
            dialling_at=now,
            answered_at=now,
            closed_at=now,
            fencing=1,
            opted_out_at=now,
        )
        await self._add(
            "wrap_ups",
            **of_call,
            campaign_id=campaign_id,
            wrap_up_code_id=code,
            user_id=user_id,
            notes=word,
            fields={"nom": word},
            created_at=now,
        )
        await self.owner.execute("SET session_replication_role = replica")
        await self._add(
            "callbacks",
            **of_call,
            callback_id=callback_id,
            campaign_id=campaign_id,
            contact_id=contact_id,
            number=number,
            due_at=now,
            note=word,
            reason=word,
            created_at=now,
        )
        await self._add(
            "consents",
            **common,
            consent_id=consent_id,
            kind="given",
            number=number,
            contact_id=contact_id,
            purpose="*",
            channel="*",
            at=now,
            how=word,
            proof=word,
            reference=word,
            file_name=word,
            source="user",
            created_at=now,
        )
        await self._add(
            "script_answers",
            **of_call,
            campaign_id=campaign_id,
            contact_id=contact_id,
            script_id=uuid4(),
            script_version=1,
            answers={"a": word},
            pii_answers={"a": word},
            started_at=now,
        )
        await self._add(
            "rule_firings",
            **of_call,
            at=now,
            kind="wrap_up",
            campaign_id=campaign_id,
            contact_id=contact_id,
            rule_set_id=uuid4(),
            rule_set_name="Set",
            rule=1,
            name="Rule",
            number=number,
            actions=("x",),
        )
        action_id = uuid4()
        await self._add(
            "data_deliveries",
            **of_call,
            delivery_id=uuid4(),
            data_action_id=action_id,
            campaign_id=campaign_id,
            contact_id=contact_id,
            number=number,
            rule_set_name="Set",
            rule_name="Rule",
            inputs={"contact.nom": word},
            next_at=now,
            created_at=now,
        )
        await self._add(
            "data_checks",
            **common,
            data_action_id=action_id,
            key="k",
            inputs={"number": number, "contact.nom": word},
            outputs={"name": word},
        )
        await self._add(
            "call_charges",
            **of_call,
            third_party=False,
            number=number,
            per_minute=1,
            reserved=1,
            reserved_at=now,
            day_starts_at=now,
            month_starts_at=now,
            settled=1,
            settled_at=now,
        )
        list_ids = [uuid4(), uuid4()]
        for dnc_list_id, key, value in zip(
            list_ids, (None, "nom"), (number, f"{word.lower()} 0"), strict=True
        ):
            await self._add(
                "dnc_lists",
                **common,
                dnc_list_id=dnc_list_id,
                name=str(dnc_list_id),
                key_column=key,
                created_at=now,
            )
            await self._add(
                "dnc_entries",
                **common,
                dnc_list_id=dnc_list_id,
                value=value,
                reason=word,
                attempt_id=attempt_id,
                created_at=now,
            )
        await self._add("dnc_checks", **common, dnc_list_id=list_ids[0], number=number)
        import_id = uuid4()
        await self._add(
            "imports",
            **common,
            import_id=import_id,
            dnc_list_id=list_ids[0],
            file_name="x",
            file_path="",
            file_bytes=0,
            state="complete",
            encoding="utf-8",
            delimiter=";",
            created_at=now,
        )
        await self._add("dnc_replacements", **common, import_id=import_id, value=number)
        national = number.removeprefix("+229")
        for line, value in ((3, f"{national[:4]} {national[4:]}x"), (3, word), (4, f"{word} 0")):
            await self._add(
                "import_rejections",
                **common,
                import_id=import_id,
                line_number=line,
                column_name="nom",
                value=value,
                code="X",
            )
        incident_id = uuid4()
        await self._add(
            "incidents",
            **common,
            incident_id=incident_id,
            name="Panne",
            starts_at=now,
            created_at=now,
            updated_at=now,
        )
        await self._add(
            "incident_notices",
            **common,
            incident_id=incident_id,
            number=number,
            message_id=uuid4(),
            channel="sms",
            asked_at=now,
        )
        await self._add(
            "sandbox_messages",
            **common,
            message_id=uuid4(),
            channel="sms",
            recipient=number,
            language="fr",
            text=word,
            created_at=now,
        )
        await self._add(
            "legal_holds",
            **common,
            legal_hold_id=uuid4(),
            number=number,
            reason=word,
            created_at=now,
            ended_at=now,
        )
        await self._add(
            "column_changes",
            **common,
            column_change_id=uuid4(),
            contact_list_id=list_id,
            kind="kind",
            column_name="nom",
            settings={},
            state="complete",
            created_at=now,
            report={
                "samples": [{"row": 1, "contact_id": str(contact_id), "value": word, "code": "X"}]
            },
        )
        await self._add(
            "voicemails",
            **common,
            voicemail_id=uuid4(),
            attempt_id=attempt_id,
            contact_id=contact_id,
            path="",
            seconds=2.0,
            number=number,
            text=word,
            created_at=now,
        )
        await self._add(
            "wanted_messages",
            **common,
            message_id=uuid4(),
            attempt_id=attempt_id,
            contact_id=contact_id,
            channel="sms",
            template="invitation",
            recipient=number,
            language="fr",
            filled_in={"nom": word},
            created_at=now,
        )
        await self._add(
            "early_media_recordings",
            **of_call,
            path=str(self.files[0]) if number == NUMBER else "gone",
            seconds=1.0,
            created_at=now,
            delete_at=now,
        )
        await self._add(
            "flow_recordings",
            **of_call,
            recording="recording-1",
            variable="nom",
            path=str(self.files[2]) if number == NUMBER else "gone",
            created_at=now,
        )
        await self._add(
            "campaign_order",
            **common,
            campaign_id=campaign_id,
            contact_id=contact_id,
            order_version=0,
            rank=word.lower().encode(),
            added_in=1,
            position=1,
        )
        await self._add(
            "person_merges",
            **common,
            person_merge_id=uuid4(),
            kept_person_id=contact_id,
            merged_person_id=uuid4(),
            contact_id=contact_id,
            addresses=(number,),
            merged_at=now,
        )
        await self._add(
            "persons_apart", **common, person_id=contact_id, other_person_id=UUID(int=2**128 - 1)
        )
        first = 1 if number == NUMBER else 10
        for position, subject in ((first, attempt_id), (first + 1, user_id)):
            await self._add(
                "events",
                **common,
                floor_id=floor_id,
                position=position,
                at=now,
                kind="x",
                subject_id=subject,
                data={"attempt": told | {"notes": ""}},
            )
        await self._add(
            "floor_commands",
            **common,
            command_id=uuid4(),
            floor_id=floor_id,
            kind="agent.wrap_up",
            payload={"notes": word, "attempt_id": str(attempt_id)},
            created_at=now,
            handled_at=now,
            answer={"ok": True, "agent": told},
        )
        for subject, details in (
            (str(callback_id), {"contact_id": str(contact_id), "reason": word}),
            ("a list", {"numbers": [number], number: 1}),
        ):
            await self._add(
                "audit_log",
                **common,
                at=now,
                action="x",
                subject_kind="x",
                subject_id=subject,
                details=details,
            )
        await self._add(
            "event_log",
            **common,
            level="info",
            category="X",
            code="X",
            subject_kind="x",
            subject_id="x",
            subject_name=number,
            params={"value": number},
            repeat_key=str(uuid4()),
            repeat_hour=now,
            first_at=now,
            last_at=now,
        )
        message_id = uuid4()
        await self._add(
            "webhook_messages",
            **common,
            message_id=message_id,
            kind="x",
            at=now,
            data={"contact_id": str(contact_id)},
            personal=told,
        )
        await self._add(
            "webhook_deliveries",
            **common,
            delivery_id=uuid4(),
            webhook_id=uuid4(),
            message_id=message_id,
            next_at=now,
            wanted_at=now,
            answer=word,
        )

    async def _write_files(self, organisation_id: UUID) -> None:
        now = await self.owner.fetchval("SELECT now()")
        for file in (self.files[1], self.others_file):
            await self._add(
                "imports",
                organisation_id=organisation_id,
                import_id=uuid4(),
                file_name="x",
                file_path=str(file),
                file_bytes=9,
                state="failed",
                encoding="utf-8",
                delimiter=";",
                created_at=now,
            )
