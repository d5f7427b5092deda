"""What people give by mistake: each costs them one line that says what to do."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from practical_dl import cli
from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.factors import Library, write_library
from practical_dl.movies.recommender.own_columns import find_columns
from practical_dl.movies.recommender.own_files import read_own_file
from practical_dl.movies.recommender.own_list import read_own_list

HEADER = "movie,rating\n"
EXPORT = "Date,Name,Year,Letterboxd URI,Rating\n2024-01-02,Heat,1995,https://boxd.it/2a,4.5\n"
Content = str | bytes | Callable[[Path], object]


def packed(files: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, held in files.items():
            zipped.writestr(name, held)
    return content.getvalue()


ODD: dict[str, tuple[str, Content, str]] = {
    "empty": ("mine.csv", "", "empty; give a table with a header and rows"),
    "blank": ("mine.csv", "\n \n\n", "empty; give a table with a header and rows"),
    "a header alone": ("mine.csv", HEADER, "has no ratings; write one per line: movie,rating"),
    "wrong columns": ("mine.csv", "a,b\n1,2\n", "no column of ratings (rating) and no column of"),
    "no header": ("mine.csv", "Heat,5\nEmma,4\n", "the first line names the columns: movie,rating"),
    "no ratings": (
        "w.csv",
        "Name,Letterboxd URI\nHeat,x\n",
        "Letterboxd's tables take ratings.csv",
    ),
    "none rated": ("mine.csv", f"{HEADER}Heat,\nEmma,0\n", "no row has a rating"),
    "a picture": ("mine.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture, not a table"),
    "zeros": ("mine.csv", bytes(5000), "no table of text; export it as .csv"),
    "other bytes": ("mine.bin", bytes(range(128, 256)) * 40, "in no encoding that is known"),
    "a web page": ("mine.csv", "\n<!DOCTYPE html>\n<html>", "a web page; download the file itself"),
    "a PDF": ("mine.csv", b"%PDF-1.7\n", "a PDF file; save the table as .csv"),
    "a zip without ratings": (
        "export.zip",
        packed({"profile.csv": "a\n", "watched.csv": "a\n"}),
        "holds no ratings.csv, but profile.csv, watched.csv; give the one of ratings",
    ),
    "a zip without tables": ("export.zip", packed({"a.png": ""}), "a zip that holds a.png and no"),
    "an empty zip": ("export.zip", packed({}), "a zip that holds nothing and no table"),
    "half a zip": ("export.zip", packed({"ratings.csv": EXPORT})[:60], "not a whole zip"),
    "a zip in a zip": (
        "export.zip",
        packed({"export.zip": packed({"ratings.csv": EXPORT})}),
        "a zip that holds export.zip and no table; give the file of ratings",
    ),
    "a zip that leads out": (
        "export.zip",
        packed({"../ratings.csv": EXPORT}),
        "may lead out of its folder",
    ),
    "a zip bomb": (
        "export.zip",
        packed({"ratings.csv": bytes(100_000_000), "a.csv": ""}),
        "unpacks to more than the 19,",
    ),
    "a mistake inside a zip": (
        "export.zip",
        packed({"ratings.csv": "Name\nHeat\n", "a.csv": ""}),
        "export.zip/ratings.csv: no column of ratings",
    ),
    "two columns of one name": (
        "mine.csv",
        "movie,rating,rating\nHeat,4,5\n",
        "columns 'rating' and 'rating' could both be it; rename one",
    ),
    "two columns named alike": (
        "mine.csv",
        "movie,rating,Rating\nHeat,4,5\n",
        "columns 'rating' and 'Rating' could both be it; rename one",
    ),
    "words for ratings": (
        "mine.csv",
        f"{HEADER}Heat,good\nEmma,4\n300,bad\n",
        "mine.csv:2: rating 'good'; a number from 0.5 to 5; also line 4 'bad'",
    ),
    "off the scale": (
        "mine.csv",
        f"{HEADER}Heat,4\nEmma,45\n300,5\n",
        "mine.csv:3: rating '45'; at most 5 as most others",
    ),
    "unknown titles alone": (
        "mine.csv",
        f"{HEADER}Qqqq,4\nXxxx,5\n",
        "mine.csv:2: 'Qqqq': no such movie; no title is like it; nor is any of 1 other known",
    ),
    "one film, two ratings": (
        "mine.csv",
        f"{HEADER}Heat,4\nHeat,5\n",
        "mine.csv:3: duplicate movie 'Heat'; leave one out (line 2 has it too)",
    ),
    "a folder": ("folder", os.mkdir, "a folder; give the file in it that holds ratings"),
    "no file": ("nowhere.csv", lambda _: None, "no such file"),
    "a huge header": ("mine.csv", f"{'x' * 3_000_000}\nHeat\n", "no column of ratings"),
    "a quote that is not closed": ("mine.csv", f'{HEADER}"Heat,4\nEmma,5\n', "mine.csv:2: a quot"),
    "too few values": ("mine.csv", f"{HEADER}Heat\n", "line 2 has 1 values, expected 2"),
    "many people": (
        "ratings.csv",
        "userId,movieId,rating,timestamp\n1,1,4,0\n2,1,5,0\n",
        "ratings of 2 people (userId: 1, 2)",
    ),
}


@pytest.fixture(scope="module")
def results(films: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("results")
    write_library(folder / "movies/demo/recommender/factors.h5", films)
    return folder


@pytest.mark.parametrize("kind", ODD)
def test_an_odd_file_costs_one_line(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    name, content, message = ODD[kind]
    path = tmp_path / name
    if callable(content):
        content(path)
    else:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert cli.main(["recommend", "--file", str(path), "--results", str(results)]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"error: {path}")
    assert captured.err.count("\n") == 1
    assert message in captured.err
    assert len(captured.err) < 400


def test_a_value_without_end_is_shortened(films: Library, tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(f"{HEADER}{'x' * 300_000},4\n")
    rows = read_own_file(path).rows
    assert len(rows[0].label) == 300_000
    with pytest.raises(UserError) as caught:
        read_own_list(path, films)
    assert len(str(caught.value)) < 300


def test_the_columns_of_an_export_are_known() -> None:
    goodreads = ["Book Id", "Title", "ISBN", "ISBN13", "My Rating", "Year Published", "Year"]
    found = find_columns(Path("x"), goodreads)
    assert found.places == {"title": 1, "isbn": 2, "isbn13": 3, "rating": 4}
    assert found.scale == (1, 5)
    found = find_columns(Path("x"), ["Const", "IMDb Rating", "Your Rating", "Title", "Year"])
    assert found.places == {"imdb": 0, "rating": 2, "title": 3, "year": 4}
    assert found.scale == (1, 10)
    plain = find_columns(Path("x"), ["Film", "average_rating", "RATING"])
    assert plain.places == {"movie": 0, "rating": 2}
    assert plain.scale is None
