import pytest

from practical_dl.movies.models.baselines import fit_baselines
from practical_dl.movies.models.bias import (
    best_shrinkages,
    compare_shrinkages,
    fit_bias,
    predict_bias,
)
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.rating_models import BASELINES
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of


def test_each_baseline_is_fitted_on_the_training_ratings_alone() -> None:
    demo = make_demo(40, 50, 700, 0)
    split = assign_roles(demo.ratings, 0.8, 42)
    train, valid = (ratings_of(role, demo.ratings, split) for role in ("train", "valid"))
    shrinkages, chain = compare_shrinkages(train, 0), Chain(0, 2, 4, 0)
    stars = fit_baselines(BASELINES, train, valid, demo.movies, shrinkages, chain)
    assert set(stars) == set(BASELINES)
    assert stars["mean"] == pytest.approx(train["rating"].mean())
    bias = fit_bias(train, *best_shrinkages(shrinkages))
    assert (stars["bias"] == predict_bias(bias, valid)).all()
    content = fit_content(train, valid, demo.movies, chain)
    assert (stars["content"] == content.stars).all()
