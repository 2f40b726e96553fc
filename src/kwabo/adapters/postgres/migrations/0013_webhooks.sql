-- Webhooks and rate limits.

SELECT 1;
