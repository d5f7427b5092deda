"""The files of a review set: the table of reviews, their tokens, and who trains or tests."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from practical_dl.files.artefacts import open_hdf5, read_csv, require_file, write_hdf5
from practical_dl.job.errors import UserError
from practical_dl.reviews.corpus.about import read_about
from practical_dl.reviews.corpus.tokens import End, cap, mark_empty, pad

TOKEN_NAMES = ("values", "offsets")
REVIEW_COLUMNS = ["review_id", "split", "label", "stars", "film"]
TEXT_COLUMNS = ["review_id", "text"]
Ragged = tuple[NDArray[np.int32], NDArray[np.int64]]
Corpus = tuple[pd.DataFrame, NDArray[Any], Ragged]
"""The table of reviews, their roles (n,), and their tokens at full length."""


def read_review_table(path: str | Path) -> pd.DataFrame:
    """Read reviews.csv: review_id, split, label, stars and film ('' where there are none)."""
    return read_csv(path, REVIEW_COLUMNS, {"label": "int64"})


def write_tokens(path: str | Path, values: NDArray[np.int32], offsets: NDArray[np.int64]) -> None:
    """Write the tokens of all reviews, one after the other: review i from offset i to i + 1."""

    def write(file: h5py.File) -> None:
        file.create_dataset("values", data=values)
        file.create_dataset("offsets", data=offsets)

    write_hdf5(path, write)


def read_tokens(path: str | Path, reviews: int) -> Ragged:
    """Read values (tokens,) and offsets (reviews + 1,).

    Raises:
        UserError: the file is damaged, or belongs to another number of reviews.
    """
    values, offsets = read_all_tokens(path)
    if len(offsets) != reviews + 1 or offsets[-1] != len(values):
        raise UserError(f"{path}: not the tokens of these {reviews} reviews; delete and run again")
    return values, offsets


def read_all_tokens(path: str | Path) -> Ragged:
    """The same of however many texts there are.

    Raises:
        UserError: the file is damaged.
    """
    with open_hdf5(path, TOKEN_NAMES) as file:
        return file["values"][:], file["offsets"][:]


def read_texts(path: str | Path, reviews: pd.DataFrame) -> NDArray[np.int64]:
    """Read texts.csv: the number (n,) of each review's text, equal for equal words.

    Raises:
        UserError: the file is unreadable or belongs to other reviews.
    """
    table = read_csv(path, TEXT_COLUMNS, {"text": "int64"})
    if list(table["review_id"]) != list(reviews["review_id"]):
        raise UserError(f"{path}: belongs to other reviews; delete it and run again")
    return table["text"].to_numpy(np.int64)


def read_lengths(reviews_path: str | Path, tokens_path: str | Path) -> pd.Series:
    """Words of each review, before any cut, by review id."""
    reviews = read_review_table(reviews_path)
    _, offsets = read_tokens(tokens_path, len(reviews))
    return pd.Series(np.diff(offsets), index=reviews["review_id"])


def padded_tokens(
    tokens: Ragged, vocabulary: int, length: int, padding: End, truncating: End
) -> NDArray[np.int32]:
    """All reviews as (reviews, length) indices below `vocabulary`; one without words is rare."""
    values, offsets = tokens
    padded = pad(cap(values, vocabulary), offsets, length, padding, truncating)
    return mark_empty(padded, vocabulary - 1, padding)


def read_word_index(path: str | Path) -> dict[str, int]:
    """Read a published word index: a JSON object of words and their places, counted from 1.

    Raises:
        UserError: the file is absent or anything else.
    """
    require_file(path)
    try:
        content = json.loads(Path(path).read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not a readable JSON file ({error})") from error
    if not isinstance(content, dict) or not all(type(place) is int for place in content.values()):
        raise UserError(f"{path}: expected a JSON object of words and whole numbers")
    return content


def read_split(path: str | Path, reviews: pd.DataFrame) -> pd.DataFrame:
    """Read split.csv: review_id, role (train, valid or test), in the order of `reviews`.

    Raises:
        UserError: the file is unreadable or belongs to other reviews.
    """
    split = read_csv(path, ["review_id", "role"])
    if list(split["review_id"]) != list(reviews["review_id"]):
        raise UserError(f"{path}: belongs to other reviews; delete it and run again")
    return split


def with_truth(reviews: pd.DataFrame, classes: Sequence[str]) -> pd.DataFrame:
    """The table with `group` and `true`, the names by label being `classes`."""
    group = reviews["film"].mask(reviews["film"] == "", reviews["review_id"])
    return reviews.assign(group=group, true=[classes[label] for label in reviews["label"]])


def class_names(reviews: pd.DataFrame) -> tuple[str, ...]:
    """The names of the classes in a table `with_truth`, by label."""
    pairs = reviews[["label", "true"]].drop_duplicates().sort_values("label")
    return tuple(pairs["true"])


def read_corpus(inputs: Any) -> Corpus:
    """Read the table of reviews, their roles (n,) and their tokens at full length.

    The table also has what a prediction says of a review: `group` (the film, or the review alone)
    and `true` (the name of its class).

    Args:
        inputs: has the paths `reviews`, `about`, `split` and `tokens`.

    Raises:
        UserError: a file is absent, unreadable, or belongs to other reviews.
    """
    reviews = with_truth(read_review_table(inputs.reviews), read_about(inputs.about).classes)
    roles = read_split(inputs.split, reviews)["role"].to_numpy()
    return reviews, roles, read_tokens(inputs.tokens, len(reviews))
