import numpy as np

from practical_dl.movies.models.bayes import VARIANTS, Sampling, fit_variant
from practical_dl.movies.models.content import fit_content
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.ratings.splits import assign_roles, ratings_of
from practical_dl.movies.studies.fits import fit_models


def test_models_fitted_together_are_those_fitted_alone() -> None:
    demo = make_demo(40, 50, 700, 0)
    split = assign_roles(demo.ratings, 0.8, 42)
    train, valid = (ratings_of(role, demo.ratings, split) for role in ("train", "valid"))
    sampling = Sampling(Chain(2, 1, 3, 5), chains=2, most_features=20)
    names = ("bias", "content", *VARIANTS)
    found = dict(fit_models(names, train, valid, demo.movies, sampling))
    assert list(found) == list(names)
    for name, variant in VARIANTS.items():
        alone = fit_variant(variant, train, valid, demo.movies, sampling)
        assert (found[name] == alone.stars).all()
    content = fit_content(train, valid, demo.movies, sampling.chain)
    assert (found["content"] == content.stars).all()
    errors = found["bias"] - valid["rating"]
    assert np.sqrt((errors**2).mean()) < valid["rating"].std()
