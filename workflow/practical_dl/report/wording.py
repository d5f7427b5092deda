"""Numbers in sentences: shares, differences and their intervals.

A difference whose interval includes zero is said to be within the noise; one that is zero however
the groups are drawn, no change.
"""

from collections.abc import Mapping

Score = Mapping[str, float]
ENDS = ("value", "ci_low", "ci_high")
SHOWN = 0.0005
"""Half of the last printed digit: a smaller number would read as zero."""


def is_noise(difference: Score) -> bool:
    """Whether the interval of a difference holds zero."""
    return difference["ci_low"] <= 0 <= difference["ci_high"]


def is_nothing(difference: Score) -> bool:
    """Whether a difference is zero, and both ends of its interval too: nothing has changed."""
    return all(difference[key] == 0 for key in ENDS)


def is_control(title: str) -> bool:
    """Whether a model's title says that it is a control, not a contender."""
    return title.endswith("(control)") or title.startswith("control: ")


def in_points(difference: Score) -> str:
    """A difference of shares as percentage points with its interval."""
    value, low, high = (100 * difference[key] for key in ENDS)
    text = f"{value:+.1f} points (95 % {low:+.1f} to {high:+.1f})"
    return _judged(difference, text, "less than 0.05 points")


def in_nats(difference: Score) -> str:
    """A difference of log losses with its interval."""
    value, low, high = (difference[key] for key in ENDS)
    text = f"{value:+.3f} (95 % {low:+.3f} to {high:+.3f})"
    return _judged(difference, text, "less than 0.0005")


def _judged(difference: Score, text: str, tiny: str) -> str:
    if is_nothing(difference):
        return "no change"
    if all(abs(difference[key]) < SHOWN for key in ENDS):
        text = tiny
    return f"{text}, within the noise" if is_noise(difference) else text


def percent(value: float, digits: int = 1) -> str:
    """A share as percent."""
    return f"{100 * value:.{digits}f} %"


def share(score: Score, digits: int = 1) -> str:
    """A share as percent with its interval."""
    low, high = (f"{100 * score[end]:.{digits}f}" for end in ("ci_low", "ci_high"))
    return f"{percent(score['value'], digits)} ({low} to {high})"


def guessing(share_of_commonest: float) -> str:
    """The accuracy that a model must beat, in a sentence."""
    return f"Always naming the commonest class has {percent(share_of_commonest)} right."


def nats(score: Score) -> str:
    """A log loss with its interval."""
    return f"{score['value']:.3f} ({score['ci_low']:.3f} to {score['ci_high']:.3f})"


def yes(true: object) -> str:
    return "yes" if true else "no"
