-- The first of a sorted campaign's order, known before the whole list has been put into it.

ALTER TABLE campaigns
    ADD COLUMN order_head_rank     bytea,  -- whoever is not behind this place is in campaign_order; null: not known
    ADD COLUMN order_head_added_in bigint NOT NULL DEFAULT 0,
    ADD COLUMN order_head_position bigint NOT NULL DEFAULT 0;

DROP FUNCTION unfilled_orders();
CREATE FUNCTION unfilled_orders() RETURNS TABLE (campaign_id uuid, organisation_id uuid, running boolean)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
$$ SELECT k.campaign_id, k.organisation_id, k.state IN ('running', 'pausing') AS running
   FROM campaigns k
   WHERE k.sort <> '[]' AND NOT k.order_complete
     AND EXISTS (SELECT FROM (SELECT FROM contacts c WHERE c.contact_list_id = k.contact_list_id
             AND (c.added_in, c.position) > (k.scan_added_in, k.scan_position)
             ORDER BY c.added_in, c.position LIMIT 1) next)
   ORDER BY running DESC, k.updated_at DESC $$;
