"""Figures on ml-100k that were computed apart from this code, or published."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.ranking.metrics import user_metrics
from practical_dl.movies.ranking.models.ease import fit_ease
from practical_dl.movies.ranking.models.interactions import Interactions, make_interactions
from practical_dl.movies.ranking.models.item_knn import fit_item_knn
from practical_dl.movies.ranking.models.popularity import fit_popularity
from practical_dl.movies.ranking.models.scorer import Scorer, best_unrated
from practical_dl.movies.ratings.splits import drawn_rows

Sides = tuple[Interactions, Interactions]


@pytest.fixture(scope="module")
def sides(real_data: Path) -> Sides:
    path = real_data / "ml-100k/u.data"
    if not path.is_file():
        pytest.skip(f"{path} is not there")
    table = pd.read_csv(path, sep="\t", header=None).to_numpy()
    users, movies = (np.unique(table[:, place], return_inverse=True)[1] for place in (0, 1))
    nothing = np.zeros(0, np.int64), np.zeros(0, np.int64)
    trains = drawn_rows(len(table), 0.8, 42)

    def side(rows: np.ndarray) -> Interactions:
        stars = table[rows, 2].astype(float)
        return make_interactions(users[rows], movies[rows], stars, nothing, (943, 1682), (1, 5))

    return side(trains), side(~trains)


def ndcg(model: Scorer, sides: Sides) -> float:
    train, held_out = sides
    users = np.flatnonzero(np.diff(held_out.starts))
    rows, relevant = train.rows(users), held_out.rows(users).rated()
    lists = best_unrated(model.scores(rows), rows.rated(), 10)
    hits = np.take_along_axis(relevant, lists, axis=1)
    return float(user_metrics(hits, relevant.sum(axis=1))["ndcg"].mean())


def test_popularity_neighbours_and_ease_reach_what_is_known_of_them(sides: Sides) -> None:
    train, _ = sides
    assert ndcg(fit_popularity(train), sides) == pytest.approx(0.214, abs=0.003)
    assert 0.385 < ndcg(fit_item_knn(train, 100, 10.0), sides) < 0.415
    assert ndcg(fit_ease(train, 400.0, 0.0, 2_000), sides) == pytest.approx(0.450, abs=0.003)
