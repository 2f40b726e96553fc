"""Numbers, amounts, dates and times as words and as recorded fragments, per language."""
