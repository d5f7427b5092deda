"""Texts of people on figures: as they are written, in letters that a font has."""

import io
import warnings

import numpy as np
import pytest
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, fontManager, get_font
from matplotlib.text import Text

from practical_dl.report.lettering import letter_as_written, shortened
from practical_dl.report.page import picture

MONEY = "US$5 or US$10"
BROKEN = r"a $\frac{ b $ c"


def drawn(figure: Figure) -> np.ndarray:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="rgba", dpi=50)
    return np.frombuffer(buffer.getvalue(), np.uint8)


def everywhere(name: str) -> Figure:
    """A figure with a name as title, label, tick, category, legend and note."""
    figure = Figure(figsize=(6, 4), layout="constrained")
    left, right = figure.subplots(1, 2)
    figure.suptitle(name)
    left.set(title=name, xlabel=name, ylabel=name)
    left.set_xticks([0, 1], [name, name])
    left.plot([0, 1], [1, 10], label=name)
    left.annotate(name, (0, 1))
    left.set_yscale("log")
    right.bar([name, "b"], [1, 2])
    figure.legend(loc="outside lower center")
    return figure


@pytest.mark.parametrize("name", [MONEY, BROKEN, "$", "$$", r"\$5", "a_b^c"])
def test_no_text_is_a_formula(name: str) -> None:
    figure = everywhere(name)
    letter_as_written(figure)
    drawn(figure)
    texts = [text for text in figure.findobj(Text) if text.get_text() == name]
    assert len(texts) >= 9
    assert not any(text.get_parse_math() for text in texts)


def test_a_name_with_two_dollars_is_drawn_as_one_without_formulas_would_be() -> None:
    with_dollars = Figure(figsize=(3, 1))
    with_dollars.text(0.1, 0.5, MONEY)
    letter_as_written(with_dollars)
    plain = Figure(figsize=(3, 1))
    plain.text(0.1, 0.5, MONEY, parse_math=False)
    formula = Figure(figsize=(3, 1))
    formula.text(0.1, 0.5, MONEY)
    assert (drawn(with_dollars) == drawn(plain)).all()
    assert (drawn(formula) != drawn(plain)).any()


def test_powers_of_ten_stay_powers() -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.set_xscale("log")
    axes.plot([1e-3, 1e3], [0, 1e9])
    before = drawn(figure)
    letter_as_written(figure)
    assert (drawn(figure) == before).all()


def test_a_picture_of_a_page_draws_any_name() -> None:
    assert "<img" in picture(everywhere(BROKEN), BROKEN)


def test_letters_come_from_another_font_where_one_has_them() -> None:
    plain = set(get_font(findfont(FontProperties())).get_charmap())
    stix = next(
        entry
        for entry in fontManager.ttflist
        if (entry.name, entry.style) == ("STIXNonUnicode", "normal")
    )
    letter = chr(min(set(get_font(stix.fname).get_charmap()) - plain))
    figure = Figure()
    text = figure.text(0.5, 0.5, f"class {letter}")
    other = figure.text(0.5, 0.2, "class a")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        letter_as_written(figure)
        drawn(figure)
    assert text.get_fontfamily()[0] == other.get_fontfamily()[0]
    assert len(text.get_fontfamily()) > len(other.get_fontfamily())


def test_letters_that_no_font_has_are_told() -> None:
    figure = Figure()
    figure.text(0.5, 0.5, "class \U0010fffd")
    with pytest.warns(UserWarning, match="no installed font has \U0010fffd: they are drawn as box"):
        letter_as_written(figure)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drawn(figure)


def test_a_long_name_keeps_both_ends() -> None:
    assert shortened("cat") == "cat"
    assert shortened("a" * 32) == "a" * 32
    assert shortened("first" + "x" * 300 + "last", 9) == "firs…last"
