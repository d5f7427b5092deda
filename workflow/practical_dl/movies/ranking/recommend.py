"""Recommends movies to a known user, or to a new one whose ratings are folded in.

The order is that of the blend, or of expected stars. Nothing is trained: a new user is told apart
by what they rated alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.models.blend import blended
from practical_dl.movies.ranking.taste import Taste
from practical_dl.movies.recommender.factors import Library
from practical_dl.movies.recommender.folding import (
    Expected,
    expected_by_ratings,
    expected_by_user,
    number_of_user,
)

Values = NDArray[Any]
Codes = NDArray[np.int64]
COLD = 5
REASONS = 2
"""Movies at most that are named as the reason of a recommendation."""


@dataclass(frozen=True)
class Recommendation:
    """A movie, how many stars are expected, how far that may be off, and why it is known.

    Attributes:
        stars, spread: expected rating, bounded to the scale, and its standard deviation.
        ratings: how many users rated the movie. basis: where its numbers come from.
        because: titles of movies that the user liked and that speak for this one most.
    """

    movie_id: int | str
    title: str
    genres: str
    stars: float
    spread: float
    ratings: int
    basis: str
    because: tuple[str, ...] = ()


class Person(NamedTuple):
    """Who movies are recommended to.

    Attributes:
        rated: numbers of the movies that they rated (n,). stars: what each was given (n,).
        seen: numbers of those that they saw and did not rate. expected: what they would give.
    """

    rated: Codes
    stars: Values
    seen: Codes
    expected: Expected


Order = Callable[[Person], Values]
"""A score for each movie (M,): the highest is recommended first."""


def user_of(library: Library, user_id: int) -> Person:
    """A known user.

    Raises:
        UserError: no such user.
    """
    number = number_of_user(library, user_id)
    own = library.rated_by == number
    return Person(
        library.rated_movie[own],
        library.rated_stars[own],
        library.seen_movie[library.seen_by == number],
        expected_by_user(library, number),
    )


def newcomer(library: Library, rated: Sequence[int], stars: Sequence[float]) -> Person:
    """Someone new who gave `stars` to the movies with the numbers `rated`."""
    numbers, given = np.asarray(rated, dtype=np.int64), np.asarray(stars, dtype=np.float64)
    expected = expected_by_ratings(library.factors, numbers, given)
    return Person(numbers, given, np.zeros(0, np.int64), expected)


def by_stars(person: Person) -> Values:
    """Order by expected stars, which are not cut to the scale: most would then be equal."""
    return person.expected.stars


def by_blend(taste: Taste) -> Order:
    """Order by the blend of models of what is rated and of stars."""

    def order(person: Person) -> Values:
        movies = np.concatenate([person.rated, person.seen])
        stars = np.concatenate([person.stars, np.full(len(person.seen), np.nan)])
        rows = taste.rows_of(movies, stars)
        scores = {name: model.scores(rows) for name, model in taste.models().items()}
        scores["stars"] = person.expected.stars[None]
        return blended(scores, rows.rated(), taste.weights)[0]

    return order


def for_user(
    library: Library, user_id: int, count: int, order: Order = by_stars
) -> list[Recommendation]:
    """The movies that a known user has not rated and should see first.

    Raises:
        UserError: no such user.
    """
    return recommend(library, user_of(library, user_id), count, order)


def for_ratings(
    library: Library,
    rated: Sequence[int],
    stars: Sequence[float],
    count: int,
    order: Order = by_stars,
) -> list[Recommendation]:
    """The movies that someone new with these ratings should see first."""
    return recommend(library, newcomer(library, rated, stars), count, order)


def recommend(
    library: Library,
    person: Person,
    count: int,
    order: Order,
    wanted: NDArray[np.bool_] | None = None,
    taste: Taste | None = None,
) -> list[Recommendation]:
    """The first `count` movies that a person has neither rated nor seen.

    Args:
        wanted: whether a movie may be recommended (M,). taste: for the reasons.
    """
    scores = order(person)
    left = np.ones(len(scores), dtype=bool) if wanted is None else wanted.copy()
    left[person.rated] = left[person.seen] = False
    numbers = np.argsort(-scores, kind="stable")
    numbers = numbers[left[numbers]][:count]
    reasons = because(library, taste, person, numbers) if taste and len(numbers) else {}
    movies = library.catalogue.movies
    counts = np.bincount(library.rated_movie, minlength=len(movies))
    low, high = library.factors.scale
    return [
        Recommendation(
            library.movie_id(number),
            str(movies["title"].iloc[number]),
            str(movies["genres"].iloc[number]),
            round(float(np.clip(person.expected.stars[number], low, high)), 2),
            round(float(person.expected.spread[number]), 2),
            int(counts[number]),
            _basis(movies.iloc[number], int(counts[number])),
            reasons.get(int(number), ()),
        )
        for number in numbers
    ]


def because(
    library: Library, taste: Taste, person: Person, numbers: Codes
) -> dict[int, tuple[str, ...]]:
    """The movies that a person liked and that speak most for each of `numbers`, by title.

    Liked is what was given at least the person's mean.
    """
    liked = person.rated[person.stars >= person.stars.mean()] if len(person.rated) else person.rated
    if not len(liked):
        return {}
    weights = taste.ease.of_pairs(liked, numbers)
    titles = library.catalogue.movies["title"]
    found = {}
    for number, column in zip(numbers.tolist(), weights.T, strict=True):
        first = np.argsort(-column, kind="stable")[:REASONS]
        found[number] = tuple(
            str(titles.iloc[liked[place]]) for place in first if column[place] > 0
        )
    return found


@dataclass(frozen=True)
class Alike:
    """A movie that those who rated another one rate too: EASE's weight from that to this."""

    movie_id: int | str
    title: str
    genres: str
    weight: float
    ratings: int


