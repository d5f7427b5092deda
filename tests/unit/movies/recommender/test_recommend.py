import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from practical_dl import cli
from practical_dl.movies.recommender.factors import (
    Factors,
    Library,
)
from practical_dl.movies.recommender.recommend import fold_in, for_ratings, for_user


def test_folding_in_is_the_ridge_regression_on_the_movies() -> None:
    # One factor and bias; movie 0 has bias 0.5 and factor 2; mean 3; prior N(0, 1) of both.
    factors = Factors(
        mean=3.0,
        scale=np.array([0.5, 5.0]),
        movies=np.array([[[0.5, 2.0], [0.0, 1.0]]]),
        users=np.zeros((1, 1, 2)),
        centre=np.zeros((1, 2)),
        precision=np.eye(2)[None],
        rated=np.zeros((1, 2, 2)),
        noise=np.ones(1),
        user_precisions=np.ones((1, 1)),
    )
    # Residual 4.5 - 3 - 0.5 = 1 on regressors (1, 2): (I + zz')^-1 z = z / 6
    assert fold_in(factors, np.array([0]), np.array([4.5]))[0].tolist() == pytest.approx(
        [1 / 6, 2 / 6]
    )
    assert fold_in(factors, np.array([], dtype=np.int64), np.array([])).tolist() == [[0, 0]]


def test_a_known_user_s_ratings_folded_in_give_about_the_same_list(library: Library) -> None:
    number = int(np.bincount(library.rated_by).argmax())
    own = library.rated_by == number
    known = for_user(library, int(library.catalogue.user_ids[number]), 10)
    new = for_ratings(library, library.rated_movie[own], library.rated_stars[own], 10)
    shared = {movie.movie_id for movie in known} & {movie.movie_id for movie in new}
    assert len(shared) >= 6
    stars = {movie.movie_id: movie.stars for movie in new}
    for movie in known:
        if movie.movie_id in shared:
            assert movie.stars == pytest.approx(stars[movie.movie_id], abs=0.35)


def test_rated_movies_are_not_recommended_and_the_best_come_first(library: Library) -> None:
    found = for_user(library, 1, 200)
    rated = set(library.catalogue.movie_ids[library.rated_movie[library.rated_by == 0]].tolist())
    assert not rated & {movie.movie_id for movie in found}
    assert len(found) == 80 - len(rated)
    stars = [movie.stars for movie in found]
    assert stars == sorted(stars, reverse=True)


def test_a_movie_without_ratings_is_explained_by_its_content(library: Library) -> None:
    counts = np.bincount(library.rated_movie, minlength=80)
    rare = library.catalogue.movies["movie_id"][counts < 5].tolist()
    told = {movie.movie_id: movie.basis for movie in for_user(library, 1, 80)}
    assert rare
    for movie in set(rare) & set(told):
        assert told[movie].startswith("its content (")
    assert any(basis.endswith(" ratings") and basis[0].isdigit() for basis in told.values())


def test_the_command_prints_movies_for_a_known_user(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["recommend", "--user", "3", "--top", "2", "--results", str(results)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    assert "±" in lines[1]


def test_own_ratings_are_folded_in_and_left_out(
    results: Path, tmp_path: Path, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    titles = library.catalogue.movies["title"].tolist()
    own = tmp_path / "own.csv"
    own.write_text(f'movie,rating\n"{titles[0]}",5\n{library.catalogue.movie_ids[1]},1\n')
    arguments = ["recommend", "--ratings", str(own), "--json", "--top", "80"]
    assert cli.main([*arguments, "--results", str(results)]) == 0
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert len(found) == 78
    assert not {titles[0], titles[1]} & {movie["title"] for movie in found}
    assert set(found[0]) >= {"movie_id", "title", "stars", "spread", "basis"}


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("No Such Film,4", "own.csv:2: 'No Such Film': no such movie; no title is like it"),
        ("1,four", "own.csv:2: rating 'four'; a number from 0.5 to 5"),
        ("1,nan", "own.csv:2: rating 'nan'; a number from 0.5 to 5"),
        ("1,4\n1,5", "own.csv:3: duplicate movie '1'; leave one out"),
        ("Garden, The,4", "line 2 has 3 values, expected 2; a value that holds a comma stands in"),
    ],
)
def test_a_mistake_in_own_ratings_is_one_line(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rows: str, message: str
) -> None:
    own = tmp_path / "own.csv"
    own.write_text(f"movie,rating\n{rows}\n")
    assert cli.main(["recommend", "--ratings", str(own), "--results", str(results)]) == 1
    captured = capsys.readouterr()
    assert captured.err.startswith("error: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_an_unknown_user_and_an_absent_set_are_one_line(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["recommend", "--user", "999", "--results", str(results)]) == 1
    assert "error: user 999: unknown; users are 1 to 60" in capsys.readouterr().err
    assert cli.main(["recommend", "--user", "1", "--dataset", "x", "--results", str(results)]) == 1
    assert "make it: snakemake" in capsys.readouterr().err


def test_recommending_imports_neither_tensorflow_nor_scipy(results: Path) -> None:
    script = (
        "import sys; from practical_dl.cli import main; "
        f"main(['recommend', '--user', '1', '--results', {str(results)!r}]); "
        "print(sorted({'tensorflow', 'keras', 'scipy', 'matplotlib'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
