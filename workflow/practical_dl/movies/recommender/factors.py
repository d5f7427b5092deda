"""The recommender: some samples of the model fitted on all ratings, small enough to load at once.

Everything a recommendation needs lies in one HDF5 file: movies with titles, what each user rated,
and for each kept sample the numbers of movies and users and the prior of a user's numbers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_column, write_column, write_hdf5
from practical_dl.job.errors import UserError
from practical_dl.movies.models.catalogue import Catalogue

if TYPE_CHECKING:
    from practical_dl.movies.models.gibbs import State

Values = NDArray[Any]


@dataclass(frozen=True)
class Factors:
    """S kept samples of a model of M movies and U users with d numbers each, bias first.

    Attributes:
        mean: of the ratings, in stars. scale: lowest and highest rating (2,).
        movies: theta of the movies (S, M, d). users: theta of the users (S, U, d).
        centre: (S, d) and precision (S, d, d) of the prior of a user's theta.
        rated: (S, M, d): what a rated movie adds to the expected theta of its user, times the
            square root of the number of movies that this user rated.
        noise: a new user's precision, one over stars squared (S,).
        user_precisions: of each user's ratings (S, U).
    """

    mean: float
    scale: Values
    movies: Values
    users: Values
    centre: Values
    precision: Values
    rated: Values
    noise: Values
    user_precisions: Values


class _Collector:
    """Copies what `Factors` holds out of every `every`-th sample."""

    def __init__(self, every: int) -> None:
        self._every = every
        self._seen = 0
        self._kept: list[dict[str, Values]] = []

    def add(self, state: "State") -> None:
        self._seen += 1
        if self._seen % self._every:
            return
        users = state.left[0]
        told = users.prior.features[0].right.T @ users.prior.coefficients[0]
        self._kept.append(
            {
                "movies": state.right.theta.astype(np.float32),
                "users": users.theta.astype(np.float32),
                "centre": users.prior.centre.copy(),
                "precision": users.prior.precision.copy(),
                "rated": told.astype(np.float32),
                "noise": np.asarray(state.expected_precision()),
                "user_precisions": state.precisions.astype(np.float32),
            }
        )

    def factors(self, mean: float, scale: tuple[float, float]) -> Factors:
        stacked = {name: np.stack([kept[name] for kept in self._kept]) for name in self._kept[0]}
        return Factors(mean=mean, scale=np.asarray(scale), **stacked)


def collect(states: Iterable["State"], every: int, scale: tuple[float, float]) -> Factors:
    """Keep every `every`-th of the sampled states."""
    collector = _Collector(every)
    mean = 0.0
    for state in states:
        collector.add(state)
        mean = state.mean
    return collector.factors(mean, scale)


FACTOR_NAMES = tuple(field.name for field in fields(Factors) if field.name != "mean")
MOVIE_COLUMNS = ("movie_id", "title", "year", "genres")
RATED_NAMES = ("rated_by", "rated_movie", "rated_stars")
OPTIONAL_NAMES = ("seen_by", "seen_movie", "user_names", "movie_names", "imdb_ids")
"""What only ratings in a person's own table have; and what only newer releases have."""
LIBRARY_NAMES = (*FACTOR_NAMES, "user_id", *MOVIE_COLUMNS, *RATED_NAMES)
LIBRARY_ATTRIBUTES = ("mean",)
"""The parts of a library's file."""


@dataclass(frozen=True)
class Library:
    """All that a recommendation needs: factors, movies, users, and who rated what.

    Attributes:
        catalogue: users and movies by number.
        rated_by, rated_movie, rated_stars: one entry per rating, by the user's number.
        seen_by, seen_movie: pairs that were seen and not rated.
        user_names, movie_names: what people call them, by number; None where that is the id.
        imdb_ids: numbers of the movies at IMDb, 0 where unknown; None where all are.
    """

    factors: Factors
    catalogue: Catalogue
    rated_by: Values
    rated_movie: Values
    rated_stars: Values
    seen_by: Values = field(default_factory=lambda: np.zeros(0, np.int64))
    seen_movie: Values = field(default_factory=lambda: np.zeros(0, np.int64))
    user_names: Values | None = None
    movie_names: Values | None = None
    imdb_ids: Values | None = None

    def movie_id(self, number: int) -> int | str:
        """The id of a movie as people know it."""
        if self.movie_names is not None:
            return str(self.movie_names[number])
        return int(self.catalogue.movie_ids[number])

    def known_to(self, user: int) -> Values:
        """The movies that a user has rated or seen."""
        rated, seen = self.rated_movie[self.rated_by == user], self.seen_movie[self.seen_by == user]
        return np.concatenate([rated, seen])


def write_library(path: str | Path, library: Library) -> None:
    """Write everything as one HDF5 file."""
    movies = library.catalogue.movies
    order = np.argsort(library.rated_by, kind="stable")

    def write(file: h5py.File) -> None:
        file.attrs["mean"] = library.factors.mean
        for name in FACTOR_NAMES:
            file.create_dataset(name, data=getattr(library.factors, name))
        write_column(file, "user_id", library.catalogue.user_ids)
        for name in ("movie_id", "title", "genres"):
            write_column(file, name, movies[name].to_numpy())
        write_column(file, "year", movies["year"].fillna(0).to_numpy(dtype=np.int64))
        for name in RATED_NAMES:
            write_column(file, name, getattr(library, name)[order])
        for name in OPTIONAL_NAMES:
            values = getattr(library, name)
            if values is not None and len(values):
                write_column(file, name, values)

    write_hdf5(path, write)


def read_library(path: str | Path) -> Library:
    """Read what `write_library` wrote.

    Raises:
        UserError: the file is absent, damaged or of another version, or a factor is no number.
    """
    with open_hdf5(path, LIBRARY_NAMES, LIBRARY_ATTRIBUTES) as file:
        values = {name: file[name][:] for name in FACTOR_NAMES}
        for name, numbers in values.items():
            if not np.isfinite(numbers).all():
                raise UserError(f"{path}: {name} holds what is no number; delete it and run again")
        factors = Factors(mean=float(file.attrs["mean"]), **values)
        movies = pd.DataFrame({name: read_column(file, name) for name in MOVIE_COLUMNS})
        movies["year"] = movies["year"].astype("Int64").where(movies["year"] > 0)
        catalogue = Catalogue(read_column(file, "user_id"), movies)
        rated = [read_column(file, name) for name in RATED_NAMES]
        own = {name: read_column(file, name) for name in OPTIONAL_NAMES if name in file}
    return Library(factors, catalogue, *rated, **own)
