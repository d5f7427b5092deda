from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.models.bayes import recommender_states
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.models.scores import table_of_models
from practical_dl.movies.ranking.fits import Chosen, Settings, fit_taste
from practical_dl.movies.ranking.models.interactions import Interactions, make_interactions
from practical_dl.movies.ranking.taste import Taste, write_taste
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.factors import Library, collect, write_library


def predictions(values: list[float]) -> pd.DataFrame:
    rows = len(values)
    return pd.DataFrame(
        {
            "id": [f"{row % 6}:{row}" for row in range(rows)],
            "group": [str(row % 6) for row in range(rows)],
            "true": [3.0] * rows,
            "prediction": values,
        }
    )


@pytest.fixture
def models() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 1, 600)
    found = {
        "bias": predictions(list(3 + noise)),
        "bayes_shuffled": predictions(list(3 + 0.9 * noise)),
        "bayes": predictions(list(3 + 0.8 * noise)),
        "bayes_time": predictions(list(3 + 0.7 * noise)),
        "surprise_svd": predictions(list(3 + 0.95 * noise)),
        "myfm": predictions(list(3 + 0.85 * noise)),
        "myfm_time": predictions(list(3 + 0.6 * noise)),
    }
    return table_of_models(found, ("bias", "bayes", "bayes_time"), seed=0)


@pytest.fixture(scope="module")
def library() -> Library:
    demo = make_demo(60, 80, 1_500, 0)
    catalogue = make_catalogue(demo.ratings, demo.movies)
    states = recommender_states(demo.ratings, catalogue, Chain(3, 10, 20, 0), 100)
    return Library(
        collect(states, 2, (0.5, 5.0)),
        catalogue,
        catalogue.users_of(demo.ratings),
        catalogue.movies_of(demo.ratings),
        demo.ratings["rating"].to_numpy(),
    )


@pytest.fixture(scope="module")
def interactions(library: Library) -> Interactions:
    """What 60 users rated of 80 movies."""
    given = library.rated_by, library.rated_movie, library.rated_stars
    nothing = np.zeros(0, np.int64), np.zeros(0, np.int64)
    return make_interactions(*given, nothing, (60, 80), (0.5, 5.0))


@pytest.fixture(scope="session")
def settings() -> Settings:
    als = {"factors": 4, "confidence": 3.0, "ridge": 5.0, "passes": 3}
    return Settings(5, 20, 5.0, [20.0, 100.0], [1.0, 10.0], 0.4, als, 80, 60, 0)


@pytest.fixture(scope="module")
def taste(interactions: Interactions, settings: Settings) -> Taste:
    weights = {"ease_liked": 0.5, "wide_autoencoder": 0.2, "implicit_als": 0.2, "stars": 0.1}
    return fit_taste(interactions, Chosen(100.0, 100.0, 10.0, weights), settings)


@pytest.fixture(scope="module")
def results(library: Library, taste: Taste, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_library(folder / "movies/demo/recommender/factors.h5", library)
    write_taste(folder / "movies/demo/recommender/taste.h5", taste)
    return folder
