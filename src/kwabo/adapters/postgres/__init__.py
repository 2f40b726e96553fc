"""PostgreSQL: the store of everything that must survive."""
