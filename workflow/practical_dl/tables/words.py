"""Words that people's tables and folders hold in place of others; in lower case."""

import re
from collections.abc import Iterable

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


def sides_in(names: Iterable[str]) -> set[str]:
    """The sides that names like `train_images` and `Test set` speak of; none unless all do."""
    found = [_sides_of(name) for name in names]
    return set().union(*found) if all(found) else set()


def _sides_of(name: str) -> set[str]:
    return {SIDES[word] for word in re.split(r"[\W\d_]+", name.lower()) if word in SIDES}
