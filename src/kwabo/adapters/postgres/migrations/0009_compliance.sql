-- Presets, consent, caller ids, toll fraud.

SELECT 1;
