import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.movies.models.grouping import PADDING, draw_normal, group_rows, normal_equations


@given(st.lists(st.integers(0, 9), min_size=1, max_size=80))
def test_every_row_stands_once_below_its_entity(codes: list[int]) -> None:
    grouping = group_rows(np.array(codes), 10)
    found = [
        (int(entity), int(row))
        for entities, rows in grouping.stacks
        for entity, own in zip(entities, rows, strict=True)
        for row in own[own != PADDING]
    ]
    assert sorted(found) == sorted((code, row) for row, code in enumerate(codes))


def test_the_sums_are_those_of_each_entity_s_rows() -> None:
    rng = np.random.default_rng(0)
    codes = rng.integers(0, 7, 60)
    regressors, targets, weights = rng.normal(size=(60, 3)), rng.normal(size=60), rng.random(60)
    products, moments = normal_equations(
        group_rows(codes, 8), lambda rows: (regressors[rows], targets[rows], weights[rows]), 3
    )
    for entity in range(8):
        own = codes == entity
        scaled = weights[own, None] * regressors[own]
        np.testing.assert_allclose(products[entity], regressors[own].T @ scaled, atol=1e-12)
        np.testing.assert_allclose(moments[entity], scaled.T @ targets[own], atol=1e-12)
    assert not products[7].any()


def test_draws_have_the_mean_and_covariance_asked_for() -> None:
    precision = np.array([[4.0, 1.0], [1.0, 2.0]])
    moment = np.array([2.0, -1.0])
    count = 40_000
    drawn = draw_normal(
        np.broadcast_to(precision, (count, 2, 2)),
        np.broadcast_to(moment, (count, 2)),
        np.random.default_rng(0),
    )
    # P^-1 = [[2, -1], [-1, 4]] / 7, P^-1 b = (5, -6) / 7
    np.testing.assert_allclose(drawn.mean(axis=0), [5 / 7, -6 / 7], atol=0.02)
    np.testing.assert_allclose(np.cov(drawn.T), np.array([[2, -1], [-1, 4]]) / 7, atol=0.02)
