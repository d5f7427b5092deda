"""The sentences of the page on the grid follow the signs of their numbers."""

import pandas as pd

from practical_dl.images.pages.selection import strongest

COLUMNS = ["axis", "lower", "higher", "gain", "ci_low", "ci_high"]


def test_the_largest_effect_is_told_as_its_row_has_it() -> None:
    worse = ["features", "plain", "centred", -1.017, -1.5, -0.5]
    small = ["dropout", "0.3", "0.6", 0.2, 0.1, 0.3]
    noise = ["depth", "1", "2", 3.0, -1.0, 7.0]
    said = strongest(pd.DataFrame([worse, small, noise], columns=COLUMNS))
    assert "features from plain to centred, whose log loss is worse by 1.017" in said
    assert "(95 % 0.500 to 1.500)" in said
    said = strongest(pd.DataFrame([small], columns=COLUMNS))
    assert "dropout from 0.3 to 0.6, whose log loss is better by 0.200" in said
    assert strongest(pd.DataFrame([noise], columns=COLUMNS)).startswith("No setting")
