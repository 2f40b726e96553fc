-- Callbacks, owned records, precise dialling.

SELECT 1;
