-- Contact list filters, sorting and the claim's order.

SELECT 1;
