import numpy as np
import pandas as pd

from practical_dl.movies.pages.learned import components_figure, learned_page
from practical_dl.movies.recommender.learned import Learned


def test_the_named_movies_are_the_outermost_and_do_not_cover_each_other() -> None:
    places = pd.DataFrame(
        {
            "title": ["far left", "beside it", "far right", "middle"],
            "component_1": [-5.0, -4.9, 5.0, 0.1],
            "component_2": [0.0, 0.0, 1.0, 0.1],
        }
    )
    [axes] = components_figure(places, (1, 2), (0.6, 0.3), labels=2).axes
    assert {text.get_text() for text in axes.texts} == {"far left", "far right"}
    assert axes.get_xlabel() == "component 1 (60 % of the variance)"


def test_the_finding_names_the_ends_and_the_most_misleading_plain_mean() -> None:
    liking = pd.DataFrame(
        {
            "title": ["loved", "overrated", "hated"],
            "ratings": [30, 20, 10],
            "bias": [0.9, 0.1, -0.8],
            "plain_mean": [0.8, 0.6, -0.9],
        }
    )
    components = pd.DataFrame({"title": ["a", "b"], "component_1": [-1.0, 1.0]})
    nearest = pd.DataFrame({"movie_id": [1], "title": ["loved"], "nearest_1": ["hated"]})
    page = learned_page("stars", Learned(liking, components, np.ones(1), nearest, rated=3))
    assert "Of all 3 rated movies the average user would like loved best (+0.90 stars" in page
    assert "hated least (-0.80)" in page
    assert "the plain mean misleads most for overrated" in page
