"""Settings as one document, in terms of the API's own routes: a new noun is a line in `kinds`."""
