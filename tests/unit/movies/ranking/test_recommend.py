import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from practical_dl import cli
from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.recommend import (
    alike,
    because,
    by_blend,
    for_ratings,
    for_user,
    newcomer,
    recommend,
    wanted_movies,
)
from practical_dl.movies.ranking.taste import Taste
from practical_dl.movies.recommender.factors import Library, write_library


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


def test_equal_stars_at_the_end_of_the_scale_do_not_hide_the_order(library: Library) -> None:
    """Cut to the scale, many movies would be equal, and the lowest number would come first."""
    thirty = list(range(30)), [5.0] * 30
    found = for_ratings(library, *thirty, 50)
    person = newcomer(library, *thirty)
    beyond = {library.movie_id(number): stars for number, stars in enumerate(person.expected.stars)}
    assert sum(movie.stars == 5.0 for movie in found) >= 2
    order = [beyond[movie.movie_id] for movie in found]
    assert order == sorted(order, reverse=True)


def test_the_blend_recommends_what_was_neither_rated_nor_seen(
    library: Library, taste: Taste
) -> None:
    seen = replace(library, seen_by=np.array([0]), seen_movie=np.array([7]))
    found = for_user(seen, 1, 200, by_blend(taste))
    known = {*library.rated_movie[library.rated_by == 0].tolist(), 7}
    assert not {library.movie_id(number) for number in known} & {one.movie_id for one in found}
    assert len(found) == 80 - len(known)


def test_the_blend_is_led_by_what_people_with_such_ratings_rate(
    library: Library, taste: Taste
) -> None:
    rated = library.rated_movie[library.rated_by == 3]
    stars = library.rated_stars[library.rated_by == 3]
    counts = {library.movie_id(number): count for number, count in enumerate(taste.counts)}
    blend = for_ratings(library, rated, stars, 10, by_blend(taste))
    by_stars = for_ratings(library, rated, stars, 10)
    mean = {
        name: np.mean([counts[movie.movie_id] for movie in movies])
        for name, movies in (("blend", blend), ("stars", by_stars))
    }
    assert mean["blend"] > mean["stars"]


def test_reasons_are_liked_movies_with_the_largest_weights(library: Library, taste: Taste) -> None:
    person = newcomer(library, [3, 5, 9], [5.0, 1.0, 5.0])
    found = because(library, taste, person, np.array([20]))
    weights = taste.ease.of_pairs(np.array([3, 9]), np.array([20]))[:, 0]
    titles = library.catalogue.movies["title"]
    named = [titles.iloc[(3, 9)[place]] for place in np.argsort(-weights) if weights[place] > 0]
    assert list(found[20]) == named
    assert titles.iloc[5] not in found[20]
    assert because(library, taste, newcomer(library, [], []), np.array([20])) == {}


def test_what_is_alike_comes_in_the_order_of_the_weights(library: Library, taste: Taste) -> None:
    popular = int(taste.counts.argmax())
    everything = np.ones(80, dtype=bool)
    found = alike(library, taste, popular, 5, everything)
    weights = [movie.weight for movie in found]
    assert len(found) == 5
    assert weights == sorted(weights, reverse=True)
    assert library.movie_id(popular) not in {movie.movie_id for movie in found}
    rare = int(taste.counts.argmin())
    few = replace(taste, counts=np.where(np.arange(80) == rare, 2, taste.counts))
    with pytest.raises(UserError, match="rated by 2; what is like it cannot be told"):
        alike(library, few, rare, 5, everything)


def test_genre_and_years_narrow_the_list(library: Library, taste: Taste) -> None:
    genre = library.catalogue.movies["genres"].iloc[0].split("|")[0]
    wanted = wanted_movies(library, genre.upper(), None)
    found = recommend(library, newcomer(library, [1], [4.0]), 5, by_blend(taste), wanted)
    assert found
    assert all(genre in movie.genres.split("|") for movie in found)
    year = int(library.catalogue.movies["year"].dropna().iloc[0])
    of_year = wanted_movies(library, None, (year, year))
    assert (library.catalogue.movies["year"][of_year] == year).all()
    with pytest.raises(UserError, match="no movie has it; genres: "):
        wanted_movies(library, "Opera buffa", None)
    with pytest.raises(UserError, match="no such movie"):
        wanted_movies(library, None, (1700, 1750))


def test_the_command_tells_why_and_what_is_alike(
    results: Path, library: Library, taste: Taste, capsys: pytest.CaptureFixture[str]
) -> None:
    at = ["--results", str(results)]
    assert cli.main(["recommend", "--user", "3", "--n", "5", *at]) == 0
    assert "; because you liked " in capsys.readouterr().out
    title = library.catalogue.movies["title"].iloc[int(taste.counts.argmax())]
    assert cli.main(["recommend", "--like", title, "--top", "3", *at]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 4
    assert cli.main(["recommend", "--user", "3", "--by", "stars", "--json", *at]) == 0
    stars = [json.loads(line)["stars"] for line in capsys.readouterr().out.splitlines()]
    assert stars == sorted(stars, reverse=True)
    assert cli.main(["recommend", "--user", "3", "--year", "1700", *at]) == 1
    assert capsys.readouterr().err.startswith("error: --year 1700")


def test_without_the_blend_the_command_says_how_to_make_it(
    library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_library(tmp_path / "movies/demo/recommender/factors.h5", library)
    at = ["--user", "1", "--results", str(tmp_path)]
    assert cli.main(["recommend", *at]) == 1
    assert "make it: snakemake results/movies/demo/recommender/taste.h5" in capsys.readouterr().err
    assert cli.main(["recommend", "--by", "stars", *at]) == 0
