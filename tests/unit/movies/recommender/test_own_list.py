"""Exports of each kind, as the services write them, and tables as people write them."""

import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.models.catalogue import Catalogue
from practical_dl.movies.recommender.factors import Factors, Library
from practical_dl.movies.recommender.own_list import OwnList, read_own_list

LETTERBOXD = """Date,Name,Year,Letterboxd URI,Rating
2024-01-02,Heat,1995,https://boxd.it/2a,4.5
2024-01-03,Spirited Away,2001,https://boxd.it/2b,5
2024-01-03,Se7en,1995,https://boxd.it/2c,0.5
2024-01-04,Parasite,2019,https://boxd.it/2d,4
"""
IMDB = """Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Year
tt0113277,9,2024-01-02,Heat,Heat,https://www.imdb.com/title/tt0113277,Movie,8.3,1995
tt0245429,10,2024-01-02,Chihiros Reise,Sen to Chihiro no kamikakushi,https://x,Movie,8.6,2001
tt1234567,3,2024-01-02,Emma,Emma,https://x,TV Mini Series,7,1996
tt10954984,1,2024-01-02,Nope,Nope,https://x,Movie,6.8,2022
"""


def read(library: Library, tmp_path: Path, text: str, name: str = "mine.csv") -> OwnList:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_own_list(path, library)


def stars(library: Library, found: OwnList) -> dict[str, float]:
    """By the beginning of the title."""
    titles = library.catalogue.movies["title"]
    named = [titles.iloc[number].split(" (")[0] for number in found.movies]
    return dict(zip(named, found.stars, strict=True))


def test_letterboxd_s_ratings(films: Library, tmp_path: Path) -> None:
    found = read(films, tmp_path, LETTERBOXD)
    assert stars(films, found) == {"Heat": 4.5, "Spirited Away": 5, "Seven": 0.5}
    mine = tmp_path / "mine.csv"
    assert found.told == [
        f"{mine}: Letterboxd's export; read as: ',', utf-8, 4 rows",
        f"{mine}: ratings are kept, on a scale that ends at 5",
        f"{mine}: taken: 3 of 4 ratings; those of movies that are not in this set are passed over",
        f"{mine}:5: 'Parasite (2019)': no such movie; no title is like it",
    ]


def test_letterboxd_s_whole_export(films: Library, tmp_path: Path) -> None:
    path = tmp_path / "letterboxd-me.zip"
    with zipfile.ZipFile(path, "w") as zipped:
        zipped.writestr("profile.csv", "Date Joined,Username\n2020-01-01,me\n")
        zipped.writestr("deleted/ratings.csv", LETTERBOXD.replace("4.5", "1"))
        zipped.writestr("watched.csv", LETTERBOXD)
        zipped.writestr("ratings.csv", LETTERBOXD)
        zipped.writestr("__MACOSX/._ratings.csv", "x")
    found = read_own_list(path, films)
    assert stars(films, found) == {"Heat": 4.5, "Spirited Away": 5, "Seven": 0.5}
    assert found.told[0].startswith(f"{path}/ratings.csv: only this of 4 tables is read: Letterbox")
    assert found.told[-1].startswith(f"{path}/ratings.csv:5: 'Parasite (2019)'")


def test_imdb_s_ratings_by_its_ids(films: Library, tmp_path: Path) -> None:
    """A series that is called as a film of the set is not that film."""
    found = read(films, tmp_path, IMDB)
    assert stars(films, found) == {"Heat": 4.5, "Spirited Away": 5}
    assert "IMDb's export" in found.told[0]
    assert "ratings from 1 to 10 become 0.5 to 5" in found.told[1]
    assert found.told[-2].endswith("'Emma' (tt1234567): no movie of this set")


def test_imdb_s_ratings_by_title_and_year_where_no_ids_are_known(
    films: Library, tmp_path: Path
) -> None:
    found = read(replace(films, imdb_ids=None), tmp_path, IMDB)
    assert stars(films, found) == {"Heat": 4.5, "Spirited Away": 5, "Emma": 1.5}


