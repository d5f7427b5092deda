import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from practical_dl.job.errors import UserError
from practical_dl.movies.ratings.sources import (
    read_movies,
    read_ratings,
    read_release,
    read_release_set,
)

HEADER = "userId,movieId,rating,timestamp"
MOVIES = "movieId,title,genres\n1,Toy Story (1995),Animation|Comedy\n2,Babylon 5,Sci-Fi\n"
README = (
    "Summary\n=======\n\nThis dataset (ml-latest-small) describes 5-star rating activity. It "
    "contains {ratings} ratings and 3683 tag applications across {movies} movies. These data were "
    "created by {users} users between March 29, 1996 and September 24, 2018.\nAll selected users "
    "had rated at least 20 movies.\n"
)
TEN_M_README = (
    "<html><body><p>This data set contains 10000054 ratings and 95580 tags\napplied to "
    "<b>10681</b> movies by 71567 users of the online movie recommender service.</p></body></html>"
)


def write(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (folder / name.replace("__", ".")).write_bytes(data)
    return folder


def csv_release(folder: Path, *rows: str, movies: str = MOVIES) -> Path:
    return write(folder, ratings__csv="\n".join([HEADER, *rows, ""]), movies__csv=movies)


def error_of(folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        read_release(folder)
    message = str(caught.value)
    assert "\n" not in message
    return message.removeprefix(f"{folder}/")


def test_csv_ratings_are_read_in_file_order_with_types(tmp_path: Path) -> None:
    ratings = read_ratings(csv_release(tmp_path, "7,2,0.5,964982703", "1,1,4.0,964981247"))
    assert ratings.to_dict("list") == {
        "user_id": [7, 1],
        "movie_id": [2, 1],
        "rating": [0.5, 4.0],
        "timestamp": [964982703, 964981247],
    }
    assert [str(kind) for kind in ratings.dtypes] == ["int64", "int64", "float64", "int64"]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(tmp_path: Path) -> None:
    plain = csv_release(tmp_path / "plain", "1,1,4,100", "1,2,3,200")
    marked = write(
        tmp_path / "marked",
        **{
            name.replace(".", "__"): b"\xef\xbb\xbf"
            + (plain / name).read_bytes().replace(b"\n", b"\r\n")
            for name in ("ratings.csv", "movies.csv")
        },
    )
    for found, expected in zip(read_release(marked)[:2], read_release(plain)[:2], strict=True):
        pd.testing.assert_frame_equal(found, expected)


@settings(max_examples=30)
@given(
    pairs=st.lists(
        st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)),
        min_size=1,
        max_size=30,
        unique=True,
    ),
    data=st.data(),
)
def test_what_was_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[int, int]], data: st.DataObject
) -> None:
    count = len(pairs)
    table = pd.DataFrame(pairs, columns=["user_id", "movie_id"])
    halves = data.draw(st.lists(st.integers(1, 10), min_size=count, max_size=count))
    table["rating"] = np.array(halves) / 2
    table["timestamp"] = data.draw(
        st.lists(st.integers(0, 2**40), min_size=count, max_size=count), label="timestamp"
    )
    rows = [f"{row[0]},{row[1]},{row[2]},{row[3]}" for row in table.itertuples(index=False)]
    folder = csv_release(tmp_path_factory.mktemp("release"), *rows)
    pd.testing.assert_frame_equal(read_ratings(folder), table)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1,2,three,100", "'1,2,three,100' is not user_id,movie_id,rating,timestamp as numbers"),
        ("1,2,3.0", "'1,2,3.0' is not user_id,movie_id,rating,timestamp as numbers"),
        ("1,2,3.0,100,9", "'1,2,3.0,100,9' is not"),
        ("1,2,,100", "'1,2,,100' is not"),
        ("1,2,NaN,100", "'1,2,NaN,100' is not"),
        ("1,2.5,3.0,100", "'1,2.5,3.0,100' is not"),
        ("-1,2,3.0,100", "'-1,2,3.0,100' is not"),
        ("1,99999999999999999999,3.0,100", "'1,99999999999999999999,3.0,100' is not"),
        ('1,"2,3.0,100', "'1,\"2,3.0,100' is not"),
        ('"1",2,3.0,100', "'\"1\",2,3.0,100' is not"),
        ("", "'' is not"),
        ("1,2,inf,100", "rating inf, expected 0.5 to 5 in steps of 0.5"),
        ("1,2,5.5,100", "rating 5.5, expected 0.5 to 5 in steps of 0.5"),
        ("1,2,0,100", "rating 0, expected 0.5 to 5 in steps of 0.5"),
        ("1,2,3.7,100", "rating 3.7, expected 0.5 to 5 in steps of 0.5"),
        ("1,1,3.0,100", "user 1 rates movie 1 again (1 such rows)"),
        ("1,77,3.0,100", "movie 77 is not in movies.csv (1 such rows)"),
    ],
)
def test_a_bad_rating_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    folder = csv_release(tmp_path, "1,1,4.0,100", "2,1,4.0,100", row, "3,2,4.0,100")
    assert error_of(folder).startswith(f"ratings.csv:4: {said}")


