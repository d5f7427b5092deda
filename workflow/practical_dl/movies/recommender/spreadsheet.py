"""The worked example as a spreadsheet: change a factor, and the predictions and RMSE follow."""

from typing import Any

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter

from practical_dl.files.workbooks import BOLD, put_input
from practical_dl.movies.recommender.crosstab import FACTORS, Fit

FIRST_ROW = FACTORS + 5
FIRST_COLUMN = FACTORS + 4
GAP = 3
HELP = (
    "Yellow cells are the factors and biases: change one, or let a solver minimise the RMSE in B1. "
    "Above: the true stars. Below: predictions, by formula. Empty cells are outside the RMSE."
)


def make_workbook(cells: pd.DataFrame, titles: list[str], fits: dict[str, Fit]) -> Workbook:
    """A sheet per fit: true stars, factors and biases, predictions and RMSE as live formulas."""
    book = Workbook()
    del book["Sheet"]
    for name, fit in fits.items():
        _fill_sheet(book.create_sheet(name), cells, titles, fit)
    return book


def _fill_sheet(sheet: Any, cells: pd.DataFrame, titles: list[str], fit: Fit) -> None:
    rows, columns = cells.shape
    below = FIRST_ROW + rows + GAP
    sheet["A1"], sheet["A2"] = "RMSE (stars)", HELP
    sheet["A1"].font = BOLD
    _label(sheet, cells, titles, FIRST_ROW)
    _label(sheet, cells, titles, below)
    for column in range(columns):
        _numbers_down(
            sheet, 4, FIRST_COLUMN + column, [fit.movie_bias[column], *fit.movies[column]]
        )
    for row in range(rows):
        _numbers_across(sheet, FIRST_ROW + row, 3, [fit.user_bias[row], *fit.users[row]])
    sheet.cell(4, FIRST_COLUMN - 1, "movie bias")
    sheet.cell(FIRST_ROW - 1, 3, "user bias")
    values = cells.to_numpy()
    for row in range(rows):
        for column in range(columns):
            place = (FIRST_ROW + row, FIRST_COLUMN + column)
            if not np.isnan(values[row, column]):
                sheet.cell(*place, float(values[row, column]))
            shown = sheet.cell(below + row, FIRST_COLUMN + column, _formula(*place))
            shown.number_format = "0.00"
    true, predicted = (
        f"{get_column_letter(FIRST_COLUMN)}{first}:"
        f"{get_column_letter(FIRST_COLUMN + columns - 1)}{first + rows - 1}"
        for first in (FIRST_ROW, below)
    )
    sheet["B1"] = f"=SQRT(SUMPRODUCT(ISNUMBER({true})*({predicted}-{true})^2)/COUNT({true}))"
    sheet["B1"].number_format = "0.0000"
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN)
    sheet.column_dimensions["A"].width = 14


def _formula(row: int, column: int) -> str:
    """User factors times movie factors plus both biases, for the cell of a user and movie."""
    letter = get_column_letter(column)
    terms = [
        f"${get_column_letter(4 + factor)}{row}*{letter}${5 + factor}" for factor in range(FACTORS)
    ]
    return f"={'+'.join(terms)}+$C{row}+{letter}$4"


def _numbers_down(sheet: Any, row: int, column: int, values: list[float]) -> None:
    for place, value in enumerate(values):
        put_input(sheet.cell(row + place, column), float(value))
        sheet.cell(row + place, column).number_format = "0.00"


def _numbers_across(sheet: Any, row: int, column: int, values: list[float]) -> None:
    for place, value in enumerate(values):
        put_input(sheet.cell(row, column + place), float(value))
        sheet.cell(row, column + place).number_format = "0.00"


def _label(sheet: Any, cells: pd.DataFrame, titles: list[str], first_row: int) -> None:
    for row, user in enumerate(cells.index):
        _put_text(sheet.cell(first_row + row, 1), f"user {user}")
    if first_row == FIRST_ROW:
        for column, title in enumerate(titles):
            name = sheet.cell(3, FIRST_COLUMN + column)
            _put_text(name, title)
            name.alignment = Alignment(text_rotation=60)
        sheet.row_dimensions[3].height = 120


def _put_text(cell: Any, text: str) -> None:
    """Somebody's words: no formula even behind an equals sign, no characters that Excel refuses."""
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", text)
    cell.data_type = "s"
    cell.font = BOLD