def test_movielens_own_export(films: Library, tmp_path: Path) -> None:
    rows = "movie_id,imdb_id,tmdb_id,rating,average_rating,title\n1,0113277,949,4,3.9,Heat (1995)\n"
    assert stars(films, read(films, tmp_path, rows)) == {"Heat": 4}
    by_id = replace(films, imdb_ids=None)
    assert stars(films, read(by_id, tmp_path, rows)) == {"Heat": 4}
    found = read(by_id, tmp_path, rows.replace("\n1,", "\n2,"))
    assert stars(films, found) == {"Heat": 4}
    assert "ids like '2' are not this set's: read by title" in found.told[-2]


@pytest.fixture
def books() -> Library:
    """A set of one's own with ISBNs for names."""
    titles = ["The Hunger Games", "Insurgent", "Emma"]
    movies = pd.DataFrame({"movie_id": [1, 2, 3], "title": titles, "genres": ""})
    movies["year"] = pd.array([2008, 2012, 1815], "Int64")
    factors = Factors(3.0, np.array([1.0, 10.0]), *[np.zeros(0)] * 7)
    rated = np.array([0, 1, 2])
    library = Library(factors, Catalogue(np.array([1]), movies), rated * 0, rated, rated + 0.0)
    return replace(library, movie_names=np.array(["0439023483", "0007442912", "9780141439587"]))


def test_goodreads_export_for_books_of_one_s_own(books: Library, tmp_path: Path) -> None:
    rows = (
        "Book Id,Title,Author,ISBN,ISBN13,My Rating,Average Rating,Year Published\n"
        '3,"Tribute von Panem",SC,"=""0439023483""","=""9780439023481""",4,4.3,2009\n'
        '2,"Insurgent (Divergent, #2)",VR,"=""""","=""""",2,4,2015\n'
        '1,Emma,JA,"=""014143958X""","=""9780141439587""",5,4,2003\n'
        '9,"Read, but not rated",X,"=""""","=""""",0,4,2003\n'
    )
    found = read(books, tmp_path, rows)
    # 1 to 5 laid on 1 to 10: 1 + 3 / 4 * 9
    assert stars(books, found) == {"The Hunger Games": 7.75, "Insurgent": 3.25, "Emma": 10}
    assert "Goodreads' export" in found.told[0]
    assert "passed over: 1 row without a rating (0 or empty)" in found.told[2]


PLAIN: dict[str, tuple[str, dict[str, float]]] = {
    "no years": ("movie,rating\nMATRIX,4\nthe heat,3\n", {"The Matrix": 4, "Heat": 3}),
    "article behind": ('title,stars\n"Matrix, The",4\n', {"The Matrix": 4}),
    "semicolons and decimal commas": ("Titel;Bewertung\nHeat;4,5\n", {"Heat": 4.5}),
    "tabs": ("film\trating\nHeat (1995)\t4\n", {"Heat": 4}),
    "year in its own column": ("Film,Year,Score\nGhostbusters,2016,2\n", {"Ghostbusters": 2}),
    "date of release": (
        "Name,Release Date,Your Rating\nHeat,1995-12-15,9\nEmma,1996-08-02,7\n",
        {"Heat": 4.5, "Emma": 3.5},
    ),
    "of 100": ("movie,rating\nHeat,80\nEmma,60\n", {"Heat": 4.1, "Emma": 3.2}),
    "Letterboxd's own import": ("Title,Year,Rating10\nHeat,1995,8\n", {"Heat": 4}),
    "drawn stars": ("movie,rating\nHeat,\u2605\u2605\u2605\u00bd\n", {"Heat": 3.5}),
    "a title of digits": ("movie,rating\n300,4\nHeat,5\n", {"300": 4, "Heat": 5}),
    "ids": ("movie,rating\n300,4\n1,5\n", {"Quiz Show": 4, "Heat": 5}),
    "column of ids": ("movieId,rating\n300,4\n", {"Quiz Show": 4}),
    "column of titles": ("title,rating\n300,4\n", {"300": 4}),
    "an IMDb address": (
        "imdb url,rating\nhttps://www.imdb.com/title/tt0113277/,4\n",
        {"Heat": 4},
    ),
    "blank lines": ("\n\nmovie,rating\n\nHeat,4\n\n\n", {"Heat": 4}),
}


