"""The kinds of HDF5 files that the workflow writes, and what their readers ask of each."""

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
from practical_dl.movies.ratings.splits import SPLIT_COLUMNS
from practical_dl.movies.ratings.tables import RATING_COLUMNS
from practical_dl.movies.recommender.factors import LIBRARY_ATTRIBUTES, LIBRARY_NAMES
from practical_dl.reviews.corpus.files import TOKEN_NAMES
from practical_dl.reviews.models.linear import LINEAR_ATTRIBUTES, LINEAR_NAMES, run_names
from practical_dl.reviews.vectors.windows import VECTOR_NAMES
from practical_dl.training.trials import ROW_COLUMNS


@dataclass(frozen=True)
class Kind:
    """What a file is, with the data sets and attributes that its reader asks for.

    `file_name` is the one that it always has, if it has one.
    """

    what: str
    names: tuple[str, ...]
    attributes: tuple[str, ...] = ()
    file_name: str = ""


LINEAR = Kind("linear model of runs of words", LINEAR_NAMES, LINEAR_ATTRIBUTES, "model.h5")
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
        "neighbours: the most alike pictures of each",
        NEIGHBOUR_NAMES,
        file_name="neighbours.h5",
    ),
    Kind("sample pictures: decoded once and small", SAMPLE_NAMES, SAMPLE_ATTRIBUTES, "images.h5"),
    Kind(
        "contact sheet: a picture, changed by augmentation", EXTREME_NAMES, (), "contact_sheet.h5"
    ),
    Kind("ratings: who gave how many stars, and when", RATING_COLUMNS, file_name="ratings.h5"),
    Kind("split: which ratings train and which validate", SPLIT_COLUMNS, file_name="split.h5"),
    Kind(
        "recommender: samples of users' and movies' factors",
        LIBRARY_NAMES,
        LIBRARY_ATTRIBUTES,
        "factors.h5",
    ),
    Kind("tokens: reviews as places in the vocabulary", TOKEN_NAMES, file_name="tokens.h5"),
    LINEAR,
    Kind("word vectors: a row a word of the vocabulary", VECTOR_NAMES),
    Kind("losses row by row of the optimizers compared", ROW_COLUMNS, file_name="rows.h5"),
)


def kind_of(file_name: str, file: h5py.File) -> Kind | None:
    """The kind that a file is, or was before it lost parts; None where it has none of any kind's.

    One whose data sets are just its own, else the one that its name says, else the likest.
    """
    held = set(file)

    def likeness(kind: Kind) -> tuple[bool, bool, float]:
        names = set(kind.names)
        return names == held, kind.file_name == file_name, len(names & held) / len(names | held)

    return max((kind for kind in KINDS if held & set(kind.names)), key=likeness, default=None)


def lacking(kind: Kind, file: h5py.File) -> list[str]:
    """The data sets and attributes that the reader of this kind would miss, in words."""
    names = list(kind.names)
    if kind is LINEAR:
        names += run_names(int(file.attrs.get("longest_run", 0)))
    return missing_parts(file, names, kind.attributes)
