"""Contacts: typed columns, phone numbers, duplicate keys and the reading of their files."""
