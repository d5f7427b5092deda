import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from practical_dl import cli
from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.recommend import for_user
from practical_dl.movies.ranking.taste import Taste, write_taste
from practical_dl.movies.ratings.rating_set import no_links
from practical_dl.movies.recommender.factors import Library, read_library, write_library
from practical_dl.movies.recommender.names import movie_names, user_id, with_names
from practical_dl.movies.recommender.titles import Titles

NONE = pd.DataFrame({"user_id": [], "movie_id": []}, dtype="int64")


@pytest.fixture
def own(library: Library) -> Library:
    """Names for ids, and one movie that user 1 has seen."""
    users = {int(number): f"user {number}" for number in library.catalogue.user_ids}
    items = {int(number): f"{number:04}" for number in library.catalogue.movie_ids}
    best = for_user(library, 1, 1)[0].movie_id
    seen = pd.DataFrame({"user_id": [1], "movie_id": [best]})
    return with_names(library, users, items, seen, no_links())


@pytest.fixture
def own_results(own: Library, taste: Taste, tmp_path: Path) -> str:
    write_library(tmp_path / "movies/own/recommender/factors.h5", own)
    write_taste(tmp_path / "movies/own/recommender/taste.h5", taste)
    return str(tmp_path)


def test_ids_that_are_their_own_names_are_kept_as_they_are(library: Library) -> None:
    users = {int(number): str(number) for number in library.catalogue.user_ids}
    items = {int(number): str(number) for number in library.catalogue.movie_ids}
    same = with_names(library, users, items, NONE, no_links())
    assert same.user_names is same.movie_names is None
    assert user_id(same, "3") == user_id(same, " 3.0 ") == 3
    for wanted in ("999", "x", "\u00b2", "-1"):
        with pytest.raises(UserError, match=r"unknown; users are 1 to 60"):
            user_id(same, wanted)


def test_names_are_written_and_read_and_nothing_where_there_are_none(
    library: Library, own: Library, own_results: str, tmp_path: Path
) -> None:
    found = read_library(Path(own_results) / "movies/own/recommender/factors.h5")
    assert movie_names(found) == movie_names(own)
    assert user_id(found, "user 7") == 7
    with pytest.raises(UserError, match="user usr 7: unknown; did you mean user 7 or"):
        user_id(found, "usr 7")
    np.testing.assert_array_equal(found.seen_movie, own.seen_movie)
    write_library(tmp_path / "plain.h5", library)
    assert read_library(tmp_path / "plain.h5").user_names is None


def test_what_was_seen_is_not_recommended(library: Library, own: Library) -> None:
    before, after = for_user(library, 1, 5), for_user(own, 1, 4)
    assert [movie.title for movie in after] == [movie.title for movie in before[1:]]
    assert after[0].movie_id == f"{before[1].movie_id:04}"


def test_the_command_takes_and_gives_names(
    own_results: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = ["recommend", "--dataset", "own", "--results", own_results, "--json", "--top", "80"]
    assert cli.main([*base, "--user", "user 3"]) == 0
    first = json.loads(capsys.readouterr().out.splitlines()[0])
    mine = tmp_path / "mine.csv"
    mine.write_text(f"movie,rating\n{first['movie_id']},5\n")
    assert cli.main([*base, "--ratings", str(mine)]) == 0
    ids = {json.loads(line)["movie_id"] for line in capsys.readouterr().out.splitlines()}
    assert len(ids) == 79
    assert first["movie_id"] not in ids
    mine.write_text("movie,rating\n\u00b2,5\n")
    assert cli.main([*base, "--ratings", str(mine)]) == 1
    assert "mine.csv:2: '\u00b2': no such movie" in capsys.readouterr().err


def test_a_user_who_has_rated_all_is_told_so(
    library: Library, taste: Taste, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    count = len(library.catalogue.movies)
    everything = replace(library, seen_by=np.zeros(count, int), seen_movie=np.arange(count))
    write_library(tmp_path / "movies/all/recommender/factors.h5", everything)
    write_taste(tmp_path / "movies/all/recommender/taste.h5", taste)
    command = ["recommend", "--user", "1", "--dataset", "all", "--results", str(tmp_path)]
    assert cli.main(command) == 0
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == (
        "All 80 movies are rated or seen, so there is nothing left to recommend.\n"
    )


def test_movies_of_one_title_and_year_are_told_apart_by_their_ids() -> None:
    titles = Titles([64997, 34048], ["War of the Worlds (2005)", "War of the Worlds (2005)"])
    with pytest.raises(UserError) as caught:
        titles.find("war of the worlds (2005)")
    assert "2 movies; give the id: 64997 ('War of the Worlds (2005)'), 34048" in str(caught.value)
    assert titles.find("34048") == 1
