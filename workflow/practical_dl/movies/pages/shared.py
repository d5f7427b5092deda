"""Words for errors, and markers, as all pages of ratings have them."""

from collections.abc import Mapping
from typing import Any

from practical_dl.report.wording import gain_in_stars
from practical_dl.scoring.interval import Interval

MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def gain_over(row: Mapping[Any, Any], reference: str) -> Interval:
    """How much lower the RMSE of a row is than the reference's, from its column minus_REFERENCE."""
    return -Interval.of(row, f"minus_{reference}")


def told_against(row: Mapping[Any, Any], reference: str) -> str:
    """That gain in words; empty for the reference itself."""
    return "" if row["model"] == reference else gain_in_stars(gain_over(row, reference))


def ends(score: Interval) -> str:
    """The ends of the interval of a score, in stars."""
    return f"{score.low:.4f} to {score.high:.4f}"
