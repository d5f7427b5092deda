"""Movies for someone new, by the blend of `practical-dl recommend`."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from practical_dl.app.limits import MOST_BYTES, MOST_MOVIES
from practical_dl.job.errors import UserError
from practical_dl.movies.ranking.recommend import Recommendation, by_blend, newcomer, recommend
from practical_dl.movies.ranking.taste import Taste, read_taste
from practical_dl.movies.recommender.factors import Library, read_library
from practical_dl.movies.recommender.own_list import read_own_list, titles_of
from practical_dl.movies.recommender.titles import Titles
from practical_dl.settings.results_lookup import made_file

RECOMMENDED = 10


@dataclass
class Movies:
    """The recommender of a rating set."""

    results: Path
    dataset: str
    library: Library = field(init=False)
    taste: Taste = field(init=False)

    def __post_init__(self) -> None:
        folder = made_file(self.results, "movies", self.dataset, "recommender/factors.h5")
        taste = made_file(self.results, "movies", self.dataset, "recommender/taste.h5")
        self.library, self.taste = read_library(folder), read_taste(taste)

    @cached_property
    def titles(self) -> Titles:
        return titles_of(self.library)

    def listed(self) -> list[str]:
        """Titles to choose from, the most rated first."""
        titles = self.library.catalogue.movies["title"]
        order = np.argsort(-self.taste.counts, kind="stable")[:MOST_MOVIES]
        return [str(title) for title in titles.iloc[order]]

    def scale(self) -> tuple[float, float]:
        """The lowest and the highest rating."""
        low, high = self.library.factors.scale
        return float(low), float(high)

    def recommended(self, ratings: Mapping[int, float]) -> list[Recommendation]:
        """The first movies for someone who gave these stars, by the movies' numbers."""
        person = newcomer(self.library, list(ratings), list(ratings.values()))
        order = by_blend(self.taste)
        return recommend(self.library, person, RECOMMENDED, order, None, self.taste)

    def numbers(self, ratings: Mapping[str, float]) -> dict[int, float]:
        """The same by the movies' numbers, from titles or ids as people write them.

        Raises:
            UserError: no such movie, or a rating off the scale.
        """
        low, high = self.scale()
        found: dict[int, float] = {}
        for title, stars in ratings.items():
            if not isinstance(stars, int | float) or not low <= stars <= high:
                raise UserError(f"{title}: {stars!r} is no rating from {low:g} to {high:g}")
            known = self.titles.number_of(title.strip())
            number = self.titles.look_up(title).number if known is None else known
            found[number] = float(stars)
        return found

    def of_export(self, data: bytes) -> tuple[dict[int, float], list[str]]:
        """The ratings in a file, such as Letterboxd's or IMDb's export, and what was taken.

        Raises:
            UserError: it is too large, or no such file.
        """
        if len(data) > MOST_BYTES:
            raise UserError(f"file: larger than {MOST_BYTES // 1_000_000} MB")
        suffix = ".zip" if data.startswith(b"PK") else ".csv"
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, f"ratings{suffix}")
            path.write_bytes(data)
            try:
                own = read_own_list(path, self.library)
            except UserError as error:
                raise UserError(str(error).replace(str(path), "file")) from error
            told = [line.replace(str(path), "file") for line in own.told]
        return dict(zip(own.movies, own.stars, strict=True)), told
