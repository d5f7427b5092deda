from practical_dl.planning.estimate import _nearest
from practical_dl.planning.history import Cost


def cost(rows: int | None, seconds: float) -> Cost:
    return Cost("fit", "", seconds, seconds, 0, 0, rows)


def test_a_job_is_judged_by_the_data_nearest_in_size() -> None:
    """800 ratings are nearer to 12,000 than to 100,000, by their ratio."""
    small, large = cost(12_000, 1), cost(100_000, 20)
    assert _nearest([small, large], 800) == [small]
    assert _nearest([small, large], 90_000) == [large]
    assert _nearest([small, cost(12_100, 2), large], 12_000) == [small, cost(12_100, 2)]
    assert _nearest([small, large], None) == [small, large]
    assert _nearest([cost(None, 3)], 800) == [cost(None, 3)]
