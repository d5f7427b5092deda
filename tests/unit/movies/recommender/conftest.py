from pathlib import Path

import pandas as pd
import pytest

from practical_dl.movies.models.bayes import recommender_states
from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.models.gibbs import Chain
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.crosstab import busiest_cells
from practical_dl.movies.recommender.factors import Library, collect, write_library


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return busiest_cells(make_demo(40, 40, 900, 0).ratings, 15, 15)


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
def results(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_library(folder / "movies/demo/recommender/factors.h5", library)
    return folder
