import numpy as np
import pytest

from practical_dl.movies.recommender.factors import Factors
from practical_dl.movies.recommender.folding import fold_in


def test_folding_in_is_the_ridge_regression_on_the_movies() -> None:
    # One factor and bias; movie 0 has bias 0.5 and factor 2; mean 3; prior N(0, 1) of both.
    factors = Factors(
        mean=3.0,
        scale=np.array([0.5, 5.0]),
        movies=np.array([[[0.5, 2.0], [0.0, 1.0]]]),
        users=np.zeros((1, 1, 2)),
        centre=np.zeros((1, 2)),
        precision=np.eye(2)[None],
        rated=np.zeros((1, 2, 2)),
        noise=np.ones(1),
        user_precisions=np.ones((1, 1)),
    )
    # Residual 4.5 - 3 - 0.5 = 1 on regressors (1, 2): (I + zz')^-1 z = z / 6
    assert fold_in(factors, np.array([0]), np.array([4.5]))[0].tolist() == pytest.approx(
        [1 / 6, 2 / 6]
    )
    assert fold_in(factors, np.array([], dtype=np.int64), np.array([])).tolist() == [[0, 0]]
