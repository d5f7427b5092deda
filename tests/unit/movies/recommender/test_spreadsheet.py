import shutil
import subprocess
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from practical_dl.files.workbooks import write_workbook
from practical_dl.movies.recommender.crosstab import fit_cells
from practical_dl.movies.recommender.spreadsheet import make_workbook


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


def test_somebody_s_titles_are_text_whatever_they_hold(cells: pd.DataFrame) -> None:
    titles = ['=HYPERLINK("x")', "with\x01control", *(str(name) for name in cells.columns[2:])]
    named = cells.rename(index={cells.index[0]: "=1+1"})
    book = make_workbook(named, titles, {"fit": fit_cells(cells.to_numpy(), False, seed=0)})
    heads = [book["fit"].cell(3, 9 + column) for column in range(2)]
    assert [head.value for head in heads] == ['=HYPERLINK("x")', "withcontrol"]
    assert {head.data_type for head in heads} == {"s"}
