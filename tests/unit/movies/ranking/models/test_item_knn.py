import numpy as np
import pytest
from tests.unit.movies.ranking.models.hand import hand_made, random_table

from practical_dl.movies.ranking.models import item_knn
from practical_dl.movies.ranking.models.item_knn import fit_item_knn


def test_cosines_by_hand() -> None:
    # Movies 0 and 1 share both raters, 2 / 2; movies 0 and 2 one of two, 1 / 2.
    likeness = fit_item_knn(hand_made(), 10, 0.0).likeness.toarray()
    assert likeness[:3, :3] == pytest.approx(np.array([[0, 1, 0.5], [1, 0, 0.5], [0.5, 0.5, 0]]))
    shrunk = fit_item_knn(hand_made(), 10, 2.0).likeness.toarray()
    assert shrunk[0, 1] == pytest.approx(2 / 4)
    assert shrunk[0, 2] == pytest.approx(1 / 4)


def test_only_the_nearest_of_each_movie_are_kept() -> None:
    likeness = fit_item_knn(hand_made(), 1, 0.0).likeness.toarray()
    assert (likeness[:, 0] > 0).tolist() == [False, True, False, False]


def test_scores_are_sums_over_what_was_rated_in_blocks_too(monkeypatch: pytest.MonkeyPatch) -> None:
    train = random_table(20, 11, 2)
    whole = fit_item_knn(train, 4, 1.0)
    expected = train.table().toarray() @ whole.likeness.toarray()
    assert whole.scores(train) == pytest.approx(expected)
    monkeypatch.setattr(item_knn, "AT_ONCE", 3)
    assert fit_item_knn(train, 4, 1.0).scores(train) == pytest.approx(expected)
