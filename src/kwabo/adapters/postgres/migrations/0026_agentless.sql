-- Campaigns whose answered calls go to a flow, and flows in place of the message for people whom no
-- agent can take.

ALTER TABLE campaigns
    ADD COLUMN flow_id         uuid REFERENCES flows,  -- has the answered calls; mode `agentless`
    ADD COLUMN abandon_flow_id uuid REFERENCES flows;  -- in place of the message; null: the message
CREATE INDEX campaigns_of_flow ON campaigns (flow_id) WHERE flow_id IS NOT NULL;
CREATE INDEX campaigns_of_abandon_flow ON campaigns (abandon_flow_id)
    WHERE abandon_flow_id IS NOT NULL;

CREATE OR REPLACE FUNCTION users_of_flow(wanted uuid) RETURNS TABLE (kind text, name text)
    LANGUAGE sql STABLE AS
$$ SELECT 'flow', f.name FROM flows f
   WHERE f.uses @> ARRAY['flow:' || wanted] AND f.flow_id <> wanted
   UNION ALL
   SELECT 'inbound_number', n.number FROM inbound_numbers n WHERE n.flow_id = wanted
   UNION ALL
   SELECT 'campaign', c.name FROM campaigns c
   WHERE c.flow_id = wanted OR c.abandon_flow_id = wanted
   UNION ALL
   SELECT 'response_set', r.name FROM response_sets r
   WHERE jsonb_path_exists(r.document, '$.reactions.*.flow_id ? (@ == $flow)',
                           jsonb_build_object('flow', CAST(wanted AS text))) $$;
