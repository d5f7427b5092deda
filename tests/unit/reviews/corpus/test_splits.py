"""Validation reviews cut by film."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.demo import make_demo_reviews
from practical_dl.reviews.corpus.splits import assign_roles

DEMO = make_demo_reviews(600, 60, seed=3)


def test_of_two_films_a_class_the_one_within_the_share_is_drawn() -> None:
    reviews = pd.DataFrame(
        {
            "review_id": list("abcdefg"),
            "split": ["train"] * 6 + ["test"],
            "label": [1, 1, 1, 0, 0, 0, 1],
            "film": ["p", "q", "q", "m", "n", "n", "p"],
        }
    )
    roles = assign_roles(reviews, 0.4, seed=0)
    assert roles["review_id"].tolist() == list("abcdefg")
    assert roles["role"].tolist() == ["valid", "train", "train", "valid", "train", "train", "test"]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 1000), st.sampled_from([0.1, 0.25, 0.5]))
def test_valid_is_whole_films_and_as_full_as_the_share_allows(seed: int, share: float) -> None:
    roles = assign_roles(DEMO, share, seed)["role"]
    assert (roles == "test").equals(DEMO["split"] == "test")
    films = {role: set(DEMO["film"][roles == role]) for role in ("train", "valid")}
    assert not films["train"] & films["valid"]
    training = DEMO[roles != "test"]
    counts = pd.crosstab(training["film"], training["label"])
    room = counts.sum() * share - counts.loc[sorted(films["valid"])].sum()
    assert (room >= 0).all()
    left_out = counts.loc[sorted(films["train"])]
    assert (left_out > room).any(axis=1).all()


def test_the_seed_decides() -> None:
    first = assign_roles(DEMO, 0.1, seed=1)
    pd.testing.assert_frame_equal(first, assign_roles(DEMO, 0.1, seed=1))
    assert not first.equals(assign_roles(DEMO, 0.1, seed=2))


@pytest.mark.parametrize("share", [0.0, 0.001, 1.0])
def test_a_side_without_a_class_is_refused(share: float) -> None:
    with pytest.raises(UserError, match=f"validation share {share}: .* films are too few"):
        assign_roles(DEMO, share, seed=1)
