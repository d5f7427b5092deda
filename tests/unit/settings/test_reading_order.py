"""What the front page reads and shows first."""

from typing import Any

from practical_dl.settings import reading_order
from practical_dl.settings.reading_order import first_looks, tables

RUN: dict[str, list[str]] = {
    "images": [],
    "movies": ["stars"],
    "reviews": ["imdb"],
    "characters": ["tags"],
    "small": ["optimizers"],
}


def test_every_data_set_with_techniques_has_a_table() -> None:
    config: dict[str, Any] = {"run": {**RUN, "images": ["farm"]}}
    assert tables(config) == {
        ("images", "farm"): "results/images/farm/ladder.csv",
        ("movies", "stars"): "results/movies/stars/models.csv",
        ("reviews", "imdb"): "results/reviews/imdb/models.csv",
    }


def test_only_what_runs_is_shown() -> None:
    looks = [path for path, _ in first_looks({"run": RUN})]
    assert looks == [
        "optimizers/page.html",
        "movies/stars/pages/crosstab.html",
        "reviews/imdb/pages/mistakes.html",
    ]
    assert reading_order.SMALL["convolution"] not in [
        words for _, words in first_looks({"run": RUN})
    ]
