"""An organisation's settings as one document: references by name, differences, order of changes."""
