"""Ratings in a person's own tables, from eight lines of configuration to pages and names."""

import gzip
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.conftest import copy_workflow, snakemake_in

from practical_dl import cli
from practical_dl.movies import plan

HERE = "data_root: .\n"
RUN = "run: {images: [], movies: [books, songs], reviews: [], characters: [], small: []}\n"
BOOKS = """
movies:
  books:
    source:
      table:
        {path: Ratings.csv, user: User-ID, item: ISBN, rating: Book-Rating, implicit: 0,
         scale: [1, 10], items: {path: Books.csv, item: ISBN, title: Book-Title,
                                 year: Year-Of-Publication, genres: Category}}
"""
SONGS = """
  songs:
    source:
      table: {path: songs.csv.gz, user: who, item: track, rating: stars, time: when}
    protocols: [by_time]
"""
QUICK = """
movies:
  books: &quick
    bayes: {rank: 3, burn_in: 2, samples: 6, chains: 1}
    lesson: {dot_schedule: [[1, 0.01]], schedule: [[1, 0.01]], net_schedule: [[1, 0.01]]}
    protocols: [random_0]
    content_shares: [0.5]
  songs:
    <<: *quick
    protocols: [by_time]
"""
USERS, ITEMS, EACH = 30, 40, 24


def write_books(folder: Path) -> None:
    """As Book-Crossing: semicolons, Latin-1, quotes behind backslashes, `&amp;`, 0 for seen."""
    rng = np.random.default_rng(0)
    titles = ['The \\"Quoted\\" One; or Two', "Jack &amp; Jill", "Caf\xe9 Europa"]
    titles += [f"Book {number}" for number in range(3, ITEMS)]
    genres = ["Fiction|War", "Romance", "", "Fiction"]
    books = ['"ISBN";"Book-Title";"Book-Author";"Year-Of-Publication";"Category"']
    books += [
        f'"{item:09}X";"{title}";"Somebody";"{1960 + item if item % 5 else 0}";"{genres[item % 4]}"'
        for item, title in enumerate(titles)
    ]
    rows = ['"User-ID";"ISBN";"Book-Rating"']
    for user in range(USERS):
        for item in rng.permutation(ITEMS)[:EACH]:
            stars = np.clip(rng.normal(5 + 3 * np.sin(item), 1.5), 1, 9).round()
            rows.append(f'"{276700 + user}";"{item:09}X";"{0 if rng.random() < 0.3 else stars:g}"')
    for name, lines in (("Books.csv", books), ("Ratings.csv", rows)):
        (folder / name).write_bytes("\r\n".join([*lines, ""]).encode("latin-1"))


def write_songs(folder: Path) -> None:
    """Names for users and tracks, dates, no table of tracks."""
    rng = np.random.default_rng(1)
    rows = ["who,track,stars,when"]
    for user in range(USERS):
        for item in rng.permutation(ITEMS)[:EACH]:
            stars = np.clip(rng.normal(3 + np.cos(item), 1), 1, 5).round()
            day = 1 + rng.integers(28)
            rows.append(f"user {user},Song No. {item},{stars:g},2021-03-{day:02} 10:00")
    with gzip.open(folder / "songs.csv.gz", "wt") as file:
        file.write("\n".join([*rows, "", ""]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workflow(tmp_path_factory.mktemp("own"))
    write_books(folder)
    write_songs(folder)
    (folder / "own.yaml").write_text(HERE + RUN + BOOKS + SONGS)
    (folder / "quick.yaml").write_text(QUICK)
    found = snakemake_in(folder, "movies", "--configfile", "own.yaml", "quick.yaml")
    assert found.returncode == 0, found.stderr[-3000:]
    assert "read_own_ratings books: without `time`: no models that know the time" in found.stderr
    return folder


def test_books_end_in_all_pages_with_their_titles(folder: Path) -> None:
    results = folder / "results/movies/books"
    assert len([line for line in (RUN + BOOKS).splitlines() if line]) == 8
    for name in plan.PICTURES:
        assert (results / f"{name}.png").stat().st_size > 1000
    movies = pd.read_csv(results / "movies.csv")
    assert movies["title"][:3].tolist() == [
        'The "Quoted" One; or Two',
        "Jack & Jill",
        "Café Europa",
    ]
    page = (results / "pages/models.html").read_text()
    assert "Ratings.csv read as: &#x27;;&#x27;" in page
    assert "rows say seen and not rated" in page
    predictions = pd.read_csv(results / "bayes/predictions.csv")
    assert predictions["prediction"].between(1, 10).all()
    assert json.loads((results / "reading.json").read_text())["scale"] == [1.0, 10.0]
    models = set(pd.read_csv(results / "models.csv")["model"])
    assert {"bayes", "content"} < models
    assert "bayes_time" not in models
    assert pd.read_csv(results / "dropped_rows.csv").empty


def test_songs_have_models_of_time_and_none_of_content(folder: Path) -> None:
    results = folder / "results/movies/songs"
    models = set(pd.read_csv(results / "models.csv")["model"])
    assert {"bayes_ratings", "bayes_ratings_time"} < models
    assert not {"content", "bayes", "bayes_shuffled", "bayes_time"} & models
    assert not list(results.glob("content*"))
    assert set(pd.read_csv(results / "protocols.csv")["protocol"]) == {"by_time"}
    users = pd.read_csv(results / "users.csv")
    assert users["name"].tolist() == [f"user {number}" for number in range(USERS)]
    page = (results / "pages/crosstab.html").read_text()
    assert "<td>user 0</td>" in page or "<td>user 1</td>" in page
    assert "Song No." in page
    assert "without `items.genres`" in (results / "pages/models.html").read_text()


def test_books_and_songs_are_recommended_by_name(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["recommend", "--results", str(folder / "results"), "--json", "--top", "50"]
    assert cli.main([*command, "--dataset", "songs", "--user", "user 7"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == ITEMS - EACH
    assert all(movie["movie_id"] == movie["title"] for movie in found)
    assert cli.main([*command, "--dataset", "books", "--user", "276701"]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == ITEMS - EACH  # neither what was rated nor what was seen
    assert found[0]["movie_id"].endswith("X")


def test_a_table_that_is_wrong_is_told_with_its_lines_and_leaves_nothing(folder: Path) -> None:
    (folder / "wrong.csv").write_text("u,i,r\na,1,4\na,2,five\n,3,4\n")
    (folder / "wrong.yaml").write_text(
        HERE
        + RUN.replace("books, songs", "bad")
        + "movies: {bad: {source: {table: {path: wrong.csv, user: u, item: i, rating: r}}}}\n"
    )
    target = "results/movies/bad/ratings.h5"
    found = snakemake_in(folder, target, "--configfile", "wrong.yaml")
    assert found.returncode == 1
    assert "error: wrong.csv: 2 mistakes; mend them, or set on_bad_rows: drop" in found.stderr
    assert "wrong.csv:3: r: 'five', expected a number" in found.stderr
    assert "wrong.csv:4: u: '', expected the id of the user" in found.stderr
    assert "Traceback" not in found.stderr
    assert not (folder / "results/movies/bad").exists() or not any(
        (folder / "results/movies/bad").iterdir()
    )
