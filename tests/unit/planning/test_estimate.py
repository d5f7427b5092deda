"""What a job is expected to take, by hand."""

import math

import pytest
from tests.unit.planning.jobs import cost, job

from practical_dl.planning.estimate import (
    AS_NEAR,
    FACTORS,
    FARTHER,
    LIKE,
    NOTHING,
    OTHER_MACHINE,
    REPEATED,
    SAME_JOB,
    START_SECONDS,
    TABLE,
    Estimate,
    Estimator,
    _nearest,
    doubt,
    growth,
    shares,
)


def test_a_job_is_judged_by_the_data_nearest_in_size() -> None:
    """800 ratings are nearer to 12,000 than to 100,000, by their ratio."""
    small, large = cost("fit", 1, 12_000), cost("fit", 20, 100_000)
    assert _nearest([small, large], 800, 1.0) is small
    assert _nearest([small, large], 90_000, 1.0) is large
    assert _nearest([cost("fit", 2, 12_000), small], 12_100, 1.0) is small
    assert _nearest([cost("fit", 3)], 800, 1.0).seconds == 3


def test_the_same_job_is_the_best_witness() -> None:
    earlier = [cost("fit", 10, log="results/logs/fit.log"), cost("fit", 90)]
    one = Estimator(earlier, []).estimate(job("fit"), None, 1)
    assert (one.seconds, one.factor, one.basis) == (10, FACTORS[SAME_JOB], SAME_JOB)
    assert one.memory == 400


def test_the_same_job_takes_nearly_as_many_times_as_long_as_it_repeats() -> None:
    """10.5 s for 5 epochs, half a second of them before the first."""
    earlier = [cost("fit", 10.5, log="results/logs/fit.log", work=5)]
    one = Estimator(earlier, []).estimate(job("fit"), None, 10)
    assert (one.seconds, one.basis) == (pytest.approx(START_SECONDS + 10 * 2**REPEATED), LIKE)


def test_other_data_are_scaled_by_their_rows() -> None:
    one = Estimator([cost("fit", 10.5, 100)], []).estimate(job("fit"), 1000, 1)
    assert one.basis == LIKE
    assert one.seconds == pytest.approx(START_SECONDS + 100)
    assert one.factor == pytest.approx(FACTORS[LIKE] * 10**FARTHER)


def test_what_was_measured_here_goes_before_the_table_unless_that_is_much_nearer() -> None:
    here, table = [cost("fit", 11, 100)], [cost("fit", 50, 1000), cost("fit", 5, 90)]
    estimator = Estimator(here, table)
    assert estimator.estimate(job("fit"), 200, 1).basis == LIKE
    assert 100 * math.exp(AS_NEAR) < 900
    assert estimator.estimate(job("fit"), 900, 1).basis == OTHER_MACHINE


def test_the_table_is_taken_at_the_speed_of_this_machine_once_that_is_known() -> None:
    names = ("a", "b", "c")
    table = [cost(name, 10, 100) for name in (*names, "d")]
    unknown = Estimator([], table).estimate(job("d"), 100, 1)
    assert (unknown.seconds, unknown.basis, unknown.factor) == (10, OTHER_MACHINE, 3)
    known = Estimator([cost(name, 20, 100) for name in names], table)
    assert known.speed == pytest.approx(2)
    one = known.estimate(job("d"), 100, 1)
    assert (one.seconds, one.basis) == (pytest.approx(20), TABLE)
    short = Estimator([cost(name, 1, 100) for name in names], table)
    assert short.speed is None
    assert known.estimate(job("new"), None, 1).basis == NOTHING


def test_a_text_of_five_megabytes_takes_longer_than_one_of_six_kilobytes() -> None:
    table = [cost("fit_characters", 14, 66_000), cost("fit_characters", 130, 600_000)]
    estimator = Estimator([], table)
    sizes = (6_000, 600_000, 5_400_000)
    small, large, largest = (
        estimator.estimate(job("fit_characters"), size, 1).seconds for size in sizes
    )
    assert small < 3
    assert large == pytest.approx(130)
    assert largest == pytest.approx(130 * 9, rel=0.15)


def test_what_two_sizes_of_a_rule_took_says_how_it_grows() -> None:
    steady = [cost("steady", 6, 100), cost("steady", 6, 10_000)]
    linear = [cost("linear", 1.5, 100), cost("linear", 100.5, 10_000)]
    assert growth(steady) == pytest.approx(0, abs=1e-9)
    assert growth(linear) == pytest.approx(1)
    assert growth(steady[:1]) is None
    estimator = Estimator([cost("steady", 3, 100)], steady + linear)
    assert estimator.estimate(job("steady"), 300, 1).seconds == pytest.approx(3)


def test_the_longest_jobs_decide_how_sure_a_plan_is() -> None:
    long, short = Estimate(90, 1.5, 0, LIKE), Estimate(10, 6.0, 0, NOTHING)
    assert doubt([long, short]) == pytest.approx(1.5**0.9 * 6**0.1)
    assert doubt([]) == 1
    assert shares([short, long]) == {LIKE: pytest.approx(0.9), NOTHING: pytest.approx(0.1)}
    sure = (SAME_JOB, LIKE, TABLE)
    assert all(FACTORS[basis] ** 2 <= 3 for basis in sure), "a range of at most threefold"
