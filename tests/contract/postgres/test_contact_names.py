"""What a contact is called, from columns that are named as people name them."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from kwabo.adapters.postgres.contact_names import CONTACT_NAME

_ASKED = text(f"""
    WITH contact_list_columns AS (
        SELECT 1 AS contact_list_id, position, kind, name, label FROM jsonb_to_recordset(
            CAST(:columns AS jsonb)) AS x(position int, kind text, name text, label text)),
    c AS (SELECT 1 AS contact_list_id, CAST(:data AS jsonb) AS data)
    SELECT {CONTACT_NAME} FROM c
""")


@pytest.mark.parametrize(
    ("data", "called"),
    [
        ({"Réf. client": "C-1", "Nom": "Agossou", "Prénom": "Sèna"}, "Sèna Agossou"),
        ({"Réf": "C-1", "NOM": "Agossou", "prenoms": " "}, "Agossou"),
        ({"first_name": "Koffi", "last_name": ""}, "Koffi"),
        ({"compte": "12", "Nom complet": "K. Houessou", "Nom": "Houessou"}, "K. Houessou"),
        ({"ville": "Parakou", "quartier": "Zongo"}, "Parakou"),
        ({"ville": "", "quartier": "Zongo"}, "Zongo"),
        ({"Nom": ""}, ""),
    ],
)
async def test_names_go_before_references(
    engine: AsyncEngine, data: dict[str, str], called: str
) -> None:
    columns = [
        {"position": position, "kind": "text", "name": name, "label": name}
        for position, name in enumerate(data)
    ]
    async with engine.connect() as connection:
        values = {"columns": columns, "data": data}
        assert await connection.scalar(_ASKED, values) == called
