import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import random_table

from practical_dl.movies.ranking.models import implicit_als
from practical_dl.movies.ranking.models.implicit_als import fit_implicit_als, solved


def test_a_user_s_factors_are_the_weighted_regression_on_all_movies() -> None:
    train = random_table(6, 9, 4)
    movies = np.random.default_rng(0).normal(size=(9, 3))
    table = train.table()
    found = solved(table, movies, 4.0, 0.5)
    rated = table.toarray()[2]
    weights = np.diag(1 + 4.0 * rated)
    left = movies.T @ weights @ movies + 0.5 * np.eye(3)
    assert found[2] == pytest.approx(np.linalg.solve(left, movies.T @ weights @ rated))


def test_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    train = random_table(40, 25, 5)
    movies = np.random.default_rng(1).normal(size=(25, 4))
    whole = solved(train.table(), movies, 3.0, 1.0)
    monkeypatch.setattr(implicit_als, "MOST_NUMBERS", 100)
    assert solved(train.table(), movies, 3.0, 1.0) == pytest.approx(whole)


def test_someone_new_with_the_same_ratings_has_the_same_scores() -> None:
    train = random_table(20, 12, 6)
    model = fit_implicit_als(train, 4, 3.0, 1.0, 4, 0)
    users = solved(train.table(), model.movies, 3.0, 1.0)
    assert model.scores(train.rows(np.array([7, 2]))) == pytest.approx(
        users[[7, 2]] @ model.movies.T
    )


def test_what_was_rated_scores_higher_than_what_was_not() -> None:
    train = random_table(30, 12, 7)
    scores = fit_implicit_als(train, 6, 10.0, 0.1, 6, 0).scores(train)
    assert scores[train.rated()].mean() > scores[~train.rated()].mean() + 0.3
