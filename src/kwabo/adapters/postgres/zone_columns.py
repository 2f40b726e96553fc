"""Time zones that a list's columns give a contact and its numbers, read beside candidates.

A column about a phone column speaks of the numbers with that column's label, and no longer of the
contact, whatever zone was kept for the contact when it was read.
"""

from __future__ import annotations

# For a WITH: the zone columns of the campaign's list; none when it has none.
ZONED = """
    zoned AS MATERIALIZED (
        SELECT z.contact_list_id,
               jsonb_agg(jsonb_build_array(p.label, z.name)) FILTER (WHERE p.name IS NOT NULL)
                   AS of_labels,
               (array_agg(z.name ORDER BY z.position) FILTER (WHERE z.phone_column IS NULL))[1]
                   AS of_contacts
        FROM campaigns k
        JOIN contact_list_columns z
            ON z.contact_list_id = k.contact_list_id AND z.kind = 'time_zone'
        LEFT JOIN contact_list_columns p
            ON p.contact_list_id = z.contact_list_id AND p.name = z.phone_column
        WHERE k.campaign_id = :campaign_id
        GROUP BY z.contact_list_id)
"""
# Of a contact c with the left-joined `zoned`: its own zone, and label → zone of numbers.
COLUMNS = """
    CASE WHEN zoned.of_labels IS NULL THEN c.time_zone
         ELSE nullif(c.data ->> zoned.of_contacts, '') END AS time_zone,
    (SELECT jsonb_object_agg(z ->> 0, c.data ->> (z ->> 1))
       FROM jsonb_array_elements(zoned.of_labels) z) AS label_zones
"""
