"""Invented exports of a thousand real films each, on the set of ten thousand."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from practical_dl.movies.models.catalogue import make_catalogue
from practical_dl.movies.ratings.sources import read_release_set
from practical_dl.movies.recommender.factors import Factors, Library
from practical_dl.movies.recommender.own_list import read_own_list
from practical_dl.movies.recommender.title_names import take_apart

RATED, LACKING = 1000, 200


class Film(NamedTuple):
    name: str
    year: int
    imdb: int
    stars: float


class Shelf(NamedTuple):
    library: Library
    numbers: list[int]
    films: list[Film]


@pytest.fixture(scope="module")
def shelf(real_data: Path) -> Shelf:
    """The most rated films with stars of ours, the first of any name; behind them invented ones."""
    found = read_release_set(real_data / "ml-latest-small")
    catalogue = make_catalogue(found.ratings, found.movies)
    assert found.links is not None
    imdb = found.links.set_index("movie_id")["imdb_id"].reindex(catalogue.movie_ids).to_numpy()
    rated = catalogue.movies_of(found.ratings)
    factors = Factors(3.5, np.array([0.5, 5.0]), *[np.zeros(0)] * 7)
    library = Library(factors, catalogue, rated * 0, rated, rated * 0 + 3.0)
    films: dict[str, tuple[int, Film]] = {}
    for number in np.argsort(-np.bincount(rated), kind="stable")[:RATED].tolist():
        title = take_apart(catalogue.movies["title"].iloc[number])
        assert title.year
        film = Film(title.main, title.year, int(imdb[number]), 0.5 + number % 10 / 2)
        films.setdefault(title.main, (number, film))
    absent = [Film(f"Zq{place} of Vw", 2025, 99_000_000 + place, 3) for place in range(LACKING)]
    return Shelf(
        replace(library, imdb_ids=imdb),
        [number for number, _ in films.values()],
        [film for _, film in films.values()] + absent,
    )


KINDS: dict[str, tuple[list[str], Callable[[Film], list[object]]]] = {
    "Letterboxd": (
        ["Date", "Name", "Year", "Letterboxd URI", "Rating"],
        lambda film: ["2024-01-02", film.name, film.year, "https://boxd.it/x", film.stars],
    ),
    "IMDb": (
        ["Const", "Your Rating", "Title", "Year"],
        lambda film: [f"tt{film.imdb:07}", int(2 * film.stars), "another name", film.year],
    ),
    "titles alone": (["movie", "rating"], lambda film: [film.name.upper(), film.stars]),
    "of 100": (
        ["title", "score"],
        lambda film: [f"{film.name} [{film.year}]", round((film.stars - 0.5) / 4.5 * 100, 6)],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_the_set_has_is_found(shelf: Shelf, tmp_path: Path, kind: str) -> None:
    header, row = KINDS[kind]
    path = tmp_path / "ratings.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *map(row, shelf.films)])
    found = read_own_list(path, shelf.library)
    assert found.movies == shelf.numbers
    stars = [film.stars for film in shelf.films[: len(shelf.numbers)]]
    np.testing.assert_allclose(found.stars, stars, atol=1e-6)
    passed = [line for line in found.told if "no such movie" in line or "no movie of" in line]
    assert len(passed) == LACKING
