from pathlib import Path

import h5py
import numpy as np
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.recommend import for_user
from practical_dl.movies.recommender.factors import (
    Library,
    read_library,
    write_library,
)


def test_a_library_survives_its_file(library: Library, results: Path) -> None:
    read = read_library(results / "movies/demo/recommender/factors.h5")
    pd.testing.assert_frame_equal(
        read.catalogue.movies, library.catalogue.movies, check_dtype=False
    )
    assert for_user(read, 3, 5) == for_user(library, 3, 5)


def test_a_library_with_a_factor_that_is_no_number_is_refused(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "factors.h5"
    write_library(path, library)
    with h5py.File(path, "a") as file:
        file["centre"][0] = np.nan
    with pytest.raises(UserError, match=r"factors\.h5: centre holds what is no number"):
        read_library(path)
