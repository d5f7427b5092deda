import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made, random_table

from practical_dl.movies.ranking.models.wide_autoencoder import (
    evenly_spread,
    fit_wide_autoencoder,
    tangent_kernel,
)


def test_the_kernel_at_equal_orthogonal_and_sixty_degrees() -> None:
    shared = np.array([[1.0, 0.0, 0.5]])
    expected = [2.0, 1 / np.pi, 2 / 3 + np.sqrt(0.75) / np.pi]
    assert tangent_kernel(shared, np.ones(1), np.ones(3))[0] == pytest.approx(expected)


def test_it_is_a_ridge_regression_on_the_likeness_of_users() -> None:
    train = random_table(15, 10, 3)
    table = train.table(0.4).toarray()
    norms = np.linalg.norm(table, axis=1)
    kernel = tangent_kernel(table @ table.T, norms, norms)
    expected = kernel @ np.linalg.solve(kernel + 2.0 * np.eye(15), table)
    assert fit_wide_autoencoder(train, 2.0, 0.4, 10, 15).scores(train) == pytest.approx(expected)


def test_users_without_ratings_and_more_users_than_allowed_are_left_out() -> None:
    assert fit_wide_autoencoder(hand_made(), 1.0, 0.0, 4, 9).raters.count == 3
    assert evenly_spread(np.array([1, 3, 5, 7, 9, 11]), 3).tolist() == [1, 5, 9]
    model = fit_wide_autoencoder(hand_made(), 1.0, 0.0, 4, 2)
    assert model.weights.shape == (2, 3)
    assert model.scores(hand_made()).shape == (4, 4)
