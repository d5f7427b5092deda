"""Words for differences of errors, and markers, as all pages of ratings have them."""

from practical_dl.scoring.interval import Interval

MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def verdict(difference: Interval) -> str:
    """Worse, better, or within the noise: a difference of errors in words."""
    if difference.low > 0:
        return "worse"
    return "better" if difference.high < 0 else "within the noise"


def ends(score: Interval) -> str:
    """The ends of the interval of a score, in stars."""
    return f"{score.low:.4f} to {score.high:.4f}"
