import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.sources import read_ratings
from practical_dl.movies.ratings.splits import assign_roles, drawn_rows, ratings_of


def table(count: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "user_id": np.arange(count) // 3,
            "movie_id": np.arange(count) % 3,
            "rating": np.arange(count) % 10 / 2 + 0.5,
        }
    )


def test_the_draws_of_seed_42_are_those_of_the_protocol() -> None:
    # default_rng(42).random(6) = .774 .439 .859 .697 .094 .976
    assert drawn_rows(6, 0.8, 42).tolist() == [True, True, False, True, True, False]
    roles = assign_roles(table(6), 0.8, 42)
    assert roles["role"].tolist() == ["train", "train", "valid", "train", "train", "valid"]
    assert list(roles.columns) == ["user_id", "movie_id", "role"]


@given(st.integers(100, 300), st.floats(0.3, 0.7), st.integers(0, 2**32))
def test_the_roles_part_the_ratings_and_keep_their_order(
    count: int, share: float, seed: int
) -> None:
    ratings = table(count)
    split = assign_roles(ratings, share, seed)
    pd.testing.assert_frame_equal(split, assign_roles(ratings, share, seed))
    train, valid = (ratings_of(role, ratings, split) for role in ("train", "valid"))
    pd.testing.assert_frame_equal(pd.concat([train, valid]).sort_index(), ratings)
    assert train.index.is_monotonic_increasing
    assert valid.index.is_monotonic_increasing


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_an_empty_side_is_refused(share: float) -> None:
    with pytest.raises(UserError, match=rf"train share {share} of 30 ratings leaves a side empty"):
        assign_roles(table(30), share, 0)


def test_the_split_of_other_ratings_is_refused() -> None:
    split = assign_roles(table(30), 0.8, 0)
    for other in (
        table(29),
        table(30).sample(frac=1, random_state=0),
        table(30).assign(movie_id=1),
    ):
        with pytest.raises(UserError, match="the split belongs to other ratings"):
            ratings_of("train", other, split)


def test_the_protocol_on_the_real_ratings() -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    ratings = read_ratings(Path(os.environ["PRACTICAL_DL_DATA"]) / "ml-latest-small")
    split = assign_roles(ratings, 0.8, 42)
    train, valid = (ratings_of(role, ratings, split) for role in ("train", "valid"))
    assert (len(train), len(valid)) == (80_712, 20_124)
    assert (~valid["movie_id"].isin(train["movie_id"])).sum() == 843
    assert valid["user_id"].isin(train["user_id"]).all()
    assert train["rating"].mean() == pytest.approx(3.50222, abs=5e-6)
