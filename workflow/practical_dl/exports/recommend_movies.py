"""Recommends movies with NumPy alone: python recommend_movies.py "Toy Story (1995)=5" 32=2.5."""

import json
import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).parent


def expected(rated: list[int], stars: list[float], model: dict) -> tuple[np.ndarray, np.ndarray]:
    """Expected stars of every movie, and how far they may be off, for someone new.

    A ridge regression on the movies' numbers in each of the kept samples of the model.
    """
    movies, noise = model["movies"].astype(float), model["noise"]
    chosen = movies[:, rated]
    given = np.concatenate([np.ones_like(chosen[..., :1]), chosen[..., 1:]], axis=2)
    told = model["rated"][:, rated].astype(float).sum(axis=1)
    prior = model["centre"] + told / np.sqrt(max(len(rated), 1))
    weighted = noise[:, None, None] * given.swapaxes(1, 2)
    left = model["precision"] + weighted @ given
    right = weighted @ (np.array(stars) - model["mean"] - chosen[..., 0])[..., None]
    user = np.linalg.solve(left, right + model["precision"] @ prior[..., None])[..., 0]
    sums = movies[..., 0] + np.einsum("smd,sd->sm", movies[..., 1:], user[:, 1:])
    every = model["mean"] + user[:, :1] + sums
    return every.mean(axis=0), np.sqrt(every.var(axis=0) + (1 / noise).mean())


if __name__ == "__main__":
    about = json.loads((HERE / "recommender.json").read_text(encoding="utf-8"))
    with np.load(HERE / "recommender.npz", allow_pickle=False) as arrays:
        arrays = dict(arrays)
    places = {str(name): n for key in ("titles", "ids") for n, name in enumerate(about[key])}
    pairs = [word.rpartition("=") for word in sys.argv[1:]]
    rated = [places[name] for name, _, _ in pairs]
    found, spread = expected(rated, [float(stars) for _, _, stars in pairs], arrays)
    low, high = arrays["scale"]
    best = [n for n in np.argsort(-found, kind="stable") if n not in rated][:10]
    for n in best:
        print(f"{np.clip(found[n], low, high):.2f} ± {spread[n]:.2f}  {about['titles'][n]}")
