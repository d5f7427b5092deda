from pathlib import Path

import h5py
import numpy as np
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.fits import Chosen, Settings, fit_taste
from practical_dl.movies.ranking.models.interactions import Interactions
from practical_dl.movies.ranking.taste import Taste, read_taste, write_taste


@pytest.mark.parametrize("between", ["users", "movies"])
def test_models_score_the_same_after_reading(
    taste: Taste, interactions: Interactions, settings: Settings, tmp_path: Path, between: str
) -> None:
    """Weights of EASE are kept by users where there are fewer of these, else between movies."""
    if between == "movies":
        chosen = Chosen(100.0, 100.0, 10.0, taste.weights)
        taste = fit_taste(interactions, chosen, settings._replace(most_movies=40))
    assert (taste.ease.raters is None) == (between == "movies")
    write_taste(tmp_path / "taste.h5", taste)
    found = read_taste(tmp_path / "taste.h5")
    rows = found.rows_of(np.array([1, 4]), np.array([5.0, np.nan]))
    for name, model in taste.models().items():
        assert found.models()[name].scores(rows) == pytest.approx(model.scores(rows), abs=1e-5)
    assert (found.weights, found.scale, found.usual) == (
        taste.weights,
        taste.scale,
        pytest.approx(taste.usual),
    )


def test_a_file_that_lacks_a_part_is_refused(taste: Taste, tmp_path: Path) -> None:
    write_taste(tmp_path / "taste.h5", taste)
    with h5py.File(tmp_path / "taste.h5", "a") as file:
        del file["als_movies"]
    with pytest.raises(UserError, match=r"taste.h5: lacks als_movies; delete it and run again"):
        read_taste(tmp_path / "taste.h5")
