"""What pages and pictures of ratings share: differences of errors in words, and markers."""

from practical_dl.scoring.interval import Interval

MARKERS = ("o", "s", "^", "D", "v", "P", "X")


def verdict(difference: Interval) -> str:
    """Whether a difference of errors is worse, better, or within the noise."""
    if difference.low > 0:
        return "worse"
    return "better" if difference.high < 0 else "within the noise"


def ends(score: Interval) -> str:
    """The ends of the interval of a score, in stars."""
    return f"{score.low:.4f} to {score.high:.4f}"
