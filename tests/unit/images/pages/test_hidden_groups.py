"""The page on the estimate says how far it was from the truth."""

import pandas as pd

from practical_dl.images.hidden_groups.comparison import summary
from practical_dl.images.pages.estimate import hidden_groups_page


def test_the_answer_is_of_the_whole_chain() -> None:
    table = pd.DataFrame(
        {
            "draw": [0, 0, 1, 1],
            "kind": "step",
            "step": ["ensemble", "temperature"] * 2,
            "estimate": [1.0, 0.5, 1.0, 0.4],
            "ci_low": [0.5, 0.3, 0.5, 0.2],
            "ci_high": [1.5, 0.7, 1.5, 0.6],
            "truth": [1.2, 0.75, 1.2, 0.4],
            "accuracy_estimate": 0.9,
            "accuracy_truth": 0.8,
        }
    )
    shown = hidden_groups_page(table, summary(table)).replace("&nbsp;", " ")
    assert "truth of the whole chain is 1.25 times its estimate" in shown
    assert "(1.00 to 1.50); it lies in the interval in 50 % of the draws" in shown
    assert "chain after temperature" in shown
