-- Contacts that wait for an agent with skills: which ones.
ALTER TABLE campaign_contacts ADD COLUMN needs text[] NOT NULL DEFAULT '{}';
CREATE INDEX campaign_contacts_skilled ON campaign_contacts (campaign_id, next_attempt_at)
    WHERE state = 'open' AND reason = 'SKILLS_WAIT';
