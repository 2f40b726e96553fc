-- Columns, import templates, scheduled imports, health of lists.

SELECT 1;
