"""Facts told to other systems over HTTP."""