def test_a_first_row_that_is_too_long_is_refused_too(tmp_path: Path) -> None:
    folder = csv_release(tmp_path, "1,1,4.0,100,5", "2,1,4.0,100")
    assert error_of(folder).startswith("ratings.csv:2: '1,1,4.0,100,5' is not")


def test_the_invented_last_row_of_copies_in_circulation_is_named(tmp_path: Path) -> None:
    folder = csv_release(tmp_path, "1,1,4.0,100", "999,999999,5.0,1493846415")
    assert error_of(folder) == (
        "ratings.csv:3: user 999 and movie 999999 are an invented row of copies in circulation; "
        "delete the line"
    )


@pytest.mark.parametrize(
    ("ratings", "said"),
    [
        ("", "ratings.csv: empty"),
        ("\n", f"ratings.csv:1: columns are , expected {HEADER}"),
        (HEADER + "\n", "ratings.csv: holds no ratings"),
        ("user,item,stars,time\n1,1,4,1\n", "ratings.csv:1: columns are user,item,stars,time,"),
    ],
)
def test_an_empty_or_foreign_file_is_refused(tmp_path: Path, ratings: str, said: str) -> None:
    assert error_of(write(tmp_path, ratings__csv=ratings, movies__csv=MOVIES)).startswith(said)


def test_an_empty_file_without_a_header_is_refused(tmp_path: Path) -> None:
    folder = write(tmp_path, u__data="", u__item=item(1, "Heat (1995)", 1))
    assert error_of(folder).startswith("u.data: empty")


def test_missing_files_are_named(tmp_path: Path) -> None:
    assert error_of(tmp_path / "nowhere").endswith("nowhere: no such folder")
    assert "holds no ratings (ratings.csv, u.data, ratings.dat)" in error_of(tmp_path)
    csv_release(tmp_path, "1,1,4.0,100")
    (tmp_path / "movies.csv").unlink()
    assert error_of(tmp_path) == "movies.csv: no such file"


def test_the_release_may_be_the_only_sub_folder(tmp_path: Path) -> None:
    csv_release(tmp_path / "ml-latest-small", "1,1,4.0,100")
    (tmp_path / "__MACOSX").mkdir()
    assert len(read_release(tmp_path).ratings) == 1
    csv_release(tmp_path / "ml-25m", "1,1,4.0,100")
    assert "holds several releases (ml-25m, ml-latest-small)" in error_of(tmp_path)


def test_titles_years_and_genres_of_movies(tmp_path: Path) -> None:
    movies = (
        "movieId,title,genres\n"
        '3,"American President, The (1995)",Comedy|Drama\n'
        "1,2010: The Year We Make Contact (1984) ,Sci-Fi\n"
        "5,Death Note: Desu nôto (2006\u20132007),(no genres listed)\n"
        "2,Babylon 5,Sci-Fi\n"
        "8,NaN,Drama\n"
        "9,Land Before Time III (1995) (V),Animation\n"
    )
    table = read_movies(csv_release(tmp_path, "1,3,4.0,100", movies=movies))
    assert table["movie_id"].tolist() == [3, 1, 5, 2, 8, 9]
    assert table["title"].tolist()[:3] == [
        "American President, The (1995)",
        "2010: The Year We Make Contact (1984)",
        "Death Note: Desu nôto (2006\u20132007)",
    ]
    assert table["year"].dtype == "Int64"
    assert table["year"].fillna(0).tolist() == [1995, 1984, 2006, 0, 0, 1995]
    assert table["genres"].tolist() == [
        "Comedy|Drama",
        "Sci-Fi",
        "",
        "Sci-Fi",
        "Drama",
        "Animation",
    ]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("two,Jumanji (1995),Comedy", "movies.csv:3: not a movie: 'two,Jumanji (1995),Comedy'"),
        ("2,President, The (1995),Comedy", "movies.csv:3: not a movie"),
        ('2,"Jumanji (1995),Comedy', "movies.csv:3: not a movie"),
        ("", "movies.csv:3: not a movie: ''"),
        ("1,Jumanji (1995),Comedy", "movies.csv:3: movie 1 stands there twice"),
    ],
)
def test_a_bad_movie_is_named_with_its_line(tmp_path: Path, row: str, said: str) -> None:
    movies = f"movieId,title,genres\n1,Toy Story (1995),Comedy\n{row}\n4,Heat (1995),Crime\n"
    assert error_of(csv_release(tmp_path, "1,1,4.0,100", movies=movies)).startswith(said)


