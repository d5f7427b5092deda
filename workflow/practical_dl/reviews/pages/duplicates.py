"""The part on duplicates of the page of all models of reviews."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from practical_dl.report.page import paragraph, table

Row = Mapping[str, Any]


def duplicates_blocks(
    duplicates: Mapping[str, Mapping[str, int]], by_name: Mapping[str, Row]
) -> list[str]:
    """Which reviews have duplicates, and what that is worth to the ensemble."""
    if not any(sum(found.values()) for found in duplicates.values()):
        return [paragraph("There are none.")]
    return [paragraph(_duplicates(duplicates, by_name)), table(_duplicates_table(duplicates))]


def _duplicates(duplicates: Mapping[str, Mapping[str, int]], by_name: Mapping[str, Row]) -> str:
    ensemble = by_name["ensemble"]
    across = duplicates["test_in_train"]
    change = 100 * (ensemble["without_copies"] - ensemble["accuracy"])
    return (
        f"{across['exact'] + across['near']:,} test reviews have a duplicate in the training "
        f"reviews, {across['exact']:,} of them word for word. Without the test reviews that "
        f"have an earlier duplicate, the ensemble's accuracy changes by {change:+.2f} points."
    )


def _duplicates_table(duplicates: Mapping[str, Mapping[str, int]]) -> pd.DataFrame:
    names = {
        "within_train": "training reviews with an earlier duplicate in training",
        "within_test": "test reviews with an earlier duplicate in test",
        "test_in_train": "test reviews with a duplicate in training",
    }
    return pd.DataFrame(
        {
            "Where": [names[name] for name in duplicates],
            "Word for word": [f"{found['exact']:,}" for found in duplicates.values()],
            "Nearly": [f"{found['near']:,}" for found in duplicates.values()],
        }
    )
