"""What a recommendation needs of the ranking: the blend fitted on all ratings, in one HDF5 file.

Weights are kept as float32: halves the file, and no list changes by it but where scores are equal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, write_hdf5
from practical_dl.movies.ranking.models.ease import Ease
from practical_dl.movies.ranking.models.implicit_als import ImplicitAls
from practical_dl.movies.ranking.models.interactions import Codes, Interactions, Scale
from practical_dl.movies.ranking.models.raters import Raters
from practical_dl.movies.ranking.models.scorer import Scorer
from practical_dl.movies.ranking.models.wide_autoencoder import WideAutoencoder

if TYPE_CHECKING:
    import h5py

Values = NDArray[Any]
RATERS = ("starts", "users", "weights")
TASTE_NAMES = (
    *("weights", "counts", "ease_kept", "ease_weights", "als_movies"),
    *("wide_kept", "wide_weights", "wide_norms"),
    *(f"wide_raters_{name}" for name in RATERS),
)
TASTE_ATTRIBUTES = (
    *("model_names", "usual", "lowest", "highest"),
    *("ease_strength", "wide_strength", "als_confidence", "als_ridge"),
)


@dataclass(frozen=True)
class Taste:
    """The models of the blend, but that by stars, and the blend's weights by name.

    Attributes:
        counts: how many users rated each movie (movies,). usual: mean of all ratings.
        scale: lowest and highest rating.
    """

    ease: Ease
    wide: WideAutoencoder
    als: ImplicitAls
    weights: Mapping[str, float]
    counts: Codes
    usual: float
    scale: Scale

    def models(self) -> dict[str, Scorer]:
        return {
            "ease_liked": self.ease,
            "wide_autoencoder": self.wide,
            "implicit_als": self.als,
        }

    def rows_of(self, movies: Codes, stars: Values) -> Interactions:
        """The interactions of one user; stars are NaN for what was only seen."""
        starts = np.array([0, len(movies)])
        return Interactions(starts, movies, stars, len(self.counts), self.usual, self.scale)


def write_taste(path: str | Path, taste: Taste) -> None:
    """Write everything as one HDF5 file."""

    ease, wide, als = taste.ease, taste.wide, taste.als

    def write(file: "h5py.File") -> None:
        file.attrs["model_names"] = ",".join(taste.weights)
        file.attrs["usual"] = taste.usual
        file.attrs["lowest"], file.attrs["highest"] = taste.scale
        file["weights"], file["counts"] = np.array(list(taste.weights.values())), taste.counts
        file.attrs["ease_strength"] = ease.strength
        file["ease_kept"], file["ease_weights"] = ease.kept, ease.weights.astype(np.float32)
        if ease.raters is not None:
            _write_raters(file, "ease", ease.raters)
        file.attrs["wide_strength"] = wide.strength
        file["wide_kept"], file["wide_weights"] = wide.kept, wide.weights.astype(np.float32)
        file["wide_norms"] = wide.norms
        _write_raters(file, "wide", wide.raters)
        file.attrs["als_confidence"], file.attrs["als_ridge"] = als.confidence, als.ridge
        file["als_movies"] = als.movies.astype(np.float32)

    write_hdf5(path, write)


def read_taste(path: str | Path) -> Taste:
    """Read what `write_taste` wrote.

    Raises:
        UserError: the file is absent, damaged, of another version or lacks a part.
    """
    with open_hdf5(path, TASTE_NAMES, TASTE_ATTRIBUTES) as file:
        told = {name: float(file.attrs[name]) for name in TASTE_ATTRIBUTES[1:]}
        parts = {name: file[name][:] for name in TASTE_NAMES}
        by_users = f"ease_raters_{RATERS[0]}" in file
        ease_raters = _read_raters(file, "ease", len(parts["ease_weights"])) if by_users else None
        wide_raters = _read_raters(file, "wide", len(parts["wide_norms"]))
        names = file.attrs["model_names"].split(",")
    ease = Ease(told["ease_strength"], parts["ease_kept"], parts["ease_weights"], ease_raters)
    return Taste(
        ease,
        WideAutoencoder(
            told["wide_strength"],
            parts["wide_kept"],
            wide_raters,
            parts["wide_norms"],
            parts["wide_weights"],
        ),
        ImplicitAls(
            parts["als_movies"].astype(np.float64), told["als_confidence"], told["als_ridge"]
        ),
        dict(zip(names, parts["weights"].tolist(), strict=True)),
        parts["counts"],
        told["usual"],
        (told["lowest"], told["highest"]),
    )


def _write_raters(file: "h5py.File", model: str, raters: Raters) -> None:
    for name in RATERS:
        file[f"{model}_raters_{name}"] = getattr(raters, name)


def _read_raters(file: "h5py.File", model: str, count: int) -> Raters:
    starts, users, weights = (file[f"{model}_raters_{name}"][:] for name in RATERS)
    return Raters(starts, users, weights, count)
