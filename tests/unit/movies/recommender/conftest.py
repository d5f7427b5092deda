from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.crosstab import busiest_cells
from practical_dl.movies.recommender.factors import Factors, Library


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return busiest_cells(make_demo(40, 40, 900, 0).ratings, 15, 15)


FILMS = (
    # id, title, ratings, number at IMDb
    (1, "Heat (1995)", 9, 113277),
    (2, "Seven (a.k.a. Se7en) (1995)", 8, 114369),
    (3, "Ghostbusters (a.k.a. Ghost Busters) (1984)", 7, 87332),
    (4, "Ghostbusters (2016)", 2, 1289401),
    (5, "Spirited Away (Sen to Chihiro no kamikakushi) (2001)", 6, 245429),
    (6, "Matrix, The (1999)", 9, 133093),
    (7, "300 (2007)", 5, 416449),
    (300, "Quiz Show (1994)", 3, 110932),
    (9, "Emma (1996)", 4, 0),
)


@pytest.fixture(scope="session")
def films() -> Library:
    """Nine films, as a library that can only tell what is what; stars from 0.5 to 5."""
    ids, titles, counts, imdb = zip(*sorted(FILMS), strict=True)
    movies = pd.DataFrame({"movie_id": ids, "title": titles, "genres": ""})
    movies["year"] = pd.array([int(title[-5:-1]) for title in titles], "Int64")
    nothing = np.zeros(0)
    factors = Factors(3.0, np.array([0.5, 5.0]), *[nothing] * 7)
    rated = np.repeat(np.arange(len(ids)), counts)
    library = Library(factors, Catalogue(np.array([1]), movies), rated * 0, rated, rated * 0 + 3.0)
    return replace(library, imdb_ids=np.array(imdb))
