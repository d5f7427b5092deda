"""The kinds of HDF5 files that the workflow writes, and the parts that each must have."""

from dataclasses import dataclass

import h5py

from practical_dl.files.artefacts import missing_parts
from practical_dl.images.augmentation.extremes import EXTREME_NAMES
from practical_dl.images.features.look_alikes import NEIGHBOUR_NAMES
from practical_dl.images.features.reduced import PROJECTION_NAMES, REDUCED_NAMES
from practical_dl.images.features.store import STORE_ATTRIBUTES, STORE_NAMES
from practical_dl.images.pseudo_labels.material import PICTURE_NAMES
from practical_dl.images.pseudo_labels.rounds import ROUND_NAMES
from practical_dl.images.sample.store import SAMPLE_ATTRIBUTES, SAMPLE_NAMES
from practical_dl.movies.ranking.lists import LIST_NAMES
from practical_dl.movies.ranking.taste import TASTE_ATTRIBUTES, TASTE_NAMES
from practical_dl.movies.ratings.rating_set import SEEN_COLUMNS
from practical_dl.movies.ratings.splits import SPLIT_COLUMNS
from practical_dl.movies.ratings.tables import RATING_COLUMNS
from practical_dl.movies.recommender.factors import LIBRARY_ATTRIBUTES, LIBRARY_NAMES
from practical_dl.reviews.corpus.files import TOKEN_NAMES
from practical_dl.reviews.models.linear import LINEAR_ATTRIBUTES, LINEAR_NAMES, ngram_names
from practical_dl.reviews.vectors.tables import VECTOR_NAMES
from practical_dl.training.trials import ROW_COLUMNS


@dataclass(frozen=True)
class Kind:
    """`what` a file is in words, and the data sets and attributes that its reader needs.

    `file_name` is set if such a file always has the same name.
    """

    what: str
    names: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    file_name: str = ""


LINEAR = Kind("linear model of n-grams", LINEAR_NAMES, LINEAR_ATTRIBUTES, "model.h5")
KINDS = (
    Kind("features: convolutional, of pictures", STORE_NAMES, STORE_ATTRIBUTES),
    Kind(
        "pictures without labels: means of features, for pseudo-labels",
        PICTURE_NAMES,
        file_name="pictures.h5",
    ),
    Kind("round of pseudo-labels: heads, and what they predict", ROUND_NAMES),
    Kind("reduced features: components of convolutional ones", REDUCED_NAMES),
    Kind(
        "projection: from features to their components",
        PROJECTION_NAMES,
        file_name="projection.h5",
    ),
    Kind(
        "neighbours: the most similar pictures of each",
        NEIGHBOUR_NAMES,
        file_name="neighbours.h5",
    ),
    Kind("sample pictures: decoded once and small", SAMPLE_NAMES, SAMPLE_ATTRIBUTES, "images.h5"),
    Kind(
        "contact sheet: a picture, changed by augmentation", EXTREME_NAMES, (), "contact_sheet.h5"
    ),
    Kind("ratings: who gave how many stars, and when", RATING_COLUMNS, file_name="ratings.h5"),
    Kind("seen: which users have seen what without rating it", SEEN_COLUMNS, file_name="seen.h5"),
    Kind("split: which ratings train and which validate", SPLIT_COLUMNS, file_name="split.h5"),
    Kind(
        "recommender: samples of users' and movies' factors",
        LIBRARY_NAMES,
        LIBRARY_ATTRIBUTES,
        "factors.h5",
    ),
    Kind(
        "recommender: the blend of ranking models, fitted on all ratings",
        TASTE_NAMES,
        TASTE_ATTRIBUTES,
        "taste.h5",
    ),
    Kind("lists: what each ranking model recommends first", LIST_NAMES, file_name="lists.h5"),
    Kind("tokens: reviews as indices in the vocabulary", TOKEN_NAMES, file_name="tokens.h5"),
    LINEAR,
    Kind("word vectors: one row per word of the vocabulary", VECTOR_NAMES),
    Kind("losses of the compared optimizers, row by row", ROW_COLUMNS, file_name="rows.h5"),
)


def kind_of(file_name: str, file: h5py.File) -> Kind | None:
    """The kind of an HDF5 file, even if parts are missing; None if nothing matches.

    Exact data sets win, then the file name, then the largest overlap.
    """
    held = set(file)

    def likeness(kind: Kind) -> tuple[bool, bool, float]:
        names = set(kind.names)
        return names == held, kind.file_name == file_name, len(names & held) / len(names | held)

    return max((kind for kind in KINDS if held & set(kind.names)), key=likeness, default=None)


def lacking(kind: Kind, file: h5py.File) -> list[str]:
    """The data sets and attributes of this kind that the file lacks, in words."""
    names = list(kind.names)
    if kind is LINEAR:
        names += ngram_names(int(file.attrs.get("longest_run", 0)))
    return missing_parts(file, names, kind.attributes)
