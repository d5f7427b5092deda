import io
from typing import Any

import numpy as np
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.ranking.choice import Fold, choose, mean_ndcg
from practical_dl.movies.ranking.fits import Chosen, Settings, fit_blended, fit_others
from practical_dl.movies.ranking.models.interactions import Interactions
from practical_dl.movies.ranking.ranking_models import IN_BLEND, RANKING_MODELS
from practical_dl.movies.ranking.ranking_study import rank_all
from practical_dl.movies.ranking.study import Shared, list_all, rank_split
from practical_dl.movies.ratings.demo import Demo, make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of

DEMO = make_demo(60, 80, 2_000, 0)


def study(settings: Settings, samples: int) -> dict[str, Any]:
    ranking = settings._asdict()
    ranking.pop("seed")
    return {
        "splits": ["random", "by_time"],
        "train_share": 0.8,
        "content": "own",
        "star_samples": samples,
        "bayes": {"rank": 3, "burn_in": 5, "most_features": 50},
        "ranking": ranking,
    }


def run(demo: Demo, settings: Settings, samples: int) -> Any:
    roles = assign_roles(demo.ratings, 0.8, 42)
    seen = demo.ratings[["user_id", "movie_id"]][:0]
    log = Log("test", io.StringIO(), io.StringIO())
    return rank_all(
        demo.ratings, demo.movies, roles, seen, (0.5, 5.0), study(settings, samples), 0, log
    )


def test_every_model_has_a_list_for_every_user_of_what_they_did_not_rate(
    settings: Settings,
) -> None:
    lists, chosen, taste = run(DEMO, settings, 10)
    assert list(lists) == list(chosen) == ["random", "by_time"]
    assert list(lists["random"].movies) == list(RANKING_MODELS)
    train = ratings_of("train", DEMO.ratings, assign_roles(DEMO.ratings, 0.8, 42))
    rated = set(zip(train["user_id"], train["movie_id"], strict=True))
    for movies in lists["random"].movies.values():
        assert movies.shape == (len(lists["random"].users), settings.k)
        pairs = zip(np.repeat(lists["random"].users, settings.k), movies.ravel(), strict=True)
        assert not rated & set(pairs)
    assert sum(chosen["random"]["weights"].values()) == pytest.approx(1, abs=1e-5)
    assert taste.weights == chosen["random"]["weights"]
    assert taste.counts.sum() == len(DEMO.ratings)


def test_without_samples_there_are_no_models_by_stars(settings: Settings) -> None:
    lists, chosen, _ = run(DEMO, settings, 0)
    assert set(RANKING_MODELS) - set(lists["random"].movies) == {"stars", "rated_times_stars"}
    assert "stars" not in chosen["random"]["weights"]


def shared_sides() -> tuple[Shared, tuple[pd.DataFrame, pd.DataFrame]]:
    split = assign_roles(DEMO.ratings, 0.8, 42)
    sides = (
        ratings_of("train", DEMO.ratings, split),
        ratings_of("valid", DEMO.ratings, split),
    )
    catalogue = make_catalogue(DEMO.ratings, DEMO.movies)
    return Shared(catalogue, DEMO.ratings[["user_id", "movie_id"]][:0], (0.5, 5.0)), sides


def test_the_ridge_is_the_one_that_does_best_on_the_inner_rows(settings: Settings) -> None:
    shared, (train, held_out) = shared_sides()
    fold = Fold(shared.trained_on(train), shared.held_out(held_out), None)
    ridges = [0.01, 60.0, 1e6]
    found = choose([fold], settings._replace(ridges=ridges))
    scores = {
        ridge: mean_ndcg(settings.ease(fold.train, ridge, 0.0), fold, settings) for ridge in ridges
    }
    assert found.ease == max(scores, key=lambda ridge: scores[ridge])
    assert set(found.weights) == set(IN_BLEND) - {"stars"}


def test_what_was_seen_is_never_on_a_list(settings: Settings) -> None:
    shared, sides = shared_sides()
    user = int(sides[1]["user_id"].iloc[0])
    rated = DEMO.ratings[DEMO.ratings["user_id"] == user]["movie_id"]
    rest = np.setdiff1d(shared.catalogue.movie_ids, rated)
    seen = pd.DataFrame({"user_id": user, "movie_id": rest[:-3]})
    found = rank_split(sides, [sides], shared._replace(seen=seen), lambda _: None, settings)
    place = int(np.flatnonzero(shared.catalogue.user_ids[found.users] == user)[0])
    listed = found.lists["blend"][place]
    allowed = set(rest[-3:]) | set(sides[1][sides[1]["user_id"] == user]["movie_id"])
    assert set(shared.catalogue.movie_ids[listed[listed >= 0]]) <= allowed


def test_a_split_without_users_on_both_sides_is_refused(settings: Settings) -> None:
    shared, (train, held_out) = shared_sides()
    mine = train[train["user_id"] == 1], held_out[held_out["user_id"] == 2]
    with pytest.raises(UserError, match="no user has ratings in the training part"):
        rank_split(mine, [mine], shared, lambda _: None, settings)


def test_the_blend_on_a_list_is_that_of_its_weights(
    interactions: Interactions, settings: Settings
) -> None:
    chosen = Chosen(100.0, 100.0, 10.0, {"ease_liked": 1.0})
    models = fit_others(interactions, 100.0, settings)
    models |= fit_blended(interactions, chosen._asdict(), None, settings)
    found = list_all(models, chosen.weights, interactions, np.arange(60), 5)
    assert found["blend"].tolist() == found["ease_liked"].tolist()
    assert found["ease"].tolist() != found["ease_liked"].tolist()
