"""Keeps contact data out of the logs."""


def mask(value):
    """Keeps the last two characters: enough to compare, too little to call."""
    return "*" * max(0, len(value) - 2) + value[-2:]
