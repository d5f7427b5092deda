import numpy as np
import pandas as pd
import pytest

from practical_dl.movies.models.scores import table_of_models


def predictions(values: list[float]) -> pd.DataFrame:
    rows = len(values)
    return pd.DataFrame(
        {
            "id": [f"{row % 6}:{row}" for row in range(rows)],
            "group": [str(row % 6) for row in range(rows)],
            "true": [3.0] * rows,
            "prediction": values,
        }
    )


@pytest.fixture
def models() -> pd.DataFrame:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 1, 600)
    found = {
        "bias": predictions(list(3 + noise)),
        "bayes_shuffled": predictions(list(3 + 0.9 * noise)),
        "bayes": predictions(list(3 + 0.8 * noise)),
        "bayes_time": predictions(list(3 + 0.7 * noise)),
        "surprise_svd": predictions(list(3 + 0.95 * noise)),
        "myfm": predictions(list(3 + 0.85 * noise)),
        "myfm_time": predictions(list(3 + 0.6 * noise)),
    }
    return table_of_models(found, ("bias", "bayes", "bayes_time"), seed=0)
