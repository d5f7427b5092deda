import numpy as np
import pytest

from practical_dl.movies.models.priors import Prior, draw_wishart
from practical_dl.movies.models.side_information import decompose


def test_a_prior_learns_what_features_explain() -> None:
    rng = np.random.default_rng(0)
    table = rng.integers(0, 2, (300, 3)).astype(float)
    theta = table @ np.array([[1.0, 0.0], [0.0, -1.0], [0.5, 0.5]]) + rng.normal(0, 0.1, (300, 2))
    prior = Prior(300, 2, [decompose(table, 10)])
    for _ in range(50):
        prior.update(theta, rng)
    assert np.abs(prior.mean() - theta).mean() < 0.15
    assert np.sqrt(1 / np.diag(prior.precision)) == pytest.approx([0.1, 0.1], abs=0.05)


def test_wishart_draws_have_the_mean_of_the_distribution() -> None:
    rng = np.random.default_rng(0)
    scatter = np.array([[2.0, 0.5], [0.5, 1.0]])
    mean = np.mean([draw_wishart(10, scatter, rng) for _ in range(20_000)], axis=0)
    np.testing.assert_allclose(mean, 10 * np.linalg.inv(scatter), rtol=0.02)
