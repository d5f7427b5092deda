"""Layouts of ratings."""

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.unit.recognition.conftest import config, found, settings_of, write

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.own_table import read_own_table
from practical_dl.settings.configuration import complete

FILES: dict[str, tuple[str, Sequence[str]]] = {
    "u.data": ("", ["1\t2\t3\t881250949"]),
    "u.item": ("", ["1|Toy Story (1995)|01-Jan-1995||http|0|1"]),
    "ratings.dat": ("", ["1::1193::5::978300760"]),
    "movies.dat": ("", ["1::Toy Story (1995)::Comedy"]),
    "users.dat": ("", ["1::F::1::10::48067"]),
    "ratings.csv": ("userId,movieId,rating,timestamp", ["1,31,2.5,1260759144"]),
    "movies.csv": ("movieId,title,genres", ["31,Dangerous Minds (1995),Drama"]),
}
RELEASES = [
    ("u.data", "u.item"),
    ("ratings.dat", "movies.dat", "users.dat"),
    ("ratings.dat", "movies.dat"),
    ("ratings.csv", "movies.csv"),
]


def release(folder: str, names: Sequence[str]) -> None:
    for name in names:
        header, rows = FILES[name]
        Path(folder).mkdir(parents=True, exist_ok=True)
        text = "\n".join([*([header] if header else []), *rows, *rows])
        Path(folder, name).write_text(text + "\n")


def item(row: int) -> int:
    """One of 40 items, so that no user of 20 has one twice in 200 rows."""
    return (row * 7 + row // 20) % 40


def table(name: str, header: str, rows: Sequence[str], count: int = 200) -> None:
    """A table of `count` ratings: {u} is one of 20 users, {i} of 40 items, {r} 1 to 5."""
    filled = [
        rows[n % len(rows)].format(u=n % 20, i=item(n), r=1 + n % 5, t=1_300_000_000 + n * 999)
        for n in range(count)
    ]
    write(name, header or filled.pop(0), filled)


@pytest.mark.parametrize("names", RELEASES)
@pytest.mark.parametrize("below", ["", "inside/"])
def test_the_releases_of_movielens(names: Sequence[str], below: str) -> None:
    release(f"ml/{below}", names)
    assert settings_of(found("ml")) == ("movielens", {"path": "ml"})
    if not below:
        assert settings_of(found(f"ml/{names[0]}")) == ("movielens", {"path": "ml"})


def test_a_zip_of_movielens() -> None:
    release("ml-1m", RELEASES[1])
    with zipfile.ZipFile("ml-1m.zip", "w") as file:
        for path in Path("ml-1m").iterdir():
            file.write(path)
    assert settings_of(found("ml-1m.zip")) == ("movielens", {"path": "ml-1m.zip"})


def test_real_releases(real_data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRACTICAL_DL_DATA", str(real_data))
    for name in ("ml-100k", "ml-latest-small", "ml-latest-small-2016"):
        assert settings_of(found(str(real_data / name))) == ("movielens", {"path": name})


def test_book_crossing_with_its_books() -> None:
    rows = [f'"{n % 20}";"{item(n):010}";"{0 if n % 2 else 5 + n % 6}"' for n in range(200)]
    write("bx/Ratings.csv", '"User-ID";"ISBN";"Book-Rating"', rows)
    books = [f'"{n:010}";"Title {n}";"Author";"{1950 + n}"' for n in range(40)]
    write("bx/Books.csv", '"ISBN";"Book-Title";"Book-Author";"Year-Of-Publication"', books)
    finding = found("bx")
    assert settings_of(finding) == (
        "table",
        {
            "path": "bx/Ratings.csv",
            "user": "User-ID",
            "item": "ISBN",
            "rating": "Book-Rating",
            "implicit": 0,
            "items": {
                "path": "bx/Books.csv",
                "item": "ISBN",
                "title": "Book-Title",
                "year": "Year-Of-Publication",
            },
        },
    )
    assert any("50% of the ratings are 0" in line for line in finding.unsure)
    assert any("3 values from 5 to 9" in line for line in finding.taken)
    assert config("bx")["movies"]["mine"]["source"]["table"]["implicit"] == 0


def test_ratings_without_a_header() -> None:
    table("amazon.csv", "", ["A{u}X,B{i:05},{r}.0,{t}"])
    finding = found("amazon.csv")
    assert settings_of(finding)[1] == {
        "path": "amazon.csv",
        "user": "user",
        "item": "item",
        "rating": "rating",
        "time": "timestamp",
        "format": {"columns": ["user", "item", "rating", "timestamp"]},
    }
    assert any("no header" in line for line in finding.unsure)
    assert "20 users and 40 items (200 rows)" in finding.taken


def test_ratings_of_u_data_alone() -> None:
    table("u.data", "", ["{u}\t{i}\t{r}\t{t}"])
    assert settings_of(found("u.data"))[1]["format"] == {
        "columns": ["user", "item", "rating", "timestamp"]
    }


@pytest.mark.parametrize(
    ("header", "row", "names"),
    [
        ("reviewerID,asin,overall,unixReviewTime", "A{u},B{i},{r}.0,{t}", 4),
        ("Kunde;Artikel;Bewertung;Datum", "K{u};A{i};{r};2021-03-0{r}", 4),
        ("用户,电影,评分", "甲{u},乙{i},{r}", 3),
        ("rating,when,user_id,book_id", "{r},2021-03-0{r} 10:00,{u},{i}", 4),
    ],
)
def test_columns_by_their_names(header: str, row: str, names: int) -> None:
    table("r.csv", header, [row])
    settings = settings_of(found("r.csv"))[1]
    assert len(settings) == names + 1
    by_purpose = {
        "reviewerID": "user", "asin": "item", "overall": "rating", "unixReviewTime": "time",
        "Kunde": "user", "Artikel": "item", "Bewertung": "rating", "Datum": "time",
        "用户": "user", "电影": "item", "评分": "rating",
        "when": "time", "user_id": "user", "book_id": "item",
    }  # fmt: skip
    for purpose, name in settings.items():
        if purpose != "path" and name in by_purpose:
            assert by_purpose[name] == purpose


def test_times_that_are_all_the_same_are_left_out() -> None:
    table("r.csv", "user,item,rating,timestamp", ["{u},{i},{r},1300000000"])
    finding = found("r.csv")
    assert "time" not in settings_of(finding)[1]
    assert any("always the same" in line for line in finding.unsure)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            "Date,Name,Year,Letterboxd URI,Rating",
            "2020-01-01,Film {i},19{i:02},https://boxd.it/{i},{r}",
        ),
        (
            "Const,Your Rating,Date Rated,Title,URL,Title Type",
            "tt{i},{r},2020-01-01,Film {i},u,movie",
        ),
    ],
)
def test_the_ratings_of_one_person_are_no_set(header: str, row: str) -> None:
    table("ratings.csv", header, [row])
    with pytest.raises(UserError, match=r"one person.*practical-dl recommend --ratings"):
        found("ratings.csv")


