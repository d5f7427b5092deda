"""Numbers, times and names as people write them; what can be read in two ways is asked."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.tables.mistakes import Mistakes, mistakes_table
from practical_dl.tables.values import (
    decimal_mark,
    find_time_form,
    is_unknown,
    natural_key,
    numbers,
    tidy,
    times,
)


def text(*values: str) -> "pd.Series[str]":
    return pd.Series(values, dtype=str)


def test_numbers_with_a_point_or_a_comma() -> None:
    assert numbers(text("4.5", " 3 ", "-1e2", ".5", "4.")).tolist() == [4.5, 3, -100, 0.5, 4]
    assert numbers(text("4,5", "3"), ",").tolist() == [4.5, 3]
    assert np.isnan(numbers(text("4,5", "1_0", "inf", "nan", "0x1", "", "five", "1e999"))).all()


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_is_read_back(value: float) -> None:
    assert numbers(text(repr(value)))[0] == value


def test_a_decimal_comma_is_told_by_the_values() -> None:
    assert decimal_mark(text("4,5", "3"), "x") == ","
    assert decimal_mark(text("4.5", "3"), "x") == "."
    assert decimal_mark(text("1,250.5", "1,250"), "x") == "."
    with pytest.raises(UserError, match=r"r.csv: '1,250' can be read in two ways; set `decimal`"):
        decimal_mark(text("1,250", "7"), "r.csv")


@pytest.mark.parametrize("each", [1, 1_000, 1_000_000, 1_000_000_000])
def test_the_unit_of_times_is_told_by_their_size(each: int) -> None:
    seconds = [1_500_000_000, 1_600_000_001]
    found = times(text(*(str(value * each) for value in seconds)), "x")
    assert found.seconds.tolist() == seconds
    assert not found.wrong.any()


@pytest.mark.parametrize(
    ("values", "form", "taken"),
    [
        (["2017-07-14 02:40:00", "2017-07-14T02:40:01Z"], None, "ISO8601"),
        (["2017-07-14 04:40:00+02:00", "2017-07-14 02:40:01+00:00"], None, "ISO8601"),
        (["14.07.2017 02:40:00", "14.7.2017 02:40:01"], None, "%d.%m.%Y %H:%M:%S"),
        (["7/14/2017 02:40:00", "7/14/2017 02:40:01"], None, "%m/%d/%Y %H:%M:%S"),
        (["14 Jul 2017 02-40-00", "14 Jul 2017 02-40-01"], "%d %b %Y %H-%M-%S", "%d %b %Y"),
    ],
)
def test_dates(values: list[str], form: str | None, taken: str) -> None:
    found = times(text(*values), "x", form)
    assert found.seconds.tolist() == [1_500_000_000, 1_500_000_001]
    assert taken in found.told


def test_times_that_can_be_read_in_two_ways_are_asked() -> None:
    with pytest.raises(UserError, match="day/month or month/day"):
        times(text("03/04/2017", "05/06/2017"), "x")
    with pytest.raises(UserError, match="no time in s, ms, us or ns"):
        times(text("1", "2", "3"), "x")
    assert times(text("1", "2", "x"), "x", "s").wrong.tolist() == [False, False, True]


def test_a_date_that_is_none_is_marked() -> None:
    found = times(text("2017-07-14", "", "2017-02-30"), "x")
    assert found.wrong.tolist() == [False, True, True]
    assert found.seconds[0] == 1_499_990_400


def test_names_that_look_the_same_are_the_same() -> None:
    assert tidy(text(" Zoe\u0308\u00a0", "Zo\u00eb")).tolist() == ["Zo\u00eb", "Zo\u00eb"]
    assert is_unknown(text("", " NA ", "N/A", "none", "0", "Nancy")).tolist() == [
        True, True, True, True, False, False,
    ]  # fmt: skip


def test_names_sort_as_people_sort_them() -> None:
    names = ["u10", "u2", "u1", "10", "9", "a"]
    assert sorted(names, key=natural_key) == ["9", "10", "a", "u1", "u2", "u10"]


def test_the_first_ten_mistakes_are_shown_and_all_counted() -> None:
    mistakes = Mistakes(Path("r.csv"))
    for line in range(12, 0, -1):
        mistakes.add(line, "Rating", "x" * 100, "a number")
    with pytest.raises(UserError) as caught:
        mistakes.settle("refuse")
    lines = str(caught.value).splitlines()
    assert lines[0] == "r.csv: 12 mistakes; mend them, or set on_bad_rows: drop"
    assert lines[1] == f"  r.csv:1: Rating: '{'x' * 57}...', expected a number"
    assert lines[-1] == "  and 2 more"
    assert len(lines) == 12
    assert mistakes.settle("drop") == list(range(1, 13))
    assert list(mistakes_table(mistakes.found)["line"]) == list(range(1, 13))


def test_a_form_holds_for_all_blocks_and_is_told_by_all_of_them() -> None:
    blocks = [text("3/4/2017", "5/6/2017"), text("7/8/2017", "13/1/2017")]
    assert find_time_form(blocks, "x") == "%d/%m/%Y"
    assert find_time_form([text("1/13/2017"), text("2/3/2017")], "x") == "%m/%d/%Y"
    assert find_time_form([text("0", "1500000000000"), text("1500000000001")], "x") == "ms"
    assert times(text("2017-07-14", "x"), "x", "ms").wrong.all()
    assert find_time_form([text("", "", "", "1500000000")], "x") == "s"


def test_a_table_of_mistakes_alone_is_read_no_further() -> None:
    mistakes = Mistakes(Path("r.csv"))
    with pytest.raises(UserError, match=r"100,000 mistakes; is each key set to the right column"):
        mistakes.add_values(pd.Series(["x"] * 100_001), "Rating", "a number")
    assert len(mistakes.found) == 100_000
