import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.rating_scales import (
    PERCENT,
    STARS,
    TENTHS,
    OffScale,
    as_stars,
    plain_texts,
)

WHOLE = (1.0, 5.0)


@pytest.mark.parametrize(
    ("given", "scale", "target", "stars"),
    [
        ([0.5, 3.5, 5], STARS, STARS, [0.5, 3.5, 5]),
        ([1, 8, 10], TENTHS, STARS, [0.5, 4, 5]),  # half of each: 0.5 + 7 / 9 * 4.5 = 4
        ([1, 5.5, 10], TENTHS, WHOLE, [1, 3, 5]),
        ([0, 50, 100], PERCENT, STARS, [0.5, 2.75, 5]),
        ([0.5, 4], STARS, WHOLE, [1, 4]),  # both end at 5: kept, or raised
        ([0.5, 5], STARS, TENTHS, [1, 10]),
        ([-10, 0, 10], (-10.0, 10.0), WHOLE, [1, 3, 5]),
        ([0, 4], STARS, STARS, [np.nan, 4]),
        ([np.nan, 4], STARS, STARS, [np.nan, 4]),
        # found out
        ([1, 4, 5], None, STARS, [1, 4, 5]),
        ([6, 8, 10], None, STARS, [3, 4, 5]),
        ([60, 80, 100], None, STARS, [3.2, 4.1, 5]),
        ([0, 7, 9], None, STARS, [np.nan, 3.5, 4.5]),  # 0 of 1 to 10 is none
        ([0, 70, 90], None, STARS, [0.5, 3.65, 4.55]),
        ([0.5, 5], None, WHOLE, [1, 5]),
        ([3, 5], None, TENTHS, [3, 5]),
        ([0, 0], None, STARS, [np.nan, np.nan]),
        ([-3, 4], None, (-10.0, 10.0), [-3, 4]),
    ],
)
def test_ratings_become_stars(
    given: list[float],
    scale: tuple[float, float] | None,
    target: tuple[float, float],
    stars: list[float],
) -> None:
    found = as_stars(np.array(given, float), scale, target)
    np.testing.assert_allclose(found.stars, stars)


def test_what_was_done_is_told() -> None:
    eight = np.array([8.0, 6])
    assert as_stars(eight, None, STARS).told == "ratings from 1 to 10 become 0.5 to 5"
    told = "ratings are kept, on a scale that ends at 5"
    assert as_stars(np.array([4.0]), STARS, STARS).told == told
    raised = f"{told}, those below 1 as 1"
    assert as_stars(np.array([0.5, 4]), STARS, WHOLE).told == raised


@pytest.mark.parametrize(
    ("given", "scale", "places", "wanted"),
    [
        ([4, 11, 12], TENTHS, [1, 2], "a number from 1 to 10"),
        ([4, -1], None, [1], "a number from 0.5 to 5"),
        ([4, 5, 45, 3], None, [2], "at most 5 as most others"),
        ([7, 8, 9, 75], None, [3], "at most 10 as most others"),
        ([1, 2, 2, 9], None, [3], r"at most 5 .* --scale 1 10"),
    ],
)
def test_ratings_that_cannot_be_meant_are_named(
    given: list[float], scale: tuple[float, float] | None, places: list[int], wanted: str
) -> None:
    with pytest.raises(OffScale, match=wanted) as caught:
        as_stars(np.array(given, float), scale, STARS)
    assert caught.value.places == places


@pytest.mark.parametrize(
    ("given", "target", "message"),
    [
        ([1.0] * 10, STARS, r"no rating is above 1; .* --scale 0 1 or --scale 0.5 5"),
        ([4.0, 5] * 5, TENTHS, r"no rating is above 5; .* --scale 0.5 5 or --scale 1 10"),
        ([400.0, 900], STARS, r"ratings go up to 900; .* --scale LOWEST HIGHEST"),
    ],
)
def test_a_scale_that_can_be_two_is_asked_for(
    given: list[float], target: tuple[float, float], message: str
) -> None:
    with pytest.raises(UserError, match=message):
        as_stars(np.array(given), None, target)


def test_drawn_stars_fractions_and_percents_are_numbers() -> None:
    assert plain_texts(["\u2605\u2605\u2605\u2605\u00bd", "", "\u00bd"]) == (
        ["4.5", "", "0.5"],
        STARS,
    )
    assert plain_texts(["8/10", "7.5 / 10"]) == (["8", "7.5"], TENTHS)
    assert plain_texts(["3/4"]) == (["3"], (0.0, 4.0))
    assert plain_texts(["80%", "", "95 %"]) == (["80", "", "95"], PERCENT)
    assert plain_texts(["8/10", "7"]) == (["8/10", "7"], None)
    assert plain_texts(["8/10", "7/5"]) == (["8/10", "7/5"], None)
    assert plain_texts(["4", ""]) == (["4", ""], None)
    assert plain_texts([""]) == ([""], None)
