-- The event viewer.

SELECT 1;
