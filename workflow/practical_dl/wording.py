"""Numbers in sentences: shares, differences and their intervals.

A difference whose interval holds zero is called what it is: within the noise.
"""

from collections.abc import Mapping

Score = Mapping[str, float]


def is_noise(difference: Score) -> bool:
    """Whether the interval of a difference holds zero."""
    return difference["ci_low"] <= 0 <= difference["ci_high"]


def in_points(difference: Score) -> str:
    """A difference of shares as percentage points with its interval."""
    low, high = 100 * difference["ci_low"], 100 * difference["ci_high"]
    noise = ", within the noise" if is_noise(difference) else ""
    return f"{100 * difference['value']:+.1f} points (95 % {low:+.1f} to {high:+.1f}){noise}"


def in_nats(difference: Score) -> str:
    """A difference of log losses with its interval."""
    noise = ", within the noise" if is_noise(difference) else ""
    low, high = difference["ci_low"], difference["ci_high"]
    return f"{difference['value']:+.3f} (95 % {low:+.3f} to {high:+.3f}){noise}"


def share(score: Score) -> str:
    """A share as percent with its interval."""
    low, high = 100 * score["ci_low"], 100 * score["ci_high"]
    return f"{100 * score['value']:.1f} % ({low:.1f} to {high:.1f})"


def nats(score: Score) -> str:
    """A log loss with its interval."""
    return f"{score['value']:.3f} ({score['ci_low']:.3f} to {score['ci_high']:.3f})"


def yes(true: object) -> str:
    return "yes" if true else "no"
