"""Words that people's tables hold in place of others; in lower case."""

UNKNOWN = frozenset(
    ("", "na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "unknown", "missing")
)
"""What stands for no value."""

SIDES = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("valid", "validation", "val", "dev", "development"), "valid"),
    **dict.fromkeys(("test", "testing"), "test"),
}
"""What the sides of a ready-made split are called."""
