"""Numbers in sentences and tables: shares, and gains with their intervals.

Every gain is told in the same words wherever it stands: better by, worse by, within the noise where
its interval includes zero, no change where it is zero however the groups are drawn. So a sentence
can be held against the table below it.
"""

from collections.abc import Mapping

from practical_dl.scoring.interval import Interval

Score = Mapping[str, float]
BETTER, WORSE, NOISE, SAME = "better", "worse", "within the noise", "no change"


def is_control(title: str) -> bool:
    """Whether a model's title says that it is a control, not a contender."""
    return title.endswith("(control)") or title.startswith("control: ")


def verdict(gain: Interval) -> str:
    """What a gain over a control says, in the words that every page has.

    A gain is positive where the score is better, whether the score itself is to be high or low.
    """
    if gain.is_nothing:
        return SAME
    if gain.is_noise:
        return NOISE
    return BETTER if gain.value > 0 else WORSE


def gain_in_points(gain: Interval) -> str:
    """A gain in a share, in percentage points: better by, worse by, or within the noise."""
    scaled = Interval(*(100 * end for end in (gain.value, gain.low, gain.high)))
    return _told(scaled, 1, " points")


def gain_in_nats(gain: Interval) -> str:
    """A gain in log loss: how much lower it is than the control's."""
    return _told(gain, 3)


def gain_in_ndcg(gain: Interval) -> str:
    """A gain in nDCG."""
    return _told(gain, 4)


def gain_in_stars(gain: Interval) -> str:
    """A gain in the error of ratings: how much lower it is than the control's."""
    return _told(gain, 4)


def _told(gain: Interval, digits: int, unit: str = "") -> str:
    word, shown = verdict(gain), 0.5 * 10**-digits
    if word == SAME:
        return SAME
    is_tiny = all(abs(end) < shown for end in (gain.value, gain.low, gain.high))
    amount = f"less than {shown:g}{unit}"
    if word == NOISE:
        value, low, high = (f"{end:+.{digits}f}" for end in (gain.value, gain.low, gain.high))
        return f"{NOISE}: {amount if is_tiny else f'{value}{unit} (95 % {low} to {high})'}"
    size = gain if word == BETTER else -gain
    value, low, high = (f"{end:.{digits}f}" for end in (size.value, size.low, size.high))
    return f"{word} by {amount if is_tiny else f'{value}{unit} (95 % {low} to {high})'}"


def excess_in_points(difference: Interval) -> str:
    """A difference of shares that is no gain, such as a leak, as percentage points."""
    value, low, high = (100 * end for end in (difference.value, difference.low, difference.high))
    if difference.is_nothing:
        return SAME
    text = f"{value:+.1f} points (95 % {low:+.1f} to {high:+.1f})"
    return f"{text}, {NOISE}" if difference.is_noise else text


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
