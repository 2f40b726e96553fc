"""The command line: nouns and verbs over the client. Needs the extra: kwabo-client[console]."""
