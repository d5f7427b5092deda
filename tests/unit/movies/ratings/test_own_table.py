import os
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.movies.ratings.own import item_settings, settings

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.own_table import OwnSet, read_own_table
from practical_dl.movies.ratings.sources import read_release

needs_data = pytest.mark.skipif(
    "PRACTICAL_DL_DATA" not in os.environ, reason="PRACTICAL_DL_DATA is not set"
)


def read(
    tmp_path: Path, ratings: list[str], items: list[str] | None = None, **changed: Any
) -> OwnSet:
    path, item_path = tmp_path / "r.csv", tmp_path / "i.csv"
    path.write_text("\n".join(ratings) + "\n", encoding="utf-8")
    if items is None:
        return read_own_table(path, None, settings(**changed))
    item_path.write_text("\n".join(items) + "\n", encoding="utf-8")
    return read_own_table(path, item_path, settings(items=item_settings(), **changed))


def refused(tmp_path: Path, *ratings: str, **changed: Any) -> str:
    with pytest.raises(UserError) as caught:
        read(tmp_path, list(ratings), **changed)
    return str(caught.value)


def test_ratings_stay_in_file_order_and_names_stay_with_their_numbers(tmp_path: Path) -> None:
    found = read(tmp_path, ["u,i,r", "u10,0x,4", "u2,b,3", "u10,a,1"]).ratings
    assert found.ratings.to_dict("list") == {
        "user_id": [2, 1, 2],
        "movie_id": [1, 3, 2],
        "rating": [4.0, 3.0, 1.0],
        "timestamp": [0, 0, 0],
    }
    assert [str(kind) for kind in found.ratings.dtypes] == ["int64", "int64", "float64", "int64"]
    assert found.user_names == {1: "u2", 2: "u10"}
    assert found.item_names == {1: "0x", 2: "a", 3: "b"}
    assert found.movies["title"].tolist() == ["0x", "a", "b"]
    assert found.scale == (1.0, 4.0)
    assert "users are numbered in the order of their names: users.csv" in found.notes
    assert any("scale was taken from the ratings: 1 to 4" in note for note in found.notes)


def test_whole_numbers_stay_themselves_even_as_floats(tmp_path: Path) -> None:
    found = read(tmp_path, ["u,i,r", "12.0,7,4", "12,9,3"]).ratings
    assert found.ratings["user_id"].tolist() == [12, 12]
    assert found.ratings["movie_id"].tolist() == [7, 9]
    assert not any("numbered" in note for note in found.notes)


def test_items_join_by_their_ids_and_those_without_a_row_are_told(tmp_path: Path) -> None:
    items = ["id,title,year,genres", "01,One,1999,War|Drama", "03,Three,0,"]
    found = read(tmp_path, ["u,i,r", "a,01,4", "a,02,3"], items, scale=[0, 5]).ratings
    assert found.movies.fillna({"year": 0}).to_dict("list") == {
        "movie_id": [1, 2, 3],
        "title": ["One", "02", "Three"],
        "year": [1999, 0, 0],
        "genres": ["War|Drama", "", ""],
    }
    assert found.scale == (0.0, 5.0)
    assert "1 of 2 rated items are not in i.csv; their id is their title" in found.notes
    with pytest.raises(UserError, match=r"no item that is rated stands in it \(rated: 'x', here"):
        read(tmp_path, ["u,i,r", "a,x,4", "a,y,3"], items)


def test_without_genres_items_that_nobody_rated_are_left_out(tmp_path: Path) -> None:
    path, items = tmp_path / "r.csv", tmp_path / "i.csv"
    path.write_text("u,i,r\na,1,4\na,2,3\n")
    items.write_text("id,title\n1,One\n2,Two\n3,Three\n")
    table = settings(items=item_settings(year=None, genres=None))
    found = read_own_table(path, items, table).ratings
    assert found.movies["title"].tolist() == ["One", "Two"]
    assert any(note.startswith("without `items.genres`") for note in found.notes)


def test_what_means_seen_is_no_rating_and_is_kept_for_the_recommender(tmp_path: Path) -> None:
    rows = ["a,x,0", "a,y,7", "b,x,6", "a,x,0", "b,y,0", "b,y,5", "c,x,0", "a,z,0"]
    found = read(tmp_path, ["u,i,r", *rows], implicit=0, scale=[1, 10]).ratings
    assert found.ratings["rating"].tolist() == [7.0, 6.0, 5.0]
    assert found.seen is not None
    assert found.seen.to_dict("list") == {"user_id": [1], "movie_id": [1]}
    assert any(note.startswith("5 rows say seen and not rated; 1 of these") for note in found.notes)
    hint = read(tmp_path, ["u,i,r", *rows[1:4], "b,z,0"]).ratings.notes
    assert any("50% of the ratings are 0" in note and "implicit: 0" in note for note in hint)


def test_the_later_of_two_ratings_counts_and_without_times_they_are_a_mistake(
    tmp_path: Path,
) -> None:
    rows = ["a,x,5,1500000009", "b,x,2,1500000001", "a,x,3,1500000003", "a,y,1,1500000002"]
    found = read(tmp_path, ["u,i,r,t", *rows], time="t").ratings
    assert found.ratings["rating"].tolist() == [5.0, 2.0, 1.0]
    assert "1 ratings were given anew later, and the later ones count" in found.notes
    said = refused(tmp_path, "u,i,r,t", *rows)
    for line in (2, 4):
        assert f"r.csv:{line}: u, i: 'a, x', expected one rating of a pair; others differ" in said


