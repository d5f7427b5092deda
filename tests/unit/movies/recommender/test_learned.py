import shutil
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from practical_dl.files.workbooks import write_workbook
from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.pages.learned_pages import crosstab_page
from practical_dl.movies.ratings.demo import make_demo
from practical_dl.movies.recommender.crosstab import busiest_cells, fit_cells, one_hot_difference
from practical_dl.movies.recommender.factors import Factors, Library
from practical_dl.movies.recommender.learned import (
    aligned_factors,
    liking_table,
    most_rated,
    neighbours,
    principal_components,
)
from practical_dl.movies.recommender.spreadsheet import make_workbook


@pytest.fixture
def library() -> Library:
    """Two samples that differ by a turn of the factors, four movies, three users."""
    rng = np.random.default_rng(0)
    movies, users = rng.normal(size=(4, 3)), rng.normal(size=(3, 3))
    turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    turned = [np.hstack([table[:, :1], table[:, 1:] @ turn]) for table in (movies, users)]
    factors = Factors(
        mean=3.0,
        scale=np.array([0.5, 5.0]),
        movies=np.stack([movies, turned[0]]),
        users=np.stack([users, turned[1]]),
        centre=np.zeros((2, 3)),
        precision=np.stack([np.eye(3)] * 2),
        rated=np.zeros((2, 4, 3)),
        noise=np.ones(2),
        user_precisions=np.ones((2, 3)),
    )
    films = pd.DataFrame(
        {"movie_id": [10, 20, 30, 40], "title": list("abcd"), "genres": "", "year": 1990}
    )
    rated = np.array([1, 1, 1, 2, 2, 0])
    stars = np.array([5.0, 4.0, 3.0, 1.0, 2.0, 3.0])
    return Library(factors, Catalogue(np.arange(3), films), np.zeros(6, int), rated, stars)


def test_liking_is_what_the_average_user_would_give(library: Library) -> None:
    among = most_rated(library, 10)
    assert among.tolist() == [1, 2, 0]
    table = liking_table(library, among).set_index("title")
    movies, users = library.factors.movies[0], library.factors.users[0]
    grid = users[:, :1] + movies[:, 0] + users[:, 1:] @ movies[:, 1:].T
    for place, title in enumerate("abc"):
        assert table.loc[title, "bias"] == pytest.approx(grid.mean(axis=0)[place])
    # The mean of all ratings is 3: movie b has 5, 4, 3; movie c has 1, 2.
    assert table.loc["b", "plain_mean"] == pytest.approx(1.0)
    assert table.loc["c", "plain_mean"] == pytest.approx(-1.5)
    assert table["ratings"].to_dict() == {"a": 1, "b": 3, "c": 2}


def test_samples_that_differ_by_a_turn_average_to_one_of_them(library: Library) -> None:
    factors = aligned_factors(library, np.arange(4))
    movies, users = library.factors.movies[0, :, 1:], library.factors.users[0, :, 1:]
    scaled = movies @ np.linalg.cholesky(np.cov(users, rowvar=False))
    np.testing.assert_allclose(factors @ factors.T, scaled @ scaled.T, atol=1e-9)


def test_components_have_the_variance_and_a_fixed_sign() -> None:
    rng = np.random.default_rng(1)
    factors = rng.normal(size=(50, 3)) * [3.0, 1.0, 0.2]
    places, shares = principal_components(factors)
    values = np.linalg.eigvalsh(np.cov(factors, rowvar=False))[::-1]
    np.testing.assert_allclose(shares, values / values.sum())
    np.testing.assert_allclose(places.var(axis=0, ddof=1), values)
    assert (places.max(axis=0) >= -places.min(axis=0)).all()
    np.testing.assert_allclose(np.abs(principal_components(-factors)[0]), np.abs(places))


def test_neighbours_are_by_angle() -> None:
    factors = np.array([[1.0, 0.0], [5.0, 0.5], [0.0, 1.0], [-1.0, 0.0]])
    assert neighbours(factors, 2).tolist() == [[1, 2], [0, 2], [1, 0], [2, 1]]