def test_who_took_what_without_ratings() -> None:
    write("t.csv", "user_id,item_id", [f"{n % 20},{n % 7}" for n in range(100)])
    with pytest.raises(UserError, match="without a rating"):
        found("t.csv")


def test_a_release_that_lacks_its_ratings() -> None:
    release("ml", ["movies.dat", "users.dat"])
    with pytest.raises(UserError, match="no pictures, ratings or texts with classes were found"):
        found("ml")


@pytest.mark.parametrize("when", ["{t}", "{t}000", "2021-03-0{r}", "1{r}/03/2021"])
def test_what_is_found_is_what_the_source_reads(when: str) -> None:
    table("r.csv", "member,isbn,stars,when", [f"m{{u}},b{{i}},{{r}},{when}"])
    write("books.csv", "isbn,title", [f"b{n},Book {n}" for n in range(40)])
    read = config("r.csv")
    complete(read)
    settings = read["movies"]["mine"]["source"]["table"]
    ratings = read_own_table(Path("r.csv"), Path("books.csv"), settings).ratings
    assert len(ratings.ratings) == 200
    assert ratings.ratings["user_id"].nunique() == 20
    assert ratings.movies["title"].iloc[1] == "Book 1"
    assert (ratings.ratings["timestamp"] > 0).all()


def test_rows_that_the_source_would_refuse_are_left_out() -> None:
    rows = [f"m{n % 20},b{item(n)},{1 + n % 5}" for n in range(200)]
    write("r.csv", "user,item,rating", [*rows, "m1,b1,", rows[0]])
    read = config("r.csv")
    complete(read)
    settings = read["movies"]["mine"]["source"]["table"]
    assert settings["on_bad_rows"] == "drop"
    assert len(read_own_table(Path("r.csv"), None, settings).ratings.ratings) == 200


def test_times_that_can_be_read_in_two_ways_are_left_out_and_told() -> None:
    table("r.csv", "user,item,rating,date", ["{u},{i},{r},0{r}/03/2021"])
    finding = found("r.csv")
    assert "time" not in settings_of(finding)[1]
    assert any("set `time_format` to" in line for line in finding.unsure)


def test_the_range_of_dates_is_one_of_time_not_of_letters() -> None:
    dates = ["01.02.2019", "30.08.2018", "28.08.2021", "13.01.2020"]
    rows = [f"{{u}},{{i}},{{r}},{date}" for date in dates]
    table("r.csv", "user,item,rating,date", rows)
    assert "times as %d.%m.%Y: 2018-08-30 to 2021-08-28" in found("r.csv").taken


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        ("user,item,rating", "{u},{i},{r} Sterne", "'rating' holds '1 Sterne', which is no number"),
        ("user,item,quantity", "{u},{i},{r}", "'quantity' holds amounts, not ratings"),
    ],
)
def test_what_is_no_rating_is_said(header: str, row: str, reason: str) -> None:
    table("r.csv", header, [row])
    with pytest.raises(UserError, match=reason):
        found("r.csv")


def test_pairs_with_several_ratings_are_left_out_and_repeated_rows_are_not() -> None:
    table("r.csv", "user,item,rating", ["{u},{i},{r}"])
    lines = Path("r.csv").read_text().splitlines()
    Path("r.csv").write_text("\n".join([*lines, lines[1]]) + "\n")
    assert "on_bad_rows" not in settings_of(found("r.csv"))[1]
    user, item_name, rating = lines[1].split(",")
    other = f"{user},{item_name},{6 - int(rating)}"
    Path("r.csv").write_text("\n".join([*lines, other]) + "\n")
    assert settings_of(found("r.csv"))[1]["on_bad_rows"] == "drop"