def alike(
    library: Library, taste: Taste, number: int, count: int, wanted: NDArray[np.bool_]
) -> list[Alike]:
    """The movies that having rated the one with this number speaks for most.

    Raises:
        UserError: too few have rated it to know.
    """
    movies = library.catalogue.movies
    if taste.counts[number] < COLD:
        raise UserError(
            f"{movies['title'].iloc[number]!r}: rated by {taste.counts[number]}; what is like it "
            f"cannot be told from fewer than {COLD}"
        )
    weights = taste.ease.of_pairs(np.array([number]), np.arange(len(movies)))[0]
    order = np.argsort(-weights, kind="stable")
    order = order[wanted[order] & (weights[order] > 0)][:count]
    return [
        Alike(
            library.movie_id(place),
            str(movies["title"].iloc[place]),
            str(movies["genres"].iloc[place]),
            round(float(weights[place]), 4),
            int(taste.counts[place]),
        )
        for place in order
    ]


def wanted_movies(
    library: Library, genre: str | None, years: tuple[int, int] | None
) -> NDArray[np.bool_]:
    """Whether each movie has the genre and is of the years (first and last), where these are asked
    for: (M,).

    Raises:
        UserError: no movie has that genre, or none is of these years.
    """
    movies = library.catalogue.movies
    wanted = np.ones(len(movies), dtype=bool)
    if genre is not None:
        kinds = [str(names).lower().split("|") for names in movies["genres"]]
        wanted &= np.array([genre.lower() in names for names in kinds])
        if not wanted.any():
            known = sorted({name for names in movies["genres"] for name in str(names).split("|")})
            told = ", ".join(filter(None, known)) or "none are known"
            raise UserError(f"--genre {genre}: no movie has it; genres: {told}")
    if years is not None:
        known_years = movies["year"].fillna(0).to_numpy(dtype=np.int64)
        wanted &= (known_years >= years[0]) & (known_years <= years[1])
        if not wanted.any():
            raise UserError(f"--year {years[0]} to {years[1]}: no such movie is of these years")
    return wanted


def _basis(movie: Any, ratings: int) -> str:
    """The source of a movie's numbers: its ratings, or its content."""
    if ratings >= COLD:
        return f"{ratings:,} ratings"
    known = "no ratings" if ratings == 0 else "1 rating" if ratings == 1 else f"{ratings} ratings"
    if not movie["genres"] and pd.isna(movie["year"]):
        return f"{known} alone"
    genres = str(movie["genres"]).replace("|", ", ") or "no genres"
    content = f"{genres}; {movie['year']}" if str(movie["year"]).isdigit() else genres
    return f"its content ({content}) and {known}"