@pytest.mark.parametrize("kind", PLAIN)
def test_a_table_as_people_write_it(films: Library, tmp_path: Path, kind: str) -> None:
    text, expected = PLAIN[kind]
    found = stars(films, read(films, tmp_path, text))
    plain = {title.removesuffix(", The"): one for title, one in found.items()}
    assert plain == {title.removeprefix("The "): one for title, one in expected.items()}


def test_digits_taken_for_a_title_or_an_id_are_told(films: Library, tmp_path: Path) -> None:
    told = read(films, tmp_path, PLAIN["a title of digits"][0]).told
    assert told[-1].endswith("mine.csv:2: '300': taken for a title, not for an id")
    told = read(films, tmp_path, PLAIN["ids"][0]).told
    assert told[-1].endswith("mine.csv:2: '300': taken for an id, as others are, not for a title")


def write_workbook(path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["Title", "Year", "Rating"], [300, 2007, 4.5], ["Heat", 1995, 3]):
        book.active.append(row)
    book.save(path)


OTHER_FILES: dict[str, Callable[[Path], object]] = {
    "mine.xlsx": write_workbook,
    "mine.json": lambda path: path.write_text(
        json.dumps([{"title": "300", "rating": 4.5}, {"title": "Heat", "rating": 3}])
    ),
    "utf16.csv": lambda path: path.write_text(
        "title,rating\r\n300,4.5\r\nHeat,3\r\n", encoding="utf-16"
    ),
    "windows.csv": lambda path: path.write_bytes(
        "title;rating\r\n300;4,5\r\nHeat;3\r\nAm\xe9lie;3\r\n".encode("cp1252")
    ),
    "mark.csv": lambda path: path.write_text(
        "title,rating\n300,4.5\nHeat,3\n", encoding="utf-8-sig"
    ),
}


@pytest.mark.parametrize("name", OTHER_FILES)
def test_other_kinds_of_files(films: Library, tmp_path: Path, name: str) -> None:
    OTHER_FILES[name](tmp_path / name)
    assert stars(films, read_own_list(tmp_path / name, films)) == {"300": 4.5, "Heat": 3}


def test_one_movie_twice(films: Library, tmp_path: Path) -> None:
    """What is called just so counts; of equal names one counts if the ratings agree."""
    found = read(films, tmp_path, "movie,rating\nSe7en,2\nSeven (1995),4\nEmma,3\nEmma,3\n")
    assert stars(films, found) == {"Seven": 4, "Emma": 3}
    passed = [line.partition("mine.csv:")[2] for line in found.told[-2:]]
    assert passed == [
        "2: 'Se7en', 2: passed over, line 3 is the same movie",
        "5: 'Emma', 3: passed over, line 4 is the same movie",
    ]
    with pytest.raises(UserError) as caught:
        read(films, tmp_path, "movie,rating\nEmma,3\nEmma,4\nHeat,1\nHeat,2\n")
    assert "mine.csv:3: duplicate movie 'Emma'; leave one out (line 2 has it" in str(caught.value)
    assert "mine.csv:5: duplicate movie 'Heat'" in str(caught.value)


def test_a_scale_that_is_given_goes_before_what_the_file_tells(
    films: Library, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("movie,rating\nHeat,4\nEmma,0\n")
    assert stars(films, read_own_list(path, films, (0.0, 4.0))) == {"Heat": 5, "Emma": 0.5}
    with pytest.raises(UserError, match="--scale 4 0: give the lowest first"):
        read_own_list(path, films, (4.0, 0.0))
