"""The spreadsheets, recalculated by LibreOffice, hold the numbers that NumPy computes."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
import yaml

from practical_dl.files.workbooks import write_workbook
from practical_dl.settings import configuration
from practical_dl.small.convolution.digit import draw_seven
from practical_dl.small.convolution.network import activations, weights_of_variants
from practical_dl.small.convolution.workbook import convolution_workbook
from practical_dl.small.optimizers.descent import descend_line
from practical_dl.small.optimizers.runs import FORMS
from practical_dl.small.optimizers.workbook import HEADER, optimizer_workbook, sheet_name

EPOCHS = 3


@pytest.fixture(scope="module")
def config() -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load("{run: {}}")
    configuration.complete(config)
    config["optimizers"]["lecture"]["annealing"]["ratio"] = 0.01  # so that it divides at once
    return config


@pytest.fixture(scope="module")
def written(config: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both workbooks, with another first pixel and rate than the defaults."""
    folder = tmp_path_factory.mktemp("workbooks")
    settings = {form: config["optimizers"][form] for form in FORMS}
    write_workbook(folder / "optimizers.xlsx", optimizer_workbook(settings, EPOCHS))
    weights = weights_of_variants(config["convolution"]["filters"], 28, 5)
    write_workbook(folder / "convolution.xlsx", convolution_workbook(draw_seven(), weights))
    return folder


@pytest.fixture(scope="module")
def recalculated(written: Path) -> Path:
    """The same workbooks after LibreOffice computed every formula."""
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(written / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "xlsx", "--outdir", "computed"]
    files = sorted(path.name for path in written.glob("*.xlsx"))
    subprocess.run([*command, *files], cwd=written, check=True, capture_output=True, timeout=300)
    return written / "computed"


def test_every_step_of_every_optimizer(config: dict[str, Any], recalculated: Path) -> None:
    workbook = openpyxl.load_workbook(recalculated / "optimizers.xlsx", data_only=True)
    for form, methods in FORMS.items():
        for name, method in methods.items():
            sheet = workbook[sheet_name(form, name)]
            titles = [cell.value for cell in sheet[HEADER]]
            columns = [titles.index(title) for title in ("new slope", "new intercept")]
            rows = list(sheet.iter_rows(min_row=HEADER + 1, values_only=True))
            computed = np.array([[row[c] for c in (*columns, -1)] for row in rows], float)
            path = descend_line(method(**config["optimizers"][form][name]), EPOCHS)
            expected = path[["slope", "intercept", "mean_squared_error"]].to_numpy()[1:]
            np.testing.assert_allclose(computed, expected, rtol=1e-6, err_msg=sheet.title)


def test_every_number_of_the_convolution(config: dict[str, Any], recalculated: Path) -> None:
    workbook = openpyxl.load_workbook(recalculated / "convolution.xlsx", data_only=True)
    seven = draw_seven()
    weights = weights_of_variants(config["convolution"]["filters"], 28, 5)
    for variant, own in weights.items():
        layers = activations(seven, own, variant)
        sheet = workbook[variant.name]
        assert sheet["C3"].value == pytest.approx(layers["dense"][0], rel=1e-9)
        titles = {cell.value: cell for row in sheet for cell in row if isinstance(cell.value, str)}
        for name in set(layers) - {"input", "dense"}:
            for number in range(2):
                title = titles[f"{name}, map {number + 1}"]
                size = len(layers[name])
                cells = sheet.iter_rows(
                    min_row=title.row + 1,
                    max_row=title.row + size,
                    min_col=title.column,
                    max_col=title.column + size - 1,
                    values_only=True,
                )
                np.testing.assert_allclose(
                    np.array(list(cells), float), layers[name][:, :, number], atol=1e-12
                )


def test_formulas_are_live_and_inputs_are_numbers(written: Path) -> None:
    workbook = openpyxl.load_workbook(written / "optimizers.xlsx")
    sheet = workbook["sgd lecture"]
    assert (sheet["A4"].value, sheet["B4"].value) == ("rate", 0.0001)
    last = [str(cell.value) for cell in sheet[HEADER + 29 * EPOCHS]]
    assert any("$B$4" in formula for formula in last)
    assert len(workbook.sheetnames) == 15


def test_the_same_content_gives_the_same_bytes(config: dict[str, Any], tmp_path: Path) -> None:
    settings = {"papers": {"sgd": config["optimizers"]["papers"]["sgd"]}}
    for name in ("first", "second"):
        write_workbook(tmp_path / f"{name}.xlsx", optimizer_workbook(settings, 1))
    first, second = ((tmp_path / f"{name}.xlsx").read_bytes() for name in ("first", "second"))
    assert first == second
    assert b"2026" not in first
