"""The convolutions as a spreadsheet with live formulas: one sheet per variant, with all layers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from openpyxl import Workbook
from openpyxl.formatting.rule import ColorScaleRule
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from practical_dl.files.workbooks import BOLD, new_sheet, put_input
from practical_dl.small.convolution.arithmetic import Array
from practical_dl.small.convolution.network import FILTER, FILTERS, Variant, Weights

Formula = Callable[[int, int, int], str]
PICTURE, KERNELS = "Picture", "Filters"
TOP = 5
GAP = 2


@dataclass(frozen=True)
class Block:
    """A grid of cells on a sheet."""

    sheet: str
    top: int
    left: int
    height: int
    width: int

    def cell(self, row: int, column: int) -> str:
        """The address of one cell, counted from zero within the block."""
        return f"{get_column_letter(self.left + column)}{self.top + row}"

    def area(self, row: int, column: int, height: int, width: int) -> str:
        """Part of the block, as other sheets name it."""
        last = self.cell(row + height - 1, column + width - 1)
        return f"'{self.sheet}'!{self.cell(row, column)}:{last}"

    def whole(self) -> str:
        return self.area(0, 0, self.height, self.width)


def convolution_workbook(picture: Array, weights: Mapping[Variant, Weights]) -> Workbook:
    """The picture, the filters, and a sheet for each variant with its own dense weights."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    shown = new_sheet(workbook, PICTURE, "The picture", "Change a number: every sheet follows.")
    seven = _write_inputs(shown, TOP, 1, picture)
    kernels = _write_kernels(workbook, next(iter(weights.values())))
    for variant, own in weights.items():
        _write_variant(workbook, variant, seven, kernels, own.dense)
    for sheet in workbook.worksheets:
        for column in range(1, sheet.max_column + 1):
            sheet.column_dimensions[get_column_letter(column)].width = 6
    return workbook


def _write_kernels(workbook: Workbook, weights: Weights) -> dict[tuple[int, int, int], Block]:
    """Blocks by (layer, filter, map that it reads)."""
    sheet = new_sheet(workbook, KERNELS, "The filters", "Change a number: every sheet follows.")
    blocks = {}
    for layer, filters in enumerate((weights.first, weights.second), start=1):
        for number in range(FILTERS):
            for channel in range(filters.shape[2]):
                top = TOP + (layer - 1) * 6
                left = 1 + (number * filters.shape[2] + channel) * (FILTER + GAP)
                title = f"layer {layer}, filter {number + 1}, map {channel + 1}"
                sheet.cell(top - 1, left, title).font = BOLD
                values = filters[:, :, channel, number]
                blocks[layer, number, channel] = _write_inputs(sheet, top, left, values)
    return blocks


def _write_variant(
    workbook: Workbook,
    variant: Variant,
    picture: Block,
    kernels: Mapping[tuple[int, int, int], Block],
    dense: Array,
) -> None:
    sheet = new_sheet(workbook, variant.name, variant.title, "Numbers follow from left to right.")
    column = 1
    maps = [picture]
    for layer in (1, 2):
        stride = 2 if layer == 2 and not variant.pooled else 1
        if variant.padded:
            maps, column = _write_padded(sheet, column, maps, stride)
        filters = [
            [kernels[layer, number, channel] for channel in range(len(maps))]
            for number in range(FILTERS)
        ]
        maps, column = _write_convolutions(sheet, column, f"conv{layer}", maps, filters, stride)
    if variant.pooled:
        maps, column = _write_pools(sheet, column, maps)
    parts = []
    for number, read in enumerate(maps):
        top = _place(number, read.height)
        sheet.cell(top - 1, column, f"dense weights {number + 1}").font = BOLD
        own = _write_inputs(sheet, top, column, dense[:, :, number])
        parts.append(f"SUMPRODUCT({read.whole()},{own.whole()})")
    sheet["A3"], sheet["C3"] = "output:", "=" + "+".join(parts)
    sheet["A3"].font = sheet["C3"].font = BOLD


def _write_convolutions(
    sheet: Worksheet,
    column: int,
    name: str,
    maps: list[Block],
    filters: list[list[Block]],
    stride: int,
) -> tuple[list[Block], int]:
    """One map per filter, one below the other; returns them and the next free column."""
    size = (maps[0].height - FILTER) // stride + 1

    def formula(number: int, row: int, place: int) -> str:
        sums = [
            f"SUMPRODUCT({read.area(row * stride, place * stride, FILTER, FILTER)},{own.whole()})"
            for read, own in zip(maps, filters[number], strict=True)
        ]
        return f"=MAX(0,{'+'.join(sums)})"

    return _write_maps(sheet, column, name, len(filters), size, formula)


def _write_pools(sheet: Worksheet, column: int, maps: list[Block]) -> tuple[list[Block], int]:
    def formula(number: int, row: int, place: int) -> str:
        return f"=MAX({maps[number].area(2 * row, 2 * place, 2, 2)})"

    return _write_maps(sheet, column, "pool", len(maps), maps[0].height // 2, formula)


def _write_padded(
    sheet: Worksheet, column: int, maps: list[Block], stride: int
) -> tuple[list[Block], int]:
    size = maps[0].height
    zeros = max((-(-size // stride) - 1) * stride + FILTER - size, 0)
    before = zeros // 2

    def formula(number: int, row: int, place: int) -> str:
        inside = before <= row < before + size and before <= place < before + size
        if not inside:
            return "=0"
        return f"='{maps[number].sheet}'!{maps[number].cell(row - before, place - before)}"

    return _write_maps(sheet, column, "with zeros around", len(maps), size + zeros, formula)


def _write_maps(
    sheet: Worksheet, column: int, name: str, count: int, size: int, formula: Formula
) -> tuple[list[Block], int]:
    blocks = []
    for number in range(count):
        block = Block(sheet.title, _place(number, size), column, size, size)
        sheet.cell(block.top - 1, column, f"{name}, map {number + 1}").font = BOLD
        for row, place in np.ndindex(size, size):
            sheet.cell(block.top + row, column + place, formula(number, row, place))
        _shade(sheet, block)
        blocks.append(block)
    return blocks, column + size + GAP


def _place(number: int, size: int) -> int:
    """The top row of one of several maps, one below the other."""
    return TOP + number * (size + GAP)


def _write_inputs(sheet: Worksheet, top: int, left: int, values: Array) -> Block:
    for (row, column), value in np.ndenumerate(values):
        put_input(sheet.cell(top + row, left + column), float(value))
    block = Block(sheet.title, top, left, *values.shape)
    _shade(sheet, block)
    return block


def _shade(sheet: Worksheet, block: Block) -> None:
    """Dark where the numbers are large."""
    scale = ColorScaleRule(
        start_type="num", start_value=0, start_color="FFFFFF", end_type="max", end_color="808080"
    )
    sheet.conditional_formatting.add(block.whole().split("!")[1], scale)
