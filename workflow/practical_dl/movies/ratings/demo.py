"""Made-up ratings with a known make-up, laid out as the release ml-latest-small.

A rating is mean + user bias + movie bias + user factors . movie factors + mood of the user's
sitting + noise, then rounded to half stars. Movie biases and factors follow genres and release
year in part, popular movies are better on the whole, few users and movies have most ratings.
So biases beat the mean, factors beat biases, and genres, year and time have something to add.
Titles are made of words of a movie's first genre, so that lists of titles can be read.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from practical_dl.files.artefacts import write_csv, write_text
from practical_dl.job.errors import UserError

Values = NDArray[np.float64]
Rows = NDArray[np.int64]

MEAN = 3.3
USER_BIAS_SD = 0.4
GENRE_BIAS_SD = 0.25
OWN_BIAS_SD = 0.3
POPULARITY_BIAS_SD = 0.2
BIAS_PER_DECADE = -0.1
FACTORS = 3
GENRE_FACTOR_SD = 0.7
OWN_FACTOR_SD = 0.2
MOOD_SD = 0.4
NOISE_SD = 0.5
LOWEST, HIGHEST = 0.5, 5.0
ACTIVITY_SD = 0.7
RATINGS_A_SITTING = 10
SECONDS_A_RATING = 30
FIRST_YEAR, LAST_YEAR = 1930, 1995
FIRST_JOINED, LAST_JOINED = 828_000_000, 1_537_000_000
DAYS_BETWEEN_SITTINGS = 90.0
MOST_GENRES = 3
WORDS = {
    "Action": (
        "Broken Deadly Final Iron Last Midnight Rapid Rising Sudden Steel",
        "Ambush Bullet Convoy Escape Fury Getaway Mission Pursuit Showdown Strike",
    ),
    "Comedy": (
        "Accidental Awkward Cheerful Clumsy Hopeless Lucky Perfect Ridiculous Second Unlikely",
        "Butler Cousin Honeymoon Inheritance Landlord Parade Picnic Roommate Tuesday Vacation",
    ),
    "Documentary": (
        "Distant Forgotten Hidden Inside Living Lost Open True Unseen Vanishing",
        "Archive Glacier Harvest Ocean Orchard Portrait Reef Village Whale Workshop",
    ),
    "Drama": (
        "Bitter Empty Faithful Fragile Heavy Paper Quiet Restless Silent Winter",
        "Confession Daughter Funeral Garden Letter Promise Return Silence Summer Verdict",
    ),
    "Horror": (
        "Black Bleeding Buried Cursed Dead Hollow Pale Screaming Thirteenth Whispering",
        "Attic Cellar Coffin Doll Grave House Mirror Scream Shadow Woods",
    ),
    "Musical": (
        "Dancing Electric Golden Grand Jazz Merry Singing Sparkling Swinging Velvet",
        "Ballroom Broadway Cabaret Carnival Chorus Melody Orchestra Rhythm Serenade Waltz",
    ),
    "Romance": (
        "Endless First Gentle Moonlit Parisian Secret Sweet Tender Wandering Yearning",
        "Embrace Farewell Heart Kiss Lover Proposal Rendezvous Rose Sweetheart Wedding",
    ),
    "Sci-Fi": (
        "Atomic Cosmic Digital Frozen Infinite Invisible Lunar Parallel Quantum Stellar",
        "Android Colony Comet Galaxy Machine Nebula Orbit Planet Satellite Signal",
    ),
}
"""For each genre the adjectives and the nouns of the titles of movies that it comes first in."""


GENRES = tuple(WORDS)


@dataclass(frozen=True)
class Demo:
    """Ratings and movies as a release has them, and `expected`: each rating before noise (n,)."""

    ratings: pd.DataFrame
    movies: pd.DataFrame
    expected: Values


def make_demo(users: int, movies: int, ratings: int, seed: int) -> Demo:
    """Draw a table of `ratings` ratings by `users` users of `movies` movies.

    The RMSE that no model can be expected to beat is that of `expected`. Noise and rounding to
    half stars alone give sqrt(NOISE_SD² + 0.5²/12) = 0.52 stars; the ends of the scale cut some
    of the noise off, which leaves about 0.49.

    Raises:
        UserError: there are not so many pairs of a user and a movie.
    """
    if not 0 < ratings <= users * movies:
        raise UserError(f"demo: {ratings} ratings of {users} users x {movies} movies; draw fewer")
    rng = np.random.default_rng(seed)
    genres = _draw_genres(rng, movies)
    year = rng.integers(FIRST_YEAR, LAST_YEAR + 1, movies)
    popularity = rng.normal(size=movies)
    user, movie = _draw_pairs(rng, users, popularity, ratings)
    sitting, timestamp = _draw_sittings(rng, user)
    user_bias = rng.normal(0, USER_BIAS_SD, users)
    movie_bias = _draw_movie_bias(rng, genres, year, popularity)
    user_factors = rng.normal(0, 1 / np.sqrt(FACTORS), (users, FACTORS))
    movie_factors = genres @ rng.normal(0, GENRE_FACTOR_SD, (len(GENRES), FACTORS))
    movie_factors += rng.normal(0, OWN_FACTOR_SD, (movies, FACTORS))
    mood = rng.normal(0, MOOD_SD, sitting.max() + 1)
    expected = MEAN + user_bias[user] + movie_bias[movie] + mood[sitting]
    expected += (user_factors[user] * movie_factors[movie]).sum(axis=1)
    stars = np.round(2 * (expected + rng.normal(0, NOISE_SD, ratings))) / 2
    table = {
        "user_id": user + 1,
        "movie_id": movie + 1,
        "rating": stars.clip(LOWEST, HIGHEST),
        "timestamp": timestamp,
    }
    films = {
        "movie_id": np.arange(1, movies + 1),
        "title": [
            f"{name} ({made})" for name, made in zip(_draw_names(rng, genres), year, strict=True)
        ],
        "year": pd.array(year, dtype="Int64"),
        "genres": ["|".join(np.array(GENRES)[row.astype(bool)]) for row in genres],
    }
    return Demo(pd.DataFrame(table), pd.DataFrame(films), expected.clip(LOWEST, HIGHEST))


def write_demo(folder: Path, users: int, movies: int, ratings: int, seed: int) -> None:
    """Write ratings.csv, movies.csv and README.txt into `folder`."""
    demo = make_demo(users, movies, ratings, seed)
    names = {"user_id": "userId", "movie_id": "movieId"}
    write_csv(folder / "ratings.csv", demo.ratings.rename(columns=names))
    write_csv(folder / "movies.csv", demo.movies.drop(columns="year").rename(columns=names))
    write_text(
        folder / "README.txt",
        "This dataset (demo) describes made-up 5-star ratings of movies that do not exist. It "
        f"contains {ratings} ratings and 0 tag applications across {movies} movies. These data "
        f"were drawn with seed {seed} as if by {demo.ratings['user_id'].nunique()} users.\n",
    )


def _draw_genres(rng: Generator, movies: int) -> Values:
    """One to three genres a movie: (movies, genres) of 0 and 1."""
    ranks = rng.random((movies, len(GENRES))).argsort(axis=1)
    return (ranks < rng.integers(1, MOST_GENRES + 1, (movies, 1))).astype(np.float64)


def _draw_pairs(rng: Generator, users: int, popularity: Values, ratings: int) -> tuple[Rows, Rows]:
    """Users and movies of distinct pairs, ordered: the chance is activity times popularity.

    The highest sums of log weight and Gumbel noise are a weighted draw without replacement:
    Efraimidis and Spirakis 2006, Weighted random sampling with a reservoir.
    """
    log_weight = rng.normal(0, ACTIVITY_SD, (users, 1)) + popularity
    scores = (log_weight + rng.gumbel(size=log_weight.shape)).ravel()
    drawn = np.sort(np.argpartition(scores, -ratings)[-ratings:])
    return drawn // len(popularity), drawn % len(popularity)


def _draw_sittings(rng: Generator, user: Rows) -> tuple[Rows, Rows]:
    """Number of the sitting in which each rating was given, and its time (Unix seconds)."""
    shuffled = pd.Series(rng.random(len(user)))
    rank = shuffled.groupby(user).rank().to_numpy().astype(np.int64) - 1
    number = pd.MultiIndex.from_arrays([user, rank // RATINGS_A_SITTING])
    sitting, distinct = pd.factorize(number)
    joined = rng.integers(FIRST_JOINED, LAST_JOINED, user.max() + 1)
    days = rng.exponential(DAYS_BETWEEN_SITTINGS, len(distinct))
    start = joined[distinct.get_level_values(0)] + (days * 86_400).astype(np.int64)
    return sitting, start[sitting] + SECONDS_A_RATING * (rank % RATINGS_A_SITTING)


def _draw_movie_bias(rng: Generator, genres: Values, year: Rows, popularity: Values) -> Values:
    bias = (
        genres @ rng.normal(0, GENRE_BIAS_SD, len(GENRES))
        + BIAS_PER_DECADE * year / 10
        + POPULARITY_BIAS_SD * popularity
        + rng.normal(0, OWN_BIAS_SD, len(year))
    )
    return bias - bias.mean()


def _draw_names(rng: Generator, genres: Values) -> list[str]:
    """Distinct titles, written as the releases do: 'Cursed Attic, The', 'Lunar Comet 2, The'.

    The words are those of the first of a movie's `genres` (movies, genres).
    """
    first = genres.argmax(axis=1)
    names = np.empty(len(first), dtype=object)
    for genre, (adjectives, nouns) in enumerate(WORDS.values()):
        words = [
            f"{adjective} {noun}" for adjective in adjectives.split() for noun in nouns.split()
        ]
        order = rng.permutation(len(words))
        for number, movie in enumerate(np.flatnonzero(first == genre)):
            sequel, place = divmod(number, len(words))
            name = words[order[place]]
            names[movie] = f"{name}, The" if sequel == 0 else f"{name} {sequel + 1}, The"
    return list(names)
