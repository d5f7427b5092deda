from collections.abc import Mapping

import pytest

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.factors import Library
from practical_dl.movies.recommender.own_files import OwnRow
from practical_dl.movies.recommender.own_list import titles_of
from practical_dl.movies.recommender.own_movies import OwnMovies

Values = Mapping[str, str]


def found(films: Library, *rows: Values) -> list[str]:
    """The titles that the rows are, or why they are none."""
    own = [OwnRow(line, values) for line, values in enumerate(rows, start=2)]
    movies = OwnMovies(films, titles_of(films), own)
    titles = films.catalogue.movies["title"]
    return [str(titles.iloc[movies.find(row).number]) for row in own]


@pytest.mark.parametrize(
    ("values", "title"),
    [
        ({"imdb": "tt0113277", "title": "Seven"}, "Heat (1995)"),
        ({"imdb": "0113277"}, "Heat (1995)"),
        ({"imdb": "", "title": "Seven"}, "Seven (a.k.a. Se7en) (1995)"),
        ({"title": "Ghostbusters", "year": "2016"}, "Ghostbusters (2016)"),
        ({"title": "Ghostbusters", "year": "16 July 2016"}, "Ghostbusters (2016)"),
        (
            {"title": "Ghostbusters", "year": "unknown"},
            "Ghostbusters (a.k.a. Ghost Busters) (1984)",
        ),
        (
            {
                "title": "Chihiros Reise",
                "original": "Sen to Chihiro no kamikakushi",
                "year": "2001",
            },
            "Spirited Away (Sen to Chihiro no kamikakushi) (2001)",
        ),
        ({"id": "300.0"}, "Quiz Show (1994)"),
        ({"id": "300", "title": "300"}, "300 (2007)"),  # ids and titles disagree
        ({"id": "300", "title": "Quiz Show"}, "Quiz Show (1994)"),
        ({"movie": "300"}, "300 (2007)"),
        ({"movie": "1"}, "Heat (1995)"),
    ],
)
def test_a_row_is_the_movie_that_it_says(films: Library, values: Values, title: str) -> None:
    assert found(films, values) == [title]


def test_digits_are_ids_where_others_can_only_be_ids(films: Library) -> None:
    assert found(films, {"movie": "300"}, {"movie": "1"}) == ["Quiz Show (1994)", "Heat (1995)"]
    assert found(films, {"movie": "300"}, {"movie": "Emma"}) == ["300 (2007)", "Emma (1996)"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"imdb": "tt7654321", "title": "Heat"}, r"'Heat' \(tt7654321\): no movie of this set"),
        ({"title": "Chihiros Reise", "original": "Sen to Chihiro no kamikakushi"}, "no such movie"),
        ({"id": "77"}, "'77': no such id"),
        ({"id": ""}, "neither a title nor an id"),
    ],
)
def test_what_is_not_there_is_told(films: Library, values: Values, message: str) -> None:
    with pytest.raises(UserError, match=message):
        found(films, values)
