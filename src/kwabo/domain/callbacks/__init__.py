"""Callbacks: promises to call a contact again, whose they are, and what becomes of them."""
