"""Pictures of stores on one sheet."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image
from tests.unit.inspection.conftest import LABELS

from practical_dl import cli
from practical_dl.files.artefacts import write_hdf5
from practical_dl.inspection import pictures
from practical_dl.inspection.pictures import contact_sheet


def test_a_contact_sheet_shows_pictures(folder: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.png"
    store = str(folder / "images/tiny/sample/images.h5")
    assert cli.main(["inspect", store, "--sheet", str(sheet)]) == 0
    with Image.open(sheet) as picture:
        assert np.asarray(picture.convert("RGB")).std() > 10


def test_a_table_has_no_contact_sheet_and_is_not_called_damaged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = str(folder / "images/tiny/manifest.csv")
    assert cli.main(["inspect", table, "--sheet", "sheet.png"]) == 1
    said = capsys.readouterr()
    assert "nothing wrong found" in said.out
    expected = f"error: {table}: holds no pictures; --sheet needs an HDF5 file (.h5) that does\n"
    assert said.err == expected


def sheet_rows(store: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    drawn: list[str] = []

    def draw(rows: list[tuple[str, list[np.ndarray]]]) -> Figure:
        drawn.extend(name for name, _ in rows)
        return contact_sheet(rows)

    monkeypatch.setattr(pictures, "contact_sheet", draw)
    pictures.write_contact_sheet(store, sheet)
    return drawn


def test_the_rows_of_a_contact_sheet_have_names(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, sheet = tmp_path / "x.h5", tmp_path / "sheet.png"
    assert sheet_rows(folder / "images/tiny/sample/images.h5", sheet, monkeypatch) == LABELS

    pixels = np.ones((3, 2, 2, 3), np.float16)

    def write(**columns: object) -> None:
        def fill(file: h5py.File) -> None:
            for name, values in columns.items():
                file[name] = values

        write_hdf5(store, fill)

    write(features=pixels)
    assert sheet_rows(store, sheet, monkeypatch) == ["unlabelled"]
    write(features=pixels, label=[-1, 2, 0])
    assert sheet_rows(store, sheet, monkeypatch) == ["unlabelled", "class 0", "class 2"]
