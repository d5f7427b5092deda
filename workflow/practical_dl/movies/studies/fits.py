"""Several models on the same ratings: what the studies of splits and of content need."""

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.movies.models.bayes import VARIANTS, Sampler, Sampling
from practical_dl.movies.models.bias import compare_shrinkages, predict_best
from practical_dl.movies.models.content import fit_content


def fit_models(
    names: Sequence[str],
    train: pd.DataFrame,
    asked: pd.DataFrame,
    movies: pd.DataFrame,
    sampling: Sampling,
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield each model's name and the stars (n,) that it expects of the rows `asked`.

    `names` are bias, content, or variants of the sampled model, whose side information is
    decomposed once.
    """
    sampler = Sampler(train, asked, movies, sampling)
    for name in names:
        if name == "bias":
            shrinkages = compare_shrinkages(train, sampling.chain.seed)
            yield name, predict_best(train, asked, shrinkages)
        elif name == "content":
            yield name, fit_content(train, asked, movies, sampling.chain).stars
        else:
            yield name, sampler.fit(VARIANTS[name]).stars
