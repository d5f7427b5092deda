"""The split into training, validation and test reviews, by film."""

import numpy as np
import pandas as pd

from practical_dl.job.errors import UserError


def assign_roles(reviews: pd.DataFrame, valid_share: float, seed: int) -> pd.DataFrame:
    """Cut validation reviews from the training reviews, all reviews of a film on one side.

    Films in random order go to validation as long as neither its positive nor its negative
    reviews outgrow `valid_share` of those in training. So both classes come close to that share
    from below, which a draw of a share of the films would not do, and the share is free, which k
    equal folds would not allow. Reviews of one film have correlated ratings (Maas et al. 2011,
    the data set's README).

    Args:
        reviews: columns review_id, split (train or test), label (0 or 1), film.

    Returns:
        review_id, role (train, valid or test), one row per review, in the order of `reviews`.

    Raises:
        UserError: so few films that a class would have no reviews to train or to validate.
    """
    is_training = reviews["split"] == "train"
    training = reviews[is_training]
    is_valid = is_training & reviews["film"].isin(_draw_films(training, valid_share, seed))
    _check_classes(training, is_valid[is_training], valid_share)
    roles = reviews["split"].mask(is_valid, "valid")
    return pd.DataFrame({"review_id": reviews["review_id"], "role": roles})


def _draw_films(training: pd.DataFrame, share: float, seed: int) -> list[str]:
    by_film = pd.crosstab(training["film"], training["label"])
    films, counts = by_film.index.to_numpy(), by_film.to_numpy()
    room = counts.sum(axis=0) * share
    drawn = []
    for film in np.random.default_rng(seed).permutation(len(films)):
        if (counts[film] <= room).all():
            room = room - counts[film]
            drawn.append(films[film])
    return drawn


def _check_classes(training: pd.DataFrame, is_valid: pd.Series, share: float) -> None:
    sides = pd.crosstab(training["label"], is_valid)
    if sides.shape != (2, 2) or (sides == 0).to_numpy().any():
        raise UserError(
            f"validation share {share}: {training['film'].nunique()} films are too few to have "
            "positive and negative reviews on both sides; use more reviews or another share"
        )