def test_ratings_of_one_time_have_no_order(tmp_path: Path) -> None:
    rows = ["a,x,5,2021-05-03", "b,x,2,2021-05-03", "a,x,3,2021-05-03", "b,x,2,2021-05-03"]
    said = refused(tmp_path, "u,i,r,t", *rows, time="t")
    assert "expected one rating of a pair at a time; others differ" in said
    assert "r.csv:2" in said and "r.csv:4" in said and "r.csv:3" not in said  # noqa: PT018
    rows += ["c,y,4,2021-05-04"]
    found = read(tmp_path, ["u,i,r,t", *rows], time="t", on_bad_rows="drop")
    assert found.ratings.ratings["rating"].tolist() == [2.0, 4.0]
    assert "1 rows repeat a rating: taken once" in found.ratings.notes
    assert found.dropped["line"].tolist() == [2, 4]


def test_names_that_differ_by_case_alone_are_told(tmp_path: Path) -> None:
    notes = read(tmp_path, ["u,i,r", "Ann,x,1", "ANN,y,2", "bob,X,3"]).ratings.notes
    assert "users that differ from another by case alone: 1, kept apart" in notes
    assert "items that differ from another by case alone: 1, kept apart" in notes


def test_dropped_rows_are_listed_and_their_names_forgotten(tmp_path: Path) -> None:
    rows = ["u,i,r", "1,5,4", "2,5,3", "x,5,bad", "1,y,99"]
    found = read(tmp_path, rows, scale=[1, 5], on_bad_rows="drop")
    assert found.ratings.ratings["user_id"].tolist() == [1, 2]
    assert found.ratings.item_names == {5: "5"}
    assert found.dropped.to_dict("list") == {
        "file": ["r.csv", "r.csv"],
        "line": [4, 5],
        "column": ["r", "r"],
        "value": ["bad", "99"],
        "wanted": ["a number from 1 to 5"] * 2,
    }
    assert "2 rows of r.csv were left out: dropped_rows.csv" in found.ratings.notes
    assert "2 mistakes; mend them, or set on_bad_rows: drop" in refused(
        tmp_path, *rows, scale=[1, 5]
    )


@pytest.mark.parametrize(
    ("rows", "changed", "said"),
    [
        (["a,1,4,5", "b,1,4,6"], {}, "each of 2 ratings is 4, and from equal ratings no model"),
        (["a,1,0,5", "b,1,0,6"], {"implicit": 0}, "no row is a rating"),
        (["a,1,4,5", "b,1,3,5"], {"time": "t", "time_format": "s"}, "remove the key `time`"),
        (["a,1,4,0", "b,1,3,0"], {"time": "t"}, "or leave `time` out"),
    ],
)
def test_ratings_that_teach_nothing_are_refused(
    tmp_path: Path, rows: list[str], changed: dict[str, Any], said: str
) -> None:
    assert said in refused(tmp_path, "u,i,r,t", *rows, **changed)


@needs_data
def test_ml_100k_as_a_plain_table_gives_the_frames_of_its_own_reader(tmp_path: Path) -> None:
    own = read_release(Path(os.environ["PRACTICAL_DL_DATA"]) / "ml-100k")
    words = own.ratings.assign(
        user_id="u" + own.ratings["user_id"].astype(str),
        movie_id="i" + own.ratings["movie_id"].astype(str),
    )
    items = own.movies.assign(movie_id="i" + own.movies["movie_id"].astype(str))
    names = {"user_id": "u", "movie_id": "i", "rating": "r", "timestamp": "t"}
    words.rename(columns=names).to_csv(tmp_path / "r.tsv", sep="\t", index=False)
    items.rename(columns={"movie_id": "id"}).to_csv(tmp_path / "i.csv", index=False)
    table = settings(time="t", items=item_settings())
    found = read_own_table(tmp_path / "r.tsv", tmp_path / "i.csv", table).ratings
    pd.testing.assert_frame_equal(found.ratings, own.ratings)
    pd.testing.assert_frame_equal(found.movies, own.movies.sort_values("movie_id"))
    assert found.scale == (1.0, 5.0)
    assert found.user_names is not None
    assert found.user_names[196] == "u196"


@needs_data
def test_a_table_without_a_header_has_the_columns_that_are_named() -> None:
    folder = Path(os.environ["PRACTICAL_DL_DATA"]) / "ml-100k"
    [path] = folder.rglob("u.data")
    form = settings()["format"] | {"columns": ["u", "i", "r", "t"]}
    found = read_own_table(path, None, settings(time="t", format=form)).ratings
    pd.testing.assert_frame_equal(found.ratings, read_release(folder).ratings)


def test_a_scale_far_from_stars_is_told(tmp_path: Path) -> None:
    rows = ["u,i,r", "a,1,0", "b,1,100"]
    said = "the defaults of lesson and bayes are made for scales like 1 to 5: on one of 100"
    assert any(note.startswith(said) for note in read(tmp_path, rows).ratings.notes)
    assert not any(
        "defaults" in n for n in read(tmp_path, ["u,i,r", "a,1,1", "b,1,5"]).ratings.notes
    )


def test_a_table_in_any_order_is_kept_row_by_row(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    pairs = [(user, item) for user in range(30) for item in range(40)]
    rng.shuffle(pairs)
    rows = [f"u{user},i{item},{1 + (user * item) % 5}" for user, item in pairs]
    found = read(tmp_path, ["u,i,r", *rows]).ratings.ratings
    assert found["user_id"].tolist() == [user + 1 for user, _ in pairs]
    assert found["movie_id"].tolist() == [item + 1 for _, item in pairs]
    assert found["rating"].tolist() == [1.0 + (user * item) % 5 for user, item in pairs]
