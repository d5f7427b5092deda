"""Word vectors from text alone, by a task that needs no label.

Of eleven words of a review the middle one is replaced by a random one in half of the cases. Which
cases? (fast.ai Practical Deep Learning, lesson 5; Collobert and Weston 2008, ICML, section 4.) A
network that can tell must know which words go together, and its embeddings are the vectors.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.job.errors import UserError
from practical_dl.job.runtime import Log, configure_tensorflow
from practical_dl.reviews.corpus.feeding import LOSS, training_batches
from practical_dl.reviews.corpus.files import Ragged
from practical_dl.reviews.corpus.ngrams import rows_of
from practical_dl.reviews.corpus.tokens import PADDING, cap
from practical_dl.reviews.vectors.tables import Vectors, scaled
from practical_dl.training.fit import best_epoch, fit
from practical_dl.training.recipe import Recipe

if TYPE_CHECKING:
    import keras

WINDOW = 11
MIDDLE = WINDOW // 2
BATCH = 512
VALID_SHARE = 0.1
MOST_DRAWS = 20
"""Windows per word of the texts."""


@dataclass(frozen=True)
class TextVectors:
    """Vectors (vocabulary, width), the history of their training, and how well the task went."""

    vectors: Vectors
    history: pd.DataFrame
    task: dict[str, float]


def make_text_vectors(
    tokens: Ragged,
    roles: NDArray[Any],
    vocabulary: int,
    width: int,
    windows: int,
    recipe: Recipe,
    seed: int,
    log: Log,
) -> TextVectors:
    """Train on `windows` of the training reviews; windows of validation films choose the epoch.

    Args:
        tokens: of all reviews, at full length.
        roles: (reviews,) train, valid or test.
        vocabulary: the indices in use; all rarer words get the last.
        windows: true ones at most, fewer of few texts; there are as many with a replaced word.
    """
    configure_tensorflow(seed)
    capped = cap(tokens[0], vocabulary), tokens[1]
    counts = {"train": windows, "valid": max(1, round(VALID_SHARE * windows))}
    train, valid = (
        make_task(*enough_words(rows_of(capped, roles == role), count), seed)
        for role, count in counts.items()
    )
    model = window_model(vocabulary, width)
    history = fit(
        model,
        training_batches(*train, recipe.batch_size, seed),
        recipe.schedule,
        LOSS,
        log,
        ["accuracy"],
        inner=training_batches(*valid, recipe.batch_size, seed),
        optimizer=recipe.optimizer,
    )
    task = {
        "windows": len(train[0]),
        "valid_windows": len(valid[0]),
        "accuracy": float(history["inner_accuracy"].to_numpy()[best_epoch(history) - 1]),
    }
    return TextVectors(scaled(model.get_layer("vectors").get_weights()[0]), history, task)


def enough_words(tokens: Ragged, count: int) -> tuple[Ragged, int]:
    """The texts and how many windows to draw from them: each word a few times at most.

    Where no text has eleven words, all get padding at both ends, so that each word is the middle
    of a window.
    """
    values, offsets = tokens
    least = min(count, MOST_DRAWS * len(values))
    if np.diff(offsets).max(initial=0) >= WINDOW:
        return tokens, least
    places = np.concatenate([np.repeat(ends, MIDDLE) for ends in (offsets[:-1], offsets[1:])])
    widened = np.insert(values, places, PADDING)
    return (widened, offsets + 2 * MIDDLE * np.arange(len(offsets))), least


def make_task(tokens: Ragged, count: int, seed: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """`count` windows as they stand (1), and the same ones with another middle word (0).

    The other word is drawn by its frequency, so that being rare tells nothing.

    Returns:
        windows (2 * count, 11) and labels (2 * count,), a true one before its false one.

    Raises:
        UserError: no review has eleven words, or there is only one word.
    """
    values, offsets = tokens
    words = values[values != PADDING]
    rng = np.random.default_rng(seed)
    reviews = np.repeat(np.arange(len(offsets) - 1), np.diff(offsets))
    starts = np.flatnonzero(reviews[: 1 - WINDOW] == reviews[WINDOW - 1 :])
    if not len(starts) or (words == words[0]).all():
        raise UserError(f"too few words for windows of {WINDOW}; give longer reviews")
    chosen = rng.choice(starts, size=count)
    true = values[chosen[:, None] + np.arange(WINDOW)]
    others = rng.choice(words, size=count)
    while (same := others == true[:, MIDDLE]).any():
        others[same] = rng.choice(words, size=int(same.sum()))
    false = true.copy()
    false[:, MIDDLE] = others
    windows = np.stack([true, false], axis=1).reshape(-1, WINDOW)
    return windows, np.tile([1, 0], count)


def window_model(vocabulary: int, width: int) -> "keras.Model":
    """Probability that a window is as it stands: (n, 11) word indices to (n, 1)."""
    import keras
    from keras import layers

    return keras.Sequential(
        [
            keras.Input((WINDOW,), dtype="int32"),
            layers.Embedding(vocabulary, width, name="vectors"),
            layers.Flatten(),
            layers.Dense(100, activation="relu"),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="windows",
    )
