"""Examples from the data set itself: pictures and texts that no model was trained on."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from practical_dl.app.photos import Photos
from practical_dl.app.reviews import Reviews
from practical_dl.files.artefacts import read_csv
from practical_dl.images.pictures.loading import source_beside, source_root
from practical_dl.images.pictures.manifest import labelled_rows, read_manifest
from practical_dl.images.pictures.splits import read_split
from practical_dl.reviews.corpus.files import read_review_table, read_tokens
from practical_dl.reviews.corpus.tokens import VOCABULARY_COLUMNS, is_word

COUNT = 5
MOST_WORDS = 60
"""Of a review that is given as an example, marks among them."""


def photos_of(photos: Photos) -> list[Path]:
    """The first held-out picture of each of some classes; none where the pictures are gone."""
    source, folder = source_beside(photos.results, photos.dataset), photos.path.parent
    if not source.is_file() or not (folder / "splits/grouped.csv").is_file():
        return []
    manifest = read_manifest(folder / "manifest.csv")
    rows = labelled_rows(manifest)
    held_out = (read_split(folder / "splits/grouped.csv", manifest)["role"] == "valid").to_numpy()
    chosen = rows[held_out].drop_duplicates("label").head(COUNT)
    paths = [photos.results.parent / source_root(source) / path for path in chosen["path"]]
    return [path for path in paths if path.is_file()]


def reviews_of(reviews: Reviews) -> list[str]:
    """Short reviews of the test part, one of each class in turn, as the models read them."""
    folder = reviews.results / "reviews" / reviews.dataset
    if not (folder / "marked_tokens.h5").is_file():
        return []
    table = read_review_table(folder / "reviews.csv")
    values, offsets = read_tokens(folder / "marked_tokens.h5", len(table))
    words = read_csv(folder / "marked_vocabulary.csv", VOCABULARY_COLUMNS)["word"]
    short = (np.diff(offsets) <= MOST_WORDS) & (np.diff(offsets) > 0)
    tested = table[short & (table["split"] == "test")]
    turn = tested.groupby("label").cumcount()
    rows = tested.assign(turn=turn).sort_values(["turn", "label"], kind="stable").index[:COUNT]
    return [spelled(words.iloc[values[offsets[row] : offsets[row + 1]] - 1]) for row in rows]


def spelled(tokens: Iterable[str]) -> str:
    """Words and marks as a text: marks stand close to the word before them."""
    text = ""
    for token in tokens:
        text += token if not is_word(token) or not text else f" {token}"
    return text
