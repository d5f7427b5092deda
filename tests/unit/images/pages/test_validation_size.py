import pandas as pd

from practical_dl.images.pages.validation_size import validation_size_shown


def test_the_page_s_table_is_in_plain_words() -> None:
    columns = ["way", "size", "groups", "metric", "spread", "difference_spread"]
    rows = [("picture", 50, 0, "log_loss", 0.12345, 0.1), ("driver", 50, 2, "accuracy", 0.2, 0.1)]
    shown = validation_size_shown(pd.DataFrame(rows, columns=columns))
    assert shown.to_numpy().tolist() == [
        ["picture", "50", "", "log loss", "0.1235", "0.1000", "0.1960"],
        ["driver", "50", "2", "accuracy", "20.00 points", "10.00 points", "19.60 points"],
    ]
    assert not shown.columns.str.contains("_").any()
