import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made, random_table

from practical_dl.movies.ranking.models.raters import make_raters


def test_movies_in_common_are_counted() -> None:
    train = hand_made()
    shared = make_raters(train, 0.0).shared(train.rows(np.array([0, 2])), 0.0)
    assert shared.tolist() == [[2, 2, 0, 0], [0, 1, 1, 0]]


def test_weighted_products_are_those_of_the_tables() -> None:
    train = random_table(12, 9, 1)
    table = train.table(0.4).toarray()
    found = make_raters(train, 0.4).shared(train, 0.4)
    assert found == pytest.approx(table @ table.T)
