"""Which reviews train, validate and test: whole films, or groups of one's own, on one side."""

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.duplicates import alike_texts
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import rows_of

SIDES = ("train", "valid", "test")
MOST_SHARE = 0.5
"""Of the reviews, that is worth holding out."""


def assign_roles(
    reviews: pd.DataFrame, valid_share: float, seed: int, units: str = "films"
) -> pd.DataFrame:
    """Cut validation reviews from the training reviews, all reviews of a film on one side.

    Reviews of one film have correlated ratings (Maas et al. 2011, the data set's README). A split
    that has validation reviews already is left as it is.

    Args:
        reviews: columns review_id, split (train, valid or test), label, film.
        units: what films are, for a message.

    Returns:
        review_id, role (train, valid or test), one row per review, in the order of `reviews`.

    Raises:
        UserError: so few films that a class would have no reviews to train or to validate.
    """
    roles = reviews["split"]
    if not (roles == "valid").any():
        training = reviews[roles == "train"]
        drawn = draw(training["film"], training["label"], valid_share, seed)
        require_classes(training, drawn, f"validation share {valid_share}", units)
        roles = roles.mask(drawn.reindex(reviews.index, fill_value=False), "valid")
    return pd.DataFrame({"review_id": reviews["review_id"], "role": roles})


def draw(
    films: "pd.Series[str]", labels: "pd.Series[int]", share: float, seed: int
) -> "pd.Series[bool]":
    """Which rows to hold out: whole films, of each class up to a share of its rows.

    Films in random order are drawn as long as no class of theirs outgrows `share` of its rows. So
    all classes come close to that share from below, which a draw of a share of the films would not
    do, and the share is free, which k equal folds would not allow.
    """
    by_film = pd.crosstab(films, labels)
    names, counts = by_film.index.to_numpy(), by_film.to_numpy()
    room = counts.sum(axis=0) * share
    drawn = []
    for film in np.random.default_rng(seed).permutation(len(names)):
        if (counts[film] <= room).all():
            room = room - counts[film]
            drawn.append(names[film])
    return films.isin(drawn)


def require_classes(reviews: pd.DataFrame, drawn: "pd.Series[bool]", what: str, units: str) -> None:
    """Refuse a draw of `reviews` (label, film) that leaves a side without a class.

    Raises:
        UserError: begins with `what`; says which share has room for all.
    """
    sides = pd.crosstab(reviews["label"], drawn)
    if sides.shape[1] == 2 and not (sides == 0).to_numpy().any():
        return
    every = "both" if len(sides) == 2 else "all"
    raise UserError(
        f"{what}: {reviews['film'].nunique()} {units} are too few to have reviews of {every} "
        f"classes on both sides; use more reviews{_advice(reviews, drawn)}"
    )


def _advice(reviews: pd.DataFrame, drawn: "pd.Series[bool]") -> str:
    """Which share may do: the least at which a film of each class has room."""
    if drawn.mean() > MOST_SHARE:
        return " or a smaller share"
    by_film = pd.crosstab(reviews["film"], reviews["label"])
    needed = (by_film / by_film.sum()).max(axis=1)
    least = max(float(needed[by_film[label] > 0].min()) for label in by_film)
    return f", or a share of {math.ceil(100 * least) / 100:g} or more" if least < MOST_SHARE else ""


def with_units(
    films: "pd.Series[str]", tokens: Ragged, texts: NDArray[np.int64], size: int, similarity: float
) -> "pd.Series[str]":
    """What is drawn as a whole: a film; of reviews without one, duplicates, exact or near.

    Args:
        tokens, texts, size, similarity: see `duplicates.alike_texts`.
    """
    alone = (films == "").to_numpy()
    if not alone.any():
        return films
    alike = alike_texts(rows_of(tokens, alone), texts[alone], size, similarity)
    units = films.to_numpy(dtype=object).copy()
    units[alone] = [f"\0{number}" for number in alike]
    return pd.Series(units, index=films.index)


def groups_on_two_sides(films: "pd.Series[str]", split: "pd.Series[str]") -> dict[str, list[str]]:
    """By pair of sides, such as "train and test", the films that have reviews on both."""
    known = films != ""
    on_side = {side: set(films[known & (split == side)]) for side in SIDES}
    pairs = (("train", "valid"), ("train", "test"), ("valid", "test"))
    found = {f"{one} and {other}": sorted(on_side[one] & on_side[other]) for one, other in pairs}
    return {pair: films for pair, films in found.items() if films}
