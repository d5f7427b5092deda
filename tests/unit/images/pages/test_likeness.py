"""The page on the test's looks names what lies outside the folds."""

import pandas as pd

from practical_dl.images.pages.estimate import likeness_answer, likeness_page


def table(distance: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "part": ["fold 0", "fold 1", "test"],
            "pictures": 10,
            "clusters": 2,
            "typical_cluster": [4.0, 6.0, 5.0],
            "distance": [1.0, 2.0, distance],
            "far_distance": 3.0,
            "told_apart": 0.9,
            "share_off": 0.01,
        }
    )


def test_what_lies_outside_the_folds_is_named() -> None:
    assert "lies among the folds" in likeness_answer(table(1.5))
    answer = likeness_answer(table(2.5))
    assert "its distance to training pictures (2.50; folds 1.00 to 2.00)" in answer
    assert "typical cluster" not in answer
    assert "1.0 %" in likeness_page(table(2.5)).replace("&nbsp;", " ")
