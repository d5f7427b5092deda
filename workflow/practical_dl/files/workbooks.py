"""Spreadsheets with live formulas: cells, styles, and files without dates."""

import re
import zipfile
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from practical_dl.files.artefacts import atomic_path

INPUT_FILL = PatternFill("solid", fgColor="FFF2CC")
BOLD = Font(bold=True)
NO_DATE = "1980-01-01T00:00:00Z"


def new_sheet(workbook: Workbook, name: str, title: str, explanation: str) -> Worksheet:
    """A sheet whose first row is a title and whose second explains it."""
    sheet = workbook.create_sheet(name)
    sheet["A1"], sheet["A2"] = title, explanation
    sheet["A1"].font = Font(bold=True, size=14)
    return sheet


def put_input(cell: Cell, value: float) -> None:
    """A number that the reader is meant to change: on yellow."""
    cell.value = value
    cell.fill = INPUT_FILL


def write_workbook(path: str | Path, workbook: Workbook) -> None:
    """Write an .xlsx whose bytes depend on its content alone: openpyxl puts today into it."""
    with atomic_path(path) as temporary:
        workbook.save(temporary)
        with zipfile.ZipFile(temporary) as archive:
            members = {name: archive.read(name) for name in archive.namelist()}
        dated = members["docProps/core.xml"].decode()
        undated = re.sub(r"(<dcterms:\w+[^>]*>)[^<]*", rf"\g<1>{NO_DATE}", dated)
        members["docProps/core.xml"] = undated.encode()
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
