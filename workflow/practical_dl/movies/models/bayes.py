"""The rating models that are sampled: with content, without, shuffled, and with time of rating.

All of them know which movies a user rated in training and who rated a movie (Koren's implicit
feedback, both ways); they differ in what else they are told, so that each part can be judged by
leaving it out.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from practical_dl.movies.models.catalogue import (
    Catalogue,
    make_catalogue,
    number_periods,
    number_sittings,
)
from practical_dl.movies.models.gibbs import Chain, Entities, State, sample
from practical_dl.movies.models.side_information import (
    Features,
    content_features,
    decompose,
    rated_table,
    shuffled_content,
)

Values = NDArray[np.float64]
PERIODS = 50


@dataclass(frozen=True)
class Variant:
    """What a model is told beside who gave which movie how many stars."""

    content: Literal["own", "shuffled", "none"] = "own"
    time: bool = False


VARIANTS = {
    "bayes": Variant(),
    "bayes_time": Variant(time=True),
    "bayes_ratings": Variant(content="none"),
    "bayes_shuffled": Variant(content="shuffled"),
}


@dataclass(frozen=True)
class Sampling:
    """How a model is sampled.

    Attributes:
        chain: length and seed of the first chain; the others have the seeds that follow.
        chains: how many are averaged.
        most_features: dimensions kept of a kind of side information.
        threads: chains that run at the same time.
    """

    chain: Chain
    chains: int = 1
    most_features: int = 300
    threads: int = 1


def sampling_of(params: Any, threads: int) -> Sampling:
    """How a rule's `params` (named as in the config, and `seed`) say that it samples."""
    chain = Chain(params.rank, params.burn_in, params.samples, params.seed)
    return Sampling(chain, params.chains, params.most_features, threads)


@dataclass(frozen=True)
class Expected:
    """What a model says of each row: `stars` (n,), and the `spread` of the rating around it (n,).

    The spread is the standard deviation of the posterior predictive distribution: how much the
    samples of the model differ, and how much this user's ratings differ from any model.
    """

    stars: Values
    spread: Values


class Average:
    """The mean and spread of what the samples say."""

    def __init__(self) -> None:
        self._count = 0
        self._stars: Any = 0.0
        self._squares: Any = 0.0

    def add(self, stars: Values, noise: Values) -> None:
        """Take in one sample's stars (n,) and variances of a rating around them (n,)."""
        self._count += 1
        self._stars = self._stars + stars
        self._squares = self._squares + stars**2 + noise

    def take(self, other: "Average") -> None:
        """Take in all that another average was told of the same rows."""
        self._count += other._count
        self._stars = self._stars + other._stars
        self._squares = self._squares + other._squares

    def expected(self) -> Expected:
        stars = self._stars / self._count
        return Expected(stars, np.sqrt(self._squares / self._count - stars**2))


def movie_features(
    catalogue: Catalogue, train: pd.DataFrame, content: str, most: int, seed: int
) -> list[Features]:
    """Features of the movies: genres and years as `content` says, and who rated them."""
    shape = (len(catalogue.movie_ids), len(catalogue.user_ids))
    users, movies = catalogue.users_of(train), catalogue.movies_of(train)
    raters = decompose(rated_table(movies, users, shape), most)
    if content == "none":
        return [raters]
    told = catalogue.movies if content == "own" else shuffled_content(catalogue.movies, seed)
    return [*content_features(told, most), raters]


def user_features(catalogue: Catalogue, train: pd.DataFrame, most: int) -> Features:
    """Features of the users: which movies they rated."""
    shape = (len(catalogue.user_ids), len(catalogue.movie_ids))
    return decompose(
        rated_table(catalogue.users_of(train), catalogue.movies_of(train), shape), most
    )


def fit_variant(
    variant: Variant,
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: pd.DataFrame,
    sampling: Sampling,
) -> Expected:
    """Sample a model of the ratings `train`; what it expects of the rows `asked`.

    Both have user_id, movie_id, rating and timestamp; the stars of `asked` are not looked at.
    The samples of all chains, with the seeds that follow on each other, are averaged. Of a
    variant with time the first, third, ... chain knows the time: two unlike models err less
    together than two alike. Chains run beside each other; the result is the same at any number of
    threads.
    """
    both = pd.concat([train, asked])
    catalogue = make_catalogue(both, movies)
    first = sampling.chain
    users, right = _entities(catalogue, train, variant.content, first.seed, sampling.most_features)
    asked_users, asked_movies = catalogue.users_of(asked), catalogue.movies_of(asked)
    stars = train["rating"].to_numpy()

    def run(number: int) -> Average:
        left, asked_left = [users], [asked_users]
        if variant.time and number % 2 == 0:
            for codes in _time_codes(both, len(train)):
                left.append(Entities(codes[: len(train)], int(codes.max()) + 1))
                asked_left.append(codes[len(train) :])
        average = Average()
        for state in sample(stars, left, right, replace(first, seed=first.seed + number)):
            average.add(state.predict(asked_left, asked_movies), noise_of(state, asked_users))
        return average

    with threadpool_limits(1), ThreadPoolExecutor(sampling.threads) as pool:
        averages = list(pool.map(run, range(sampling.chains)))
    whole = Average()
    for average in averages:
        whole.take(average)
    return whole.expected()


def recommender_states(
    ratings: pd.DataFrame, catalogue: Catalogue, chain: Chain, most_features: int
) -> Iterator[State]:
    """The states of the model with content and without time, fitted on all `ratings`."""
    users, movies = _entities(catalogue, ratings, "own", chain.seed, most_features)
    return sample(ratings["rating"].to_numpy(), [users], movies, chain)


def noise_of(state: State, users: NDArray[Any]) -> Values:
    """The variance, in stars squared, of a rating of each row's user around the model."""
    return 1 / state.precisions[users]


def _entities(
    catalogue: Catalogue, train: pd.DataFrame, content: str, seed: int, most_features: int
) -> tuple[Entities, Entities]:
    """Users and movies with all that is known of them."""
    of_users = user_features(catalogue, train, most_features)
    of_movies = movie_features(catalogue, train, content, most_features, seed)
    users = Entities(catalogue.users_of(train), len(catalogue.user_ids), [of_users])
    return users, Entities(catalogue.movies_of(train), len(catalogue.movie_ids), of_movies)


def _time_codes(both: pd.DataFrame, trained: int) -> list[NDArray[np.int64]]:
    times = both["timestamp"].to_numpy()
    return [number_sittings(both), number_periods(times, times[:trained], PERIODS)]
