from practical_dl.movies.pages.shared import ends, verdict
from practical_dl.scoring.interval import Interval


def test_a_difference_inside_the_noise_is_called_that() -> None:
    intervals = [(0.1, 0.2), (-0.2, -0.1), (-0.1, 0.1)]
    assert [verdict(Interval(0.0, low, high)) for low, high in intervals] == [
        "worse",
        "better",
        "within the noise",
    ]
    assert ends(Interval(0.9, 0.85, 0.95)) == "0.8500 to 0.9500"
