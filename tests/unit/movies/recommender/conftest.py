import pandas as pd
import pytest

from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.crosstab import busiest_cells


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return busiest_cells(make_demo(40, 40, 900, 0).ratings, 15, 15)
