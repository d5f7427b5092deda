"""Validation reviews cut by film."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.demo import make_demo_reviews
from practical_dl.reviews.corpus.duplicates import number_texts
from practical_dl.reviews.corpus.splits import (
    assign_roles,
    draw,
    groups_on_two_sides,
    with_units,
)
from practical_dl.reviews.corpus.tokens import encode

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


def test_the_share_that_is_sure_to_do_is_named_and_does() -> None:
    reviews = pd.DataFrame(
        {
            "review_id": [str(place) for place in range(12)],
            "split": "train",
            "label": [0, 1] * 6,
            "film": list("aaaabbbbcccc"),
        }
    )
    with pytest.raises(UserError, match=r"3 groups are too few .* a share of 0\.34 or more"):
        assign_roles(reviews, 0.1, 1, "groups")
    assert (assign_roles(reviews, 0.34, 1, "groups")["role"] == "valid").sum() == 4


def test_ready_made_validation_rows_stay() -> None:
    reviews = pd.DataFrame(
        {
            "review_id": list("abcde"),
            "split": ["train", "valid", "test", "train", "valid"],
            "label": [0, 1, 0, 1, 0],
            "film": "",
        }
    )
    assert assign_roles(reviews, 0.1, 1)["role"].tolist() == reviews["split"].tolist()


def units_of(films: list[str], texts: list[str]) -> "pd.Series[str]":
    words = sorted({word for text in texts for word in text.split()})
    return with_units(pd.Series(films), encode(texts, words), number_texts(texts), 3, 0.5)


def test_reviews_without_a_film_are_drawn_alone_but_duplicates_together() -> None:
    long = "a b c d e f g h"
    units = units_of(
        ["f", "", "", "", "f", "", ""], ["x", "a b", "c", "a b", "x", long, f"{long} i"]
    )
    assert units[0] == units[4] == "f"
    assert units[1] == units[3]
    assert units[5] == units[6]
    assert units.nunique() == 4


def test_a_draw_without_films_takes_the_share_of_each_class() -> None:
    labels = pd.Series([0] * 40 + [1] * 20)
    units = units_of([""] * 60, [f"word{number}" for number in range(60)])
    drawn = draw(units, labels, 0.25, seed=3)
    assert [drawn[labels == label].sum() for label in (0, 1)] == [10, 5]


def test_groups_on_two_sides_are_named_and_unknown_ones_are_none() -> None:
    films = pd.Series(["a", "b", "a", "c", "b", "", ""])
    split = pd.Series(["train", "train", "test", "test", "valid", "train", "test"])
    assert groups_on_two_sides(films, split) == {"train and valid": ["b"], "train and test": ["a"]}
