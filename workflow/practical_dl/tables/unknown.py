"""Words that stand for no value."""

UNKNOWN = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "unknown", "missing")
)
"""In lower case."""
