"""桑榆: an offline desk for whoever looks after a township's retired cadres."""

VERSION = "0.3.0"
"""As pyproject.toml says; a frozen program has no pyproject to ask."""
