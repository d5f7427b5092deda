"""Somebody's ratings, on whatever scale, as stars of a rating set."""

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.rating_set import Scale

STARS, TENTHS, PERCENT = (0.5, 5.0), (1.0, 10.0), (0.0, 100.0)
KNOWN = ((0.0, 1.0), STARS, TENTHS, PERCENT)
"""What people rate on, by the highest rating."""

ENOUGH = 10
"""Ratings from which on a highest one far below that of the set says something."""

_DRAWN = re.compile("([\u2605\u2b50*]*)(\u00bd?)[\u2606\ufe0f]*")
_OF = re.compile(r"([\d.,]+) ?/ ?(\d+)")


class Written(NamedTuple):
    """Ratings as plain numbers (text), and the scale that their form tells, if it does."""

    texts: list[str]
    scale: Scale | None


class Stars(NamedTuple):
    """Stars on a rating set's scale (n,), NaN where none was given; and a line about the scale."""

    stars: NDArray[np.float64]
    told: str


class OffScale(Exception):
    """Names the places of ratings that cannot be meant, and what could."""

    def __init__(self, places: NDArray[np.bool_], wanted: str) -> None:
        super().__init__(wanted)
        self.places = np.flatnonzero(places).tolist()


def plain_texts(texts: Sequence[str]) -> Written:
    """Ratings written as '8/10', '80%' or in drawn stars as numbers, if all are written so."""
    given = [text for text in texts if text]
    if given and all(map(_DRAWN.fullmatch, given)):
        return Written([text and _counted(text) for text in texts], STARS)
    if given and all(text.endswith("%") for text in given):
        return Written([text.removesuffix("%").strip() for text in texts], PERCENT)
    tops = {match[2] for text in given if (match := _OF.fullmatch(text))}
    if len(tops) == 1 and all(map(_OF.fullmatch, given)):
        numbers = [text.partition("/")[0].strip() for text in texts]
        top = float(tops.pop())
        return Written(numbers, next((one for one in KNOWN if one[1] == top), (0.0, top)))
    return Written(list(texts), None)


def as_stars(given: NDArray[np.float64], scale: Scale | None, target: Scale) -> Stars:
    """Ratings (n,) on a `scale`, which is found out if it is None, on the scale `target`.

    A rating of 0 on a scale that begins above it is none. Where both scales end alike, a rating
    is kept (or raised to the lowest); else the scales are laid upon each other.

    Raises:
        OffScale: some ratings lie outside.
        UserError: the scale is not known, or can be taken in two ways.
    """
    low, high = scale or _find_scale(given, target)
    given = np.where((given == 0) & (low > 0), np.nan, given)
    outside = (given < low) | (given > high)
    if outside.any():
        raise OffScale(outside, f"a number from {low:g} to {high:g}")
    first, last = target
    if high != last:
        stars = first + (given - low) * (last - first) / (high - low)
        return Stars(stars, f"ratings from {low:g} to {high:g} become {first:g} to {last:g}")
    raised = f", those below {first:g} as {first:g}" if (given < first).any() else ""
    return Stars(
        np.maximum(given, first), f"ratings are kept, on a scale that ends at {last:g}{raised}"
    )


def _find_scale(given: NDArray[np.float64], target: Scale) -> Scale:
    """The scale of most sense: the set's own, or the next one that has room for all ratings."""
    values = given[~np.isnan(given) & (given != 0)]
    if not len(values) or values.min() < 0:
        return target
    scales = {scale[1]: scale for scale in (*KNOWN, target)}
    fitting = [top for top in sorted(scales) if top >= values.max()]
    if not fitting:
        raise UserError(
            f"ratings go up to {values.max():g}; say what they can be: --scale LOWEST HIGHEST"
        )
    low, high = scales[fitting[0]]
    if high < target[1]:
        if len(values) >= ENOUGH:
            raise UserError(
                f"no rating is above {values.max():g}; say what they can be: "
                f"--scale {low:g} {high:g} or --scale {target[0]:g} {target[1]:g}"
            )
        low, high = target
    most = next(top for top in sorted(scales) if top >= max(np.median(values), target[1]))
    if most < high:
        wanted = (
            f"at most {most:g} as most others, or say what they can be: --scale {low:g} {high:g}"
        )
        raise OffScale(given > most, wanted)
    return min(low, float(values.min())), high


def _counted(drawn: str) -> str:
    match = _DRAWN.fullmatch(drawn)
    assert match
    return f"{len(match[1])}{'.5' if match[2] else ''}"
