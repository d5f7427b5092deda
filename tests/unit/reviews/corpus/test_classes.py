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
        (
            ["a", "b", "c", "c"],
            r"3 classes \('c' \(2\), 'a' \(1\), 'b' \(1\)\); more than two are not",
        ),
        (["a", "A"], r"'A' \(2\); two classes are needed"),
        ([str(n) for n in range(12)], "12 classes .* and 2 more"),
    ],
)
def test_other_numbers_of_classes_are_counted_and_refused(values: list[str], message: str) -> None:
    with pytest.raises(UserError, match=f"`label`, column 'mood': {message}"):
        ordered(values)


def test_known_pairs_are_two_classes_each() -> None:
    for first, second in KNOWN:
        assert same_class(first) != same_class(second)
        assert (first, second) == (first.casefold(), second.casefold())