def test_the_crosstab_holds_the_busiest_and_the_most_rated() -> None:
    ratings = pd.DataFrame(
        [(1, 10, 4.0), (1, 20, 3.0), (2, 10, 5.0), (3, 30, 1.0), (2, 30, 2.0), (2, 40, 1.0)],
        columns=["user_id", "movie_id", "rating"],
    )
    cells = busiest_cells(ratings, users=2, movies=2)
    assert cells.index.tolist() == [2, 1]
    assert cells.columns.tolist() == [10, 30]
    assert cells.to_numpy()[0].tolist() == [5.0, 2.0]
    assert cells.to_numpy()[1, 0] == 4.0
    assert np.isnan(cells.to_numpy()[1, 1])


@pytest.fixture(scope="module")
def cells() -> pd.DataFrame:
    return busiest_cells(make_demo(40, 40, 900, 0).ratings, 15, 15)


def test_biases_lower_the_loss_and_empty_cells_do_not_count(cells: pd.DataFrame) -> None:
    stars = cells.to_numpy()
    plain, biased = (fit_cells(stars, biases, seed=0) for biases in (False, True))
    filled = ~np.isnan(stars)
    for fit in (plain, biased):
        errors = (fit.predicted() - stars)[filled]
        assert fit.rmse[-1] == pytest.approx(np.sqrt((errors**2).mean()))
        assert fit.rmse[-1] < 0.5 * fit.rmse[0]
    assert not plain.user_bias.any()
    assert biased.rmse[-1] < plain.rmse[-1]
    assert (plain.numbers(), biased.numbers()) == (150, 180)
    page = crosstab_page(
        "demo",
        cells,
        [f"movie {name}" for name in cells.columns],
        {"without biases": plain, "with biases": biased},
    )
    assert f"{int(filled.sum())} ratings with an RMSE of {plain.rmse[-1]:.3f} stars" in page


def test_the_spreadsheet_recalculates_to_our_predictions(
    cells: pd.DataFrame, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no spreadsheet program to recalculate with")
    fits = {"with biases": fit_cells(cells.to_numpy(), True, seed=0)}
    path = tmp_path / "crosstab.xlsx"
    write_workbook(path, make_workbook(cells, [str(name) for name in cells.columns], fits))
    subprocess.run(
        [
            office,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(tmp_path / "recalculated"),
            str(path),
        ],
        check=True,
        capture_output=True,
    )
    sheet = openpyxl.load_workbook(tmp_path / "recalculated/crosstab.xlsx", data_only=True).active
    fit = fits["with biases"]
    assert sheet["B1"].value == pytest.approx(fit.rmse[-1], rel=1e-9)
    shown = [[sheet.cell(28 + row, 9 + column).value for column in range(15)] for row in range(15)]
    np.testing.assert_allclose(np.array(shown, dtype=float), fit.predicted(), rtol=1e-9)


def test_the_spreadsheet_s_formulas_point_at_the_factors_and_its_bytes_repeat(
    cells: pd.DataFrame, tmp_path: Path
) -> None:
    fit = fit_cells(cells.to_numpy(), False, seed=0)
    for name in ("one", "two"):
        book = make_workbook(cells, [str(movie) for movie in cells.columns], {"fit": fit})
        write_workbook(tmp_path / f"{name}.xlsx", book)
    sheet = openpyxl.load_workbook(tmp_path / "one.xlsx")["fit"]
    assert sheet.cell(28, 9).value == "=$D10*I$5+$E10*I$6+$F10*I$7+$G10*I$8+$H10*I$9+$C10+I$4"
    assert sheet["D10"].value == pytest.approx(fit.users[0, 0])
    assert sheet["I6"].value == pytest.approx(fit.movies[0, 1])
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_a_look_up_is_a_one_hot_product() -> None:
    table = np.random.default_rng(0).normal(size=(7, 3))
    assert one_hot_difference(table, np.array([6, 0, 0, 3])) == 0
