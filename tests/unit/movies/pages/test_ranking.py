from typing import Any

import pandas as pd
from tests.told import untold

from practical_dl.movies.pages.ranking import ML_100K, coverage_figure, ranking_page
from practical_dl.movies.ranking.ranking_scores import COLUMNS


def table(low: float) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for model, ndcg in (("popularity", 0.21), ("ease", 0.45), ("stars", 0.13), ("blend", 0.46)):
        for metric in ("ndcg", "recall", "precision", "hit_rate", "mrr"):
            rows.append(("random", model, "all", metric, 10, ndcg, ndcg - 0.01, ndcg + 0.01, 943))
        rows.append(("random", model, "all", "coverage", 10, 0.2, None, None, 943))
        rows.append(("random", model, "all", "mean_popularity", 10, 250.0, 240, 260, 943))
        if model != "ease":
            gain = ("random", model, "all", "ndcg_minus_ease", 10, ndcg - 0.45, low, 0.02, 943)
            rows.append(gain)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def test_the_page_says_what_beats_ease_and_by_how_much() -> None:
    page = ranking_page("films", table(0.004), ["lenskit_knn"], (5_000, 300))
    assert "nDCG@10 of 0.4600, EASE 0.4500: better by 0.0100 (" in page
    assert untold(page) == []
    assert "within the noise" in ranking_page("films", table(-0.004), [], (5_000, 300))
    assert "943 users" in page
    assert "LensKit ItemKNN" in page


def test_published_figures_stand_only_beside_ml_100k() -> None:
    assert "matrix factorisation 0.440" in ranking_page("films", table(0.004), [], ML_100K)
    other = ranking_page("films", table(0.004), [], (100_000, 9_742))
    assert "matrix factorisation 0.440" not in other


def test_the_picture_has_a_point_for_every_model() -> None:
    axes = coverage_figure(table(0.004)).axes[0]
    assert len(axes.containers) == 4
