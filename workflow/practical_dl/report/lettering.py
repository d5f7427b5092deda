"""People's texts on figures: drawn as they are written, in fonts that have their letters.

Importing this module undoes what a matplotlibrc of the user has set.
"""

import textwrap
import warnings
from functools import cache

from matplotlib import rcdefaults
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.text import Text
from matplotlib.ticker import Formatter, LogFormatter, ScalarFormatter

rcdefaults()

_UNSEEN = "\n\r\t\u200b\u200d\ufe0f"
"""Characters that leave no mark of their own."""
_BOXES = "Last Resort"
"""A font of Matplotlib's that has a box for every letter."""


def letter_as_written(figure: Figure) -> None:
    """Take no text for a formula (`US$5 or US$10`), and give each one a font with its letters.

    Ticks of numbers keep the formulas that Matplotlib writes itself (powers of ten). Letters that
    no installed font has are drawn as boxes, of which a warning tells.
    """
    numbers: set[Text] = set()
    for axes in figure.findobj(Axes):
        assert isinstance(axes, Axes)
        for axis in (axes.xaxis, axes.yaxis):
            numbers |= _tick_numbers(axis)
    texts = [text for text in figure.findobj(Text) if isinstance(text, Text)]
    for text in texts:
        if text not in numbers:
            text.set_parse_math(False)
    plain = _letters(findfont(FontProperties()))
    lacking = {text: set(text.get_text()) - plain for text in texts}
    fonts, boxes = _fonts_with({letter for of in lacking.values() for letter in of})
    for text in (text for text, of in lacking.items() if of):
        text.set_fontfamily([*FontProperties().get_family(), *fonts])
    if boxes:
        warnings.warn(
            f"no installed font has {' '.join(boxes)}: they are drawn as boxes; install one that "
            "has them, such as Noto Sans CJK",
            stacklevel=2,
        )


def shortened(text: str, most: int = 32) -> str:
    """A text of at most `most` letters: of a longer one the two ends."""
    half = (most - 1) // 2
    return text if len(text) <= most else f"{text[:half]}…{text[-half:]}"


def in_lines(text: str, width: int = 34) -> str:
    """A name of an axis in lines of at most this many letters."""
    return "\n".join(textwrap.wrap(text, width, max_lines=2, placeholder=" …"))


def _tick_numbers(axis: Axis) -> set[Text]:
    """The labels of an axis that Matplotlib writes itself; makes all of its labels."""
    kinds = (
        (axis.get_majorticklabels(), axis.get_major_formatter()),
        (axis.get_minorticklabels(), axis.get_minor_formatter()),
    )
    of_numbers = {label for labels, by in kinds if _writes_numbers(by) for label in labels}
    return {*of_numbers, axis.offsetText}


def _writes_numbers(formatter: Formatter) -> bool:
    return isinstance(formatter, (LogFormatter, ScalarFormatter))


def _fonts_with(letters: set[str]) -> tuple[list[str], list[str]]:
    """Names of installed fonts that together have these letters, and the letters that none has."""
    fonts: list[str] = []
    left = set(letters)
    for entry in sorted(fontManager.ttflist, key=lambda entry: (entry.name, entry.fname)):
        if not left:
            break
        if entry.style != "normal" or entry.name.startswith(_BOXES):
            continue
        if found := left & _letters(entry.fname):
            fonts.append(entry.name)
            left -= found
    return list(dict.fromkeys(fonts)), sorted(left)


@cache
def _letters(path: str) -> frozenset[str]:
    """The letters of a font that can be drawn at any size; none if it cannot be read."""
    try:
        font = get_font(path)
    except (OSError, RuntimeError):
        return frozenset()
    if not font.scalable:
        return frozenset()
    return frozenset({*map(chr, font.get_charmap()), *_UNSEEN})
