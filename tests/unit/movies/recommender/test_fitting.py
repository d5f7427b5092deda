import numpy as np

from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.ratings.rating_set import rating_scale
from practical_dl.movies.recommender.fitting import fit_library


def test_the_library_keeps_the_samples_asked_for_and_every_rating() -> None:
    demo = make_demo(30, 40, 600, 0)
    library = fit_library(
        demo.ratings,
        demo.movies,
        rank=2,
        burn_in=2,
        samples=6,
        most_features=20,
        kept=3,
        seed=0,
        scale=rating_scale(demo.ratings),
    )
    assert library.factors.movies.shape == (3, 40, 1 + 2)
    assert library.factors.scale.tolist() == [
        demo.ratings["rating"].min(),
        demo.ratings["rating"].max(),
    ]
    assert np.sort(library.rated_stars).tolist() == sorted(demo.ratings["rating"])
