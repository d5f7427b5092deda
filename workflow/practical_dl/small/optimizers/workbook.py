"""The optimizers as a spreadsheet with live formulas: one sheet per method and form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from practical_dl.files.workbooks import BOLD, new_sheet, put_input
from practical_dl.small.optimizers.line import START, X, Y
from practical_dl.small.optimizers.runs import FORM_TITLES, TITLES, Settings
from practical_dl.small.optimizers.workbook_formulas import Column, Row, columns_of

FIRST_SETTING = 4
HEADER = 14
DATA = "Points"


@dataclass(frozen=True)
class _SheetPlan:
    """The layout of one method's sheet."""

    columns: Sequence[Column]
    settings: Mapping[str, str]

    def row(self, step: int) -> Row:
        letters = {
            column.name: get_column_letter(index)
            for index, column in enumerate(self.columns, start=1)
        }
        return Row(step, HEADER + 1, letters, self.settings)


def optimizer_workbook(settings: Mapping[str, Settings], epochs: int) -> Workbook:
    """Every method in both forms, unrolled over `epochs`; `settings` as for `run_all`."""
    workbook = Workbook()
    _write_points(workbook)
    for form, methods in settings.items():
        for method, values in methods.items():
            _write_method(workbook, form, method, values, epochs)
    return workbook


def sheet_name(form: str, method: str) -> str:
    return f"{method} {form}"


def _write_points(workbook: Workbook) -> None:
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = DATA
    sheet.append(["x", "y"])
    for row, point in enumerate(zip(X, Y, strict=True), start=2):
        for column, value in enumerate(point, start=1):
            put_input(sheet.cell(row, column), value)
    sheet["D1"] = "The line to find is y = 2x + 30. Yellow cells are for you to change, here and"
    sheet["D2"] = "on the other sheets: one a method, as the lecture and as its paper defines it."


def _write_method(
    workbook: Workbook, form: str, method: str, values: Mapping[str, float], epochs: int
) -> None:
    title = f"{TITLES[method]}. {FORM_TITLES[form]}"
    sheet = new_sheet(workbook, sheet_name(form, method), title, "Change a yellow cell.")
    cells = {**values, "start slope": START[0], "start intercept": START[1]}
    places = {}
    for row, (name, value) in enumerate(cells.items(), start=FIRST_SETTING):
        sheet.cell(row, 1, name)
        put_input(sheet.cell(row, 2), value)
        places[name] = f"$B${row}"
    plan = _SheetPlan(columns_of(form, method), places)
    for index, column in enumerate(plan.columns, start=1):
        sheet.cell(HEADER, index, column.title).font = BOLD
    for step in range(epochs * len(X)):
        row_of_step = plan.row(step)
        for index, column in enumerate(plan.columns, start=1):
            sheet.cell(HEADER + 1 + step, index, column.formula(row_of_step))
    sheet.freeze_panes = f"A{HEADER + 1}"
    _add_chart(sheet, len(plan.columns), epochs * len(X))


def _add_chart(sheet: Worksheet, column: int, steps: int) -> None:
    """The last column, the error over all points, on a logarithmic axis."""
    chart = LineChart()
    chart.title = "mean squared error by step"
    chart.y_axis.scaling.logBase = 10
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.legend = None
    chart.height, chart.width = 6, 16
    values = Reference(sheet, min_col=column, min_row=HEADER + 1, max_row=HEADER + steps)
    chart.add_data(values)
    chart.series[0].graphicalProperties.line.width = 12000
    chart.series[0].smooth = False
    sheet.add_chart(chart, "D1")
