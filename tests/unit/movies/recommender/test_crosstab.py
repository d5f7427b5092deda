import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.recommender.crosstab import (
    busiest_cells,
    fit_both,
    fit_cells,
    one_hot_difference,
    time_look_up,
)


def test_the_crosstab_holds_the_busiest_and_the_most_rated() -> None:
    ratings = pd.DataFrame(
        [(1, 10, 4.0), (1, 20, 3.0), (2, 10, 5.0), (3, 30, 1.0), (2, 30, 2.0), (2, 40, 1.0)],
        columns=["user_id", "movie_id", "rating"],
    )
    cells = busiest_cells(ratings, users=2, movies=2)
    assert cells.index.tolist() == [2, 1]
    assert cells.columns.tolist() == [10, 30]
    assert cells.to_numpy()[0].tolist() == [5.0, 2.0]
    assert cells.to_numpy()[1, 0] == 4.0
    assert np.isnan(cells.to_numpy()[1, 1])


def test_biases_lower_the_loss_and_empty_cells_do_not_count(cells: pd.DataFrame) -> None:
    stars = cells.to_numpy()
    plain, biased = (fit_cells(stars, biases, seed=0) for biases in (False, True))
    filled = ~np.isnan(stars)
    for fit in (plain, biased):
        errors = (fit.predicted() - stars)[filled]
        assert fit.rmse[-1] == pytest.approx(np.sqrt((errors**2).mean()))
        assert fit.rmse[-1] < 0.5 * fit.rmse[0]
    assert not plain.user_bias.any()
    assert biased.rmse[-1] < plain.rmse[-1]
    assert (plain.numbers(), biased.numbers()) == (150, 180)


def test_a_look_up_is_a_one_hot_product() -> None:
    table = np.random.default_rng(0).normal(size=(7, 3))
    assert one_hot_difference(table, np.array([6, 0, 0, 3])) == 0


def test_both_fits_are_those_without_and_with_biases(cells: pd.DataFrame) -> None:
    fits = fit_both(cells, seed=0)
    assert list(fits) == ["without biases", "with biases"]
    for biases, fit in zip((False, True), fits.values(), strict=True):
        assert (fit.rmse == fit_cells(cells.to_numpy(), biases, seed=0).rmse).all()
    assert min(time_look_up(fits["with biases"].users).values()) > 0
