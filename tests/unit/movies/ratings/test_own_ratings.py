from pathlib import Path
from typing import Any

import pytest
from tests.unit.movies.ratings.own import settings

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.own_ratings import OwnRatings, read_own_ratings
from practical_dl.tables.mistakes import Mistakes


def read(tmp_path: Path, content: str, **changed: Any) -> tuple[OwnRatings, Mistakes]:
    path = tmp_path / "r.csv"
    path.write_text(content, encoding="utf-8")
    mistakes = Mistakes(path)
    return read_own_ratings(path, settings(**changed), mistakes), mistakes


def test_names_and_ratings_are_read_with_their_lines(tmp_path: Path) -> None:
    found, mistakes = read(tmp_path, "u;i;r\n a ;0x;4,5\n\nb;0x;3\na;1;2\n\n")
    assert found.rows.to_dict("list") == {
        "line": [2, 4, 5],
        "user": [0, 1, 0],
        "item": [0, 0, 1],
        "rating": [4.5, 3.0, 2.0],
        "timestamp": [0, 0, 0],
    }
    assert (found.users, found.items, mistakes.found) == (["a", "b"], ["0x", "1"], [])


@pytest.mark.parametrize(
    ("times", "seconds", "told"),
    [
        (("1500000000", "1500000001"), [1_500_000_000, 1_500_000_001], "taken as s"),
        (("1500000000000", "1500000001000"), [1_500_000_000, 1_500_000_001], "taken as ms"),
        (("2017-07-14T02:40:00", "2017-07-14 02:40:01"), [1_500_000_000, 1_500_000_001], "ISO"),
        (("13/07/2017", "14/07/2017"), [1_499_904_000, 1_499_990_400], "taken as %d/%m/%Y"),
    ],
)
def test_times_are_told(
    tmp_path: Path, times: tuple[str, str], seconds: list[int], told: str
) -> None:
    found, _ = read(tmp_path, f"u,i,r,t\na,1,3,{times[0]}\nb,1,4,{times[1]}\n", time="t")
    assert found.rows["timestamp"].tolist() == seconds
    assert told in found.notes[1]


def test_every_mistake_is_named_and_its_row_left_out(tmp_path: Path) -> None:
    rows = [
        "a,1,5,1500000000",
        ",1,5,1500000000",
        "a,NA,5,1500000000",
        "a,2,five,1500000000",
        "a,3,11,1500000000",
        "a,4,5,0",
        "a,5,5,",
        "a,6",
        f"{'x' * 201},1,5,1500000000",
        "b,1,0,1500000000",
    ]
    content = "\n".join(["u,i,r,t", *rows]) + "\n"
    found, mistakes = read(tmp_path, content, time="t", scale=[1, 10], implicit=0)
    assert found.rows["line"].tolist() == [2, 11]
    assert [(one.line, one.column, one.wanted) for one in sorted(mistakes.found)] == [
        (3, "u", "the id of the user"),
        (4, "i", "the id of the item"),
        (5, "r", "a number from 1 to 10"),
        (6, "r", "a number from 1 to 10"),
        (7, "t", "a time (s); set time_format, or leave `time` out"),
        (8, "t", "a time (s); set time_format, or leave `time` out"),
        (9, "", "4 values, as the header has, not 2"),
        (10, "u", "an id of at most 200 characters"),
    ]


@pytest.mark.parametrize(
    ("content", "changed", "said"),
    [
        ("u,i,r\n", {}, "a header and no rows"),
        ("u,i,x\na,1,3\n", {}, "no column 'r' for `rating`"),
        ("u,i,r,t\na,1,3,0\nb,1,4,0\n", {"time": "t"}, "or leave `time` out"),
        ("u,i,r,t\na,1,3,1/2/2003\n", {"time": "t"}, "day/month or month/day; set `time_format`"),
        ('u,i,r\na,1,"1,250"\n', {}, "'1,250' can be read in two ways; set `decimal`"),
    ],
)
def test_what_can_be_read_in_two_ways_or_none_is_asked(
    tmp_path: Path, content: str, changed: dict[str, Any], said: str
) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, content, **changed)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
