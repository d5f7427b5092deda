"""Bars and links of the front page."""

import re

import pytest

from practical_dl.overview.start_here import bar, counted, first_looks, link, technique_blocks
from practical_dl.overview.techniques import Technique
from practical_dl.scoring.interval import Interval


def technique(value: float, low: float, high: float) -> Technique:
    return Technique("it", "is so", "none", Interval(value, low, high), "log loss", "a/b.html")


@pytest.mark.parametrize(
    ("gain", "place"), [((0.5, 0.2, 0.8), 90.0), ((-0.5, -0.8, -0.2), 30.0), ((9, 8, 10), 116.0)]
)
def test_better_is_to_the_right_and_giants_are_cut_off(
    gain: tuple[float, float, float], place: float
) -> None:
    drawn = bar(technique(*gain), widest=1.0)
    assert f'<circle cx="{place:.1f}"' in drawn
    assert re.search('aria-label="(better|worse) by', drawn)


def test_a_link_works_as_a_file_and_in_the_report() -> None:
    shown = link("a/b.html", "it <b>")
    assert shown.startswith('<a href="a/b.html" onclick="')
    assert shown.endswith(">it &lt;b&gt;</a>")
    assert shown.count('"') == 4


def test_a_giant_does_not_hide_the_others() -> None:
    gains = [(0.1, 0.05, 0.15), (0.2, 0.1, 0.3), (13.0, 12.0, 14.0)]
    [_, table] = technique_blocks({"a": [technique(*gain) for gain in gains]})
    places = [float(place) for place in re.findall(r'cx="([\d.]+)"', table)]
    assert places[0] > 65
    assert places == sorted(places)


def test_nothing_is_said_where_nothing_was_compared() -> None:
    assert counted({}) == ""
    assert technique_blocks({"a": []}) == []
    assert first_looks([]) == []
