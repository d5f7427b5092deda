"""Classes of one's own: which spellings are one, and which class is the second."""

import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.classes import KNOWN, order_classes, same_class


def ordered(values: list[str], wanted: list[str] | None = None) -> tuple[str, ...]:
    return order_classes(pd.Series(values), wanted, "mood").names


@pytest.mark.parametrize(
    ("values", "names"),
    [
        (["pos", "neg"], ("neg", "pos")),
        (["Positive", "Negative"], ("Negative", "Positive")),
        (["1", "0"], ("0", "1")),
        (["1", "-1"], ("-1", "1")),
        (["10", "9"], ("9", "10")),
        (["4.5", "0"], ("0", "4.5")),
        (["True", "False"], ("False", "True")),
        (["yes", "no"], ("no", "yes")),
        (["spam", "ham"], ("ham", "spam")),
        (["good", "bad"], ("bad", "good")),
        (["happy", "Unhappy"], ("Unhappy", "happy")),
        (["not funny", "funny"], ("not funny", "funny")),
        (["politics", "arts"], ("arts", "politics")),
    ],
)
def test_the_order_of_known_pairs_of_numbers_and_of_the_alphabet(
    values: list[str], names: tuple[str, ...]
) -> None:
    assert ordered(values) == names
    assert ordered(values[::-1]) == names


def test_the_configuration_says_the_order() -> None:
    found = order_classes(pd.Series(["a", "b", "b"]), ["b", "a"], "mood")
    assert found.names == ("b", "a")
    assert found.labels.tolist() == [1, 0, 0]
    assert found.told == [
        "classes of 'mood': b (2 rows), a (1 row), in this order as `classes` says"
    ]
    with pytest.raises(UserError, match="`classes`: no row of 'mood' is 'c'"):
        ordered(["a", "b"], ["a", "c"])


def test_spellings_by_case_or_as_numbers_are_one_class_and_told() -> None:
    values = pd.Series(["Good", "good", "bad", "Good"], index=[7, 8, 9, 11])
    found = order_classes(values, None, "mood")
    assert found.names == ("bad", "Good")
    assert found.labels.to_dict() == {7: 1, 8: 1, 9: 0, 11: 1}
    assert found.told[0] == "'good' (1 row) is taken for 'Good'"
    assert order_classes(pd.Series(["1", "1.0", "0"]), None, "mood").labels.tolist() == [1, 1, 0]
    assert ordered(["GOOD", "GOOD", "bad"], ["bad", "good"]) == ("bad", "good")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (["a", "A"], r"'A' \(2\); two classes are needed"),
        (
            ["a", "b", "b", "b", "c", "c"],
            r"2 classes of fewer than 3 rows \('c' \(2\), 'a' \(1\)\)",
        ),
        ([str(n) for n in range(201)], "201 classes .* and 191 more.*, 200 at most"),
    ],
)
def test_other_numbers_of_classes_are_counted_and_refused(values: list[str], message: str) -> None:
    with pytest.raises(UserError, match=f"`label`, column 'mood': {message}"):
        ordered(values)


def test_known_names_are_as_many_classes() -> None:
    for names in KNOWN:
        assert len(set(map(same_class, names))) == len(names)
        assert names == tuple(map(str.casefold, names))


def test_several_classes_have_an_order() -> None:
    assert ordered(["Positive", "negative", "NEUTRAL"] * 3) == ("negative", "NEUTRAL", "Positive")
    assert ordered(["10", "9", "1"] * 3) == ("1", "9", "10")
    assert ordered(["sport", "art", "news"] * 3) == ("art", "news", "sport")


@pytest.mark.parametrize(
    ("values", "wanted", "is_ordered", "distances"),
    [
        (["1", "2", "4"], None, None, (1, 2, 4)),
        (["1", "2", "4"], None, False, ()),
        (["1", "2"], None, None, ()),
        (["low", "high", "medium"], None, None, ()),
        (["low", "high", "medium"], None, True, (0, 1, 2)),
        (["cold", "warm", "hot"], ["cold", "warm", "hot"], True, (0, 1, 2)),
    ],
)
def test_classes_that_are_numbers_or_ordered_have_distances(
    values: list[str],
    wanted: list[str] | None,
    is_ordered: bool | None,
    distances: tuple[float, ...],
) -> None:
    found = order_classes(pd.Series(values * 3), wanted, "mood", is_ordered)
    assert found.scale == distances


def test_an_order_of_the_alphabet_is_none() -> None:
    with pytest.raises(UserError, match="the order of cold, hot, warm is unknown; name `classes`"):
        order_classes(pd.Series(["cold", "warm", "hot"] * 3), None, "mood", True)
