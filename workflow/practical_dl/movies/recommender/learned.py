"""Tables of what was learned about movies: liking, components of taste, nearest neighbours."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import scipy.linalg
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.movies.recommender.factors import Library

Values = NDArray[np.float64]
LARGEST_COMPONENTS = 8
SHOWN, NEAREST = 20, 5


@dataclass(frozen=True)
class Learned:
    """Tables of the most-rated movies.

    Attributes:
        liking: best bias first. components: the movies' coordinates. shares: of the variance, one
            per component (c,). nearest: neighbours of the first movies. rated: all movies with
            ratings.
    """

    liking: pd.DataFrame
    components: pd.DataFrame
    shares: Values
    nearest: pd.DataFrame
    rated: int


def describe(library: Library, count: int) -> Learned:
    """Describe the `count` most-rated movies by what the model learned about them."""
    among = most_rated(library, count)
    factors = aligned_factors(library, among)
    places, shares = principal_components(factors)
    return Learned(
        liking_table(library, among),
        _components_table(library, among, places),
        shares,
        _neighbours_table(library, among, factors, SHOWN, NEAREST),
        len(set(library.rated_movie)),
    )


def _average_liking(library: Library) -> Values:
    """Stars above the mean that the average of all users would give each movie: (M,).

    The bias of the movie, with what the users' average taste adds to it; the plain mean of a
    movie's ratings mixes this with how generous and how like-minded its raters are.
    """
    factors = library.factors
    typical = factors.users.astype(np.float64).mean(axis=1)
    bias, typical[:, 0] = typical[:, 0].copy(), 1
    return (np.einsum("smd,sd->sm", factors.movies, typical) + bias[:, None]).mean(axis=0)


def most_rated(library: Library, count: int) -> NDArray[np.int64]:
    """Numbers of the movies with most ratings, most first; equals by number."""
    ratings = np.bincount(library.rated_movie, minlength=len(library.catalogue.movies))
    order = np.argsort(-ratings, kind="stable")
    return order[: min(count, int((ratings > 0).sum()))]


def liking_table(library: Library, among: NDArray[np.int64]) -> pd.DataFrame:
    """movie_id, title, ratings, bias, plain_mean of the movies `among`, best bias first.

    Both are stars above the mean of all ratings.
    """
    movies = library.catalogue.movies.iloc[among]
    counts = np.bincount(library.rated_movie, minlength=len(library.catalogue.movies))
    sums = np.bincount(
        library.rated_movie,
        library.rated_stars - library.rated_stars.mean(),
        minlength=len(library.catalogue.movies),
    )
    table = pd.DataFrame(
        {
            "movie_id": movies["movie_id"].to_numpy(),
            "title": movies["title"].to_numpy(),
            "ratings": counts[among],
            "bias": _average_liking(library)[among],
            "plain_mean": sums[among] / counts[among],
        }
    )
    return table.sort_values("bias", ascending=False, kind="stable", ignore_index=True)


def aligned_factors(library: Library, among: NDArray[np.int64]) -> Values:
    """One factor vector per movie `among` (m, k), averaged over the samples.

    Factors mean something only beside the users': they are scaled so that users' tastes have
    covariance one, so the unit is stars per standard deviation of taste; each sample is then
    turned (orthogonal Procrustes, Schönemann 1966) to lie as the first one does.
    """
    samples: list[Values] = []
    for movies, users in zip(library.factors.movies, library.factors.users, strict=True):
        tastes = np.atleast_2d(np.cov(users[:, 1:].astype(np.float64), rowvar=False))
        scaled = movies[among, 1:].astype(np.float64) @ _root(tastes)
        if samples:
            turn, _ = scipy.linalg.orthogonal_procrustes(scaled, samples[0])
            scaled = scaled @ turn
        samples.append(scaled)
    return np.mean(samples, axis=0)


def _root(covariance: Values) -> Values:
    """A matrix whose product with its transpose is the covariance (k, k), of few users too."""
    try:
        return np.asarray(np.linalg.cholesky(covariance), np.float64)
    except np.linalg.LinAlgError:
        sizes, directions = np.linalg.eigh(covariance)
        return np.asarray(directions * np.sqrt(np.maximum(sizes, 0)), np.float64)


def principal_components(factors: Values) -> tuple[Values, Values]:
    """Coordinates (m, c) on the components, most variance first, and each one's share (c,).

    The sign is such that the movie farthest out lies on the positive side.
    """
    centred = factors - factors.mean(axis=0)
    left, singular, _ = scipy.linalg.svd(centred, full_matrices=False)
    kept = min(LARGEST_COMPONENTS, len(singular))
    places = left[:, :kept] * singular[:kept]
    farthest = places[np.abs(places).argmax(axis=0), np.arange(kept)]
    return places * np.sign(farthest), (singular**2 / (singular**2).sum())[:kept]


def _components_table(library: Library, among: NDArray[np.int64], places: Values) -> pd.DataFrame:
    """movie_id, title, genres, and the coordinates as component_1, component_2, ..."""
    movies = library.catalogue.movies.iloc[among][["movie_id", "title", "genres"]]
    names = [f"component_{number + 1}" for number in range(places.shape[1])]
    coordinates = pd.DataFrame(places, columns=names)
    return pd.concat([movies.reset_index(drop=True), coordinates], axis=1)


def neighbours(factors: Values, count: int) -> NDArray[np.int64]:
    """For each row of `factors` (m, k) the rows most alike, by cosine: (m, count).

    Raises:
        UserError: there are not so many others.
    """
    if count >= len(factors):
        raise UserError(f"{count} neighbours of {len(factors)} movies; ask for fewer")
    lengths = np.linalg.norm(factors, axis=1, keepdims=True)
    alike = (factors / lengths) @ (factors / lengths).T
    np.fill_diagonal(alike, -np.inf)
    return np.argsort(-alike, axis=1, kind="stable")[:, :count]


def _neighbours_table(
    library: Library, among: NDArray[np.int64], factors: Values, shown: int, count: int
) -> pd.DataFrame:
    """movie_id, title and the `count` nearest titles of the first `shown` movies `among`."""
    titles = library.catalogue.movies["title"].to_numpy()[among]
    nearest = neighbours(factors, count)[:shown]
    table = pd.DataFrame(
        {"movie_id": library.catalogue.movie_ids[among[:shown]], "title": titles[:shown]}
    )
    for place in range(count):
        table[f"nearest_{place + 1}"] = titles[nearest[:, place]]
    return table
