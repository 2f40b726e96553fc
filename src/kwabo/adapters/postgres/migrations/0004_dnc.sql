-- What do-not-call lists hold and who uses them.

SELECT 1;
