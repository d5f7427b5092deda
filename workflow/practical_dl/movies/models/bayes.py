"""The rating models that are sampled: with content, without, shuffled, and with time of rating.

All of them know which movies a user rated in training and who rated a movie (Koren's implicit
feedback, both ways); they differ in what else they are told, so that each part can be judged by
leaving it out.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
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
    """Side information of a model: content of the movies, and the time of rating."""

    content: Literal["own", "shuffled", "none"] = "own"
    time: bool = False


VARIANTS = {
    "bayes": Variant(),
    "bayes_time": Variant(time=True),
    "bayes_ratings": Variant(content="none"),
    "bayes_ratings_time": Variant(content="none", time=True),
    "bayes_shuffled": Variant(content="shuffled"),
}


@dataclass(frozen=True)
class Sampling:
    """Settings of the sampling.

    Attributes:
        chain: length and seed of the first chain; the others have the seeds that follow.
        chains: the number of chains that are averaged.
        most_features: dimensions kept of each kind of side information.
        threads: chains that run at the same time.
    """

    chain: Chain
    chains: int = 1
    most_features: int = 300
    threads: int = 1


def sampling_of(
    rank: int, burn_in: int, samples: int, chains: int, most_features: int, seed: int, threads: int
) -> Sampling:
    """The settings of the configuration's section `bayes`, with a seed and threads."""
    return Sampling(Chain(rank, burn_in, samples, seed), chains, most_features, threads)


@dataclass(frozen=True)
class Expected:
    """Expected `stars` of each row (n,), and the `spread` of the rating around them (n,).

    The spread is the standard deviation of the posterior predictive distribution: how much the
    samples of the model differ, and how much this user's ratings differ from any model.
    """

    stars: Values
    spread: Values


class Average:
    """The mean and spread of the samples' predictions."""

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
        """Take in all samples of another average of the same rows."""
        self._count += other._count
        self._stars = self._stars + other._stars
        self._squares = self._squares + other._squares

    def expected(self) -> Expected:
        stars = self._stars / self._count
        return Expected(stars, np.sqrt(self._squares / self._count - stars**2))


class Told:
    """Side information of users and movies for models of the ratings `train`.

    Each kind is decomposed when it is first asked for, once for all models.
    """

    def __init__(
        self, catalogue: Catalogue, train: pd.DataFrame, most_features: int, seed: int
    ) -> None:
        self._catalogue = catalogue
        self._most, self._seed = most_features, seed
        self._users_of, self._movies_of = catalogue.users_of(train), catalogue.movies_of(train)
        self._content: dict[str, list[Features]] = {"none": []}

    @cached_property
    def users(self) -> Entities:
        """The users, with the movies that they rated."""
        count = len(self._catalogue.user_ids)
        shape = (count, len(self._catalogue.movie_ids))
        rated = decompose(rated_table(self._users_of, self._movies_of, shape), self._most)
        return Entities(self._users_of, count, [rated])

    def movies(self, content: str) -> Entities:
        """The movies, with genres and years as `content` says, and the users who rated them."""
        if content not in self._content:
            own = self._catalogue.movies
            told = own if content == "own" else shuffled_content(own, self._seed)
            self._content[content] = content_features(told, self._most)
        count = len(self._catalogue.movie_ids)
        return Entities(self._movies_of, count, [*self._content[content], self._raters])

    @cached_property
    def _raters(self) -> Features:
        shape = (len(self._catalogue.movie_ids), len(self._catalogue.user_ids))
        return decompose(rated_table(self._movies_of, self._users_of, shape), self._most)


class Sampler:
    """Samples variants of the model on the same ratings.

    Attributes:
        train, asked: user_id, movie_id, rating and timestamp; the stars of `asked` are not read.
    """

    def __init__(
        self, train: pd.DataFrame, asked: pd.DataFrame, movies: pd.DataFrame, sampling: Sampling
    ) -> None:
        self.train, self.asked = train, asked
        self._sampling = sampling
        self._both = pd.concat([train, asked])
        self._catalogue = make_catalogue(self._both, movies)
        seed = sampling.chain.seed
        self._told = Told(self._catalogue, train, sampling.most_features, seed)

    def fit(self, variant: Variant) -> Expected:
        """Sample a variant on the ratings `train`; what it expects of the rows `asked`.

        The samples of all chains, with the seeds that follow on each other, are averaged. Of a
        variant with time the first, third, ... chain knows the time: two unlike models err less
        together than two alike. Chains run beside each other; the result is the same at any number
        of threads.
        """
        users, movies = self._told.users, self._told.movies(variant.content)

        def run(number: int) -> Average:
            return self._average_chain(users, movies, number, variant.time and number % 2 == 0)

        with threadpool_limits(1), ThreadPoolExecutor(self._sampling.threads) as pool:
            averages = list(pool.map(run, range(self._sampling.chains)))
        whole = Average()
        for average in averages:
            whole.take(average)
        return whole.expected()

    def _average_chain(self, users: Entities, movies: Entities, number: int, time: bool) -> Average:
        """The average of one chain's samples on the rows `asked`."""
        first, stars = self._sampling.chain, self.train["rating"].to_numpy()
        asked_users = self._catalogue.users_of(self.asked)
        asked_movies = self._catalogue.movies_of(self.asked)
        left, asked_left = [users], [asked_users]
        for codes in _time_codes(self._both, len(stars)) if time else ():
            left.append(Entities(codes[: len(stars)], int(codes.max()) + 1))
            asked_left.append(codes[len(stars) :])
        average = Average()
        for state in sample(stars, left, movies, replace(first, seed=first.seed + number)):
            average.add(state.predict(asked_left, asked_movies), _noise_of(state, asked_users))
        return average


def fit_variant(
    variant: Variant,
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: pd.DataFrame,
    sampling: Sampling,
) -> Expected:
    """Sample one variant on `train`; what it expects of the rows `asked`."""
    return Sampler(train, asked, movies, sampling).fit(variant)


def recommender_states(
    ratings: pd.DataFrame,
    catalogue: Catalogue,
    chain: Chain,
    most_features: int,
    content: str = "own",
) -> Iterator[State]:
    """The states of the model without time, fitted on all `ratings`; `content` as of `Variant`."""
    told = Told(catalogue, ratings, most_features, chain.seed)
    return sample(ratings["rating"].to_numpy(), [told.users], told.movies(content), chain)


def _noise_of(state: State, users: NDArray[Any]) -> Values:
    """The variance, in stars squared, of a rating of each row's user around the model."""
    return 1 / state.precisions[users]


def _time_codes(both: pd.DataFrame, trained: int) -> list[NDArray[np.int64]]:
    times = both["timestamp"].to_numpy()
    return [number_sittings(both), number_periods(times, times[:trained], PERIODS)]
