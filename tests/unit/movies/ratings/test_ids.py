import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.movies.ratings.ids import Numbering, names_of, plain_name, whole_ids

NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


def text(*values: str) -> "pd.Series[str]":
    return pd.Series(values, dtype=str)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("12.0", "12"), ("12.00", "12"), ("0.0", "0"), ("-3.0", "-3"), ("12", "12"),
        ("007.0", "007.0"), ("0195153448", "0195153448"), ("1.5", "1.5"), ("v1.0", "v1.0"),
        ("1e3", "1e3"), ("\u0663.0", "\u0663.0"),
    ],
)  # fmt: skip
def test_a_whole_number_with_a_point_is_that_number_and_zeros_in_front_stay(
    name: str, plain: str
) -> None:
    assert plain_name(name) == plain


def test_names_are_numbered_as_they_come_over_all_blocks() -> None:
    numbering = Numbering()
    assert numbering.take(text("b", "a", "b")).tolist() == [0, 1, 0]
    assert numbering.take(text("c", "12.0", "12", "a")).tolist() == [2, 3, 3, 1]
    assert numbering.names == ["b", "a", "c", "12"]


def test_whole_numbers_stay_themselves_and_words_are_counted_as_people_sort_them() -> None:
    assert whole_ids(["7", "0", "9223372036854775807"]).tolist() == [7, 0, 2**63 - 1]
    assert whole_ids(["u10", "u2", "u1"]).tolist() == [3, 2, 1]
    assert whole_ids(["10", "9", "x"]).tolist() == [2, 1, 3]
    assert whole_ids(["9223372036854775808", "1"]).tolist() == [2, 1]
    assert whole_ids(["007", "7"]).tolist() == [1, 2]
    assert whole_ids([]).tolist() == []


@given(st.lists(NAMES, unique=True, max_size=30))
def test_each_name_has_an_id_of_its_own_and_order_does_not_matter(names: list[str]) -> None:
    ids = whole_ids(names)
    assert len(set(ids.tolist())) == len(names)
    assert (ids >= 0).all()
    back = dict(zip(names, ids, strict=True))
    turned = whole_ids(names[::-1])
    assert [back[name] for name in names[::-1]] == turned.tolist()


@given(st.lists(st.integers(0, 10**18), unique=True, max_size=30))
def test_prefixed_numbers_have_the_order_of_the_numbers(numbers: list[int]) -> None:
    ids = whole_ids([f"u{number}" for number in numbers])
    assert np.argsort(ids).tolist() == np.argsort(numbers).tolist()
    assert names_of(whole_ids([str(number) for number in numbers])) == list(map(str, numbers))
