import pytest

from practical_dl.files.patterns import filled, of_each


def test_names_are_put_in_and_the_others_stay() -> None:
    assert filled("{a}/{b}/{c}.csv", a="x", c=2) == "x/{b}/2.csv"


def test_each_value_has_a_path_in_the_order_given() -> None:
    assert of_each("{a}/{b}.csv", b=["z", 1]) == ["{a}/z.csv", "{a}/1.csv"]


def test_one_name_has_values() -> None:
    with pytest.raises(ValueError, match="too many values"):
        of_each("{a}/{b}", a=["x"], b=["y"])