def test_the_counts_of_the_readme_are_checked(tmp_path: Path) -> None:
    folder = csv_release(tmp_path, "1,1,4.0,100", "2,1,4.0,100", "2,2,4.0,100")
    assert read_release(folder).note == (
        "3 ratings, 2 users, 2 movies; no README states the counts, so they were not checked"
    )
    write(folder, README__txt=README.format(ratings="3", users="2", movies="2"))
    assert read_release(folder).note == (
        "3 ratings, 2 users, 2 movies; ratings, movies, users as README.txt states"
    )


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"ratings": "100,836"}, "ratings.csv: 3 ratings, but README.txt states 100,836: edited"),
        ({"users": "610"}, "ratings.csv: 3 users, but README.txt states 610"),
        ({"movies": "9742"}, "movies.csv: 2 movies, but README.txt states 9,742"),
    ],
)
def test_other_counts_than_those_of_the_readme_are_refused(
    tmp_path: Path, counts: dict[str, str], said: str
) -> None:
    folder = csv_release(tmp_path, "1,1,4.0,100", "2,1,4.0,100", "3,2,4.0,100")
    stated = {"ratings": "3", "users": "3", "movies": "2"} | counts
    write(folder, README__txt=README.format(**stated))
    assert error_of(folder).startswith(said)


def item(movie: int, title: str, *genres: int) -> str:
    flags = ["1" if genre in genres else "0" for genre in range(19)]
    return "|".join([str(movie), title, "01-Jan-1995", "", "http://x", *flags])


def test_ml_100k(tmp_path: Path) -> None:
    items = "\n".join([item(1, "Misérables, Les (1995)", 8, 1), item(2, "unknown", 0), ""])
    folder = write(
        tmp_path,
        u__data="196\t1\t3\t881250949\n22\t2\t1\t878887116\n",
        u__item=items.encode("latin-1"),
        u__info="2 users\n2 items\n2 ratings\n",
    )
    ratings, movies, note = read_release(folder)
    assert ratings["rating"].tolist() == [3.0, 1.0]
    assert movies["title"].tolist() == ["Misérables, Les (1995)", "unknown"]
    assert movies["genres"].tolist() == ["Action|Drama", ""]
    assert movies["year"].fillna(0).tolist() == [1995, 0]
    assert note.endswith("users, movies, ratings as u.info states")
    write(folder, u__data="196\t1\t3.5\t881250949\n")
    assert error_of(folder).startswith("u.data:1: rating 3.5, expected 1 to 5 in steps of 1")


def test_ml_1m_has_whole_stars_and_latin_1_titles(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        ratings__dat="1::73::5::978300760\n2::73::3::978302109\n",
        movies__dat="73::Misérables, Les (1995)::Drama|Musical\n".encode("latin-1"),
        users__dat="1::F::1::10::48067\n",
        README="These files contain 2 anonymous ratings of approximately 3,900 movies\n"
        "made by 2 MovieLens users who joined MovieLens in 2000.",
    )
    ratings, movies, note = read_release(folder)
    assert ratings.to_numpy().tolist() == [[1, 73, 5, 978300760], [2, 73, 3, 978302109]]
    assert movies.to_numpy().tolist() == [[73, "Misérables, Les (1995)", 1995, "Drama|Musical"]]
    assert note == "2 ratings, 2 users, 1 movies; ratings, users as README states"
    write(folder, ratings__dat="1::73::5::978300760\n2::73::3.5::978302109\n")
    assert error_of(folder).startswith("ratings.dat:2: rating 3.5, expected 1 to 5 in steps of 1")


