"""What a contact is called, from the columns of its list, as the pages do it."""

from __future__ import annotations

# Columns by what they are called, without accents and case: a whole name goes before its parts,
# the first name before the last, all of them before any other text.
_RANK = """
    CASE WHEN {name} ~ '^(name|full name|nom complet|nom et prenoms?|client|customer|raison sociale|company)$' THEN 0
         WHEN {name} ~ '^(first name|firstname|given name|prenoms?)$' THEN 1
         WHEN {name} ~ '^(last name|lastname|surname|family name|nom|nom de famille)$' THEN 2
         ELSE 3 END
"""  # noqa: E501
_PLAIN = "translate(lower({name}), 'éèêëàâîïôùûç_-', 'eeeeaaiiouuc  ')"
_OF_COLUMN = "least({}, {})".format(
    *(_RANK.format(name=_PLAIN.format(name=name)) for name in ("l.name", "l.label"))
)

# Of the contact `c`; '' when its record has no text.
CONTACT_NAME = f"""
    coalesce((
        SELECT string_agg(n.value, ' ' ORDER BY n.rank, n.position)
        FROM (SELECT {_OF_COLUMN} AS rank, l.position, trim(c.data ->> l.name) AS value,
                     row_number() OVER (PARTITION BY {_OF_COLUMN} ORDER BY l.position) AS nth,
                     min({_OF_COLUMN}) OVER () AS best
              FROM contact_list_columns l
              WHERE l.contact_list_id = c.contact_list_id AND l.kind = 'text'
                AND trim(c.data ->> l.name) <> '') n
        WHERE n.nth = 1 AND (n.rank = n.best OR (n.best = 1 AND n.rank = 2))), '')
"""
