"""Data actions: questions to other programs by HTTP, for rules. Settings, requests, answers."""