def test_ml_10m_has_half_stars_and_a_count_of_users_that_is_not_compared(tmp_path: Path) -> None:
    folder = write(
        tmp_path,
        ratings__dat="1::122::5::838985046\n1::292::3.5::838983421\n",
        movies__dat="122::Boomerang (1992)::Comedy\n292::Star Trek: Été:: (1995)::Action\n",
    )
    ratings, movies, _ = read_release(folder)
    assert ratings["rating"].tolist() == [5.0, 3.5]
    assert movies["title"].tolist() == ["Boomerang (1992)", "Star Trek: Été:: (1995)"]
    write(folder, README__html=TEN_M_README)
    assert error_of(folder).startswith("ratings.dat: 2 ratings, but README.html states 10,000,054")
    write(folder, README__html=TEN_M_README.replace("10000054", "2").replace("10681", "2"))
    assert read_release(folder).note.endswith("ratings, movies as README.html states")


@pytest.mark.parametrize("row", ["1::2::3", "1:2:3:4", "1::2::3::4::5", "1:x:2::3::4"])
def test_a_bad_row_between_double_colons_is_named(tmp_path: Path, row: str) -> None:
    folder = write(
        tmp_path,
        ratings__dat=f"1::1::5::838985046\n{row}\n",
        movies__dat="1::Boomerang (1992)::Comedy\n",
    )
    assert error_of(folder).startswith(f"ratings.dat:2: '{row}' is not user_id::movie_id::rating")


@pytest.mark.parametrize(
    ("name", "ratings", "users", "movies", "rated"),
    [
        ("ml-latest-small", 100_836, 610, 9_742, 9_724),
        ("ml-latest-small-2016", 100_004, 671, 9_125, 9_066),
        ("ml-100k", 100_000, 943, 1_682, 1_682),
    ],
)
def test_real_releases(name: str, ratings: int, users: int, movies: int, rated: int) -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    release = read_release(Path(os.environ["PRACTICAL_DL_DATA"]) / name)
    assert len(release.ratings) == ratings
    assert release.ratings["user_id"].nunique() == users
    assert len(release.movies) == movies
    assert release.ratings["movie_id"].nunique() == rated
    assert "not checked" not in release.note
    assert release.movies["year"].dropna().between(1900, 2020).all()
    assert release.movies["title"].str.contains("Misérables, Les (1995)", regex=False).any()


def test_the_real_ml_1m_without_its_ratings_is_refused() -> None:
    if "PRACTICAL_DL_DATA" not in os.environ:
        pytest.skip("PRACTICAL_DL_DATA is not set")
    with pytest.raises(UserError, match="ml-1m: holds no ratings"):
        read_release(Path(os.environ["PRACTICAL_DL_DATA"]) / "ml-1m")


def test_blank_lines_at_the_end_are_no_ratings(tmp_path: Path) -> None:
    plain = csv_release(tmp_path / "plain", "1,1,4,100", "1,2,3,200")
    for name, end in {"lf": "\n", "crlf": "\r\n \r\n", "blanks": "  \n\n"}.items():
        ended = write(
            tmp_path / name,
            ratings__csv=(plain / "ratings.csv").read_text() + end,
            movies__csv=(plain / "movies.csv").read_text() + end,
        )
        assert read_release(ended).ratings.equals(read_release(plain).ratings)
        assert read_release(ended).movies.equals(read_release(plain).movies)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("1,1,4,0", "1,2,3,0"), "ratings.csv: every timestamp is 0, so nothing would be known"),
        (("1,1,4,964982703000", "1,2,3,9"), "timestamp 964982703000 is not in seconds"),
        (("1,1,4,100", "1,2,4,200"), "each of 2 ratings is 4, and from equal ratings no model"),
    ],
)
def test_a_set_of_which_nothing_can_be_learned_is_refused(
    tmp_path: Path, rows: tuple[str, str], said: str
) -> None:
    folder = csv_release(tmp_path, *rows)
    with pytest.raises(UserError) as caught:
        read_release_set(folder)
    assert said in str(caught.value)


def test_the_scale_is_the_publisher_s_and_not_that_of_the_ratings_given(tmp_path: Path) -> None:
    assert read_release_set(csv_release(tmp_path, "1,1,2,100", "1,2,4,200")).scale == (0.5, 5.0)
